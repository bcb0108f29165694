"""What is known of a panel, and what a planned one would show: tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from evaluator.domain.tables import PANEL_FIELDS
from evaluator.income.power import Plan, find_detectable
from evaluator.language import phrase
from evaluator.report.effect_words import format_effect
from evaluator.report.numbers import MISSING, format_number, format_percent

if TYPE_CHECKING:
    from evaluator.domain.panel import IncomePanel

ARMS = ("treated", "flagged", "unflagged", "never")
VILLAGES = (5, 10, 20, 40, 80)
HOUSEHOLDS = (5, 15, 30)


def tabulate_attrition(panel: IncomePanel, language: str, *, least: int) -> pd.DataFrame:
    """One row a year since the start (for villages without a project: a year): share of each arm still observed.

    An arm of fewer than ``least`` households, or of which fewer than ``least`` are left, is withheld.
    """
    table = panel.attrition
    if not len(table):
        return pd.DataFrame()
    arms = [arm for arm in ARMS if (table["arm"] == arm).any()]
    started = [arm for arm in arms if arm != "never"]
    rows = [
        (f"{event:.0f}".replace("-", "−"), *(_share(table, arm, "event", event, least, language) for arm in started))
        for event in sorted(table.loc[table["arm"].isin(started), "event"].dropna().unique())
    ]
    titles = [
        phrase(f"effects.{key}", language) for key in ("column.year_since_start", *(f"arm.{arm}" for arm in started))
    ]
    return pd.DataFrame(rows, columns=titles)


def _share(table: pd.DataFrame, arm: str, column: str, at: float, least: int, language: str) -> str:  # noqa: PLR0917
    row = table[(table["arm"] == arm) & (table[column] == at)]
    if not len(row):
        return MISSING
    units, present = int(row["units"].iloc[0]), int(row["present"].iloc[0])
    if min(units, present) < least:
        return phrase("effects.withheld", language)
    return format_percent(round(present / units, 2), language)


def tabulate_columns(panel: IncomePanel, language: str) -> pd.DataFrame:
    """What each heading of the panel was understood as."""
    titles = {field.key: field.title(language) for field in PANEL_FIELDS}
    rows = [(heading, titles.get(key, key)) for heading, key in panel.columns.items()]
    return pd.DataFrame(rows, columns=[phrase(f"collect.{key}", language) for key in ("heading", "meaning")])


def tabulate_power(plan: Plan, language: str) -> pd.DataFrame:
    """The smallest long-run difference between kinds that would be seen, by villages of each kind and households."""
    rows = []
    for villages in VILLAGES:
        found = [
            find_detectable(replace(plan, flagged=villages, unflagged=villages, households=households)).contrast
            for households in HOUSEHOLDS
        ]
        cells = [format_effect(one, "log", language, signed=False) for one in found]
        rows.append((format_number(villages, language, decimals=0), *cells))
    titles = [phrase("collect.villages", language)]
    titles += [phrase("collect.households", language, households=households) for households in HOUSEHOLDS]
    return pd.DataFrame(rows, columns=titles)
