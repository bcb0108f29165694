"""An appraised flows table as text, as a flat table, and as nested values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.criteria.flow_appraisal import VIEWS
from evaluator.language import phrase
from evaluator.report.export import write_csv, write_json, write_workbook
from evaluator.report.layout import lay_out
from evaluator.report.numbers import MISSING, format_money, format_number, format_percent, format_years, is_missing
from evaluator.report.plain import plain

if TYPE_CHECKING:
    from evaluator.criteria.flow_appraisal import FlowAppraisal

VALUES = (
    "npv_yuan",
    "npv_first_today_yuan",
    "npv_spreadsheet_yuan",
    "equivalent_annual_yuan",
    "half_life_years",
)
"""Measures of every view; households lay out nothing, so that the rest is not asked of them."""
RETURNS = ("irr", "irr_roots", "mirr", "payback_years", "discounted_payback_years", "benefit_cost")
OF_HOUSEHOLDS = ("per_household_yuan", "benefit_years")
_STATUSES = ("irr_status", "payback_status", "discounted_payback_status")


def _known_views(found: FlowAppraisal, at: int) -> Iterator[tuple[str, pd.Series]]:
    """The views of one project that say something of their own, with their measures."""
    for view in VIEWS:
        measures = found.views[view].iloc[at]
        if view == "project_with_subsidy" and not found.flows.subsidies[at].any():
            continue
        if not is_missing(measures["npv_yuan"]):
            yield view, measures


def _keys(view: str) -> tuple[str, ...]:
    return (*VALUES, *OF_HOUSEHOLDS) if view == "household" else (*VALUES, *RETURNS)


def _say_status(measures: pd.Series) -> dict[str, str]:
    return {
        "irr_status": irr_status(measures),
        "payback_status": _status(measures, "payback_years"),
        "discounted_payback_status": _status(measures, "discounted_payback_years"),
    }


def _status(measures: pd.Series, key: str) -> str:
    return "unknown" if is_missing(measures["npv_yuan"]) else "never" if is_missing(measures[key]) else "paid_back"


def irr_status(measures: pd.Series) -> str:
    """``one``, ``several`` (not unique: none is the rate of return) or ``none``."""
    roots = int(measures["irr_roots"])
    return "one" if roots == 1 else "several" if roots else "none"


def describe_appraisal(found: FlowAppraisal) -> dict[str, Any]:
    """What ``appraise --json`` prints: each project in the order of the table, each view that is known."""
    projects = []
    for at, project in enumerate(found.flows.projects):
        views: dict[str, dict[str, Any]] = {}
        for view, measures in _known_views(found, at):
            views[view] = {key: plain(measures[key]) for key in _keys(view)}
            if view != "household":
                views[view] |= {"irr_roots": int(measures["irr_roots"]), "all_irr": plain(measures["all_irr"])}
                views[view] |= _say_status(measures)
        projects.append({"project_id": str(project), "last_year": int(found.flows.last[at]), **views})
    return {"gross": found.flows.gross, "projects": projects}


def tabulate_appraisal(found: FlowAppraisal) -> pd.DataFrame:
    """One row a project and known view, flat ``snake_case`` columns in full precision; missing is empty."""
    rows = []
    for at, project in enumerate(found.flows.projects):
        for view, measures in _known_views(found, at):
            row = {"project_id": str(project), "view": view, **{key: plain(measures[key]) for key in _keys(view)}}
            if view != "household":
                row |= {"all_irr": " ".join(f"{rate:.6g}" for rate in measures["all_irr"]), **_say_status(measures)}
            rows.append(row)
    columns = ("project_id", "view", *VALUES, *RETURNS, *OF_HOUSEHOLDS, "all_irr", *_STATUSES)
    text = {"project_id", "view", "all_irr", *_STATUSES}
    table = pd.DataFrame(rows, columns=list(columns))
    return table.astype({key: object if key in text else "float64" for key in table})


def write_appraisal(found: FlowAppraisal, suffix: str, language: str) -> bytes:
    """The appraisal as ``.csv``, ``.json``, ``.xlsx`` or ``.parquet``; the same bytes for the same flows."""
    if suffix == ".json":
        return write_json(describe_appraisal(found))
    table = tabulate_appraisal(found)
    if suffix == ".csv":
        return write_csv(table)
    if suffix == ".xlsx":
        return write_workbook({phrase("appraised.sheet", language): table})
    target = BytesIO()
    table.to_parquet(target, index=False)
    return target.getvalue()


def say_rates(rates: tuple[float, ...], language: str) -> str:
    """Internal rates of return in words: one, none, or all with “not unique”."""
    if not rates:
        return phrase("appraised.no_rate", language)
    said = phrase("format.list_comma", language).join(format_percent(rate, language) for rate in rates)
    return said if len(rates) == 1 else phrase("appraised.not_unique", language, rates=said)


def say_appraisal(found: FlowAppraisal, language: str) -> str:
    """The appraisal as an aligned table, one line a project and view."""
    return lay_out(show_appraisal(found, language))


def show_appraisal(found: FlowAppraisal, language: str) -> pd.DataFrame:
    """The appraisal under titles people read, all cells text."""
    rows = []
    for at, project in enumerate(found.flows.projects):
        for view, measures in _known_views(found, at):
            years = {
                key: phrase("format.never", language)
                if is_missing(measures[key])
                else format_years(measures[key], language)
                for key in ("payback_years", "discounted_payback_years")
            }
            outlay = view != "household"
            rows.append(
                {
                    "project": str(project),
                    "view": phrase(f"appraised.view.{view}", language),
                    "npv_first_today": format_money(measures["npv_first_today_yuan"], language),
                    "npv_spreadsheet": format_money(measures["npv_spreadsheet_yuan"], language),
                    "irr": say_rates(measures["all_irr"], language) if outlay else MISSING,
                    "mirr": format_percent(measures["mirr"], language) if outlay else MISSING,
                    "payback": years["payback_years"] if outlay else MISSING,
                    "discounted_payback": years["discounted_payback_years"] if outlay else MISSING,
                    "benefit_cost": format_number(measures["benefit_cost"], language) if outlay else MISSING,
                    "equivalent_annual": format_money(measures["equivalent_annual_yuan"], language),
                    "half_life": format_years(measures["half_life_years"], language),
                }
            )
    table = pd.DataFrame(rows)
    return table.rename(columns={key: phrase(f"appraised.title.{key}", language) for key in table})
