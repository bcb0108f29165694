"""What more budget would buy, what each rule costs, and the quick answer of a budget slider: linear relaxations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.choice.building import build_model
from evaluator.choice.chosen import Choice
from evaluator.choice.model import BUDGET, Model
from evaluator.choice.problem import Problem
from evaluator.choice.quiet import Deadline
from evaluator.choice.solve import solve
from evaluator.criteria.score import Array

STEPS = (0.1, -0.1)
"""Budgets told beside the one given, as a change of it."""
LEAST_PRICE = 1e-6
NEXT = 0.01
"""The part of the budget over which the value of further money is measured."""


@dataclass(frozen=True, slots=True)
class BudgetPrice:
    """The shadow price of the budget.

    Attributes
    ----------
    per_yuan
        Value added by a further yuan, over the next hundredth of the budget. With value ``score_funds`` a hundred
        times it is the total (0-100) of the projects that further money would reach.
    value
        Largest value at the budget when projects may be split: what no portfolio can exceed.
    changes
        (change of the budget as a share, change of that value) for ``STEPS``.
    """

    per_yuan: float
    value: float
    changes: tuple[tuple[float, float], ...]


def price_budget(problem: Problem, *, time_limit_s: float | None = None) -> BudgetPrice | None:
    """What a little more or less budget is worth; ``None`` where no portfolio exists or time ran out.

    A rule measured in shares of the budget moves with it, and a project that is larger than the budget comes into
    reach when the budget grows.
    """
    deadline = _deadline(problem, time_limit_s)
    value = _largest(problem.model, problem, deadline)
    steps = [_largest(_model_at(problem, (1 + step) * problem.budget_yuan), problem, deadline) for step in (NEXT, *STEPS)]  # fmt: skip # noqa: E501
    if np.isnan([value, steps[0]]).any():
        return None
    changes = tuple((step, found - value) for step, found in zip(STEPS, steps[1:], strict=True) if not np.isnan(found))
    return BudgetPrice(per_yuan=max(0.0, steps[0] - value) / (NEXT * problem.budget_yuan), value=value, changes=changes)


def price_rules(choice: Choice, *, time_limit_s: float | None = None) -> dict[tuple[str, str], float]:
    """For each rule that costs value, (kind, name) to the value that could be gained if it fell, the others kept.

    By the relaxation, the dearest first. The budget is not among them (see ``price_budget``).
    """
    problem, deadline = choice.problem, _deadline(choice.problem, time_limit_s)
    names = problem.model.names
    value, prices = _largest(problem.model, problem, deadline), {}
    for rule, key in enumerate(names):
        if key[0] == BUDGET:
            continue
        without = _largest(problem.model.keep_rules([k for k in range(len(names)) if k != rule]), problem, deadline)
        if without - value > LEAST_PRICE * value:
            prices[key] = without - value
    return dict(sorted(prices.items(), key=lambda one: -one[1]))


def slide_budget(problem: Problem, budget_yuan: float, *, time_limit_s: float | None = None) -> Array:
    """The funded shares (n,) at another budget, by the linear relaxation; NaN where there is no portfolio."""
    model = _model_at(problem, budget_yuan)
    solution = solve(model, deadline=_deadline(problem, time_limit_s), gap=problem.settings.choice.gap, whole=False)
    return solution.x[: model.n] if solution.status == "optimal" else np.full(model.n, np.nan)


def trace_budget(problem: Problem, budgets: Sequence[float], *, time_limit_s: float | None = None) -> Array:
    """The largest value at each budget (yuan) by the relaxation, for a curve; NaN where there is no portfolio."""
    deadline = _deadline(problem, time_limit_s)
    return np.array([_largest(_model_at(problem, budget), problem, deadline) for budget in budgets], np.float64)


def _deadline(problem: Problem, time_limit_s: float | None) -> Deadline:
    return Deadline(problem.settings.choice.time_limit_s if time_limit_s is None else time_limit_s)


def _model_at(problem: Problem, budget_yuan: float) -> Model:
    return build_model(problem.candidates, problem.rules, budget_yuan=budget_yuan)


def _largest(model: Model, problem: Problem, deadline: Deadline) -> float:
    if deadline.passed:
        return float("nan")
    solution = solve(model, deadline=deadline, gap=problem.settings.choice.gap, whole=False)
    return solution.value if solution.status == "optimal" else float("nan")
