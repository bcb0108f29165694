"""Projected income effects in words, tables and JSON: always an estimate, beside the score and never in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from evaluator.income.projected import LATE, LEVELS, PROPOSED
from evaluator.language import phrase
from evaluator.report.effect_words import format_between, format_effect, say_caution, say_trait
from evaluator.report.numbers import MISSING, format_number, format_quantity, format_share
from evaluator.report.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluator.income.projected import Projected, Projection, Score

BANDS = dict(zip(LEVELS, ("inner", "middle", "outer"), strict=True))
OUTER = LEVELS[-1]
SHOWN = 12
"""Projects listed on the command line."""
WAYS = ("model", "carry", "like", "trend")
_STAYS = {"late_years_unseen", "project_withheld"}


def describe_projected(found: Projection, language: str = "en") -> list[dict[str, Any]]:
    """One record a project for JSON; keys are stable, numbers in the scale of the outcome."""
    return [_describe(one, found.scale, language) for one in found.projects]


def _describe(one: Projected, scale: str, language: str) -> dict[str, Any]:
    by_year = [
        {
            "year_since_start": int(year),
            "mean": plain(one.mean[i]),
            "sd": plain(one.sd[i]),
            **{f"{end}_{level}": plain(getattr(one, end)[level][i]) for level in LEVELS for end in ("low", "high")},
            "bound_only": bool(year > one.supported_to),
            "estimate": plain(one.estimate[i]),
            "se": plain(one.error[i]),
            "cohorts": list(one.cohorts[i]),
        }
        for i, year in enumerate(one.years)
    ]
    return {
        "project_id": one.project_id,
        "status": one.status,
        "first_year": one.first_year,
        "by_year": by_year,
        "p_nonpositive_years_4_7": plain(one.p_nonpositive),
        "p_years": None if one.late is None else list(one.late),
        "inside_hull": one.inside_hull,
        "supported_to": one.supported_to,
        "unknown_traits": list(one.unknown),
        "cautions": [f"{note.code}: {say_caution(note, language, scale)}" for note in one.cautions],
    }


def say_projected(one: Projected, scale: str, language: str) -> list[str]:
    """One project in sentences: some years, the chance of no gain, what limits it."""
    if one.withheld:
        return [say_caution(note, language, scale) for note in one.cautions]
    lines = list(_say_years(one, scale, language))
    lines += [say_caution(note, language, scale) for note in one.cautions if note.code not in _STAYS]
    return lines


def _say_years(one: Projected, scale: str, language: str) -> Iterator[str]:
    years = sorted({min(year, one.supported_to) for year in (1, *LATE)} - {-1})
    for year in [*years[-1:], *years[:-1]]:
        ends = ("mean", one.mean), ("low", one.low[OUTER]), ("high", one.high[OUTER])
        said = {key: format_effect(float(part[year]), scale, language) for key, part in ends}
        yield phrase("projection.point", language, years=format_quantity(year, "years", language), **said)
    if one.supported_to < LATE[1] and one.supported_to >= 0:
        at = LATE[1]
        bound = {key: format_effect(float(end[OUTER][at]), scale, language) for key, end in _ends(one)}
        yield phrase("projection.bound", language, years=format_quantity(at, "years", language), **bound)
    if one.late is None:
        yield phrase("projection.chance_none", language, first=LATE[0], last=LATE[1])
    else:
        chance = format_share(one.p_nonpositive, language)
        yield phrase("projection.chance", language, first=one.late[0], last=one.late[1], p=chance)


def _ends(one: Projected) -> tuple[tuple[str, Any], ...]:
    return ("low", one.low), ("high", one.high)


def tabulate_projected(one: Projected, scale: str, language: str) -> pd.DataFrame:
    """The twin of the fan: one row a year since the start."""
    rows = []
    for i, year in enumerate(one.years):
        ranges = [_range(one.low[level][i], one.high[level][i], scale, language) for level in LEVELS]
        observed, expected = (format_effect(float(part[i]), scale, language) for part in (one.estimate, one.mean))
        rows.append((str(int(year)), expected, *ranges, observed, _say_cohorts(one, i, language)))
    keys = ("year", "mean", *BANDS.values(), "estimate", "cohorts")
    table = pd.DataFrame(rows, columns=[phrase(f"projection.column.{key}", language) for key in keys])
    if one.status == PROPOSED:
        return table.drop(columns=phrase("projection.column.estimate", language))
    return table


def _range(low: float, high: float, scale: str, language: str) -> str:
    return MISSING if math.isnan(low) else format_between(low, high, scale, language)


def _say_cohorts(one: Projected, place: int, language: str) -> str:
    starts = one.cohorts[place]
    if one.years[place] > one.supported_to:
        return phrase("projection.seen_none", language)
    if not starts:
        return MISSING
    shown = str(starts[0]) if len(starts) == 1 else f"{starts[0]}–{starts[-1]}"
    return phrase("projection.seen_by", language, count=len(starts), starts=shown)


def tabulate_projection(found: Projection, language: str, *, most: int | None = None) -> pd.DataFrame:
    """One row a project: the late years, the chance that they bring nothing, how far the data carry."""
    rows = []
    for one in found.projects[:most]:
        if one.late is None:
            mean = MISSING
        else:
            mean = format_effect(float(np.mean(one.mean[one.late[0] : one.late[1] + 1])), found.scale, language)
        rows.append(
            (
                one.project_id,
                phrase(f"projection.{one.status}", language),
                mean,
                format_share(one.p_nonpositive, language),
                MISSING if one.supported_to < 0 else str(one.supported_to),
                phrase("projection.inside" if one.inside_hull else "projection.outside", language),
            )
        )
    keys = ("project", "status", "late", "chance", "supported", "hull")
    titles = [phrase(f"projection.column.{key}", language, first=LATE[0], last=LATE[1]) for key in keys]
    return pd.DataFrame(rows, columns=titles)


def tabulate_backtest(score: Score, scale: str, language: str) -> pd.DataFrame:
    """Each way to forecast with its distance from the true effects and from later estimates, and their own error."""
    rows = [
        (
            phrase(f"projection.way.{way}", language),
            format_effect(score.true_rmse[way], scale, language, signed=False),
            format_effect(score.rmse[way], scale, language, signed=False),
        )
        for way in WAYS
    ]
    noise = format_effect(score.noise, scale, language, signed=False)
    rows.append((phrase("projection.way.noise", language), MISSING, noise))
    return pd.DataFrame(
        rows, columns=[phrase(f"projection.column.{key}", language) for key in ("way", "true", "later")]
    )


def say_projection(found: Projection, language: str) -> list[str]:
    """What the projection stands on: how far projects were seen, the paths, the test on the past, limits."""
    if found.refusal is not None:
        return [phrase("projection.refused", language, why=say_caution(found.refusal, language, found.scale))]
    lines = [_say_support(found, language), _say_curves(found, language), _say_backtest(found, language)]
    return [*lines, *(say_caution(note, language, found.scale) for note in found.cautions)]


def _say_support(found: Projection, language: str) -> str:
    last = found.support.iloc[-1]
    starts = sorted({start for cohorts in found.support["cohorts"] for start in cohorts})
    comma = phrase("format.list_comma", language)
    shown = comma.join(map(str, starts)) if len(starts) <= 6 else f"{starts[0]}–{starts[-1]}"
    return phrase("projection.support", language, cohorts=shown, year=int(last["year_since_start"]))


def _say_curves(found: Projection, language: str) -> str:
    comma = phrase("format.list_comma", language)
    values = {
        "knots": comma.join(format_number(knot, language, decimals=0) for knot in found.knots),
        "spread": format_effect(found.spread, found.scale, language, signed=False),
        "cohort": format_share(found.cohort_spread, language),
    }
    if not found.traits:
        return phrase("projection.curves_plain", language, **values)
    traits = comma.join(say_trait(trait, language) for trait in found.traits)
    return phrase("projection.curves", language, traits=traits, **values)


def _say_backtest(found: Projection, language: str) -> str:
    score = None if found.backtest is None else found.backtest.late
    if score is None:
        return phrase("projection.backtest_none", language)
    ways = {way: format_effect(score.true_rmse[way], found.scale, language, signed=False) for way in WAYS}
    return phrase(
        "projection.backtest",
        language,
        first=LATE[0],
        last=LATE[1],
        count=score.count,
        coverage=format_share(score.coverage, language),
        **ways,
    )


def fan_rows(one: Projected, scale: str, language: str) -> pd.DataFrame:
    """The rows of the fan chart: numbers in percent, yuan or points, and their texts."""

    def scaled(values: Any) -> Any:  # noqa: ANN401 - an array
        if scale in ("log", "asinh"):
            return 100 * np.expm1(np.minimum(values, 50.0))
        return 100 * values if scale == "share" else values

    table = {"year": one.years.astype(float), "mean": scaled(one.mean), "estimate": scaled(one.estimate)}
    for level, name in BANDS.items():
        table |= {f"{name}_low": scaled(one.low[level]), f"{name}_high": scaled(one.high[level])}
        texts = [_range(low, high, scale, language) for low, high in zip(one.low[level], one.high[level], strict=True)]
        table[f"{name}_text"] = np.array(texts, object)
    table["mean_text"] = np.array([format_effect(float(v), scale, language) for v in one.mean], object)
    table["estimate_text"] = np.array([format_effect(float(v), scale, language) for v in one.estimate], object)
    table["cohorts"] = np.array([_say_cohorts(one, i, language) for i in range(len(one.years))], object)
    return pd.DataFrame(table)


def say_bands(one: Projected, language: str) -> str:
    """What the bands and marks of the fan are."""
    return phrase("projection.bands_observed" if np.isfinite(one.estimate).any() else "projection.bands", language)


def fan_unit(scale: str, language: str) -> str:
    """The unit on the axis of the fan."""
    return phrase(f"projection.unit.{'relative' if scale in ('log', 'asinh') else scale}", language)
