"""The rows behind the pictures of a balance: shares of groups and the waterfall."""

from collections.abc import Mapping

import pandas as pd

from evaluator.balance import Balance, Comparison
from evaluator.pages.figures import shorten
from evaluator.pages.text import say
from evaluator.report import wording
from evaluator.report.balance_rows import REST, name_industry
from evaluator.report.balanced import format_stated, say_balance_group


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
    money = format_stated(row, language, currency)  # type: ignore[arg-type] # a row of Balance
    return say("shares.more", language, projects=projects, money=money, flagged=int(counted["flagged"]))


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
        name = shorten(name_industry(str(step["group"]), len(rest), language))
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
