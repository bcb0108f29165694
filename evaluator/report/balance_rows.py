"""The rows behind the pictures of a balance on screens and in documents: mosaic, townships, policy tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.balance import HORIZONS
from evaluator.language import phrase
from evaluator.report.balanced import say_balance_group, say_found, say_needed
from evaluator.report.drawn import shorten
from evaluator.report.numbers import format_money, format_number, format_quantity, format_share, money_axis
from evaluator.report.terms import say_horizon, say_setting

if TYPE_CHECKING:
    from evaluator.balance import Balance

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
        name = name_industry(str(industry), int(row["merged"].max()), language)
        for place, (_, cell) in enumerate(row.iterrows()):
            width = float(cell["size"]) / (height * whole)
            horizon = say_horizon(str(cell["horizon"]), language)
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
                    "money": format_money(float(cell["amount"]), language, balance.currency),
                    "share": format_share(float(cell["size"]) / whole, language),
                    "flagged_text": format_share(flagged, language)
                    if judged
                    else phrase("pages.portfolio.unjudged", language),
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


def name_industry(industry: str, merged: int, language: str) -> str:
    """An industry of the mosaic by its name; those beyond the largest together."""
    return (
        phrase("pages.shares.rest", language, groups=merged)
        if industry == REST
        else say_balance_group("industry", industry, language)
    )


def township_rows(balance: Balance, language: str) -> tuple[pd.DataFrame, str]:
    """Funds for each poor household for ``draw_townships``, most first, and the unit of the axis."""
    towns = balance.townships
    largest = float(np.nanmax([towns.table["per_household"].max(), towns.county_line]))
    scale, unit = money_axis(largest, language, balance.currency)
    rows = [
        {
            "township": shorten(row["township"]),
            "value": float(row["per_household"]) / scale,
            "line": towns.county_line / scale,
            "clear": max(float(row["per_household"]), towns.county_line) / scale,
            "room": 1.25 * largest / scale,
            "text": format_money(float(row["per_household"]), language, balance.currency),
            "more": phrase(
                "pages.portfolio.town_more",
                language,
                projects=format_quantity(float(row["projects"]), "projects", language),
                money=format_money(float(row["amount"]), language, balance.currency),
                households=format_number(float(row["poor_households"]), language, decimals=0),
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
