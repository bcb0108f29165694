"""The rows behind the pictures of a balance: mosaic, shares, townships, policy tests, waterfall."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaluator.balance import HORIZONS, Balance, Comparison
from evaluator.pages.figures import shorten
from evaluator.pages.text import say
from evaluator.report import wording
from evaluator.report.balanced import say_balance_group, say_found, say_needed
from evaluator.report.wording import say_setting

INDUSTRIES = 8
SMALLEST = 0.035
"""Industries of the mosaic that have a row of their own: this many, of at least this share; the others share one."""
REST = "rest"


def mosaic_rows(balance: Balance, language: str, *, most: int = INDUSTRIES) -> pd.DataFrame:
    """Industry by horizon for ``draw_mosaic``: areas are funds, of projects where no amount is known."""
    cells = _merged(balance, most)
    by_funds = balance.basis == "amount"
    cells["size"] = cells["amount"] if by_funds else cells["projects"]
    cells = cells[cells["size"] > 0]
    whole = float(cells["size"].sum())
    rows, top = [], 0.0
    for industry in dict.fromkeys(cells["industry"]):
        row = cells[cells["industry"] == industry]
        height, left = float(row["size"].sum()) / whole, 0.0
        name = _industry_name(str(industry), int(row["merged"].max()), language)
        for place, (_, cell) in enumerate(row.iterrows()):
            width = float(cell["size"]) / (height * whole)
            horizon = wording.say_horizon(str(cell["horizon"]), language)
            flagged = float(cell["flagged_amount" if by_funds else "flagged"]) / float(cell["size"])
            judged = float(cell["judged"]) > 0
            rows.append(
                {
                    "industry": name,
                    "horizon": horizon,
                    "x": left,
                    "x2": left + width,
                    "y": top,
                    "y2": top + height,
                    "middle": top + height / 2,
                    "centre": left + width / 2,
                    "label": name if place == 0 else "",
                    "cell": horizon if height >= SMALLEST else "",
                    "flagged": flagged if judged else None,
                    "money": wording.format_money(float(cell["amount"]), language, balance.currency),
                    "share": wording.format_share(float(cell["size"]) / whole, language),
                    "flagged_text": wording.format_share(flagged, language)
                    if judged
                    else say("portfolio.unjudged", language),
                }
            )
            left += width
        top += height
    return pd.DataFrame(rows)


def _merged(balance: Balance, most: int) -> pd.DataFrame:
    """The cells of the mosaic with the judged part of each; industries beyond ``most`` in one."""
    ledger = balance.ledger
    judged = ledger.scored & ~np.isin(ledger.level.astype(str), ["cannot_judge", ""])
    keys = [ledger.groups[name][ledger.scored] for name in ("industry", "horizon")]
    known = pd.Series(judged[ledger.scored].astype(float)).groupby(keys).sum()
    cells = balance.mosaic.copy()
    cells["judged"] = [float(known[industry, horizon]) for industry, horizon in cells[["industry", "horizon"]].values]
    size = cells.groupby("industry", sort=False)["amount" if balance.basis == "amount" else "projects"].sum()
    names = list(size.index)
    large = [str(name) for name in names if size[name] >= SMALLEST * size.sum()][:most]
    kept = set(large if len(names) > len(large) + 1 else names)
    cells["merged"] = len(names) - len(kept)
    cells.loc[cells["industry"].isin(kept), "merged"] = 0
    cells.loc[~cells["industry"].isin(kept), "industry"] = REST
    place = {name: at for at, name in enumerate([*names, REST, *HORIZONS])}
    sums = cells.groupby(["industry", "horizon"], sort=False).agg(
        {**dict.fromkeys(("projects", "amount", "flagged", "flagged_amount", "judged"), "sum"), "merged": "max"}
    )
    return sums.reset_index().sort_values(["industry", "horizon"], key=lambda column: column.map(place))


def _industry_name(industry: str, merged: int, language: str) -> str:
    return (
        say("shares.rest", language, groups=merged)
        if industry == REST
        else say_balance_group("industry", industry, language)
    )


def group_rows(balance: Balance, dimension: str, language: str, *, by: str = "amount", most: int = 10) -> pd.DataFrame:
    """Shares of one dimension for ``draw_shares``; by funds, projects or households; empty when unknown."""
    table = balance.by(dimension)
    table = table[table["projects"] > 0]
    whole = float(table[by].sum())
    if not whole > 0:
        return pd.DataFrame()
    known = table.drop(index="unknown", errors="ignore")
    if dimension != "horizon":
        known = known.sort_values([by, "projects"], ascending=False, kind="stable")
    head, rest = known.iloc[:most], known.iloc[most:]
    rows = [_row(say_balance_group(dimension, str(key), language), row, by, whole) for key, row in head.iterrows()]
    if len(rest):
        rows.append(_row(say("shares.rest", language, groups=len(rest)), rest.sum(), by, whole, muted=True))
    if "unknown" in table.index:
        unknown = table[table.index == "unknown"].iloc[0]
        rows.append(_row(say("shares.unknown", language), unknown, by, whole, muted=True))
    for row in rows:
        row["more"] = _say_more(row.pop("counted"), language, balance.currency)
        row["text"] = wording.format_share(float(str(row["share"])), language)
    room = 1.3 * max(float(str(row["share"])) for row in rows)
    return pd.DataFrame(rows).assign(room=room)


def _row(label: str, row: "pd.Series[float]", by: str, whole: float, *, muted: bool = False) -> dict[str, object]:
    return {"label": shorten(label), "share": float(row[by]) / whole, "muted": muted, "counted": row}


def _say_more(row: object, language: str, currency: str) -> str:
    counted: Mapping[str, float] = row  # type: ignore[assignment] # a row of Balance
    projects = wording.format_quantity(float(counted["projects"]), "projects", language)
    money = wording.format_money(float(counted["amount"]), language, currency)
    return say("shares.more", language, projects=projects, money=money, flagged=int(counted["flagged"]))


def township_rows(balance: Balance, language: str) -> tuple[pd.DataFrame, str]:
    """Funds for each poor household for ``draw_townships``, most first, and the unit of the axis."""
    towns = balance.townships
    largest = float(np.nanmax([towns.table["per_household"].max(), towns.county_line]))
    scale, unit = wording.money_axis(largest, language, balance.currency)
    rows = [
        {
            "township": shorten(row["township"]),
            "value": float(row["per_household"]) / scale,
            "line": towns.county_line / scale,
            "room": 1.25 * largest / scale,
            "text": wording.format_money(float(row["per_household"]), language, balance.currency),
            "more": say(
                "portfolio.town_more",
                language,
                projects=wording.format_quantity(float(row["projects"]), "projects", language),
                money=wording.format_money(float(row["amount"]), language, balance.currency),
                households=wording.format_number(float(row["poor_households"]), language, decimals=0),
            ),
        }
        for _, row in towns.table.iterrows()
    ]
    return pd.DataFrame(rows), unit


def policy_rows(balance: Balance, language: str) -> pd.DataFrame:
    """The policy tests that hold here, for ``draw_policies``."""
    return pd.DataFrame(
        [
            {
                "label": say_setting(f"balance.{test.key}", language),
                "found": test.found,
                "low": test.low,
                "high": test.high,
                "needed": test.needed,
                "result": test.result,
                "found_text": say_found(test, language),
                "needed_text": say_needed(test, language),
            }
            for test in balance.policies
            if test.result != "not_here"
        ]
    )


def step_rows(
    comparison: Comparison, language: str, *, currency: str = "CNY", most: int = 9
) -> tuple[pd.DataFrame, str]:
    """From A's funds to B's for ``draw_waterfall``, and the unit of the axis; small changes in one step."""
    steps = comparison.steps
    first, middle, last = steps.iloc[:1], steps.iloc[1:-1], steps.iloc[-1:]
    kept = middle["change"].abs().sort_values(ascending=False, kind="stable").index[:most]
    shown, rest = middle[middle.index.isin(kept)], middle[~middle.index.isin(kept)]
    if len(rest):
        extra = {"group": REST, "start": 0.0, "end": 0.0, "change": float(rest["change"].sum())}
        shown = pd.concat([shown, pd.DataFrame([extra])], ignore_index=True)
    largest = float(steps[["start", "end"]].to_numpy(float).max())
    scale, unit = wording.money_axis(largest, language, currency)
    at = float(first["end"].iloc[0])
    bars = [(say("portfolio.a", language), 0.0, at, "whole")]
    for _, step in shown.iterrows():
        change = float(step["change"])
        name = shorten(_industry_name(str(step["group"]), len(rest), language))
        bars.append((name, at, at + change, "more" if change > 0 else "less"))
        at += change
    bars.append((say("portfolio.b", language), 0.0, float(last["end"].iloc[0]), "whole"))
    rows = [
        {
            "label": label,
            "start": start / scale,
            "end": end / scale,
            "right": max(start, end) / scale,
            "step": kind,
            "text": ("+" if kind == "more" else "") + wording.format_money(end - start, language, currency),
        }
        for label, start, end, kind in bars
    ]
    return pd.DataFrame(rows), unit
