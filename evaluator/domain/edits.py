"""Facts changed by hand: the same list with other values in some cells, everything else untouched."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import FIELDS, MONEY_FIELDS
from evaluator.domain.portfolio import Evidence, Portfolio


def with_facts(portfolio: Portfolio, project_id: str, facts: Mapping[str, float | None]) -> Portfolio:
    """A copy of the list in which one project states these numbers; ``None`` makes a fact unknown.

    Money is in the list's currency. A range the cell had, and the words it was read from, give way to the number.

    Raises
    ------
    TableError
        With one ``E_FACT_RANGE`` issue for each number outside its field's range.
    """
    outside = [key for key, value in facts.items() if value is not None and not _within(key, value)]
    if outside:
        raise TableError(*(_out_of_range(key, facts[key]) for key in outside))
    frame, amounts, evidence = portfolio.frame.copy(), portfolio.amounts.copy(), portfolio.evidence.copy()
    rate = _yuan_rate(portfolio)
    for key, value in facts.items():
        number = np.nan if value is None else float(value)
        if key in MONEY_FIELDS:
            amounts.loc[project_id, key] = number
        frame.loc[project_id, key] = number * rate if key in MONEY_FIELDS else number
        for bound in (f"{key}_low", f"{key}_high"):
            if bound in frame:
                frame.loc[project_id, bound] = np.nan
        evidence.loc[project_id, key] = Evidence.MISSING if value is None else Evidence.GIVEN
    quotes = {cell: words for cell, words in portfolio.quotes.items() if cell[0] != project_id or cell[1] not in facts}
    return replace(portfolio, frame=frame, amounts=amounts, evidence=evidence, quotes=quotes)


def _within(key: str, value: float) -> bool:
    field = FIELDS[key]
    low, high = (-np.inf if field.low is None else field.low), (np.inf if field.high is None else field.high)
    return bool(low <= value <= high)


def _out_of_range(key: str, value: float | None) -> Issue:
    field = FIELDS[key]
    bounds = {"low": field.low, "high": field.high, "unit": field.unit}
    return Issue("E_FACT_RANGE", "error", column=field.title_en, found=str(value), values=bounds)


def _yuan_rate(portfolio: Portfolio) -> float:
    """Yuan for one unit of the list's currency, NaN when not known."""
    if portfolio.currency == "CNY":
        return 1.0
    amount, yuan = portfolio.amounts["investment_yuan"], portfolio.frame["investment_yuan"]
    ratios = (yuan / amount).dropna()
    return float(ratios.iloc[0]) if len(ratios) else np.nan
