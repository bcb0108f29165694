"""Core, borderline, out: how often a project belongs to the best portfolio over plausible weights and facts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluator.choice.chosen import align
from evaluator.choice.problem import Problem
from evaluator.choice.quiet import Deadline
from evaluator.choice.solve import solve
from evaluator.criteria.robustness import share_error
from evaluator.criteria.score import Array
from evaluator.domain.settings import CRITERIA

PLACES = ("core", "borderline", "out")


@dataclass(frozen=True, slots=True)
class CoreIndex:
    """How firmly each candidate belongs to the portfolio.

    Attributes
    ----------
    index
        (n,) mean over the draws of how much of the project the optimum holds (1 from the least share on that may be
        funded), in the order of the candidates.
    error
        (n,) its Monte Carlo standard error.
    place
        Project id to ``core`` (fund), ``borderline`` (spend the meeting here) or ``out`` (drop).
    draws, asked
        Draws used and asked for; fewer only where time ran out. 0: there is no portfolio at all.
    """

    ids: tuple[str, ...]
    index: Array
    error: Array
    place: Mapping[str, str]
    draws: int
    asked: int

    def count(self, place: str) -> int:
        """How many projects have this place."""
        return sum(found == place for found in self.place.values())


def measure_core(problem: Problem, *, time_limit_s: float | None = None) -> CoreIndex:
    """Solve the relaxation for each draw of weights and readings and count how often a project is in it.

    The idea of Robust Portfolio Modeling (Liesiö, Mild & Salo 2007, 2008) by sampling: weights uniform over those the
    committee has not ruled out, missing and ranged facts over their ranges.
    """
    settings, n = problem.settings.choice, problem.model.n
    deadline = Deadline(settings.time_limit_s if time_limit_s is None else time_limit_s)
    totals = drawn_totals(problem)
    held, used, least = np.zeros(n), 0, problem.model.least
    for total in totals.T:
        if deadline.passed:
            break
        model = problem.model.with_value(total * problem.candidates.worth)
        solution = solve(model, deadline=deadline, gap=settings.gap, whole=False)
        if solution.status != "optimal":
            break
        held += np.minimum(solution.x[:n] / least, 1.0)
        used += 1
    index = np.round(held / used, 9) if used else np.full(n, np.nan)
    return CoreIndex(
        ids=problem.candidates.ids,
        index=index,
        error=share_error(index, used) if used else np.full(n, np.nan),
        place=_places(problem, index) if used else {},
        draws=used,
        asked=settings.core_draws,
    )


def drawn_totals(problem: Problem) -> Array:
    """(n, draws) totals of the candidates, each draw with its own weights and readings of the facts."""
    card = problem.scorecard
    count = min(problem.settings.choice.core_draws, card.draws)
    weights = card.space.draw(count, "choice")
    total = np.zeros((len(card.index), count))
    for k, name in enumerate(CRITERIA):
        total += card.criteria[name].draws[:, :count] * weights[:, k]
    return align(problem, total)


def _places(problem: Problem, index: Array) -> dict[str, str]:
    s = problem.settings.choice
    place = np.select([index >= s.core_from, index <= s.out_to], ["core", "out"], "borderline")
    return {project: str(found) for project, found in zip(problem.candidates.ids, place, strict=True)}
