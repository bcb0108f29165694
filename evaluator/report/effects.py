"""Income effects on the command line: a readable page, JSON with stable keys, and files."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluator.income.findings import ALL, tabulate_path
from evaluator.income.projected import LATE
from evaluator.language import phrase
from evaluator.report.console import lay_out
from evaluator.report.effect_checks import say_breakdown, say_checks, tabulate_bounds, tabulate_checks
from evaluator.report.effect_tables import (
    tabulate_alternatives,
    tabulate_effects,
    tabulate_estimates,
    tabulate_group_effects,
    tabulate_years,
)
from evaluator.report.effect_words import (
    format_effect,
    format_estimate,
    say_caution,
    say_group,
    say_method,
)
from evaluator.report.export import write_csv, write_json, write_workbook
from evaluator.report.numbers import format_percent, format_quantity
from evaluator.report.plain import plain
from evaluator.report.projected import (
    SHOWN,
    describe_projected,
    say_projection,
    tabulate_backtest,
    tabulate_projection,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluator.income.findings import IncomeEffects
    from evaluator.income.projected import Projection
    from evaluator.income.results import Estimate

WIDEST = 60
"""Cells of an effect with both ends of its interval."""
NUMBERS = ("estimate", "se", "low", "high", "p", "df", "units", "clusters", "rows")


def say_effects(found: IncomeEffects, language: str) -> str:
    """Everything an estimation found, as text: headline first, then tables, checks and limits."""
    return "\n\n".join(_say_parts(found, language))


def _say_parts(found: IncomeEffects, language: str) -> Iterator[str]:
    yield say_title(found, language)
    if found.refusals:
        yield phrase("effects.no_estimate", language)
        yield _listed("refused", [say_caution(one, language, found.scale) for one in found.refusals], language)
        if found.errors:
            yield _table("errors", tabulate_estimates(found.errors, found.scale, language, title="inference"), language)
        if found.cautions:
            yield "\n".join(say_caution(one, language, found.scale) for one in found.cautions)
        return
    yield say_headline(found, language)
    yield say_how(found, language)
    yield _table("by_year", tabulate_years(found, language), language)
    yield _table("by_group", tabulate_group_effects(found, language), language)
    if found.contrasts:
        yield _table("contrast", tabulate_estimates(found.contrasts, found.scale, language), language)
    if found.below_line is not None and not found.below_line.refusals:
        yield _table("below_line", tabulate_group_effects(found.below_line, language), language)
    window = say_last_window(found)
    if found.alternatives:
        yield _table("others", tabulate_alternatives(found, language), language, **window)
    if found.errors:
        yield _table("errors", tabulate_estimates(found.errors, found.scale, language, title="inference"), language)
    checks = [
        phrase("effects.line", language, name=name, result=result) for name, result in say_checks(found, language)
    ]
    if checks:
        yield _listed("checks", checks, language)
    if found.sensitivity:
        said = [
            phrase("effects.line", language, name=say_group(group, language), result=say_breakdown(one, language))
            for group, one in found.sensitivity.items()
        ]
        yield _table("bounds", tabulate_bounds(found, language), language, **window) + "\n" + "\n".join(said)
    if found.projection is not None:
        yield _say_projection(found.projection, language)
    if found.cautions:
        yield _listed("limits", [say_caution(one, language, found.scale) for one in found.cautions], language)


def _say_projection(found: Projection, language: str) -> str:
    lines = []
    if found.projects:
        lines.append(lay_out(tabulate_projection(found, language, most=SHOWN)))
    if len(found.projects) > SHOWN:
        lines.append(phrase("projection.more", language, count=len(found.projects) - SHOWN))
    lines += [f"- {line}" for line in say_projection(found, language)]
    if found.backtest is not None and found.backtest.late is not None:
        lines.append(lay_out(tabulate_backtest(found.backtest.late, found.scale, language)))
    return "\n".join([phrase("projection.console", language, first=LATE[0], last=LATE[1]), *lines])


def say_title(found: IncomeEffects, language: str) -> str:
    """What the panel holds."""
    return phrase(
        "effects.title",
        language,
        units=format_quantity(found.n_units, "households", language),
        clusters=format_quantity(found.n_clusters, "villages", language),
        years=_say_span(found.years, language),
    )


def _say_span(years: tuple[int, ...], language: str) -> str:
    if len(years) < 2:
        return "".join(map(str, years))
    return phrase("evidence.span", language, first=years[0], last=years[-1])


def say_how(found: IncomeEffects, language: str) -> str:
    """Estimator, comparison and errors on one line."""
    return phrase(
        "effects.how",
        language,
        method=say_method(found.method, language),
        control=phrase(f"effects.control.{found.control}", language),
        inference=phrase(f"effects.inference.{found.inference}", language),
        confidence=format_percent(found.confidence, language),
    )


def say_headline(found: IncomeEffects, language: str) -> str:
    """The long-run contrast as a sentence; without one, the long-run effect of all projects."""
    headline, scale, window = found.headline, found.scale, say_last_window(found)
    if headline is None:
        last = found.windows[ALL][-1] if found.windows.get(ALL) else found.overall
        effect = format_estimate(last, scale, language)
        if last.refusal is not None:
            effect = say_caution(last.refusal, language, scale)
        return phrase("effects.no_headline", language, effect=effect, **window)
    if headline.refusal is not None:
        return phrase("effects.headline_refused", language, why=say_caution(headline.refusal, language, scale))
    ends = {key: format_effect(getattr(headline, key), scale, language) for key in ("low", "high")}
    point = format_effect(headline.estimate, scale, language)
    if not (headline.low > 0 or headline.high < 0):
        return phrase("effects.headline_open", language, point=point, **ends, **window)
    form = "higher" if headline.estimate > 0 else "lower"
    size = point.removeprefix("+").removeprefix("−")
    return phrase(f"effects.headline_{form}", language, size=size, **ends, **window)


def say_last_window(found: IncomeEffects) -> dict[str, str]:
    """First and last year of the longest window, for sentences."""
    name = found.windows[ALL][-1].name if found.windows.get(ALL) else "window_0_0"
    first, last = name.split("_")[-2:]
    return {"first": first, "last": last}


def _table(key: str, table: Any, language: str, **values: object) -> str:  # noqa: ANN401 - a frame
    return phrase(f"effects.{key}", language, **values) + "\n" + lay_out(table, WIDEST)


def _listed(key: str, lines: list[str], language: str) -> str:
    return "\n".join([phrase(f"effects.{key}", language), *(f"- {line}" for line in lines)])


def describe_effects(found: IncomeEffects, language: str = "en") -> dict[str, Any]:
    """The whole result as plain values for JSON; keys are stable."""
    told: dict[str, Any] = {
        "method": found.method,
        "estimand": found.estimand,
        "n_units": found.n_units,
        "n_clusters": found.n_clusters,
        "n_rows": found.n_rows,
        "years": list(found.years),
        "outcome": found.outcome,
        "scale": found.scale,
        "control": found.control,
        "inference": found.inference,
        "confidence": found.confidence,
        "trait": found.trait or None,
        "by_year": _years(found, ALL),
        "overall": _estimate(found.overall),
        "contrasts": [_estimate(one) for one in found.contrasts],
        "pretrend": _pretrend(found.pretrend),
        "sensitivity": _sensitivity(found),
        "cautions": [f"{one.code}: {say_caution(one, language, found.scale)}" for one in found.cautions],
        "refusals": [f"{one.code}: {say_caution(one, language, found.scale)}" for one in found.refusals],
        "issues": [
            {"code": one.code, "severity": one.severity, "column": one.column, "count": plain(one.values.get("count"))}
            for one in found.issues
        ],
        "projection": [] if found.projection is None else describe_projected(found.projection, language),
        "groups": [
            {
                "group": group,
                "overall": _estimate(found.overall_by[group]),
                "windows": [_estimate(one) for one in found.windows.get(group, ())],
                "by_year": _years(found, group),
            }
            for group in found.groups
            if group in found.overall_by
        ],
        "contrast_by_year": [
            {"name": name, "by_year": _years(found, name)} for name in found.paths if "_minus_" in name
        ],
        "averages": {name: _estimate(one) for name, one in found.averages.items()},
        "errors": [_estimate(one) for one in found.errors],
        "covariates": [_estimate(one) for one in found.covariates],
        "without_project": [_estimate(one) for one in found.waves],
        "alternatives": [
            {
                "method": one.method,
                "overall": _estimate(one.overall),
                "windows": [_estimate(part) for part in one.windows],
                "contrasts": [_estimate(part) for part in one.contrasts],
            }
            for one in found.alternatives
        ],
        "naive": None if found.naive is None else _naive(found),
        "placebo": [_estimate(one) for one in found.placebo],
        "influence": _records(found.influence.dropna(subset=["cluster_id"])) if len(found.influence) else [],
        "attrition": [
            {"groups": name, **{key: plain(getattr(one, key)) for key in one.__dataclass_fields__}}
            for name, one in found.attrition.items()
        ],
        "support": _support(found),
        "agreement": plain(found.agreement),
    }
    told["below_line"] = None if found.below_line is None else describe_effects(found.below_line, language)
    return told


def _estimate(found: Estimate) -> dict[str, Any]:
    told = {"name": found.name, **{key: plain(getattr(found, key)) for key in NUMBERS}}
    if found.refusal is not None:
        told["refusal"] = found.refusal.code
        told["needed"] = plain(found.refusal.values.get("needed"))
    return told


def _years(found: IncomeEffects, group: str) -> list[dict[str, Any]]:
    if group not in found.paths:
        return []
    return _records(tabulate_path(found.paths[group]))


def _records(table: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a frame
    return [{str(key): plain(value) for key, value in record.items()} for record in table.to_dict("records")]


def _pretrend(test: Any) -> dict[str, Any]:  # noqa: ANN401 - a Pretrend
    told = {
        "p": plain(test.p),
        "joint_stat": plain(test.statistic),
        "df": plain(test.df),
        "events": plain(test.events),
        "detectable": plain(test.detectable),
        "slope": plain(test.slope),
        "slope_low": plain(test.slope_low),
        "slope_high": plain(test.slope_high),
        "ruled_out": plain(test.ruled_out),
    }
    return told if test.refusal is None else told | {"refusal": test.refusal.code}


def _sensitivity(found: IncomeEffects) -> list[dict[str, Any]]:
    return [
        {
            "group": group,
            "kind": bound.kind,
            "limit": plain(bound.limit),
            "low": plain(bound.low),
            "high": plain(bound.high),
            "open": bound.open,
            "breakdown": plain(one.breakdown),
        }
        for group, one in found.sensitivity.items()
        for bound in one.bounds
    ]


def _naive(found: IncomeEffects) -> dict[str, Any]:
    naive = found.naive
    assert naive is not None
    return {
        "overall": _estimate(naive.overall),
        "contrast": _estimate(naive.contrast),
        "negative_share": plain(naive.negative_share),
        "negative_weight": plain(naive.negative_weight),
    }


def _support(found: IncomeEffects) -> dict[str, Any]:
    support = found.support
    keys = ("treated_clusters", "untreated_clusters", "effective_clusters", "effective_contrast", "fewest_controls")
    counts = {key: plain(getattr(support, key)) for key in keys}
    return counts | {"cohorts": _records(support.cohorts), "leverage": _records(support.leverage)}


def write_effects(found: IncomeEffects, suffix: str, language: str) -> bytes:
    """The result as ``.csv``, ``.json``, ``.xlsx`` or ``.parquet``; the same bytes for the same panel."""
    if suffix == ".json":
        return write_json(describe_effects(found, language))
    table = tabulate_effects(found)
    if suffix == ".csv":
        return write_csv(table)
    if suffix == ".xlsx":
        return write_workbook(_sheets(found, table, language))
    target = BytesIO()
    table.to_parquet(target, index=False)
    return target.getvalue()


def _sheets(found: IncomeEffects, table: Any, language: str) -> dict[str, Any]:  # noqa: ANN401 - frames
    sheets = {}
    if not found.refusals:
        sheets[phrase("effects.by_year", language)] = tabulate_years(found, language)
        sheets[phrase("effects.by_group", language)] = tabulate_group_effects(found, language)
    sheets[phrase("effects.checks", language)] = tabulate_checks(found, language)
    limits = [(one.code, say_caution(one, language, found.scale)) for one in (*found.refusals, *found.cautions)]
    import pandas as pd  # noqa: PLC0415 - the command line starts without it

    sheets[phrase("effects.limits", language)] = pd.DataFrame(limits, columns=["code", "text"])
    return sheets | {"data": table.replace([np.inf, -np.inf], np.nan)}
