"""The choice under a budget as one text for people, as plain values for JSON, and as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.language import phrase
from evaluator.report.changed import tabulate_differences
from evaluator.report.checked import describe_issue
from evaluator.report.chosen import (
    say_apart,
    say_comparison,
    say_conflict,
    say_core,
    say_frontier,
    say_gap,
    say_no_township,
    say_notes,
    say_price,
    say_rule_prices,
    say_selection,
    say_sensitivity,
    say_unjudged,
    say_unknown_facts,
)
from evaluator.report.layout import lay_out
from evaluator.report.numbers import format_date, format_money
from evaluator.report.plain import plain
from evaluator.report.ruled import say_rule, say_rule_name
from evaluator.report.selected import (
    decide,
    list_candidates,
    list_frontier,
    tabulate_apart,
    tabulate_baselines,
    tabulate_chosen,
    tabulate_conflict,
    tabulate_frontier,
    tabulate_gains,
    tabulate_rules,
)

if TYPE_CHECKING:
    from evaluator.choice.conflicts import Relaxation
    from evaluator.choice.frontier import FrontierPoint
    from evaluator.domain.settings import Settings
    from evaluator.selection import Selection

Frontiers = Mapping[str, Sequence["FrontierPoint"]]


def say_choice_findings(selection: Selection, language: str) -> list[str]:
    """Every sentence of a choice in the order people ask: what, how sure, what binds, what more buys, what else."""
    sentences = [
        say_selection(selection, language),
        say_gap(selection, language),
        *say_notes(selection, language),
        *say_conflict(selection, language),
        say_rule_prices(selection, language),
        *say_price(selection, language),
        *say_core(selection, language),
        *say_sensitivity(selection, language),
        say_unjudged(selection, language),
        *say_unknown_facts(selection, language),
        say_no_township(selection, language),
        say_apart(selection, language),
    ]
    return [sentence for sentence in sentences if sentence]


def say_funding(
    selection: Selection, language: str, *, frontiers: Frontiers | None = None, other: Selection | None = None
) -> str:
    """The choice as text for people: the finding, the funded projects, rules, ways of choosing, what is behind it."""
    first, *rest = say_choice_findings(selection, language)
    parts = [first, *_say_tables(selection, language), "\n".join(rest)]
    return "\n\n".join(part for part in (*parts, *_say_more(selection, frontiers, other, language)) if part)


def _say_tables(selection: Selection, language: str) -> Iterator[str]:
    choice = selection.choice
    if choice.chosen:
        chosen = tabulate_chosen(selection, language).reset_index()
        yield lay_out(chosen.rename(columns={"project_id": phrase("chosen.column.project_id", language)}))
        meaning = phrase(f"chosen.value_{selection.problem.settings.choice.value}", language)
        tight = tabulate_rules(selection, language, tight_only=True)
        left = len(tabulate_rules(selection, language)) - len(tight)
        more = [phrase("chosen.more_lines", language, count=left)] if left else []
        yield meaning
        yield "\n".join([lay_out(tight), *more] if len(tight) else more)
    if selection.problem.candidates.ids:
        yield phrase("chosen.habits", language) + "\n" + lay_out(tabulate_baselines(selection, language))


def _say_more(
    selection: Selection, frontiers: Frontiers | None, other: Selection | None, language: str
) -> Iterator[str]:
    for measure, points in (frontiers or {}).items():
        title = phrase(f"chosen.frontier.title_{measure}", language)
        table = [lay_out(tabulate_frontier(points, measure, language))] if points else []
        yield "\n".join([title, *table, say_frontier(points, measure, language)])
    if other is not None:
        gains = tabulate_gains(selection, other, language).reset_index(drop=True)
        sentences = say_comparison(selection, other, language)
        yield "\n".join([*sentences, *([lay_out(gains)] if len(gains) else [])])
    evaluation = selection.evaluation
    yield phrase(
        "chosen.stamp",
        language,
        budget=format_money(selection.problem.budget_yuan, language),
        as_of=format_date(evaluation.as_of, language),
        version=evaluation.version,
        fingerprint=selection.fingerprint,
    )


def describe_choice(
    selection: Selection,
    language: str = "en",
    *,
    frontiers: Frontiers | None = None,
    other: Selection | None = None,
) -> dict[str, Any]:
    """The choice as plain values for JSON; sentences in ``language``. Keys: docs/methods.md, section 11."""
    choice, problem, core, price = selection.choice, selection.problem, selection.core, selection.price
    return {
        "status": choice.status,
        "value_of": problem.settings.choice.value,
        "budget_yuan": problem.budget_yuan,
        "funds_yuan": plain(choice.funds) if choice.found else None,
        "value": plain(choice.value),
        "bound": plain(choice.bound),
        "gap": plain(choice.gap),
        "chosen": {project: plain(share) for project, share in selection.shares.items()},
        "notes": list(problem.notes),
        "findings": say_choice_findings(selection, language),
        "projects": _describe_projects(selection),
        "rules": _describe_rules(selection, language),
        "conflict": _describe_conflict(selection, language),
        "core": None
        if core is None
        else {"draws": core.draws, "asked": core.asked, "places": {p: core.place.get(p) for p in core.ids}},
        "price": None
        if price is None
        else {
            "per_yuan": plain(price.per_yuan),
            "relaxed_value": plain(price.value),
            "changes": [{"budget": step, "value": plain(change)} for step, change in price.changes],
        },
        "sensitivity": [
            {"value": one.value, "shared_funds": plain(one.shared_funds), "shared_projects": one.shared_projects}
            for one in choice.sensitivity
        ],
        "habits": [
            {
                "habit": one.habit,
                "projects": one.projects,
                "funds_yuan": one.funds,
                "value": one.value,
                "broken": list(dict.fromkeys(say_rule_name(s.line.kind, s.line.name, language) for s in one.broken)),
            }
            for one in selection.baselines
        ],
        "frontiers": {name: list_frontier(points, language) for name, points in (frontiers or {}).items()},
        "against": None if other is None else _describe_comparison(selection, other),
        "issues": [describe_issue(issue, language) for issue in problem.issues],
        "settings_differences": _describe_differences(problem.settings),
        "as_of": selection.evaluation.as_of.isoformat(),
        "fingerprint": selection.fingerprint,
        "version": selection.evaluation.version,
    }


def _describe_differences(settings: Settings) -> list[dict[str, Any]]:
    pairs = settings.differences().items()
    return [{"key": key, "default": plain(default), "value": plain(value)} for key, (default, value) in pairs]


def tabulate_projects(selection: Selection) -> pd.DataFrame:
    """Every project of the list in its order, flat ``snake_case`` columns in full precision; missing is empty."""
    listed = list_candidates(selection)
    cost = selection.evaluation.portfolio.frame[selection.problem.settings.choice.cost]
    decided, apart = decide(selection), selection.problem.candidates.apart
    table = listed.reindex(list(decided))
    table["name"] = selection.evaluation.portfolio.frame["name"].to_numpy(object)
    table["cost_yuan"] = table["cost_yuan"].fillna(cost)
    for column in ("share", "funds_yuan"):
        table[column] = table[column].fillna(0.0)
    table["decision"] = list(decided.values())
    table["reason"] = [apart.get(project) for project in decided]
    return table.reset_index(names="project_id")


def _describe_projects(selection: Selection) -> list[dict[str, Any]]:
    records = tabulate_projects(selection).to_dict("records")
    return [{str(key): plain(value) for key, value in row.items()} for row in records]


def _describe_rules(selection: Selection, language: str) -> list[dict[str, Any]]:
    problem, standing = selection.problem, {id(one.line): one for one in selection.choice.rules}
    told = []
    for line in problem.model.lines:
        found = standing.get(id(line))
        told.append(
            {
                "kind": line.kind,
                "name": line.name,
                "group": line.group or None,
                "asks": say_rule(problem, line.kind, line.name, language),
                "measure": line.measure,
                "of": line.of,
                "at_least": line.at_least,
                "at_most": line.at_most,
                "found": None if found is None else plain(found.found),
                "holds": None if found is None else bool(found.holds),
                "tight": None if found is None else bool(found.tight),
                "costs_value": plain(selection.rule_prices.get((line.kind, line.name))),
                "projects": line.members,
                "unknown": line.unknown,
            }
        )
    return told


def _describe_conflict(selection: Selection, language: str) -> dict[str, Any] | None:
    conflict = selection.choice.conflict
    if conflict is None:
        return None
    return {
        "rules": [{"kind": kind, "name": name, "asks": say_rule(selection.problem, kind, name, language)}
                  for kind, name in conflict.rules],
        "irreducible": conflict.irreducible,
        "single": [[_describe_relaxation(one) for one in changed] for changed in conflict.single],
        "smallest": [_describe_relaxation(one) for one in conflict.smallest],
        "together": [_describe_relaxation(one) for one in conflict.together],
    }  # fmt: skip


def _describe_relaxation(one: Relaxation) -> dict[str, Any]:
    line = one.line
    where = {"kind": line.kind, "name": line.name, "group": line.group or None, "measure": line.measure, "of": line.of}
    return {**where, "side": one.side, "stated": plain(one.stated), "needed": plain(one.needed)}


def _describe_comparison(selection: Selection, other: Selection) -> dict[str, Any]:
    found = selection.against(other)
    sides = {
        name: [
            {"project_id": row.project_id, "share_a": row.share_a, "share_b": row.share_b,
             "funds_yuan": row.funds, "value": row.value}
            for row in rows
        ]
        for name, rows in (("given_up", found.given_up), ("gained", found.gained))
    }  # fmt: skip
    sums = {"status": other.choice.status, "projects": found.projects, "funds_yuan": found.funds, "value": found.value}
    return {**sums, **sides}


def write_choice(
    selection: Selection,
    suffix: str,
    language: str = "en",
    *,
    frontiers: Frontiers | None = None,
    other: Selection | None = None,
) -> bytes:
    """The choice as a file: ``.json`` and ``.xlsx`` hold all, ``.csv`` and ``.parquet`` every project of the list."""
    from evaluator.report.export import write_csv, write_json, write_workbook  # noqa: PLC0415 - only for files

    if suffix == ".json":
        return write_json(describe_choice(selection, language, frontiers=frontiers, other=other))
    projects = tabulate_projects(selection)
    if suffix == ".csv":
        return write_csv(projects)
    if suffix == ".parquet":
        target = BytesIO()
        projects.to_parquet(target, index=False)
        return target.getvalue()
    summary = pd.DataFrame({phrase("chosen.sheet.summary", language): say_choice_findings(selection, language)})
    sheets: dict[str, pd.DataFrame] = {
        "summary": summary,
        "chosen": tabulate_chosen(selection, language, all_candidates=True).reset_index(),
        "apart": tabulate_apart(selection, language).reset_index(),
        "rules": tabulate_rules(selection, language),
        "habits": tabulate_baselines(selection, language),
        "projects": projects,
    }
    if selection.choice.conflict is not None:
        sheets["conflict"] = tabulate_conflict(selection, language)
    for measure, points in (frontiers or {}).items():
        sheets[f"frontier_{measure}"] = tabulate_frontier(points, measure, language)
    if other is not None:
        sheets["comparison"] = tabulate_gains(selection, other, language).reset_index()
    named = {phrase(f"chosen.sheet.{key}", language): table for key, table in sheets.items()}
    named[phrase("changed.sheet.settings", language)] = tabulate_differences(selection.problem.settings, language)
    return write_workbook(named)
