"""One question of a county put together: candidates, budget, rules and model, ready to be solved again and again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from evaluator.choice.building import build_model
from evaluator.choice.candidates import Candidates, find_candidates, tabulate_fields
from evaluator.choice.faults import Faults
from evaluator.choice.model import Model
from evaluator.choice.parse import check_contradictions, parse_rules
from evaluator.choice.rules import VENTURE, Rules, Together
from evaluator.criteria.scorecard import Scorecard
from evaluator.domain.errors import Issue, TableError
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.flags import Flags


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a solve needs.

    Attributes
    ----------
    issues
        What is to be known and does not stop the choice: warnings of the rules file.
    notes
        Codes of what is plain to say: ``above_sum`` (the budget exceeds everything that can be chosen),
        ``below_cheapest`` (it does not pay for the cheapest project).
    """

    candidates: Candidates
    rules: Rules
    model: Model
    budget_yuan: float
    settings: Settings
    scorecard: Scorecard
    flags: Flags
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]


def pose_problem(
    portfolio: Portfolio,
    scorecard: Scorecard,
    flags: Flags,
    *,
    budget_yuan: float | None = None,
    rules: Rules | str | None = None,
    clusters: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    file: str = "",
) -> Problem:
    """Check budget and rules against a list and build the model.

    ``rules`` is the text of a rules file (TOML) or ready ``Rules``; a budget given here goes before the one it states.
    ``clusters`` maps project ids to clusters of look-alikes. Raises ``TableError`` with every fault found.
    """
    settings = settings or Settings()
    faults = _faults(portfolio, scorecard=scorecard, flags=flags, clusters=clusters, settings=settings, file=file)
    if isinstance(rules, str):
        try:
            read = parse_rules(rules, faults)
        except TableError as fault:
            wrong = () if budget_yuan is None else _budget_faults(budget_yuan)
            raise TableError(*wrong, *fault.issues) from None
    else:
        read = rules or Rules()
        _check_ready(read, faults)
    budget = read.budget_yuan if budget_yuan is None else budget_yuan
    faults.issues += _budget_faults(budget)
    if faults.grave:
        raise TableError(*faults.issues)
    amount = float(budget or 0.0)
    read = _with_ventures(read, portfolio, settings)
    candidates = find_candidates(portfolio, scorecard, flags, settings=settings, rules=read, clusters=clusters)
    return Problem(
        candidates=candidates,
        rules=read,
        model=build_model(candidates, read, budget_yuan=amount),
        budget_yuan=amount,
        settings=settings,
        scorecard=scorecard,
        flags=flags,
        issues=tuple(faults.issues),
        notes=_notes(candidates, amount),
    )


def _faults(
    portfolio: Portfolio,
    *,
    scorecard: Scorecard,
    flags: Flags,
    clusters: Mapping[str, str] | None,
    settings: Settings,
    file: str,
) -> Faults:
    cost = portfolio.frame[settings.choice.cost]
    return Faults(
        ids=frozenset(map(str, portfolio.frame.index)),
        apart={str(project): "no_amount" for project in portfolio.frame.index[~(cost > 0)]},
        table=tabulate_fields(portfolio, scorecard, flags, clusters or {}),
        clusters=clusters is not None,
        file=file,
    )


def _check_ready(rules: Rules, faults: Faults) -> None:
    """Rules made in Python: their ids and contradictions."""
    if rules.fixed_in:
        faults.projects(rules.fixed_in, "fixed · in", choosable=True)
    named = [
        ("fixed · out", rules.fixed_out),
        *((one.name, one.projects) for one in rules.exclusive),
        *((one.name, one.projects) for one in rules.together),
        *((one.name, one.projects) for one in rules.partial),
        *((one.name, (one.project, *one.needs)) for one in rules.depends),
    ]
    for where, ids in named:
        if ids:
            faults.projects(ids, where)
    check_contradictions(rules, faults)


def _budget_faults(budget: float | None) -> tuple[Issue, ...]:
    if budget is None:
        return (Issue("E_CHOICE_NO_BUDGET", "error", column="budget_yuan"),)
    if isinstance(budget, bool) or not isinstance(budget, int | float) or not math.isfinite(budget) or budget <= 0:
        found = f"{budget:,g}" if isinstance(budget, int | float) else f"{budget}"
        return (Issue("E_CHOICE_BUDGET", "error", column="budget_yuan", found=found),)
    return ()


def _with_ventures(rules: Rules, portfolio: Portfolio, settings: Settings) -> Rules:
    """Rows of one joint venture are one pooled project: all of those that have an amount, or none."""
    if not settings.choice.ventures_together:
        return rules
    frame = portfolio.frame
    costed = frame[(frame[settings.choice.cost] > 0) & frame["joint_venture_id"].notna()]
    pooled = tuple(
        Together(f"{VENTURE}{venture}", tuple(sorted(map(str, rows))))
        for venture, rows in costed.groupby("joint_venture_id", sort=True).groups.items()
        if len(rows) > 1
    )
    return replace(rules, together=(*rules.together, *pooled))


def _notes(candidates: Candidates, budget: float) -> tuple[str, ...]:
    if not candidates.ids:
        return ("nothing_to_choose",)
    if budget >= candidates.cost.sum():
        return ("above_sum",)
    return ("below_cheapest",) if budget < float(np.min(candidates.cost)) else ()
