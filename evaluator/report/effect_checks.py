"""The checks of income effects, each as a line: what was checked, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.income.findings import ALL
from evaluator.language import phrase
from evaluator.report.effect_words import (
    format_between,
    format_effect,
    format_estimate,
    format_p,
    say_caution,
    say_group,
    say_name,
)
from evaluator.report.numbers import format_number, format_percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluator.income.findings import IncomeEffects
    from evaluator.income.honest import Sensitivity
    from evaluator.income.pretrend import Pretrend


def tabulate_checks(found: IncomeEffects, language: str) -> pd.DataFrame:
    """One row a check: what, and the result in words."""
    titles = [phrase(f"effects.column.{key}", language) for key in ("check", "result")]
    return pd.DataFrame(list(say_checks(found, language)), columns=titles)


def say_checks(found: IncomeEffects, language: str) -> Iterator[tuple[str, str]]:
    """Each check with its result."""
    for title, result, _ in weigh_checks(found, language):
        yield title, result


def weigh_checks(found: IncomeEffects, language: str) -> Iterator[tuple[str, str, str]]:
    """Each check with its result and what it means: ``holds``, ``doubt``, ``open`` (not tested) or ``told``."""
    alpha = 1 - found.confidence
    for group, test in found.pretrends.items():
        if group == ALL or "_minus_" in group:
            verdict = "open" if test.refusal is not None else _doubt(test.p < alpha)
            yield _check("pretrend", language, group), say_pretrend(test, found.scale, language), verdict
    for estimate in found.placebo:
        effect = format_estimate(estimate, found.scale, language)
        result = phrase("effects.check.placebo_result", language, effect=effect, p=format_p(estimate.p, language))
        verdict = _doubt(estimate.p < alpha) if np.isfinite(estimate.p) else "open"
        yield say_name(estimate.name, language), result, verdict
    yield from _of_villages(found, language)
    for group, bounds in found.attrition.items():
        shares = [format_percent(share, language) for share in (bounds.kept_first, bounds.kept_second)]
        result = phrase(
            "effects.check.attrition_result",
            language,
            first=shares[0],
            second=shares[1],
            p=format_p(bounds.gap_p, language),
            from_to=format_between(bounds.interval_low, bounds.interval_high, found.scale, language),
        )
        yield _check("attrition", language, group), result, _doubt(bounds.gap_p < alpha)
    if found.naive is not None:
        effect = format_estimate(found.naive.overall, found.scale, language)
        share = format_percent(found.naive.negative_share, language)
        said = phrase("effects.check.naive_result", language, effect=effect, share=share)
        yield phrase("effects.check.naive", language), said, "told"
    if np.isfinite(found.agreement):
        said = phrase("effects.check.agreement_result", language, found=f"{found.agreement:.0e}")
        yield phrase("effects.check.agreement", language), said, _doubt("engines_differ" in _codes(found))


def _doubt(there: bool) -> str:
    return "doubt" if there else "holds"


def _of_villages(found: IncomeEffects, language: str) -> Iterator[tuple[str, str, str]]:
    contrast = next((name for name in found.paths if "_minus_" in name), "")
    for column, group in (("overall", ALL), ("headline", contrast)):
        if not group or column not in found.influence:
            continue
        values = found.influence[column].dropna()
        if len(values):
            low, high = float(values.min()), float(values.max())
            said = format_between(low, high, found.scale, language)
            yield _check("influence", language, group), said, _doubt(low < 0 < high)
    effective = found.support.effective_contrast if found.contrasts else found.support.effective_clusters
    if np.isfinite(effective):
        said = phrase(
            "effects.check.effective_result",
            language,
            found=format_number(effective, language, decimals=0),
            clusters=found.n_clusters,
        )
        yield phrase("effects.check.effective", language), said, _doubt("few_effective" in _codes(found))


def _codes(found: IncomeEffects) -> set[str]:
    return {caution.code for caution in found.cautions}


def say_pretrend(test: Pretrend, scale: str, language: str) -> str:
    """The test of the years before the start in words, with the trend it would have seen."""
    if test.refusal is not None:
        return phrase("effects.check.pretrend_refused", language, why=say_caution(test.refusal, language))
    return phrase(
        "effects.check.pretrend_result",
        language,
        df1=f"{test.df[0]:.0f}",
        df2=f"{test.df[1]:.0f}",
        statistic=format_number(test.statistic, language),
        p=format_p(test.p, language),
        detectable=format_effect(test.detectable, scale, language, signed=False),
    )


def tabulate_bounds(found: IncomeEffects, language: str) -> pd.DataFrame:
    """One row a restriction on how trends may fail: the interval it leaves, by group."""
    groups = list(found.sensitivity)
    rows: list[tuple[str, ...]] = []
    for i, bound in enumerate(found.sensitivity[groups[0]].bounds if groups else ()):
        limit = (
            f"{bound.limit:g}"
            if bound.kind == "relative"
            else format_effect(bound.limit, found.scale, language, signed=False)
        )
        ends = [found.sensitivity[group].bounds[i] for group in groups]
        said = [format_between(end.low, end.high, found.scale, language) for end in ends]
        rows.append((phrase(f"effects.check.{bound.kind}", language, limit=limit), *said))
    titles = [phrase("effects.column.assumption", language), *(say_group(group, language) for group in groups)]
    return pd.DataFrame(rows, columns=titles)


def say_breakdown(found: Sensitivity, language: str) -> str:
    """Up to which failure of the trends the sign of the effect is sure."""
    if np.isinf(found.breakdown):
        return phrase("effects.check.breakdown_far", language)
    if not found.breakdown > 0:
        return phrase("effects.check.breakdown_none", language)
    return phrase("effects.check.breakdown", language, limit=format_number(found.breakdown, language))


def _check(key: str, language: str, group: str) -> str:
    return phrase(f"effects.check.{key}", language, group=say_group(group, language))
