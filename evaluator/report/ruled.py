"""The rules of a choice in words: what each asks, what is found, and what would have to give way."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from evaluator.choice.rules import BASES, COUNT, FUNDS, VENTURE
from evaluator.domain.fields import FIELDS
from evaluator.language import has_phrase, phrase
from evaluator.report.balanced import say_balance_group
from evaluator.report.changed import say_fact
from evaluator.report.numbers import MISSING, format_money, format_number, format_percent, format_quantity, is_missing
from evaluator.report.signs import say_level
from evaluator.report.terms import say_choice, say_field, say_grade, say_group, say_horizon, say_product

if TYPE_CHECKING:
    from evaluator.choice.conflicts import Relaxation
    from evaluator.choice.model import Line
    from evaluator.choice.problem import Problem
    from evaluator.choice.rules import Condition, Limit, Where

ROUND_YUAN, LARGEST_ROUND = 10_000, 1e8  # whole multiples below are written in full in 万元 and in millions
_UNNAMED = re.compile(r"(limit|exclusive|depends|together|partial|continuing)(?: (\d+))?")
AMOUNT, CHOSEN, BUDGET = BASES[0], BASES[1], BASES[2]


def say_rule_name(kind: str, name: str, language: str) -> str:
    """The name of a rule: the one its file gives it, else its kind and number."""
    if kind in ("budget", "fixed_in", "fixed_out"):
        return phrase(f"chosen.rule.{kind}", language, id=name)
    if kind == "together" and name.startswith(VENTURE):
        return phrase("chosen.rule.venture", language, id=name.removeprefix(VENTURE))
    unnamed = _UNNAMED.fullmatch(name)
    if not unnamed:
        return name
    return phrase(
        "chosen.rule.numbered", language, kind=phrase(f"chosen.rule.{kind}", language), number=unnamed[2] or ""
    ).strip()


def say_rule(problem: Problem, kind: str, name: str, language: str) -> str:
    """What one rule asks, in a sentence without a full stop."""
    rules, comma = problem.rules, phrase("format.list_comma", language)
    if kind == "budget":
        return phrase("chosen.asks.budget", language, budget=format_money(problem.budget_yuan, language))
    if kind in ("fixed_in", "fixed_out"):
        return phrase(f"chosen.asks.{kind}", language, id=_say_project(problem, name, language))
    if kind == "limit":
        return say_limit(next(one for one in rules.limits if one.name == name), language)
    if kind == "exclusive":
        only = next(one for one in rules.exclusive if one.name == name)
        return phrase("chosen.asks.exclusive", language, most=only.at_most, ids=comma.join(only.projects))
    if kind == "depends":
        rule = next(one for one in rules.depends if one.name == name)
        form = "any" if rule.any_of and len(rule.needs) > 1 else "all"
        return phrase(f"chosen.asks.depends_{form}", language, id=rule.project, ids=comma.join(rule.needs))
    if kind == "together":
        joint = next(one for one in rules.together if one.name == name)
        return phrase("chosen.asks.together", language, ids=comma.join(joint.projects))
    earlier = next(one for one in rules.continuing if one.name == name)
    return phrase(
        "chosen.asks.continuing_within" if earlier.within else "chosen.asks.continuing",
        language,
        field=say_rule_field(earlier.within, language),
    )


def _say_project(problem: Problem, project: str, language: str) -> str:
    """A project by its name and id."""
    names = problem.candidates.table["name"]
    known = project in names.index and not is_missing(names[project])
    return phrase("format.bracket", language, left=names[project], right=project) if known else project


def say_limit(limit: Limit, language: str) -> str:
    """A cap or floor: what is counted, of which projects, and its bounds."""
    counted = _say_measure(limit.measure, language)
    if limit.where:
        counted = phrase("format.bracket", language, left=counted, right=say_where(limit.where, language))
    if limit.each:
        counted = phrase("chosen.asks.each", language, counted=counted, field=say_rule_field(limit.each, language))
    sides = [
        _say_side(side, bound, limit.measure, limit.of, language)
        for side, bound in (("least", limit.at_least), ("most", limit.at_most))
        if bound is not None
    ]
    among = phrase("chosen.asks.among", language, where=say_where(limit.among, language)) if limit.among else ""
    return phrase(
        "format.colon", language, left=counted, right=phrase("format.list_comma", language).join(sides) + among
    )


def say_where(where: Where, language: str) -> str:
    """Conditions of a rule: “Product: Potato; Years of benefit: at least 3 years”."""
    return phrase("format.sentence_join", language).join(_say_condition(one, language) for one in where)


def _say_condition(condition: Condition, language: str) -> str:
    key, comma = condition.field, phrase("format.list_comma", language)
    if condition.of_numbers:
        ends = [
            phrase(f"chosen.bound.{side}.{AMOUNT}", language, value=say_rule_number(key, end, language))
            for side, end in (("least", condition.low), ("most", condition.high))
            if math.isfinite(end)
        ]
        said = comma.join(ends)
    else:
        words = condition.values or condition.not_values
        said = comma.join(say_rule_word(key, word, language) for word in words)
        said = phrase("chosen.asks.not", language, words=said) if condition.not_values else said
    return phrase("format.colon", language, left=say_rule_field(key, language), right=said)


def say_rule_field(key: str, language: str) -> str:
    """The title of a field that rules may read, of the form or derived."""
    return (
        phrase(f"chosen.field.{key}", language)
        if has_phrase(f"chosen.field.{key}", language)
        else say_field(key, language)
    )


def say_rule_word(key: str, word: str, language: str) -> str:
    """One value of a field of words."""
    match key:
        case "product":
            return say_product(word, language)
        case "product_group":
            return say_group(word, language)
        case "product_family":
            return say_balance_group("family", word, language)
        case "horizon":
            return say_horizon(word, language)
        case "flag":
            return say_level(word, language)
        case "grade":
            return say_grade(word, language)
    return say_choice(word, language) if has_phrase(f"choice.{word}", language) else word


def say_rule_number(key: str, value: float, language: str) -> str:
    """A number of a field, in its unit."""
    if key in FIELDS:
        return say_fact(FIELDS[key], value, language)
    return f"{value:.0f}" if key == "start_year" else format_number(value, language)


def _say_measure(measure: str, language: str) -> str:
    return (
        phrase(f"chosen.measure.{measure}", language)
        if measure in (FUNDS, COUNT)
        else say_rule_field(measure, language)
    )


def format_line(line: Line, value: float, language: str) -> str:
    """What a line of a rule finds or asks, in its unit."""
    return _format(value, line.measure, line.of, language)


def _format(value: float, measure: str, of: str, language: str) -> str:
    if is_missing(value):
        return MISSING
    if of in (CHOSEN, BUDGET):
        return format_percent(value, language)
    if measure == FUNDS:
        return format_money(value, language)
    if measure == COUNT:
        return format_quantity(value, "projects", language)
    return say_rule_number(measure, value, language)


def _say_side(side: str, bound: float, measure: str, of: str, language: str) -> str:
    return phrase(f"chosen.bound.{side}.{of}", language, value=_format(bound, measure, of, language))


def say_bounds(line: Line, language: str) -> str:
    """What a line asks: “at most 20 % of the budget”."""
    sides = (("least", line.at_least), ("most", line.at_most))
    said = [_say_side(side, bound, line.measure, line.of, language) for side, bound in sides if bound is not None]
    return phrase("format.list_comma", language).join(said) or MISSING


def say_line_name(line: Line, language: str) -> str:
    """The name of a line: its rule's, with the group where the rule holds for each value of a field."""
    name = say_rule_name(line.kind, line.name, language)
    return (
        phrase("format.bracket", language, left=name, right=_say_group_of(line.group, language)) if line.group else name
    )


def _say_group_of(word: str, language: str) -> str:
    """A value that a rule holds for on its own, whatever field it belongs to; names of places stay as they are."""
    for key in ("group", "horizon", "level", "choice"):
        if has_phrase(f"{key}.{word}", language):
            return phrase(f"{key}.{word}", language)
    return say_product(word, language)


def say_relaxation(relaxation: Relaxation, language: str) -> str:
    """How far one bound would have to move: “budget: from 5 million yuan to 9 million yuan”."""
    line = relaxation.line
    return phrase(
        "chosen.gives_way",
        language,
        rule=say_line_name(line, language),
        side=phrase(f"chosen.side.{relaxation.side}", language),
        stated=format_line(line, relaxation.stated, language),
        needed=_format_outward(relaxation, language),
    )


def _format_outward(relaxation: Relaxation, language: str) -> str:
    """The bound that would do, rounded to the side on which it still does; money to the whole yuan where it matters."""
    line = relaxation.line
    if line.measure == FUNDS and line.of == AMOUNT:
        needed = _round_outward(relaxation, 1.0)
        if needed % ROUND_YUAN == 0 and needed < LARGEST_ROUND:  # nothing is lost in millions or 万元
            return format_money(needed, language)
        yuan = format_number(needed, language, decimals=0)
        return phrase("format.money.yuan", language, amount=yuan, currency="CNY")
    step = 1e-3 if line.of in (CHOSEN, BUDGET) or _in_shares(line.measure) else 1.0
    return format_line(line, _round_outward(relaxation, step), language)


def _in_shares(measure: str) -> bool:
    return measure in FIELDS and FIELDS[measure].kind == "share"


def _round_outward(relaxation: Relaxation, step: float) -> float:
    steps = relaxation.needed / step
    whole = math.ceil(steps - 1e-6) if relaxation.side == "at_most" else math.floor(steps + 1e-6)
    return whole * step
