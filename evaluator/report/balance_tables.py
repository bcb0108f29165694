"""Tables of a balance for the screens: the mosaic, and what one project more or less does to each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from evaluator.balance import MEASURES
from evaluator.language import phrase
from evaluator.report.balanced import format_change, format_measure, say_balance_group
from evaluator.report.numbers import MISSING, format_money, format_number, format_percent, format_share, is_missing
from evaluator.report.terms import say_setting

if TYPE_CHECKING:
    from evaluator.balance import Balance, Comparison

SMALL = 0.0005
"""Changes of a share below this are no change to a reader."""
SAID = 3
LEFT_OUT = ("amount", "projects", "households", "poor_households")
"""Measures that every project raises by its own: not told as an effect."""


def say_measure(key: str, language: str) -> str:
    """The title of a measure of balance."""
    return phrase(f"balance.measure.{key}", language)


def say_dimension(key: str, language: str) -> str:
    """The title of a dimension of balance."""
    return phrase(f"balance.dimension.{key}", language)


def tabulate_mosaic(balance: Balance, language: str) -> pd.DataFrame:
    """Industry by horizon, one row a cell with projects, all cells text."""
    size = "amount" if balance.basis == "amount" else "projects"
    whole = float(balance.mosaic[size].sum())
    rows = [
        (
            say_balance_group("industry", str(cell["industry"]), language),
            say_balance_group("horizon", str(cell["horizon"]), language),
            format_number(cell["projects"], language),
            format_money(cell["amount"] if size == "amount" else None, language, balance.currency),
            format_share(cell[size] / whole if whole > 0 else None, language),
            format_number(cell["flagged"], language),
            format_share(cell["flagged_share"], language),
        )
        for _, cell in balance.mosaic.iterrows()
    ]
    titles = [
        say_dimension("industry", language),
        say_dimension("horizon", language),
        *(phrase(f"balance.column.{key}", language) for key in ("projects", "amount", "share", "flagged")),
        say_measure("flagged_share", language),
    ]
    return pd.DataFrame(rows, columns=titles, dtype=object)


def tabulate_effect(balance: Balance, effect: pd.Series, language: str) -> pd.DataFrame:
    """Every measure with a project, without it, and the change the project makes."""
    rows = [
        (
            say_measure(key, language),
            format_measure(key, balance.measures[key] - effect[key], language, balance.currency),
            format_measure(key, balance.measures[key], language, balance.currency),
            format_change(key, effect[key], language, balance.currency),
        )
        for key in MEASURES
    ]
    columns = ("measure", "without", "with", "change")
    return pd.DataFrame(
        rows, columns=[phrase(f"balance.column.{column}", language) for column in columns], dtype=object
    )


def say_marginal(balance: Balance, effect: pd.Series, name: str, language: str) -> str:
    """What a project does to the balance, in one sentence: the measures it changes most for its size."""
    told = []
    for key in ("effective_types", "flagged_share", "long_share", "largest_product_share", "gini", "fee_share"):
        value = float(effect[key]) if not is_missing(effect[key]) else 0.0
        if abs(value) >= (0.05 if key == "effective_types" else SMALL):
            change = format_change(key, value, language, balance.currency)
            told.append(phrase("balance_finding.change", language, measure=say_measure(key, language), change=change))
    if not told:
        return phrase("balance_finding.no_change", language, name=name)
    changes = phrase("format.list_comma", language).join(told)
    return phrase("balance_finding.changes", language, name=name, changes=changes)


def tabulate_strongest(
    balance: Balance, effects: pd.DataFrame, measure: str, names: pd.Series, language: str
) -> pd.DataFrame:
    """The projects by what they do to one measure, strongest first; text, index project id."""
    column = effects[measure].dropna()
    order = column.abs().sort_values(ascending=False, kind="stable").index
    rows = [
        (
            str(names[key]),
            format_measure(measure, balance.measures[measure] - column[key], language, balance.currency),
            format_change(measure, column[key], language, balance.currency),
        )
        for key in order
    ]
    titles = [phrase(f"balance.column.{key}", language) for key in ("name", "without", "change")]
    return pd.DataFrame(rows, columns=titles, index=order, dtype=object)


def tabulate_policy_results(comparison: Comparison, language: str) -> pd.DataFrame:
    """The policy tests that hold here, in A and in B: found and result."""
    rows = [
        (
            say_setting(f"balance.{key}", language),
            *(_say_result(row, side, language) for side in ("a", "b")),
            format_percent(row["needed"], language),
        )
        for key, row in comparison.policies.iterrows()
        if {row["result_a"], row["result_b"]} - {"", "not_here"}
    ]
    titles = [phrase(f"balance.column.{column}", language) for column in ("test", "a", "b", "needed")]
    return pd.DataFrame(rows, columns=titles, dtype=object)


def _say_result(row: pd.Series, side: str, language: str) -> str:
    if not row[f"result_{side}"]:
        return MISSING
    result = phrase(f"balance.result.{row[f'result_{side}']}", language)
    return phrase("format.bracket", language, left=result, right=format_percent(row[f"found_{side}"], language))
