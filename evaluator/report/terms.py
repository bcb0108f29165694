"""Keys in words: criteria, parts, kinds, stages, products, evidence, settings and their units."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evaluator.domain.fields import FIELDS
from evaluator.language import has_phrase, phrase, slug
from evaluator.reference.lexicon import products
from evaluator.report.numbers import MISSING, format_quantity, is_missing

if TYPE_CHECKING:
    from evaluator.questions import Question


def say_criterion(key: str, language: str) -> str:
    """The title of a criterion, or of ``total``."""
    return phrase(f"criterion.{key}", language)


def say_criterion_meaning(key: str, language: str) -> str:
    """The question a criterion answers."""
    return phrase(f"criterion_meaning.{key}", language)


def say_part(criterion: str, part: str, language: str) -> str:
    """The title of one part of a criterion."""
    return phrase(f"part.{criterion}.{part}", language)


def say_part_meaning(criterion: str, part: str, language: str) -> str:
    """What one part of a criterion measures, in one line."""
    return phrase(f"part_meaning.{criterion}.{part}", language)


def say_field(key: str, language: str) -> str:
    """The title of a column of the form."""
    return FIELDS[key].title(language) if key in FIELDS else key


def say_choice(key: str | None, language: str) -> str:
    """A category of the form in a word (kind, stage, status, link mechanism ...)."""
    return MISSING if is_missing(key) else phrase(f"choice.{key}", language)


say_kind = say_choice
say_stage = say_choice


def say_product(product_id: str | None, language: str) -> str:
    """A product by its id; an id the lexicon does not know stays as it is."""
    if is_missing(product_id) or product_id is None:
        return MISSING
    product = products().get(product_id)
    return product.name(language) if product else str(product_id)


def say_group(key: str, language: str) -> str:
    """A broad industry of the portfolio tables."""
    return phrase(f"group.{key}", language) if has_phrase(f"group.{key}", language) else key


def say_horizon(key: str, language: str) -> str:
    """A class of benefit years of the portfolio tables."""
    return phrase(f"horizon.{key}", language)


def say_evidence(state: str, language: str) -> str:
    """Where a value came from: given, read from prose, assumed, missing."""
    return phrase(f"evidence.{state}", language)


def say_evidence_meaning(state: str, language: str) -> str:
    """What a state of evidence means."""
    return phrase(f"evidence_meaning.{state}", language)


def say_severity(severity: str, language: str) -> str:
    """How grave an issue is."""
    return phrase(f"severity.{severity}", language)


def say_need(need: str, language: str) -> str:
    """How much a column of the form is needed."""
    return phrase(f"need.{need}", language)


def say_grade(grade: str, language: str) -> str:
    """A grade A–D (甲–丁)."""
    return phrase(f"grade.{grade}", language)


def say_rivals(key: str, language: str) -> str:
    """Whom homogeneity is measured against."""
    return phrase(f"rivals.{key}", language)


def say_red_line(criterion: str, language: str, *, line: float = 20.0) -> str:
    """Which red line was hit."""
    return phrase(f"red_line.{criterion}", language, line=f"{line:g}")


def say_setting(key: str, language: str) -> str:
    """The title of a setting ``group.key``."""
    return phrase(f"setting.{key}", language)


def say_setting_group(group: str, language: str) -> str:
    """The title of a group of settings."""
    return phrase(f"setting_group.{group}", language)


def say_unit(unit: str, language: str) -> str:
    """A unit of a setting or a column; empty stays empty."""
    return phrase(f"unit.{slug(unit)}", language) if unit else ""


@cache
def say_source(source: str, language: str) -> str:
    """Where a setting comes from."""
    return phrase(f"source.{slug(source)}", language)


def say_purpose(why: str, language: str) -> str:
    """What a fact serves: ``criterion.part`` or ``flag.sign``."""
    room, _, key = why.partition(".")
    if room == "flag":
        return phrase("question.serves_sign", language, sign=phrase(f"flag.sign.{key}", language))
    return phrase(
        "question.serves_part", language, criterion=say_criterion(room, language), part=say_part(room, key, language)
    )


def say_question(question: Question, language: str) -> str:
    """Which fact to ask for, what it serves, and how many points of the range it settles."""
    facts = {"field": say_field(question.field, language), "why": say_purpose(question.why, language)}
    if question.gain < 0.5:
        return phrase("question.needed", language, **facts)
    return phrase("question.settles", language, **facts, gain=format_quantity(round(question.gain), "points", language))
