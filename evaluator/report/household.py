"""What a household gains, what a bad year leaves, and whether promises fit the asset: keys and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from evaluator.criteria.promises import CHECKS
from evaluator.language import phrase
from evaluator.report.numbers import (
    format_money,
    format_percent,
    format_quantity,
    format_share,
    format_years,
    is_missing,
)
from evaluator.report.plain import plain

if TYPE_CHECKING:
    import pandas as pd

    from evaluator.criteria.downside import Downside
    from evaluator.evaluation import Evaluation


def describe_households(evaluation: Evaluation, downside: Downside | None) -> Iterator[dict[str, Any]]:
    """The keys ``household``, ``downside`` and ``promises`` of each scored project, in list order."""
    tables = (evaluation.households.to_dict("records"), evaluation.promises.to_dict("records"))
    bad_years = [None] * len(evaluation.scored) if downside is None else _describe_downside(downside)
    for household, promises, bad in zip(*tables, bad_years, strict=True):
        yield {
            "household": {str(key): plain(value) for key, value in household.items()},
            "downside": bad,
            "promises": {str(key): plain(value) for key, value in promises.items()},
        }


def _describe_downside(downside: Downside) -> Iterator[dict[str, Any]]:
    assumed = zip(downside.price_assumed, downside.loss_assumed, strict=True)
    for bad, (price, loss) in zip(downside.table.to_dict("records"), assumed, strict=True):
        yield {str(key): plain(value) for key, value in bad.items()} | {
            "price_assumed": bool(price),
            "loss_assumed": bool(loss),
            "draws": downside.draws,
        }


def no_household() -> dict[str, Any]:
    """The same keys of what is not scored."""
    return {"household": None, "downside": None, "promises": None}


def say_household(evaluation: Evaluation, project: str, language: str) -> str:
    """What one household gains, in a few sentences; says so when it is not known."""
    row = _row(evaluation.households, project)
    if is_missing(row["yearly"]):
        return phrase("household.unknown", language)
    currency = evaluation.portfolio.currency
    said = [_money_sentence("household.yearly", row, "yearly", language, currency)]
    if row["yearly_own"] < row["yearly"]:
        said.append(_money_sentence("household.own", row, "yearly_own", language, currency))
    if is_missing(row["equivalent_annual"]):
        said.append(phrase("household.no_years", language))
    else:
        said.append(_money_sentence("household.annual", row, "equivalent_annual_own", language, currency))
    line = evaluation.settings.payback
    if not is_missing(row["line_share"]):
        said.append(
            phrase(
                "household.line",
                language,
                share=format_share(row["line_share"], language),
                line=format_money(row["line"], language, currency),
                year=line.poverty_line_year or "–",
            )
        )
    elif line.poverty_line_yuan > 0:
        said.append(phrase("household.no_line", language))
    if bool(evaluation.appraisal["from_flows"].loc[project]):
        said.append(phrase("household.from_flows", language))
    return phrase("format.sentence_gap", language).join(said)


def _row(table: pd.DataFrame, project: str) -> dict[str, Any]:
    return {str(key): value for key, value in table.loc[[project]].to_dict("records")[0].items()}


def _money_sentence(key: str, row: Mapping[str, Any], column: str, language: str, currency: str) -> str:
    return phrase(key, language, money=format_money(row[column], language, currency))


def say_downside(evaluation: Evaluation, downside: Downside, project: str, language: str) -> str:
    """What a bad year leaves to a household, with and without insurance."""
    row, rules = _row(downside.table, project), evaluation.settings.risk
    planned, currency = row["planned"], evaluation.portfolio.currency
    values = {key: format_share(row[key], language) for key in ("low", "low_uninsured", "low_insured", "p_bad_year")}
    tail = format_percent(rules.tail, language)
    said = [phrase("downside.low", language, tail=tail, low=values["low"])]
    if not is_missing(planned):
        money = format_money(planned * row["low"], language, currency)
        plan = format_money(planned, language, currency)
        said.append(phrase("downside.money", language, money=money, planned=plan))
    bad = format_share(rules.bad_year_share, language)
    said.append(phrase("downside.bad_year", language, share=values["p_bad_year"], bad=bad))
    if row["low_insured"] > row["low_uninsured"]:
        none, full = values["low_uninsured"], values["low_insured"]
        covered = {"insured": format_share(row["insured_share"], language), "none": none}
        insured = row["insured_share"] > 0
        said.append(
            phrase("downside.insurance", language, full=full, **covered)
            if insured
            else phrase("downside.uninsured", language, full=full)
        )
    if not is_missing(row["p_never"]):
        said.append(phrase("downside.never", language, share=format_share(row["p_never"], language)))
    return phrase("format.sentence_gap", language).join(said)


def say_promises(evaluation: Evaluation, project: str, language: str) -> list[str]:
    """Each check whose facts are stated, in one sentence."""
    row = _row(evaluation.promises, project)
    frame, appraisal = _row(evaluation.portfolio.frame, project), _row(evaluation.appraisal, project)
    values = {
        "payback": format_years(appraisal["payback_years"], language),
        "life": format_years(frame["asset_life_years"], language),
        "promise": format_percent(frame["promised_asset_income_share"], language),
        "years": format_years(row["promise_payback_years"], language),
        "times": format_quantity(row["promise_earned"], "times", language),
    }
    return [
        phrase(f"promise.{check}.{row[f'{check}_state']}", language, **values)
        for check in CHECKS
        if row[f"{check}_state"] != "unknown"
    ]
