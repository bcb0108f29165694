"""A list as it was understood: what ``check --json`` prints. Keys are stable English names; remedies are sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evaluator.domain.fields import FIELDS, MONEY_FIELDS
from evaluator.report.plain import plain, plain_column

if TYPE_CHECKING:
    from evaluator.domain.errors import Issue
    from evaluator.domain.portfolio import Portfolio

Table = dict[str, Any]
OLDER_KEYS = {"place_name": "place", "yearly_benefit_yuan": "annual_income_yuan"}
"""Form fields that files also carry under a second, older key."""


def describe_issue(issue: Issue, language: str) -> Table:
    """One issue with its address and words."""
    return {
        "code": issue.code,
        "severity": issue.severity,
        "sheet": issue.sheet,
        "row": issue.row,
        "column": issue.column,
        "found": issue.found,
        "message": issue.message(language),
        "needed": issue.needed(language),
        "remedy": issue.remedy(language),
    }


def yuan_rate(portfolio: Portfolio) -> float | None:
    """Yuan for one unit of the list's currency; ``None`` when no rate is known."""
    if portfolio.currency == "CNY":
        return 1.0
    if not portfolio.total or portfolio.total_yuan is None:
        return None
    return portfolio.total_yuan / portfolio.total


def describe_portfolio(portfolio: Portfolio, language: str = "en") -> Table:
    """What was understood of a list: totals, mapping, issues, and each project with where its facts come from."""
    rate, control = yuan_rate(portfolio), portfolio.control_total
    columns: dict[str, str | None] = {}
    for reading in portfolio.readings:
        columns |= reading.columns
    return {
        "rows": len(portfolio),
        "total_yuan": plain(portfolio.total_yuan),
        "control_total_yuan": None if control is None or rate is None else control * rate,
        "total": plain(portfolio.total),
        "control_total": plain(control),
        "currency": portfolio.currency,
        "place_code": portfolio.place_code,
        "place": portfolio.place_name,
        "year": portfolio.year,
        "readings": [
            {
                "file": reading.file,
                "sheet": reading.sheet,
                "layout": reading.layout,
                "header_rows": list(reading.header_rows),
                "unit": reading.unit,
                "rows": reading.rows,
                "left_out": list(reading.left_out),
            }
            for reading in portfolio.readings
        ],
        "columns": columns,
        "issues": [describe_issue(issue, language) for issue in portfolio.issues],
        "projects": list(_projects(portfolio)),
    }


def _projects(portfolio: Portfolio) -> Iterator[Table]:
    frame = portfolio.frame
    keys = [key for key in FIELDS if key in frame.columns]
    bounds = [key for key in frame.columns if key not in FIELDS]
    values = {
        key: plain_column(frame[key].tolist(), FIELDS[key].kind if key in FIELDS else "") for key in (*keys, *bounds)
    }
    amounts = {key: plain_column(portfolio.amounts[key].tolist()) for key in MONEY_FIELDS if key in portfolio.amounts}
    evidence = {key: [str(state) for state in portfolio.evidence[key]] for key in portfolio.evidence.columns}
    quotes: dict[str, dict[str, str]] = {}
    for (project, key), words in portfolio.quotes.items():
        quotes.setdefault(str(project), {})[key] = words
    for row, project in enumerate(frame.index):
        facts = {key: column[row] for key, column in values.items() if key in FIELDS or column[row] is not None}
        yield {
            "project_id": str(project),
            **facts,
            **{alias: facts.get(key) for key, alias in OLDER_KEYS.items()},
            "amounts": {key: column[row] for key, column in amounts.items() if column[row] is not None},
            "evidence": {key: states[row] for key, states in evidence.items()},
            "quotes": quotes.get(str(project), {}),
        }
