"""The best portfolio under a budget: what is chosen, how every rule stands, and what else it tells."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluator.choice.building import continuing_kept
from evaluator.choice.conflicts import Conflict, explain_conflict
from evaluator.choice.model import BUDGET, TOLERANCE, Line
from evaluator.choice.problem import Problem
from evaluator.choice.quiet import Deadline
from evaluator.choice.solve import Solution, solve
from evaluator.criteria.score import Array
from evaluator.domain.settings import CRITERIA

SOLVE_SHARE = 0.8
"""Share of the time limit the search may take; the rest is for the other definitions of value or the conflict."""


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """How one line of a rule stands in the chosen portfolio; ``tight`` where it is at its bound."""

    line: Line
    found: float
    holds: bool
    tight: bool


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What another definition of value would choose: the share of the chosen funds that stays, and projects in both.

    From the linear relaxation: a project counts as chosen there from half of its cost on.
    """

    value: str
    shared_funds: float
    shared_projects: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer to a problem.

    Attributes
    ----------
    status
        ``optimal`` (proven within the gap asked for), ``feasible`` (time ran out: the gap is larger), ``infeasible``
        (``conflict`` says why), ``unknown`` (time ran out before any portfolio was found).
    share
        (n,) funded share of each candidate, in the order of ``problem.candidates.ids``; zeros where there is none.
    value, bound, gap
        Its value, what no portfolio can exceed, and the certified gap between them as a share of the value.
    rules
        Every line of every rule with what is found (empty where there is no portfolio).
    """

    problem: Problem
    status: str
    share: Array
    value: float
    bound: float
    gap: float
    rules: tuple[RuleStanding, ...]
    sensitivity: tuple[Sensitivity, ...]
    conflict: Conflict | None

    @property
    def found(self) -> bool:
        """Whether there is a portfolio."""
        return self.status in {"optimal", "feasible"}

    @property
    def shares(self) -> Mapping[str, float]:
        """Each chosen project with its funded share (1 = in full), in list order."""
        at, ids = self.problem.candidates.at, self.problem.candidates.order
        return {p: float(self.share[at[p]]) for p in ids if p in at and self.share[at[p]] > TOLERANCE}

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen projects in list order."""
        return tuple(self.shares)

    @property
    def funds(self) -> float:
        """Yuan the chosen portfolio takes from the budget."""
        return float(self.problem.candidates.cost @ self.share)

    @property
    def unjudged(self) -> tuple[str, ...]:
        """Chosen projects of which too little is known to judge them."""
        return tuple(p for p in self.chosen if p in self.problem.candidates.unjudged)


def choose_projects(problem: Problem, *, time_limit_s: float | None = None) -> Choice:
    """Find the portfolio of largest value within budget and rules, or why there is none.

    Never longer than ``time_limit_s`` (a setting unless given), the search for conflicts included.
    """
    settings = problem.settings.choice
    limit = settings.time_limit_s if time_limit_s is None else time_limit_s
    deadline = Deadline(limit)
    solution = solve(problem.model, deadline=Deadline(SOLVE_SHARE * limit), gap=settings.gap)
    conflict = explain_conflict(problem.model, deadline=deadline) if solution.status == "infeasible" else None
    x = solution.x[: problem.model.n] if solution.found else np.zeros(problem.model.n)
    choice = as_choice(problem, solution, x, conflict)
    return replace(choice, sensitivity=compare_values(choice, deadline)) if choice.found else choice


def as_choice(problem: Problem, solution: Solution, x: Array, conflict: Conflict | None = None) -> Choice:
    """A solution as people read it."""
    return Choice(
        problem=problem,
        status=solution.status,
        share=x,
        value=solution.value,
        bound=solution.bound,
        gap=solution.gap,
        rules=check_rules(problem, x) if solution.status in {"optimal", "feasible"} else (),
        sensitivity=(),
        conflict=conflict,
    )


def check_rules(problem: Problem, x: Array) -> tuple[RuleStanding, ...]:
    """Every line of the rules against a portfolio (n,), computed anew from the facts, not taken from the solver."""
    kept = continuing_kept(problem.candidates, problem.rules, x)
    standing = []
    for line in problem.model.lines:
        found = line.found(x)
        bounds = [bound for bound in (line.at_least, line.at_most) if bound is not None]
        tight = any(abs(found - bound) <= 0.005 * max(abs(bound), TOLERANCE) for bound in bounds)
        holds = kept if line.kind == "continuing" else line.holds(x)
        standing.append(RuleStanding(line, found, holds, tight and line.kind in {"limit", BUDGET}))
    return tuple(standing)


def compare_values(choice: Choice, deadline: Deadline) -> tuple[Sensitivity, ...]:
    """How far the other definitions of value would choose otherwise."""
    problem, candidates = choice.problem, choice.problem.candidates
    told = []
    for name, worth in candidates.worths.items():
        if name == problem.settings.choice.value or deadline.passed or not (candidates.total * worth).any():
            continue
        model = problem.model.with_value(candidates.total * worth)
        other = solve(model, deadline=deadline, gap=problem.settings.choice.gap, whole=False)
        if other.status == "optimal":
            x = other.x[: problem.model.n]
            both = float(candidates.cost @ np.minimum(x, choice.share))
            same = int(((x >= 0.5) & (choice.share > TOLERANCE)).sum())
            told.append(Sensitivity(name, both / choice.funds if choice.funds else float("nan"), same))
    return tuple(told)


def slide_weights(problem: Problem, weights: Array, *, time_limit_s: float | None = None) -> Array:
    """The funded shares at other weights of the criteria, by the linear relaxation: fast enough for a slider.

    Parameters
    ----------
    weights
        (4,) in the order of ``CRITERIA``, any non-negative numbers with one above 0; normalised here.

    Returns
    -------
    (n,) shares 0-1 of the candidates; at most as many fractions as rules bind. NaN where there is no portfolio.
    """
    parts = np.asarray(weights, np.float64) / np.sum(weights)
    card, candidates = problem.scorecard, problem.candidates
    total = sum((w * card.criteria[name].score for name, w in zip(CRITERIA, parts, strict=True)), np.zeros(1))
    model = problem.model.with_value(align(problem, np.asarray(total)[:, None])[:, 0] * candidates.worth)
    limit = problem.settings.choice.time_limit_s if time_limit_s is None else time_limit_s
    solution = solve(model, deadline=Deadline(limit), gap=problem.settings.choice.gap, whole=False)
    return solution.x[: problem.model.n] if solution.status == "optimal" else np.full(problem.model.n, np.nan)


def align(problem: Problem, totals: Array) -> Array:
    """Rows of the scorecard, (scored, draws), brought to the order of the candidates; 0 for what is not scored."""
    rows = problem.scorecard.index.get_indexer(pd.Index(problem.candidates.ids, dtype=object))
    return np.where((rows >= 0)[:, None], totals[rows], 0.0)
