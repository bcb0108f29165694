"""What safety costs: the largest value at each level of risk or of flagged funds, and two portfolios side by side."""

from dataclasses import dataclass

import numpy as np

from evaluator.choice.chosen import Choice, align, as_choice
from evaluator.choice.model import TOLERANCE
from evaluator.choice.problem import Problem
from evaluator.choice.quiet import Deadline
from evaluator.choice.solve import Solution, solve
from evaluator.criteria.score import Array
from evaluator.domain.settings import CRITERIA

MEASURES = ("risk", "flagged")


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One portfolio of a frontier: the largest share allowed, the share it has, and the choice."""

    limit: float
    found: float
    choice: Choice


def risk_of(problem: Problem) -> Array:
    """(n,) probability that a candidate's total falls below grade C over plausible readings, at the stated weights.

    A weighted sum of it is the expected money in projects that turn out weak: it adds up whatever the dependence
    between projects. 0 for what is not scored.
    """
    card = problem.scorecard
    drawn = sum(
        (np.float32(w) * card.criteria[name].draws for name, w in zip(CRITERIA, card.weights, strict=True)),
        np.zeros((1, 1), np.float32),
    )
    below = (np.asarray(drawn) < problem.settings.score.grade_c).mean(axis=1)
    return align(problem, below[:, None])[:, 0]


def flagged_of(problem: Problem) -> Array:
    """(n,) 1 for candidates flagged as short, flat and fast, else 0 (also where it cannot be judged)."""
    level = problem.flags.level.reindex(list(problem.candidates.ids))
    return np.asarray(level == "flag", np.float64)


def trace_frontier(problem: Problem, start: Choice, *, measure: str, time_limit_s: float | None = None,
                   ) -> tuple[FrontierPoint, ...]:  # fmt: skip
    """The largest value where the share of chosen funds at ``measure`` (risk or flagged) may not exceed each limit.

    ε-constraint method from the unrestricted choice ``start`` down to nothing; limits that no portfolio keeps and
    portfolios that are no better than a safer one are left out. Loosest limit first.
    """
    if measure not in MEASURES:
        raise ValueError(measure)
    if not start.found:
        return ()
    settings = problem.settings.choice
    deadline = Deadline(settings.time_limit_s if time_limit_s is None else time_limit_s)
    badness, cost = (risk_of if measure == "risk" else flagged_of)(problem), problem.candidates.cost
    highest = _share(badness * cost, cost, start.share)
    points = [FrontierPoint(highest, highest, start)]
    steps = np.linspace(highest, 0.0, settings.frontier_points)[1:].tolist() if highest > 0 else []
    for left, limit in zip(range(len(steps), 0, -1), steps, strict=True):
        model = problem.model.with_row((badness - limit) * cost, 0.0)
        solution = solve(model, deadline=Deadline(deadline.left / left), gap=settings.gap)
        if not solution.found:
            break  # tighter limits have no portfolio either, or time is out
        points.append(_point(problem, solution, float(limit), badness))
    return _best_of(points)


def _point(problem: Problem, solution: Solution, limit: float, badness: Array) -> FrontierPoint:
    x = solution.x[: problem.model.n]
    found = _share(badness * problem.candidates.cost, problem.candidates.cost, x)
    return FrontierPoint(limit, found, as_choice(problem, solution, x))


def _share(part: Array, whole: Array, x: Array) -> float:
    total = float(whole @ x)
    return float(part @ x) / total if total > 0 else 0.0


def _best_of(points: list[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Without those that a tighter limit equals or beats (possible within the solver's gap), and empty portfolios."""
    kept: list[FrontierPoint] = []
    for point in reversed(points):
        if point.choice.funds > 0 and (not kept or point.choice.value > kept[-1].choice.value * (1 + TOLERANCE)):
            kept.append(point)
    return tuple(reversed(kept))


@dataclass(frozen=True, slots=True)
class Difference:
    """One project that two portfolios fund differently: shares in each, yuan and value gained (+) or given up (−)."""

    project_id: str
    share_a: float
    share_b: float
    funds: float
    value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """From portfolio A to portfolio B: what is given up and what is gained, the largest value first."""

    given_up: tuple[Difference, ...]
    gained: tuple[Difference, ...]
    funds: float
    value: float
    projects: int


def compare_choices(a: Choice, b: Choice) -> Comparison:
    """Two portfolios of one list side by side, both valued as B's problem does."""
    at_a, at_b, candidates = a.problem.candidates.at, b.problem.candidates.at, b.problem.candidates
    rows = []
    for project in sorted({*a.chosen, *b.chosen}):
        side, row = (candidates, at_b[project]) if project in at_b else (a.problem.candidates, at_a[project])
        one = float(a.share[at_a[project]]) if project in at_a else 0.0
        two = float(b.share[at_b[project]]) if project in at_b else 0.0
        if abs(two - one) > TOLERANCE:
            change = two - one
            rows.append(Difference(project, one, two, change * float(side.cost[row]), change * float(side.value[row])))
    return Comparison(
        given_up=tuple(sorted((r for r in rows if r.share_b < r.share_a), key=lambda r: (r.value, r.project_id))),
        gained=tuple(sorted((r for r in rows if r.share_b > r.share_a), key=lambda r: (-r.value, r.project_id))),
        funds=sum(r.funds for r in rows),
        value=sum(r.value for r in rows),
        projects=len(b.chosen) - len(a.chosen),
    )
