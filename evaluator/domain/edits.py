"""Facts changed by hand: the same list with other values in some cells, everything else untouched."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import FIELDS, MONEY_FIELDS, Field
from evaluator.domain.portfolio import Evidence, FactEdit, Portfolio

Fact = float | bool | str | date | tuple[str, ...] | None
"""A fact as a form takes it: number, yes or no, a choice or text, first day of a month, a set; ``None``: unknown."""

Edits = Mapping[str, Mapping[str, Fact]]
"""Facts changed by hand: project id to field to value."""


def with_facts(portfolio: Portfolio, project_id: str, facts: Mapping[str, Fact]) -> Portfolio:
    """A copy of the list in which one project states these facts; ``None`` makes a fact unknown.

    Money is in the list's currency. A range the cell had, and the words it was read from, give way to the new fact.
    The changes are kept in ``Portfolio.edits``, with what stood there when the list was read.

    Raises
    ------
    TableError
        With one issue for each number outside its field's range (``E_FACT_RANGE``) and each word that is none of its
        field's choices (``E_FACT_CHOICE``).
    """
    faults = [issue for key, value in facts.items() for issue in _check(FIELDS[key], value)]
    if faults:
        raise TableError(*faults)
    frame, amounts, evidence = portfolio.frame.copy(), portfolio.amounts.copy(), portfolio.evidence.copy()
    for key, value in facts.items():
        stored = _stored(FIELDS[key], value)
        if key in MONEY_FIELDS:
            amounts.at[project_id, key] = stored
            stored = stored * _yuan_rate(portfolio)
        frame.at[project_id, key] = stored
        for bound in (f"{key}_low", f"{key}_high"):
            if bound in frame:
                frame.loc[project_id, bound] = np.nan
        evidence.loc[project_id, key] = Evidence.MISSING if value is None else Evidence.GIVEN
    quotes = {cell: words for cell, words in portfolio.quotes.items() if cell[0] != project_id or cell[1] not in facts}
    edits = _add_edits(portfolio, project_id, facts)
    return replace(portfolio, frame=frame, amounts=amounts, evidence=evidence, quotes=quotes, edits=edits)


def with_edits(portfolio: Portfolio, edits: Edits) -> Portfolio:
    """The list with facts of several projects changed by hand; projects it does not hold are passed over."""
    for project, facts in edits.items():
        if project in portfolio.frame.index and facts:
            portfolio = with_facts(portfolio, project, facts)
    return portfolio


def read_fact(portfolio: Portfolio, project_id: str, key: str) -> Fact:
    """One fact of a list as a form takes it; money in the list's currency, ``None`` when it is not known."""
    table = portfolio.amounts if key in portfolio.amounts else portfolio.frame
    value: Any = table.at[project_id, key]
    if isinstance(value, tuple):
        return value
    if pd.isna(value):
        return None
    kind = FIELDS[key].kind
    if kind == "date":
        return pd.Timestamp(value).date()
    return float(value) if FIELDS[key].is_number else bool(value) if kind == "flag" else str(value)


def _add_edits(portfolio: Portfolio, project_id: str, facts: Mapping[str, Fact]) -> tuple[FactEdit, ...]:
    """All edits of the list; a fact changed twice remembers what was read first."""
    known = {(edit.project_id, edit.field): edit for edit in portfolio.edits}
    for key, value in facts.items():
        cell = (project_id, key)
        before = known[cell].before if cell in known else read_fact(portfolio, project_id, key)
        known[cell] = FactEdit(project_id, key, before, value)
    return tuple(edit for edit in known.values() if edit.before != edit.after)


def _stored(field: Field, value: Fact) -> Any:  # noqa: ANN401 - as the frame holds it
    """A fact as the frame holds it."""
    if field.is_number:
        return np.nan if value is None else float(value)  # type: ignore[arg-type]
    if field.kind == "date":
        return pd.NaT if value is None else pd.Timestamp(value).replace(day=1)  # type: ignore[arg-type]
    return value or None if field.kind in ("set", "text", "prose", "category", "product") else value


def _check(field: Field, value: Fact) -> tuple[Issue, ...]:
    if value is None:
        return ()
    if field.is_number:
        low, high = (-np.inf if field.low is None else field.low), (np.inf if field.high is None else field.high)
        inside = isinstance(value, int | float) and low <= value <= high
        bounds = {"low": field.low, "high": field.high, "unit": field.unit}
        found = Issue("E_FACT_RANGE", "error", column=field.title_en, found=str(value), values=bounds)
        return () if inside else (found,)
    words = value if isinstance(value, tuple) else (value,)
    if not field.choices or set(words) <= set(field.choices):
        return ()
    known = {"choices": ", ".join(field.choices)}
    return (Issue("E_FACT_CHOICE", "error", column=field.title_en, found=str(value), values=known),)


def _yuan_rate(portfolio: Portfolio) -> float:
    """Yuan for one unit of the list's currency, NaN when not known."""
    if portfolio.currency == "CNY":
        return 1.0
    amount, yuan = portfolio.amounts["investment_yuan"], portfolio.frame["investment_yuan"]
    ratios = (yuan / amount).dropna()
    return float(ratios.iloc[0]) if len(ratios) else np.nan
