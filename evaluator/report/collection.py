"""What a county without a panel has to collect, and how small an effect its survey could see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.language import phrase
from evaluator.report.numbers import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = ("who", "when", "start", "never", "kinds", "income", "other", "stay", "privacy", "lot")
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

    spread = power.Spread() if shocks == "steady" else power.UNSTEADY
    window = (0, after - 1)
    columns = [
        phrase("collection.villages", language),
        *(phrase("collection.households", language, count=count) for count in HOUSEHOLDS),
    ]
    rows = [
        [
            str(villages),
            *(
                _percent(
                    power.find_detectable(
                        power.Plan(0, villages // 2, villages - villages // 2, households, before, window),
                        spread=spread,
                    ).level,
                    language,
                )
                for households in HOUSEHOLDS
            ),
        ]
        for villages in VILLAGES
    ]
    return pd.DataFrame(rows, columns=columns)


def _years(count: int, language: str) -> str:
    return phrase("collection.year_before" if count == 1 else "collection.years_before", language, count=count)


def _percent(effect: float, language: str) -> str:
    """An effect in logs as whole percents: the hint is no finer than what is assumed of incomes."""
    if not np.isfinite(effect):
        return MISSING
    return phrase("collection.percent", language, share=f"{100 * np.expm1(effect):.0f}")
