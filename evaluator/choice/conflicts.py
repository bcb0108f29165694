"""Why no portfolio satisfies the rules: which of them conflict, and how little each would have to give way."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from evaluator.choice.model import BUDGET, HARD, Line, Model
from evaluator.choice.quiet import Deadline
from evaluator.choice.solve import Solution, solve
from evaluator.criteria.score import Array

SHARE_STEPS = 6
"""Rounds of Dinkelbach's method for the smallest change of a share."""
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One line that gives way: its bound as stated, and the value that would do. ``side``: at_least or at_most."""

    line: Line
    side: str
    stated: float
    needed: float

    @property
    def size(self) -> float:
        """The change as a share of the bound; endless for a bound of 0."""
        return abs(self.needed - self.stated) / abs(self.stated) if self.stated else float("inf")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why there is no portfolio.

    Attributes
    ----------
    rules
        (kind, name) of rules that cannot all hold; without any one of them the rest could (if ``irreducible``).
    single
        For each numeric rule that suffices alone: the relaxations that make the whole feasible. It is one of ``rules``,
        or the budget where one of them is a share of it.
    together
        The smallest joint relaxation of budget and limits (least sum of relative changes); empty where the others
        conflict on their own.
    irreducible
        False where time ran out before every rule was tried.
    """

    rules: tuple[tuple[str, str], ...]
    single: tuple[tuple[Relaxation, ...], ...]
    together: tuple[Relaxation, ...]
    irreducible: bool

    @property
    def smallest(self) -> tuple[Relaxation, ...]:
        """Of the relaxations that suffice alone, the one that changes its bounds least, as a share of them."""
        return min(self.single, key=lambda changed: sum(one.size for one in changed), default=())


def explain_conflict(model: Model, *, deadline: Deadline) -> Conflict:
    """Find an irreducible set of conflicting rules and the smallest relaxations, within the time left.

    Deletion filter (Chinneck 2008): a rule is dropped for good where the rest stays infeasible; first on the linear
    relaxation, then, on what is left, with whole projects. Relaxations are elastic programs: slack at a price.
    """
    total = deadline.left
    found, sure = _filter(model, Deadline(0.5 * total))
    joint = relax(model, _soft_rules(model, range(len(model.names))), deadline=Deadline(0.25 * total))
    single = []
    for rule in _single_rules(model, found):
        if deadline.left < 0.02 * total:
            break
        alone = relax(model, [rule], deadline=Deadline(min(deadline.left, 0.1 * total)))
        if alone:
            single.append(alone)
    return Conflict(tuple(model.names[rule] for rule in found), tuple(single), joint, sure)


def _soft_rules(model: Model, rules: range | list[int]) -> list[int]:
    return [rule for rule in rules if model.names[rule][0] not in HARD]


def _single_rules(model: Model, found: list[int]) -> list[int]:
    """Rules that may suffice alone: those that conflict, and the budget where one of them is a share of it."""
    own = next(rule for rule, (kind, _) in enumerate(model.names) if kind == BUDGET)
    moved = any(line.of == "budget" and line.rule in found for line in model.lines)
    return _soft_rules(model, sorted({*found, own}) if moved else found)


def _without_value(model: Model) -> Model:
    return replace(model, value=np.zeros_like(model.value))


def _filter(model: Model, deadline: Deadline) -> tuple[list[int], bool]:
    """Rules that conflict, and whether leaving out any one of them was shown to end the conflict."""
    kept, bare = list(range(len(model.names))), _without_value(model)
    whole_needed = solve(bare, deadline=deadline, gap=1.0, whole=False).status != "infeasible"
    for whole in (False, True):
        if whole_needed and not whole:
            continue
        kept = _drop_by_halves(bare, kept, whole, deadline)
    sure = not deadline.passed
    return kept, sure


def _drop_by_halves(model: Model, kept: list[int], whole: bool, deadline: Deadline) -> list[int]:
    """Drop rules, many at a time while that works, as long as the rest is infeasible."""
    size = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept) and not deadline.passed:
            rest = kept[:at] + kept[at + size :]
            if _infeasible(model.keep_rules(rest), whole, deadline):
                kept = rest
            else:
                at += size
        if size == 1 or deadline.passed:
            return kept
        size = max(1, size // 2)


def _infeasible(model: Model, whole: bool, deadline: Deadline) -> bool:
    """Shown to have no portfolio; where the time did not suffice to show it, the rule stays."""
    return solve(model, deadline=deadline, gap=1.0, whole=whole).status == "infeasible"


def relax(model: Model, rules: list[int], *, deadline: Deadline) -> tuple[Relaxation, ...]:
    """The smallest relaxation of these rules that makes the whole feasible; empty where none does.

    Slack is measured against the size of its bound, so that a budget and a number of projects can be weighed.
    """
    lines = [line for line in model.lines if line.rule in set(rules)]
    if not lines:
        return ()
    solution = solve(_elastic(model, rules), deadline=deadline, gap=_LEAST)
    if not solution.found:
        return ()
    x = solution.x[: model.n]
    if len(rules) == 1 and len(lines) == 1 and lines[0].base is not None:
        x = _smallest_share(model, lines[0], x, deadline)
    return tuple(_given_way(lines, x, _needed_budget(model, rules, x)))


def _needed_budget(model: Model, rules: list[int], x: Array) -> float:
    """The budget that a portfolio needs where the budget may give way: for itself and for caps that are shares of it.

    NaN where the budget stays.
    """
    own = next(line for line in model.lines if line.kind == BUDGET)
    if own.rule not in rules:
        return float("nan")
    caps = [
        float(line.numerator @ x) / line.at_most
        for line in model.lines
        if line.of == "budget" and line.at_most and line.rule not in rules
    ]
    return max([own.found(x), own.at_most or 0.0, *caps])


def _given_way(lines: list[Line], x: Array, budget: float) -> list[Relaxation]:
    given = []
    for line in lines:
        found = line.found(x)
        if not np.isnan(budget):
            found = (
                budget if line.kind == BUDGET else float(line.numerator @ x) / budget if line.of == "budget" else found
            )
        for side, bound, wrong in (("at_most", line.at_most, 1), ("at_least", line.at_least, -1)):
            if bound is not None and wrong * (found - bound) > _LEAST * max(abs(bound), _LEAST):
                given.append(Relaxation(line, side, bound, found))
    return given


def _elastic(model: Model, rules: list[int]) -> Model:
    """The model with a slack for each row of these rules and the least slack as its aim.

    The slack of the budget is more money: it moves the limits that are shares of the budget too.
    """
    rows = np.flatnonzero(np.isin(model.rule, rules))
    size = _row_sizes(model, rows)
    budgets = np.flatnonzero([model.names[rule][0] == BUDGET for rule in model.rule[rows]])
    size[budgets] = np.maximum(size[budgets], model.per_budget[rows[budgets]] * _largest_budget(model))
    count, width = len(rows), len(model.value)
    pull = np.where(np.isfinite(model.upper[rows]), -1.0, 1.0) * size
    # slacks live in 0..1 like all variables: ``size`` is as far as a row can possibly be off
    slack = csr_array((pull, (rows, np.arange(count))), shape=(model.matrix.shape[0], count)).tolil()
    for column in budgets:
        slack[:, [column]] = -(model.per_budget * size[column] / model.per_budget[rows[column]])[:, None]
    bound = np.where(np.isfinite(model.upper[rows]), model.upper[rows], model.lower[rows])
    price = size / np.maximum(np.abs(bound), _reference(model, rows))
    return replace(
        model,
        value=np.concatenate([np.zeros(width), -price]),
        matrix=csr_array(hstack([model.matrix, slack])),
        integrality=np.concatenate([model.integrality, np.zeros(count, np.int8)]),
    )


def _row_sizes(model: Model, rows: NDArray[np.intp]) -> Array:
    part = abs(model.matrix[rows])
    bound = np.where(np.isfinite(model.upper[rows]), model.upper[rows], model.lower[rows])
    return np.asarray(np.asarray(part.sum(axis=1)).ravel() + np.abs(bound) + 1.0, np.float64)


def _largest_budget(model: Model) -> float:
    """The budget from which on no cap that is a share of it can bind, yuan."""
    caps = np.flatnonzero(np.isfinite(model.upper) & (model.per_budget > 0))
    most = np.asarray(abs(model.matrix[caps]).sum(axis=1)).ravel()
    return float((most / model.per_budget[caps]).max(initial=0.0))


def _reference(model: Model, rows: NDArray[np.intp]) -> Array:
    """What a slack is weighed against where the bound itself is 0 (shares): a tenth of all the row counts."""
    return np.asarray(np.maximum(0.1 * np.asarray(abs(model.matrix[rows]).sum(axis=1)).ravel(), 1e-9), np.float64)


def _smallest_share(model: Model, line: Line, x: Array, deadline: Deadline) -> Array:
    """Dinkelbach's method: the portfolio whose share is nearest to what was asked, other rules kept."""
    others = model.keep_rules([rule for rule in range(len(model.names)) if rule != line.rule])
    sign = 1.0 if line.at_most is not None and line.found(x) > line.at_most else -1.0
    for _ in range(SHARE_STEPS):
        share = line.found(x)
        aim = np.zeros(len(model.value))
        if line.base is None or deadline.passed or not np.isfinite(share):
            break
        aim[: model.n] = -sign * (line.numerator - share * line.base)
        better: Solution = solve(replace(others, value=aim), deadline=deadline, gap=_LEAST)
        new = better.x[: model.n] if better.found else x
        if not np.isfinite(line.found(new)) or sign * (share - line.found(new)) <= _LEAST:
            break
        x = new
    return x
