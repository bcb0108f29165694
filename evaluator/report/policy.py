"""The readable rules in words: what was read, against what, by whose rule, and what would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluator.domain.settings import PolicySettings
from evaluator.language import phrase
from evaluator.report.numbers import (
    MISSING,
    format_money,
    format_number,
    format_percent,
    format_quantity,
    format_years,
    is_missing,
)
from evaluator.report.plain import Plain, plain
from evaluator.report.terms import say_choice, say_field, say_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluator.evaluation import Evaluation
    from evaluator.rules import RuleResult

SHOWN_IDS = 12
_LINKS = ("dividend_only", "no_link")
_FIELDS = ("no_operator_or_plan", "notice_incomplete")


@dataclass(frozen=True, slots=True)
class SaidRule:
    """One rule on one project in words: name, result, why, whose rule it is, what would clear it (or empty)."""

    key: str
    name: str
    result: str
    reason: str
    basis: str
    clears: str


def say_rule_name(key: str, language: str) -> str:
    """The name of a rule."""
    return phrase(f"rule.name.{key}", language)


def say_rule(result: RuleResult, language: str, *, currency: str = "CNY") -> SaidRule:
    """One rule on one project in words."""
    facts = {
        "value": _format(result.key, result.value, language, currency),
        "threshold": _format(result.key, result.threshold, language, currency),
    }
    if result.result == "cannot_tell":
        named = phrase("format.list_comma", language).join(say_field(key, language) for key in result.missing)
        reason = phrase("rule.say.cannot_tell", language, facts=named)
    else:
        reason = phrase(f"rule.{result.result}.{result.key}", language, **facts)
    change = phrase(f"rule.clear.{result.key}", language, **facts) if result.clears else ""
    return SaidRule(
        key=result.key,
        name=say_rule_name(result.key, language),
        result=phrase(f"rule.result.{result.result}", language),
        reason=reason[:1].upper() + reason[1:],
        basis=say_basis(result, language),
        clears=phrase("rule.say.clears", language, change=change) if change else "",
    )


def say_basis(result: RuleResult, language: str) -> str:
    """Whose rule it is: source, place and year as far as they are stated."""
    form = {(False, False): "basis", (True, False): "basis_place", (False, True): "basis_year"}.get(
        (bool(result.place), bool(result.year)), "basis_both"
    )
    return phrase(
        f"rule.say.{form}",
        language,
        source=say_source(result.source, language),
        place=say_place(result, language),
        year=result.year,
    )


def say_place(result: RuleResult, language: str) -> str:
    """The place whose rule it is; a place somebody has set stays as written."""
    default = PolicySettings.__dataclass_fields__[f"{result.key}_place"].default
    return phrase(f"rule.place.{result.key}", language) if result.place and result.place == default else result.place


def say_rules(evaluation: Evaluation, project_id: str, language: str) -> tuple[SaidRule, ...]:
    """Every rule that applies to one scored project in words: failing ones first, then those that cannot be told."""
    order = ("fail", "cannot_tell", "pass")
    results = sorted(evaluation.rules.of(project_id), key=lambda found: order.index(found.result))
    currency = evaluation.portfolio.currency
    return tuple(say_rule(result, language, currency=currency) for result in results)


def say_also(evaluation: Evaluation, project_id: str, language: str) -> str:
    """The rules a project fails, named in one line beside its flag; empty when it fails none."""
    failed = [say_rule_name(r.key, language) for r in evaluation.rules.of(project_id) if r.result == "fail"]
    joined = phrase("format.list_comma", language).join(failed)
    return phrase("rule.say.also", language, rules=joined) if failed else ""


def say_rule_counts(evaluation: Evaluation, language: str) -> Iterator[str]:
    """One line a rule that some project fails: how many, and which."""
    failing = {key: ids for key, ids in evaluation.rules.failing().items() if ids}
    if failing:
        yield phrase("rule.say.summary", language)
    comma = phrase("format.list_comma", language)
    for key, ids in failing.items():
        shown = ids[:SHOWN_IDS]
        left = len(ids) - len(shown)
        more = [phrase("rule.say.more", language, count=format_quantity(left, "projects", language))] if left else []
        counted = phrase(
            "format.bracket",
            language,
            left=format_quantity(len(ids), "projects", language),
            right=comma.join([*shown, *more]),
        )
        yield "  " + phrase("rule.say.line", language, name=say_rule_name(key, language), count=counted)


def describe_rules(evaluation: Evaluation, project_id: str, language: str) -> list[dict[str, Plain | dict[str, Plain]]]:
    """The rules of one project as plain values for JSON (``flag.rules``), in the order of the book.

    Of a list of thousands only the failing ones.
    """
    described: list[dict[str, Plain | dict[str, Plain]]] = []
    for result in evaluation.rules.of(project_id):
        if result.result != "fail" and not evaluation.in_depth:
            continue
        said = say_rule(result, language, currency=evaluation.portfolio.currency)
        described.append(
            {
                "key": result.key,
                "result": result.result,
                "value": plain(result.value),
                "threshold": plain(result.threshold),
                "year": result.year or None,
                "place": say_place(result, language) or None,
                "source": say_source(result.source, language),
                "reason": said.reason,
                "clears": said.clears or None,
                "changes": {key: plain(value) for key, value in result.clears.items()},
                "missing": plain(result.missing),
            }
        )
    return described


def _format(key: str, value: object, language: str, currency: str) -> str:
    if isinstance(value, tuple):
        say = say_choice if key in _LINKS else say_field if key in _FIELDS else None
        words = [str(word) if say is None else say(str(word), language) for word in value]
        return phrase("format.list_comma", language).join(words) or MISSING
    if is_missing(value) or not isinstance(value, int | float):
        return MISSING
    if key == "short_horizon":
        return format_years(value, language)
    if key == "promised_income_outlives_asset":
        return format_percent(value, language)
    if key == "low_end":
        return format_money(value, language, currency)
    return f"{value:.0f}" if key == "same_year" else format_number(value, language)
