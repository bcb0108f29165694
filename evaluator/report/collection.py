"""What a county without a panel has to collect, and how small an effect its survey could see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.language import phrase
from evaluator.report.numbers import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = ("who", "before", "long", "same", "start", "income", "leave", "other")
VILLAGES, HOUSEHOLDS = (10, 20, 30, 50, 100), (5, 10, 20, 40)
YEARS = ((1, 3), (2, 7))
"""Years before and after the start that the table is given for."""
SHOCKS = ("steady", "unsteady")


def say_steps(language: str) -> tuple[str, ...]:
    """What to collect, from whom and how long, one sentence or two each."""
    return tuple(phrase(f"collection.step.{step}", language) for step in STEPS)


def tabulate_power(language: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Title and table of the smallest change of incomes that could be seen: rows villages, columns households."""
    for before, after in YEARS:
        title = phrase("collection.power", language, before=_years(before, language), after=_years(after, language))
        for shocks in SHOCKS:
            kind = phrase(f"collection.{shocks}", language)
            yield phrase("effects.line", language, name=title, result=kind), _tabulate(before, after, shocks, language)


def _tabulate(before: int, after: int, shocks: str, language: str) -> pd.DataFrame:
    from evaluator.income import power  # noqa: PLC0415 - other forms are written without it

    kind = power.STEADY if shocks == "steady" else power.UNSTEADY
    found = power.tabulate_smallest_effects(VILLAGES, HOUSEHOLDS, before=before, after=after, shocks=kind)
    columns = [
        phrase("collection.villages", language),
        *(phrase("collection.households", language, count=count) for count in HOUSEHOLDS),
    ]
    rows = [
        [str(villages), *(_percent(share, language) for share in row)]
        for villages, row in zip(VILLAGES, found.to_numpy(), strict=True)
    ]
    return pd.DataFrame(rows, columns=columns)


def _years(count: int, language: str) -> str:
    return phrase("collection.year_before" if count == 1 else "collection.years_before", language, count=count)


def _percent(share: float, language: str) -> str:
    """Whole percents: the hint is no finer than what is assumed of incomes."""
    return phrase("collection.percent", language, share=f"{100 * share:.0f}") if np.isfinite(share) else MISSING
