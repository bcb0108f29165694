"""What each picture of income effects shows, as its title: true of the numbers, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evaluator.income.findings import ALL
from evaluator.income.power import Detectable, detectable_now
from evaluator.language import phrase
from evaluator.report.effect_words import (
    format_between,
    format_effect,
    format_estimate,
    say_caution,
    say_group,
    say_groups,
)
from evaluator.report.numbers import format_number, format_percent, is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaluator.income.findings import IncomeEffects
    from evaluator.income.results import Estimate

NAIVE = ("twfe", "pooled", "ancova")
STATIC = ("lot", "elsewhere", "later", "neighbours", "said", "left")
"""What no panel of this kind can show, whatever it says."""


def say_courses(found: IncomeEffects, groups: Sequence[str], language: str) -> str:
    """How each group went from its first window to its last."""
    parts, names = [], say_groups(groups, language)
    for group in groups:
        windows = found.contrasts[1:] if "_minus_" in group else found.windows.get(group, ())
        known = [one for one in windows if not is_missing(one.estimate)]
        if known:
            parts.append(_say_course(names[group], known, found.scale, language))
    return phrase("format.list_semicolon", language).join(parts) or phrase("effects.finding.nothing", language)


def _say_course(group: str, known: Sequence[Estimate], scale: str, language: str) -> str:
    first, last = known[0], known[-1]
    values = {
        "group": group,
        "early": format_effect(first.estimate, scale, language),
        "late": format_effect(last.estimate, scale, language),
        "first": say_span(first.name, language),
        "last": say_span(last.name, language),
    }
    return phrase(f"effects.finding.{'course' if len(known) > 1 else 'one'}", language, **values)


def say_extremes(found: IncomeEffects, language: str) -> str:
    """Which group gains most and which least in the last window."""
    last = {group: parts[-1] for group, parts in found.windows.items() if group != ALL and parts}
    known = {group: one for group, one in last.items() if not is_missing(one.estimate)}
    if len(known) < 2:
        return phrase("effects.finding.nothing", language)
    worst, best = (choose(known, key=lambda group: known[group].estimate) for choose in (min, max))
    return phrase(
        "effects.finding.extremes",
        language,
        span=say_span(known[best].name, language),
        best=say_group(best, language),
        most=format_effect(known[best].estimate, found.scale, language),
        worst=say_group(worst, language),
        least=format_effect(known[worst].estimate, found.scale, language),
    )


def say_span(name: str, language: str) -> str:
    """The years of a window within a sentence."""
    first, last = name.rsplit("_", 2)[-2:]
    return phrase("effects.finding.span", language, first=first, last=last)


def say_support_finding(found: IncomeEffects, groups: Sequence[str], language: str) -> str:
    """How many villages stand behind the best and the least known year since the start."""
    counts = [
        int(n)
        for group in groups
        for n, event in zip(found.paths[group].clusters, found.paths[group].events, strict=True)
        if event >= 0
    ]
    least, most = (min(counts), max(counts)) if counts else (0, 0)
    return phrase("effects.finding.support", language, least=least, most=most)


def say_methods_finding(found: IncomeEffects, language: str) -> str:
    """Between which ends the estimators that hold lie."""
    own = found.headline or _long_run(found)
    others = [
        one.contrasts[-1] if one.contrasts else (one.windows[-1] if one.windows else one.overall)
        for one in found.alternatives
        if one.method not in NAIVE
    ]
    values = [one.estimate for one in (own, *others) if one is not None and np.isfinite(one.estimate)]
    if not values:
        return phrase("effects.finding.nothing", language)
    ends = format_between(min(values), max(values), found.scale, language)
    return phrase("effects.finding.methods", language, count=len(values), ends=ends)


def say_naive(found: IncomeEffects, language: str) -> str:
    """Why the static coefficient is shown only as naive."""
    assert found.naive is not None
    naive = found.naive.contrast if found.contrasts else found.naive.overall
    share = format_percent(found.naive.negative_share, language)
    effect = format_estimate(naive, found.scale, language)
    return phrase("effects.finding.naive", language, effect=effect, share=share)


def _long_run(found: IncomeEffects) -> Estimate | None:
    return found.windows[ALL][-1] if found.windows.get(ALL) else None


def say_figure(found: Estimate | None, scale: str, language: str) -> tuple[str, str]:
    """A number and what stands beside it: its interval, or why there is none."""
    if found is None or is_missing(found.estimate):
        why = found.refusal if found is not None else None
        none = phrase("effects.finding.no_kinds", language) if found is None else ""
        return "–", say_caution(why, language, scale) if why is not None else none
    beside = format_between(found.low, found.high, scale, language) if not is_missing(found.low) else ""
    return format_effect(found.estimate, scale, language), beside


def say_limits(found: IncomeEffects, language: str) -> Iterator[str]:
    """What limits this result, then what no such panel can show."""
    for caution in found.cautions:
        yield say_caution(caution, language, found.scale)
    for key in STATIC:
        yield phrase(f"effects.cannot.{key}", language)


def say_power_now(found: IncomeEffects, language: str) -> str:
    """The smallest headline this panel could show, and a panel with twice and four times the villages."""
    one = found.headline or _long_run(found)
    if one is None or is_missing(one.se) or is_missing(one.df):
        return ""
    seen = {
        name: format_effect(
            detectable_now(one.se, one.df, confidence=found.confidence, times=times),
            found.scale,
            language,
            signed=False,
        )
        for name, times in (("now", 1.0), ("twice", 2.0), ("four", 4.0))
    }
    key = "power_contrast" if found.headline is not None else "power_level"
    return phrase(f"effects.finding.{key}", language, villages=found.n_clusters, **seen)


def say_detectable(found: Detectable, villages: int, language: str) -> str:
    """The smallest effects a planned panel could show."""
    contrast, level = (format_effect(one, "log", language, signed=False) for one in (found.contrast, found.level))
    villages_said = format_number(villages, language, decimals=0)
    return phrase("effects.finding.detectable", language, villages=villages_said, contrast=contrast, level=level)
