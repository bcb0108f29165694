"""Which projects to fund, as tables people read and as rows for pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from evaluator.choice.frontier import risk_of
from evaluator.choice.model import TOLERANCE
from evaluator.language import phrase
from evaluator.report.chosen import say_broken, say_choice_value
from evaluator.report.numbers import (
    MISSING,
    format_interval,
    format_money,
    format_number,
    format_percent,
    format_score,
    format_share,
    is_missing,
)
from evaluator.report.ruled import format_line, say_bounds, say_line_name, say_relaxation, say_rule
from evaluator.report.signs import say_level
from evaluator.report.terms import say_horizon

if TYPE_CHECKING:
    from evaluator.choice.chosen import RuleStanding
    from evaluator.choice.core import CoreIndex
    from evaluator.choice.frontier import Comparison, FrontierPoint
    from evaluator.choice.problem import Problem
    from evaluator.selection import Selection

DECISIONS = ("fund", "part", "no", "apart")


def decide(selection: Selection) -> dict[str, str]:
    """Each project of the list in its order to its decision: ``fund``, ``part``, ``no`` or ``apart``."""
    candidates, shares = selection.problem.candidates, selection.shares
    return {
        project: "apart"
        if project in candidates.apart
        else "no"
        if project not in shares
        else "fund"
        if shares[project] > 1 - TOLERANCE
        else "part"
        for project in candidates.order
    }


def tabulate_chosen(
    selection: Selection, language: str, *, all_candidates: bool = False, ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """The funded projects in list order, index ``project_id``, all cells text.

    With ``all_candidates`` every project that can be chosen, with its decision; ``ids`` names those that are shown, in
    that order. A column of funded shares only where a project is funded in part.
    """
    candidates, shares = selection.problem.candidates, selection.shares
    decided, at = decide(selection), candidates.at
    kinds = ("fund", "part", "no") if all_candidates else ("fund", "part")
    shown = [p for p in (decided if ids is None else ids) if decided[p] in kinds]
    rows = [at[project] for project in shown]
    kind, table = selection.problem.settings.choice.value, candidates.table.iloc[rows]
    columns: dict[str, list[str]] = {"name": [str(name) for name in table["name"]]}
    if all_candidates:
        columns["decision"] = [phrase(f"chosen.decision.{decided[project]}", language) for project in shown]
    columns["cost"] = [format_money(candidates.cost[row], language) for row in rows]
    if "part" in decided.values():
        columns["share"] = [format_percent(shares[p], language) if p in shares else MISSING for p in shown]
    columns["value"] = [say_choice_value(candidates.value[row], kind, language) for row in rows]
    columns["score"] = _say_scores(selection, shown, language)
    columns["flag"] = [MISSING if is_missing(level) else say_level(str(level), language) for level in table["flag"]]
    columns["horizon"] = [say_horizon("unknown" if is_missing(h) else str(h), language) for h in table["horizon"]]
    if selection.core is not None and selection.core.draws:
        columns["place"] = [
            _say_place(selection.core, project, row, language) for project, row in zip(shown, rows, strict=True)
        ]
    return _titled(columns, language, pd.Index(shown, name="project_id"))


def _say_scores(selection: Selection, ids: Sequence[str], language: str) -> list[str]:
    card = selection.evaluation.scorecard
    return [
        MISSING if row < 0 else format_interval(card.total[row], card.low[row], card.high[row], language)
        for row in card.index.get_indexer(pd.Index(ids, dtype=object))
    ]


def _say_place(core: CoreIndex, project: str, row: int, language: str) -> str:
    place = phrase(f"chosen.place.{core.place[project]}", language)
    return phrase("format.bracket", language, left=place, right=format_share(float(core.index[row]), language))


def tabulate_apart(selection: Selection, language: str) -> pd.DataFrame:
    """The projects that cannot be chosen, in list order, each with its amount and the reason; index ``project_id``."""
    apart, portfolio = selection.problem.candidates.apart, selection.evaluation.portfolio
    frame, amounts = portfolio.frame.loc[list(apart)], portfolio.amounts.loc[list(apart)]
    columns = {
        "name": [str(name) for name in frame["name"]],
        "cost": [
            format_money(x, language, portfolio.currency) for x in amounts[selection.problem.settings.choice.cost]
        ],
        "reason": [phrase(f"chosen.reason.{reason}", language) for reason in apart.values()],
    }
    return _titled(columns, language, pd.Index(list(apart), name="project_id"))


def tabulate_rules(selection: Selection, language: str, *, tight_only: bool = False) -> pd.DataFrame:
    """Every line of every rule: what it asks, what the portfolio has, how it stands, what it costs in value."""
    problem, kind = selection.problem, selection.problem.settings.choice.value
    standing = [one for one in _once(selection.choice.rules) if one.tight or not one.holds or not tight_only]
    prices = [selection.rule_prices.get((one.line.kind, one.line.name)) for one in standing]
    columns = {
        "rule": [say_line_name(one.line, language) for one in standing],
        "needed": [_say_needed(problem, one, language) for one in standing],
        "found": [_say_found(one, language) for one in standing],
        "standing": [phrase(f"chosen.standing.{_state(one)}", language) for one in standing],
        "price": [MISSING if price is None else say_choice_value(price, kind, language) for price in prices],
    }
    return _titled(columns, language)


def _state(standing: RuleStanding) -> str:
    return "broken" if not standing.holds else "tight" if standing.tight else "holds"


def _of_sets(standing: RuleStanding) -> bool:
    return standing.line.kind not in ("budget", "limit")


def _once(rules: Sequence[RuleStanding]) -> list[RuleStanding]:
    """Rules on sets as one row each: kept where all their lines are."""
    rows: dict[object, RuleStanding] = {}
    for place, one in enumerate(rules):
        key = one.line.rule if _of_sets(one) else (place,)
        rows[key] = one if key not in rows or not one.holds else rows[key]
    return list(rows.values())


def _say_needed(problem: Problem, standing: RuleStanding, language: str) -> str:
    line = standing.line
    return say_rule(problem, line.kind, line.name, language) if _of_sets(standing) else say_bounds(line, language)


def _say_found(standing: RuleStanding, language: str) -> str:
    return MISSING if _of_sets(standing) else format_line(standing.line, standing.found, language)


def tabulate_baselines(selection: Selection, language: str) -> pd.DataFrame:
    """The choice beside simple habits: projects, funds, value, and the rules each breaks."""
    kind, choice = selection.problem.settings.choice.value, selection.choice
    rows = []
    if choice.found:
        rows.append(("choice", len(choice.chosen), choice.funds, choice.value, MISSING))
    rows += [
        (one.habit, one.projects, one.funds, one.value, say_broken(one.broken, language)) for one in selection.baselines
    ]
    columns = {
        "habit": [phrase(f"chosen.habit.{habit}", language) for habit, *_ in rows],
        "projects": [format_number(projects, language, decimals=0) for _, projects, *_ in rows],
        "funds": [format_money(funds, language) for _, _, funds, *_ in rows],
        "value": [say_choice_value(value, kind, language) for *_, value, _ in rows],
        "broken": [broken for *_, broken in rows],
    }
    return _titled(columns, language)


def tabulate_conflict(selection: Selection, language: str) -> pd.DataFrame:
    """Each change that alone would end the conflict, or the smallest joint one; one row a changed bound."""
    conflict = selection.choice.conflict
    changed = [] if conflict is None else [one for each in conflict.single or (conflict.together,) for one in each]
    return _titled(
        {
            "rule": [say_line_name(one.line, language) for one in changed],
            "change": [say_relaxation(one, language) for one in changed],
        },
        language,
    )


def tabulate_frontier(points: Sequence[FrontierPoint], measure: str, language: str) -> pd.DataFrame:
    """The portfolios of a frontier, loosest first: share at ``measure``, value and what of it is lost, funds."""
    kind = points[0].choice.problem.settings.choice.value if points else "score_funds"
    columns = {
        measure: [format_percent(point.found, language) for point in points],
        "value": [say_choice_value(point.choice.value, kind, language) for point in points],
        "lost": [format_percent(1 - point.choice.value / points[0].choice.value, language) for point in points],
        "funds": [format_money(point.choice.funds, language) for point in points],
        "projects": [format_number(len(point.choice.chosen), language, decimals=0) for point in points],
    }
    return _titled(columns, language)


def list_frontier(points: Sequence[FrontierPoint], language: str) -> list[dict[str, Any]]:
    """Rows of a frontier for a picture: ``limit``, ``found`` (shares), ``value``, ``funds``, ``projects``, ``text``."""
    kind = points[0].choice.problem.settings.choice.value if points else "score_funds"
    return [
        {
            "limit": point.limit,
            "found": point.found,
            "value": point.choice.value,
            "funds": point.choice.funds,
            "projects": len(point.choice.chosen),
            "text": say_choice_value(point.choice.value, kind, language),
        }
        for point in points
    ]


def list_candidates(selection: Selection) -> pd.DataFrame:
    """Every project that can be chosen as numbers, in list order, index ``project_id``.

    Columns ``name, cost_yuan, share, funds_yuan, value, score, risk`` (probability of grade D), ``flag, horizon,
    core_index, core_error, place, decision``; for pictures and files.
    """
    problem, core = selection.problem, selection.core
    candidates = problem.candidates
    none = np.full(len(candidates.ids), np.nan)
    places = {} if core is None else core.place
    table = pd.DataFrame(
        {
            "name": candidates.table["name"].to_numpy(object),
            "cost_yuan": candidates.cost,
            "share": selection.choice.share,
            "funds_yuan": candidates.cost * selection.choice.share,
            "value": candidates.value,
            "score": np.where(candidates.worth > 0, candidates.total, np.nan),
            "risk": risk_of(problem),
            "flag": candidates.table["flag"].to_numpy(object),
            "horizon": candidates.table["horizon"].to_numpy(object),
            "core_index": none if core is None else core.index,
            "core_error": none if core is None else core.error,
            "place": [places.get(project) for project in candidates.ids],
        },
        index=pd.Index(candidates.ids, name="project_id", dtype=object),
    )
    decided = {project: what for project, what in decide(selection).items() if what != "apart"}
    table = table.loc[list(decided)]
    return table.assign(decision=list(decided.values()))


def tabulate_core(selection: Selection, language: str, *, place: str | None = None) -> pd.DataFrame:
    """How firmly each project belongs to the portfolio, the firmest first; index ``project_id``, all cells text.

    ``place`` keeps the core, the borderline or what is out.
    """
    table = list_candidates(selection)
    table = table[table["place"].notna()].sort_values("core_index", ascending=False, kind="stable")
    table = table if place is None else table[table["place"] == place]
    columns = {
        "name": [str(name) for name in table["name"]],
        "place": [phrase(f"chosen.place.{found}", language) for found in table["place"]],
        "index": [format_share(index, language) for index in table["core_index"]],
        "cost": [format_money(cost, language) for cost in table["cost_yuan"]],
        "score": [format_score(score, language) for score in table["score"]],
        "decision": [phrase(f"chosen.decision.{what}", language) for what in table["decision"]],
    }
    return _titled(columns, language, table.index)


def tabulate_gains(a: Selection, b: Selection, language: str) -> pd.DataFrame:
    """What is given up (first) and gained on the way from portfolio A to B; index ``project_id``, all cells text."""
    found, kind = a.against(b), b.problem.settings.choice.value
    rows = [*found.given_up, *found.gained]
    names = b.evaluation.portfolio.frame["name"]
    columns = {
        "name": [str(names.get(row.project_id, row.project_id)) for row in rows],
        "share_a": [format_share(row.share_a, language) for row in rows],
        "share_b": [format_share(row.share_b, language) for row in rows],
        "change_funds": [_signed(row.funds, format_money(abs(row.funds), language)) for row in rows],
        "change_value": [_signed(row.value, say_choice_value(abs(row.value), kind, language)) for row in rows],
    }
    return _titled(columns, language, pd.Index([row.project_id for row in rows], name="project_id", dtype=object))


def _signed(change: float, size: str) -> str:
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{size}"


def list_steps(found: Comparison, start: float, names: pd.Series) -> list[dict[str, Any]]:
    """Rows of a waterfall from the value of A to that of B by project.

    ``key`` (``a``, ``b`` or a project id), ``label`` (empty for the two sums), ``start``, ``end``, ``change``.
    """
    rows: list[dict[str, Any]] = [{"key": "a", "label": "", "start": 0.0, "end": start, "change": start}]
    at = start
    for one in (*found.given_up, *found.gained):
        label = str(names.get(one.project_id, one.project_id))
        rows.append({"key": one.project_id, "label": label, "start": at, "end": at + one.value, "change": one.value})
        at += one.value
    return [*rows, {"key": "b", "label": "", "start": 0.0, "end": at, "change": at}]


def _titled(columns: dict[str, list[str]], language: str, index: pd.Index | None = None) -> pd.DataFrame:
    titles = {key: phrase(f"chosen.column.{key}", language) for key in columns}
    return pd.DataFrame({titles[key]: cells for key, cells in columns.items()}, index=index, dtype=object)
