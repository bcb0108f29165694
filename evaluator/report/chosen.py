"""Which projects to fund, in sentences: the answer, how sure it is, what binds, what more money buys, why it fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from evaluator.choice.core import PLACES
from evaluator.language import phrase
from evaluator.report.numbers import (
    MISSING,
    format_money,
    format_number,
    format_percent,
    format_quantity,
    format_share,
    is_missing,
)
from evaluator.report.ruled import say_line_name, say_relaxation, say_rule, say_rule_name

if TYPE_CHECKING:
    from evaluator.choice.chosen import RuleStanding
    from evaluator.choice.conflicts import Relaxation
    from evaluator.choice.frontier import Comparison, Difference, FrontierPoint
    from evaluator.selection import Selection

NAMED, TEN_THOUSAND = 12, 10_000
PROVEN = 1e-6
TRACE = 0.0005
"""A share of funds below this reads as nothing."""


def say_choice_value(value: float, kind: str, language: str) -> str:
    """A value of a portfolio or project in the unit of its definition: yuan, points or households, each by score."""
    if is_missing(value):
        return MISSING
    if kind == "score_funds":
        return format_money(value, language)
    if kind == "score":
        return format_quantity(round(100 * value, 1), "points", language)
    return format_quantity(value, "households", language)


def say_selection(selection: Selection, language: str) -> str:
    """The finding in one sentence: how many projects for how much, or that there is no portfolio."""
    choice, problem = selection.choice, selection.problem
    if "nothing_to_choose" in problem.notes:
        return phrase("chosen.nothing_to_choose", language)
    seconds = format_quantity(problem.settings.choice.time_limit_s, "seconds", language)
    if not choice.found:
        return phrase(f"chosen.{choice.status}", language, seconds=seconds)
    if not choice.chosen:
        cut_short = choice.status == "feasible" and choice.bound > 0
        return phrase("chosen.only_nothing" if cut_short else "chosen.found_nothing", language, seconds=seconds)
    money = {
        "funds": format_money(choice.funds, language),
        "budget": format_money(problem.budget_yuan, language),
    }
    projects = format_quantity(len(choice.chosen), "projects", language)
    if len(choice.chosen) == len(problem.candidates.ids) and min(choice.shares.values()) == 1:
        return phrase("chosen.all", language, projects=projects, **money)
    candidates = format_number(len(problem.candidates.ids), language, decimals=0)
    return phrase("chosen.found", language, projects=projects, candidates=candidates, **money)


def say_gap(selection: Selection, language: str) -> str:
    """The certified gap: how much better another portfolio could at most be; empty where there is none."""
    choice = selection.choice
    if not choice.found or not choice.chosen:
        return ""
    value = say_choice_value(choice.value, selection.problem.settings.choice.value, language)
    if choice.gap <= PROVEN:
        return phrase("chosen.gap_none", language, value=value)
    return phrase(f"chosen.gap_{choice.status}", language, value=value, gap=_say_gap(choice.gap, language))


def _say_gap(gap: float, language: str) -> str:
    """A gap rounded up, so that it stays certified."""
    percent = 100 * gap
    steps = 100 if percent < 1 else 10
    return phrase("format.share", language, value=f"{-(-percent * steps // 1) / steps:g}")


def say_notes(selection: Selection, language: str) -> list[str]:
    """What is plain to say of the budget, and what is left of it."""
    choice, problem = selection.choice, selection.problem
    cost, said = problem.candidates.cost, []
    if "above_sum" in problem.notes:
        said.append(phrase("chosen.above_sum", language, sum=format_money(float(cost.sum()), language)))
    elif "below_cheapest" in problem.notes:
        said.append(
            phrase(
                "chosen.below_cheapest",
                language,
                cost=format_money(float(cost.min()), language),
                budget=format_money(problem.budget_yuan, language),
            )
        )
    elif choice.chosen and problem.budget_yuan - choice.funds >= 1:
        said.append(phrase("chosen.left", language, left=format_money(problem.budget_yuan - choice.funds, language)))
    return said


def say_price(selection: Selection, language: str) -> list[str]:
    """What more or less money would be worth; nothing where there is no portfolio."""
    price, kind = selection.price, selection.problem.settings.choice.value
    if price is None or not selection.problem.candidates.ids:
        return []
    if price.per_yuan <= 1e-12:
        said = [phrase("chosen.price_none", language)]
    else:
        value = say_choice_value(TEN_THOUSAND * price.per_yuan, kind, language)
        points = format_quantity(round(min(100.0, 100 * price.per_yuan)), "points", language)
        form = "score_funds" if kind == "score_funds" else "other"
        said = [phrase(f"chosen.price_{form}", language, value=value, points=points)]
    for step, change in price.changes:
        if abs(change) > 1e-9 * max(price.value, 1.0):
            value, part = say_choice_value(abs(change), kind, language), format_percent(abs(step), language)
            said.append(phrase(f"chosen.price_{'more' if step > 0 else 'less'}", language, change=part, value=value))
    return said


def say_rule_prices(selection: Selection, language: str) -> str:
    """The rules that cost value, each with what could be gained if it fell; empty where none does."""
    kind, comma = selection.problem.settings.choice.value, phrase("format.list_comma", language)
    told = [
        phrase(
            "chosen.rule_price",
            language,
            rule=say_rule_name(*key, language),
            value=say_choice_value(price, kind, language),
        )
        for key, price in selection.rule_prices.items()
    ]
    return phrase("chosen.rules_cost", language, rules=comma.join(told)) if told else ""


def say_core(selection: Selection, language: str) -> list[str]:
    """How many projects are core, borderline and out, and which to fund and which to discuss."""
    core = selection.core
    if core is None or not core.draws or not core.ids:
        return []
    counts = {place: format_number(core.count(place), language, decimals=0) for place in PLACES}
    said = [phrase("chosen.core", language, draws=core.draws, **counts)]
    if core.draws < core.asked:
        said.append(phrase("chosen.core_few", language, draws=core.draws, asked=core.asked))
    for place in ("core", "borderline"):
        ids = [p for p in selection.problem.candidates.order if core.place.get(p) == place]
        if ids:
            said.append(phrase(f"chosen.{place}_named", language, ids=_name_projects(selection, ids, language)))
    return said


def say_sensitivity(selection: Selection, language: str) -> list[str]:
    """How far other definitions of value would choose otherwise."""
    return [
        phrase(
            "chosen.sensitivity",
            language,
            value=phrase(f"chosen.value.{one.value}", language),
            share=format_share(one.shared_funds, language),
            projects=format_quantity(one.shared_projects, "projects", language),
        )
        for one in selection.choice.sensitivity
        if not is_missing(one.shared_funds)
    ]


def say_apart(selection: Selection, language: str) -> str:
    """Projects that cannot be chosen, by reason; empty where there is none."""
    apart = selection.problem.candidates.apart
    if not apart:
        return ""
    reasons = []
    for reason in dict.fromkeys(apart.values()):
        ids = [project for project, why in apart.items() if why == reason]
        said = phrase(f"chosen.reason.{reason}", language)
        reasons.append(
            phrase(
                "chosen.apart_reason",
                language,
                reason=said,
                count=len(ids),
                ids=_name_projects(selection, ids, language),
            )
        )
    projects = format_quantity(len(apart), "projects", language)
    return phrase(
        "chosen.apart", language, projects=projects, reasons=phrase("format.sentence_join", language).join(reasons)
    )


def say_unknown_facts(selection: Selection, language: str) -> list[str]:
    """Rules of which it cannot be told for some projects whether they count, and how those are taken."""
    taken, most = {limit.name: limit.unknown for limit in selection.problem.rules.limits}, dict[tuple[str, str], int]()
    for line in selection.problem.model.lines:
        most[line.kind, line.name] = max(line.unknown, most.get((line.kind, line.name), 0))
    return [
        phrase(
            f"chosen.unknown_facts_{'taken' if taken.get(name) else 'left'}",
            language,
            rule=say_rule_name(kind, name, language),
            projects=format_quantity(count, "projects", language),
            taken=format_number(taken.get(name, 0.0), language),
        )
        for (kind, name), count in most.items()
        if count
    ]


def say_no_township(selection: Selection, language: str) -> str:
    """Candidates that state no township, where a rule reads it."""
    rules, table = selection.problem.rules, selection.problem.candidates.table
    read = {c.field for limit in rules.limits for c in (*limit.where, *limit.among)}
    read |= {limit.each for limit in rules.limits} | {one.within for one in rules.continuing}
    ids = [str(project) for project in table.index[table["township"].isna()]] if "township" in read else []
    return phrase("chosen.no_township", language, ids=_name_projects(selection, ids, language)) if ids else ""


def say_unjudged(selection: Selection, language: str) -> str:
    """Chosen projects of which too little is known."""
    ids = selection.choice.unjudged
    return phrase("chosen.unjudged", language, ids=_name_projects(selection, ids, language)) if ids else ""


def say_conflict(selection: Selection, language: str) -> list[str]:
    """Why there is no portfolio, in plain sentences: which rules conflict and how little would have to give way."""
    conflict, problem = selection.choice.conflict, selection.problem
    if conflict is None:
        return []
    semicolon = phrase("format.sentence_join", language)
    asks = semicolon.join(_say_asks(selection, kind, name, language) for kind, name in conflict.rules)
    said = [phrase("chosen.conflict_hard" if conflict.irreducible else "chosen.conflict_unsure", language, rules=asks)]
    empty = [line for line in problem.model.lines if (line.kind, line.name) in conflict.rules and not line.members]
    names = dict.fromkeys(say_line_name(line, language) for line in empty if line.at_least)
    if names:
        said.append(phrase("chosen.nobody_counts", language, rules=name_some(list(names), language)))
    if conflict.single:
        changes = [_join(changed, language) for changed in conflict.single]
        said.append(phrase("chosen.single", language, changes=semicolon.join(changes)))
        if len(changes) > 1:
            said.append(phrase("chosen.smallest", language, change=_join(conflict.smallest, language)))
    elif conflict.together:
        said.append(phrase("chosen.no_single", language))
        said.append(phrase("chosen.together", language, changes=_join(conflict.together, language)))
    elif problem.candidates.ids:
        said.append(phrase("chosen.only_sets", language))
    return said


def _say_asks(selection: Selection, kind: str, name: str, language: str) -> str:
    asked = say_rule(selection.problem, kind, name, language)
    titled = say_rule_name(kind, name, language)
    return asked if kind in ("fixed_in", "fixed_out") else phrase("format.bracket", language, left=titled, right=asked)


def _join(changed: Sequence[Relaxation], language: str) -> str:
    comma = phrase("format.list_comma", language)
    return comma.join(say_relaxation(one, language) for one in changed)


def say_comparison(a: Selection, b: Selection, language: str) -> list[str]:
    """Two portfolios side by side in sentences: the sums, what is given up, what is gained."""
    found = a.against(b)
    if not (found.given_up or found.gained):
        return [phrase("chosen.same", language)]
    kind = b.problem.settings.choice.value
    said = [_say_from_to(found, kind, language)]
    for side, rows in (("given_up", found.given_up), ("gained", found.gained)):
        if rows:
            said.append(phrase(f"chosen.{side}", language, projects=_say_differences(rows, b, kind, language)))
    return said


def _say_from_to(found: Comparison, kind: str, language: str) -> str:
    sign = "more" if found.projects > 0 else "less" if found.projects < 0 else "same"
    return phrase(
        "chosen.from_to",
        language,
        projects=phrase(
            f"chosen.change.projects_{sign}",
            language,
            projects=format_quantity(abs(found.projects), "projects", language),
        ),
        funds=_say_change(found.funds, format_money(abs(found.funds), language), language),
        value=_say_change(found.value, say_choice_value(abs(found.value), kind, language), language),
    )


def _say_change(change: float, size: str, language: str) -> str:
    return phrase(f"chosen.change.{'more' if change > 0 else 'less' if change < 0 else 'same'}", language, value=size)


def _say_differences(rows: Sequence[Difference], b: Selection, kind: str, language: str) -> str:
    names = b.evaluation.portfolio.labels
    said = [
        phrase(
            "chosen.project_value",
            language,
            name=names.get(row.project_id, row.project_id),
            value=say_choice_value(abs(row.value), kind, language),
        )
        for row in rows
    ]
    return name_some(said, language)


def say_frontier(points: Sequence[FrontierPoint], measure: str, language: str) -> str:
    """What going from the best portfolio to the safest of a frontier costs."""
    if not points:
        return phrase("chosen.frontier.none", language)
    if len(points) == 1 or points[0].found < TRACE:
        found = points[0].found
        state = "safe" if found < TRACE else "stuck"
        return phrase(f"chosen.frontier.{state}_{measure}", language, found=format_percent(found, language))
    lost = 1 - points[-1].choice.value / points[0].choice.value
    return phrase(
        f"chosen.frontier.finding_{measure}",
        language,
        most=format_percent(points[0].found, language),
        least=format_percent(points[-1].found, language),
        lost=format_percent(lost, language),
    )


def say_broken(broken: Iterable[RuleStanding], language: str) -> str:
    """The names of broken rules, each once."""
    names = dict.fromkeys(say_line_name(standing.line, language) for standing in broken)
    return name_some(list(names), language) or MISSING


def _name_projects(selection: Selection, ids: Sequence[str], language: str) -> str:
    """The first of these projects by their names, told apart where two are alike."""
    return name_some(selection.evaluation.portfolio.labels.loc[list(ids)].tolist(), language)


def name_some(names: Sequence[str], language: str) -> str:
    """The first dozen names, and how many more there are."""
    named = phrase("format.list_comma", language).join(map(str, names[:NAMED]))
    return phrase("chosen.more", language, names=named, count=len(names) - NAMED) if len(names) > NAMED else named
