"""What simple habits would fund: down a list from the top while the money lasts, blind to every other rule."""

from dataclasses import dataclass

import numpy as np

from evaluator.choice.chosen import RuleStanding, check_rules
from evaluator.choice.problem import Problem
from evaluator.criteria.score import Array

HABITS = ("ratio", "rank", "listed")
"""By value for each yuan, by total score, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One habit and what it funds.

    Attributes
    ----------
    share
        (n,) 1 for each candidate it funds, in the order of the candidates; never in part.
    value, funds
        Value of what it funds, and its yuan.
    broken
        The lines of rules it breaks.
    """

    habit: str
    share: Array
    value: float
    funds: float
    broken: tuple[RuleStanding, ...]

    @property
    def projects(self) -> int:
        """How many projects it funds."""
        return int(self.share.sum())


def fund_by(problem: Problem, habit: str) -> Baseline:
    """Fund down the list by one habit of ``HABITS``; what no longer fits is passed over."""
    candidates, left = problem.candidates, problem.budget_yuan
    at = candidates.at
    order = {
        "ratio": np.argsort(-candidates.value / np.maximum(candidates.cost, 1e-9), kind="stable"),
        "rank": np.argsort(-candidates.total, kind="stable"),
        "listed": np.array([at[project] for project in candidates.order if project in at], np.intp),
    }[habit]
    share = np.zeros(len(candidates.ids))
    for row in order:
        if candidates.cost[row] <= left:
            share[row] = 1.0
            left -= candidates.cost[row]
    return Baseline(
        habit=habit,
        share=share,
        value=float(candidates.value @ share),
        funds=float(candidates.cost @ share),
        broken=tuple(standing for standing in check_rules(problem, share) if not standing.holds),
    )
