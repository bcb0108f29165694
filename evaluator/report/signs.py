"""The six signs in words: what was read against which threshold, and what would clear it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from evaluator.domain.fields import FIELDS
from evaluator.domain.settings import Settings
from evaluator.language import has_phrase, phrase
from evaluator.questions import FLAG_FIELDS
from evaluator.report.numbers import MISSING, format_date, format_percent, format_quantity, format_share, is_missing
from evaluator.report.terms import say_setting, say_source

if TYPE_CHECKING:
    from evaluator.criteria.homogeneity import Neighbour
    from evaluator.evaluation import Evaluation
    from evaluator.flags import Reading, Sign
    from evaluator.remedies import Remedy

READING_UNITS: Mapping[str, str] = {
    "benefit_years": "years", "half_life_years": "years", "contract_months": "months", "training_days": "days",
    "evidence_grade": "grade",
}  # fmt: skip
"""Unit of each reading; what is not named here is a share."""
READING_SETTINGS: Mapping[str, str] = {
    "benefit_years": "short_benefit_years", "half_life_years": "short_half_life",
    "contract_months": "short_contract_months", "value_added_share": "flat_value_added",
    "wage_premium": "flat_wage_premium", "training_days": "flat_training_days", "share_before_assessment": "fast_share",
    "h": "homogeneous_h", "offtake_share": "thin_offtake", "saturation": "thin_saturation",
    "evidence_grade": "thin_evidence", "subsidy_share": "subsidy_share", "wage_subsidy_share": "subsidy_share",
}  # fmt: skip
"""The setting of ``flags`` that holds the thresholds of each reading."""
LEVEL_SYMBOLS: Mapping[str, str] = {"none": "●", "watch": "◆", "flag": "▲", "cannot_judge": "■"}
"""Shape of each flag level, so that colour is never alone."""
NAMED_NEIGHBOURS = 3
_MORE = 1e-9


def say_level(level: str, language: str) -> str:
    """A flag level in a word: none, watch, flag, cannot judge."""
    return phrase(f"flag.level.{level}", language)


def mark_level(level: str, language: str) -> str:
    """A flag level as symbol and word."""
    return f"{LEVEL_SYMBOLS[level]} {say_level(level, language)}"


def say_level_meaning(level: str, language: str) -> str:
    """What a flag level means, in one sentence."""
    return phrase(f"flag.level_meaning.{level}", language)


def say_sign_name(key: str, language: str) -> str:
    """The name of a sign."""
    return phrase(f"flag.sign.{key}", language)


def say_sign_meaning(key: str, language: str) -> str:
    """What a sign says, in one sentence."""
    return phrase(f"flag.sign_meaning.{key}", language)


def say_reading_name(key: str, language: str) -> str:
    """The name of a value that a sign reads."""
    return phrase(f"flag.reading.{key}", language)


@lru_cache(maxsize=100_000)
def format_reading(key: str, value: float, language: str) -> str:
    """A value that a sign reads, in its unit."""
    unit = READING_UNITS.get(key, "share")
    if is_missing(value):
        return MISSING
    if unit == "grade":
        return phrase(f"evidence_grade.{min(max(round(value), 0), 3)}", language)
    return format_percent(value, language) if unit == "share" else format_quantity(value, unit, language)


def say_reading(reading: Reading, language: str, *, degree: float = 0.5, as_of: date | None = None) -> str:
    """One value with the threshold from which it alone would switch the sign on."""
    threshold = reading.clears_at(degree)
    if READING_UNITS.get(reading.key) == "grade":
        threshold = math.floor(threshold) + 1
    assessment = (
        phrase("flag.say.next_assessment", language)
        if as_of is None
        else format_date(date(as_of.year, 12, 31), language)
    )
    return phrase(
        f"flag.{'on' if reading.degree >= degree else 'off'}.{reading.key}",
        language,
        value=format_reading(reading.key, reading.value, language),
        threshold=format_reading(reading.key, threshold, language),
        assessment=assessment,
    )


@dataclass(frozen=True, slots=True)
class SaidSign:
    """One sign of one project in words: key, name, degree 0-1 (NaN = not judged), why, what clears it, whose rule."""

    key: str
    name: str
    degree: float
    on: bool
    reason: str
    clears: str
    source: str


def say_signs(
    evaluation: Evaluation, project_id: str, language: str, *, remedies: Mapping[str, Remedy] | None = None
) -> tuple[SaidSign, ...]:
    """The six signs of one scored project in words, with the neighbours and the assessment of this evaluation.

    ``remedies`` are worked out unless given; with none (``{}``) a sign that is on says what clears it by its own
    readings alone, and a sign that is off says nothing.
    """
    cures = evaluation.remedies(project_id) if remedies is None else remedies
    row = cast(int, evaluation.scored.get_loc(project_id))  # ids are unique
    degree = evaluation.settings.flags.degree
    asked = {question.field for question in evaluation.questions[project_id]}
    return tuple(
        SaidSign(
            key=key,
            name=say_sign_name(key, language),
            degree=sign.degree,
            on=sign.on,
            reason=say_sign(
                sign,
                language,
                degree=degree,
                as_of=evaluation.as_of,
                neighbours=evaluation.neighbours[row],
                asked=asked,
            )
            if cures or not sign.degree < degree
            else "",
            clears=say_remedy(sign, cures[key], language) if cures else say_clearing(sign, language, degree),
            source=say_sign_source(sign, evaluation.settings, language),
        )
        for key, sign in evaluation.flags.of(project_id).items()
    )


def say_sign_source(sign: Sign, settings: Settings, language: str) -> str:
    """Where the thresholds of a sign come from, and which of them this rule book has changed."""
    keys = [f"flags.{READING_SETTINGS[reading.key]}" for reading in sign.readings]
    said = dict.fromkeys(say_source(source, language) for source in _sources(tuple(keys)))
    text = phrase("format.list_comma", language).join(said)
    changed = [say_setting(key, language) for key in dict.fromkeys(keys) if key in settings.differences()]
    if not changed:
        return phrase("flag.say.source", language, source=text)
    names = phrase("format.list_comma", language).join(changed)
    return phrase("flag.say.source_changed", language, source=text, settings=names)


@lru_cache(maxsize=256)
def _sources(keys: tuple[str, ...]) -> tuple[str, ...]:
    rules = {key: rule for key, _, rule in Settings().rules()}
    return tuple(rules[key].source for key in keys)


def say_sign(
    sign: Sign,
    language: str,
    *,
    degree: float = 0.5,
    as_of: date | None = None,
    neighbours: Sequence[Neighbour] = (),
    asked: Collection[str] | None = None,
) -> str:
    """Why a sign is on or off: each value with its threshold; what is missing when it cannot be judged.

    ``degree`` is the setting ``flags.degree``; ``as_of`` dates the assessment; ``neighbours`` are named under likeness;
    ``asked`` are the form fields this project lacks (without it every field a missing value needs is named).
    """
    known = [reading for reading in sign.readings if not is_missing(reading.degree)]
    missing = _missing_facts([r.key for r in sign.readings if is_missing(r.degree)], language, asked)
    if not known:
        return phrase("flag.say.cannot_judge", language, facts=missing)
    parts = [say_reading(reading, language, degree=degree, as_of=as_of) for reading in known]
    if sign.key == "homogeneous" and neighbours:
        parts.append(phrase("flag.say.largest", language, neighbours=say_neighbours(neighbours, language)))
    if missing:
        parts.append(phrase("flag.say.also_missing", language, facts=missing))
    text = phrase("format.sentence_join", language).join(parts)
    return text[:1].upper() + text[1:]


def say_main_reason(evaluation: Evaluation, project_id: str, language: str, *, most: int = 1) -> str:
    """Why a project is flagged in a line: its strongest signs, each with the value that pushes it most."""
    lit = [sign for sign in evaluation.flags.of(project_id).values() if sign.on]
    said = []
    for sign in sorted(lit, key=lambda sign: -sign.degree)[:most]:
        strongest = max((r for r in sign.readings if not is_missing(r.degree)), key=lambda reading: reading.degree)
        reason = say_reading(strongest, language, degree=evaluation.settings.flags.degree, as_of=evaluation.as_of)
        said.append(phrase("format.colon", language, left=say_sign_name(sign.key, language), right=reason))
    return phrase("format.sentence_join", language).join(said)


def say_neighbours(neighbours: Sequence[Neighbour], language: str, *, limit: int = NAMED_NEIGHBOURS) -> str:
    """The neighbours that make most of the likeness, with their shares."""
    single = (neighbour for neighbour in neighbours if neighbour.project_id)  # the rest of a long list has none
    largest = sorted(single, key=lambda neighbour: -neighbour.share)[:limit]
    named = [
        phrase("flag.say.neighbour", language, name=n.name, share=format_share(n.share, language)) for n in largest
    ]
    return phrase("format.list_comma", language).join(named)


def _missing_facts(keys: Sequence[str], language: str, asked: Collection[str] | None) -> str:
    facts: dict[str, None] = {}
    for key in keys:
        if has_phrase(f"flag.missing.{key}", language):
            facts[phrase(f"flag.missing.{key}", language)] = None
        needed = FLAG_FIELDS.get(key, ())
        lacking = needed if asked is None else [name for name in needed if name in asked] or needed
        facts.update(dict.fromkeys(_in_sentence(FIELDS[name].title(language), language) for name in lacking))
    return phrase("format.list_comma", language).join(facts)


def _in_sentence(title: str, language: str) -> str:
    return title[:1].lower() + title[1:] if language == "en" else title


def say_clearing(sign: Sign, language: str, degree: float) -> str:
    """The smallest change that turns a sign off; empty when it is off or nothing known pushes it."""
    return _say_changes(sign, sign.clearing(degree), language)


def say_remedy(sign: Sign, remedy: Remedy, language: str) -> str:
    """The smallest change of the project's own facts, or what only another product or place can bring."""
    said = _say_changes(sign, remedy.readings or remedy.others, language)
    if not remedy.others or not said:
        return said
    return phrase("flag.say.others", language, change=said)


def _say_changes(sign: Sign, changes: Sequence[tuple[str, float]], language: str) -> str:
    rising = {reading.key: reading.begins > reading.full for reading in sign.readings}
    said = [
        phrase(f"flag.clear.{key}", language, value=_clearing_value(key, value, language, upward=rising.get(key, True)))
        for key, value in changes
    ]
    if not said:
        return ""
    return phrase(
        f"flag.say.clears_{'one' if len(said) == 1 else 'all'}",
        language,
        change=phrase("format.sentence_join", language).join(said),
    )


def _clearing_value(key: str, value: float, language: str, *, upward: bool) -> str:
    """The bound of a change, rounded to the safe side so that what is printed does clear the sign."""
    unit = READING_UNITS.get(key, "share")
    if unit == "grade":
        return format_reading(key, math.floor(value + _MORE) + 1, language)
    step = 0.001 if unit == "share" else 0.1 if unit == "years" else 1.0
    steps = value / step
    whole = math.ceil(steps - _MORE) if upward else math.floor(steps + _MORE)
    return format_reading(key, whole * step, language)
