"""Income effects in words: numbers in the scale of the outcome, names of groups and windows, what limits a result."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from evaluator.language import has_phrase, phrase, slug
from evaluator.report.numbers import MISSING, format_number, format_percent, format_quantity, is_missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaluator.income.results import Caution, Estimate

RELATIVE = ("log", "asinh")
_WINDOW = re.compile(r"window_(\d+)_(\d+)$")
_SHARES = frozenset({"first", "second"})
_SMALL = frozenset({"p"})


def format_effect(value: float | None, scale: str, language: str, *, signed: bool = True) -> str:
    """An effect as people read it: of logs the percent it changes incomes by, yuan, or percentage points."""
    if value is None or is_missing(value):
        return MISSING
    if math.isinf(value):
        return format_number(value, language)
    sign = "+" if signed and value > 0 else ""
    if scale in RELATIVE:
        percent = format_number(100 * math.expm1(min(value, 50.0)), language, decimals=1)
        return sign + phrase("format.share", language, value=percent)
    if scale == "share":
        return sign + phrase("effects.unit_points", language, value=format_number(100 * value, language, decimals=1))
    return sign + phrase("effects.unit_level", language, value=format_number(value, language))


def format_between(low: float, high: float, scale: str, language: str) -> str:
    """Both ends of an interval."""
    ends = (format_effect(end, scale, language) for end in (low, high))
    return phrase("effects.from_to", language, **dict(zip(("low", "high"), ends, strict=True)))


def format_estimate(found: Estimate, scale: str, language: str) -> str:
    """An estimate with its interval, or a dash (why it has none stands elsewhere)."""
    if is_missing(found.estimate):
        return phrase("effects.withheld", language) if is_withheld(found) else MISSING
    point = format_effect(found.estimate, scale, language)
    if is_missing(found.low):
        return point
    low, high = (format_effect(end, scale, language) for end in (found.low, found.high))
    return phrase("effects.with_interval", language, point=point, low=low, high=high)


def is_withheld(found: Estimate) -> bool:
    """Whether a number stands for too few households to be shown, or would tell such a one."""
    return found.refusal is not None and found.refusal.code in {"few_units", "few_beside"}


def format_p(p: float | None, language: str) -> str:
    """A p value to three figures behind the point, ``<0.001`` below."""
    if p is None or is_missing(p):
        return MISSING
    return "<0.001" if p < 0.001 else format_number(p, language, decimals=3)


def say_group(group: str, language: str) -> str:
    """A group: all, flagged, a value of a trait, or a difference of two."""
    if has_phrase(f"effects.group.{slug(group)}", language):
        return phrase(f"effects.group.{slug(group)}", language)
    one, less, other = group.partition("_minus_")
    if less:
        trait = one.partition("=")[0]
        first, second = say_group(one, language), say_group(f"{trait}={other}", language)
        return phrase("effects.group.less", language, one=first, other=second)
    trait, _, value = group.partition("=")
    form = {"high": "high", "low": "low", "1": "yes", "0": "no"}.get(value, "other")
    return phrase(f"effects.group.{form}", language, trait=say_trait(trait, language), value=say_value(value, language))


def say_groups(groups: Sequence[str], language: str) -> dict[str, str]:
    """Names of groups shown together: values alone where all are values of one trait, which is named beside."""
    traits = {group.partition("=")[0] for group in groups}
    values = {group: group.partition("=")[2] for group in groups}
    alike = len(groups) > 1 and len(traits) == 1 and not {"", "high", "low", "1", "0"} & {*values.values()}
    return {group: say_value(values[group], language) if alike else say_group(group, language) for group in groups}


def say_trait(trait: str, language: str) -> str:
    """A trait by its title, or its column as the panel names it."""
    key = f"effects.trait.{slug(trait)}"
    return phrase(key, language) if has_phrase(key, language) else trait.removeprefix("trait_").replace("_", " ")


def say_value(value: str, language: str) -> str:
    """A value of a trait in words, or as it was written."""
    key = f"effects.value.{slug(value)}"
    return phrase(key, language) if slug(value) and has_phrase(key, language) else value


def say_name(name: str, language: str) -> str:
    """What years an estimate is of: all, a window, one year, a pretended start."""
    window = _WINDOW.search(name)
    if window:
        return phrase("effects.name.window", language, first=window[1], last=window[2])
    kind, _, number = name.partition("_")
    if kind == "year" and number:
        return phrase("effects.name.year", language, year=number)
    if kind == "placebo":
        return phrase("effects.name.placebo", language, years=format_quantity(float(number), "years", language))
    for part in ("average", "inference"):
        if has_phrase(f"effects.{part}.{name}", language):
            return phrase(f"effects.{part}.{name}", language)
    return phrase("effects.name.overall", language)


def say_method(method: str, language: str) -> str:
    """An estimator by its name."""
    return phrase(f"effects.method.{method}", language)


def say_caution(caution: Caution, language: str, scale: str = "log") -> str:
    """A caution or refusal as a sentence with its values."""
    return phrase(f"income.caution.{caution.code}", language, **_say_values(caution.values, language, scale))


def _say_values(values: Mapping[str, object], language: str, scale: str) -> dict[str, object]:
    said: dict[str, object] = {}
    for key, value in values.items():
        if key == "why":
            rest = {name: other for name, other in values.items() if name != "why"}
            said[key] = phrase(f"income.caution.{value}", language, **_say_values(rest, language, scale))
        elif key == "change" and isinstance(value, float):
            said[key] = format_effect(value, scale, language)
        elif key in _SMALL and isinstance(value, float):
            said[key] = format_p(value, language)
        elif key in _SHARES and isinstance(value, float):
            said[key] = format_percent(value, language)
        elif key == "groups":
            said[key] = say_group(str(value), language)
        elif key == "trait":
            said[key] = say_trait(str(value), language)
        elif key == "traits" and isinstance(value, tuple):
            said[key] = phrase("format.list_comma", language).join(say_trait(str(one), language) for one in value)
        elif isinstance(value, tuple):
            said[key] = phrase("format.list_comma", language).join(str(item) for item in value)
        elif isinstance(value, float):
            said[key] = format_number(value, language)
        else:
            said[key] = value
    return said
