"""One solve with scipy's HiGHS: silent, within its time, with the gap to the best possible certified."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluator.choice.model import TOLERANCE, Model
from evaluator.choice.narrow import LARGE, open_fewest, open_unproven, relax_whole
from evaluator.choice.quiet import Deadline, keep_quiet
from evaluator.criteria.score import Array

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

TIME_KEPT = 0.93
"""Share of the time left that the solver is given: it looks at its clock between steps only."""
LEAST_SECONDS = 0.005
FIRST = 0.4
"""Share of the time left that the first, narrow search may take."""
_INFEASIBLE, _OPTIMAL = 2, 0


@dataclass(frozen=True, slots=True)
class Solution:
    """What a solve found.

    Attributes
    ----------
    status
        ``optimal`` (within the gap asked for), ``feasible`` (time ran out), ``infeasible``, or ``unknown`` (time ran
        out before any portfolio was found).
    x
        (variables,) the portfolio and its switches; empty when there is none.
    value, bound
        Its value, and what no portfolio can exceed.
    """

    status: str
    x: Array
    value: float
    bound: float

    @property
    def found(self) -> bool:
        """Whether there is a portfolio."""
        return bool(len(self.x))

    @property
    def gap(self) -> float:
        """By how much, as a share of its value, a better portfolio could at most exceed this one."""
        if not self.found:
            return float("nan")
        over = max(0.0, self.bound - self.value)
        return over / abs(self.value) if self.value else float("inf") if over else 0.0


NOTHING = np.zeros(0)


def solve(model: Model, *, deadline: Deadline, gap: float, whole: bool = True) -> Solution:
    """The best portfolio of a model; with ``whole`` False its linear relaxation (shares of projects allowed).

    The portfolio returned satisfies every line exactly, not only within the solver's tolerance.
    """
    if not model.n:
        return _empty(model)
    solution = _solve_once(model, deadline, gap, whole)
    if not whole:
        return solution
    for _ in range(3):  # the solver's tolerance may let a bound be passed by a millionth: cut just that off
        rows = _broken_rows(model, solution) if solution.found else NOTHING.astype(np.intp)
        if not len(rows) or deadline.passed:
            break
        again = _solve_once(_tighten(model, rows), deadline, gap, whole)
        if not again.found:
            break
        solution = replace(again, bound=max(again.bound, solution.bound))
    return _settle_ties(model, _fill(model, solution)) if solution.found else solution


def _empty(model: Model) -> Solution:
    """With nothing to choose from, nothing is chosen if the rules allow that."""
    allowed = bool(np.all(model.lower <= 0) and np.all(model.upper >= 0))
    return Solution("optimal" if allowed else "infeasible", NOTHING, 0.0, 0.0)


def _solve_once(model: Model, deadline: Deadline, gap: float, whole: bool) -> Solution:
    high = np.ones(len(model.value)) if whole else _within_reach(model)
    if whole and len(model.value) >= LARGE:
        return _solve_large(model, deadline, gap)
    return _search(model, (np.zeros(len(high)), high), deadline, gap, whole)


def _solve_large(model: Model, deadline: Deadline, gap: float) -> Solution:
    """A first search over the few projects the relaxation leaves doubtful; all that it cannot rule out only if needed.

    Where the first portfolio is near enough to what the relaxation says no portfolio can exceed, that is the answer.
    Otherwise reduced costs fix what every better portfolio must have (Dantzig, Fulkerson & Johnson 1954).
    """
    relaxed = relax_whole(model, _within_reach(model), seconds=_seconds(deadline))
    everything = np.zeros(len(model.value)), np.ones(len(model.value))
    if relaxed is None:
        return _search(model, everything, deadline, gap, True)
    first = _search(model, open_fewest(model, relaxed), Deadline(FIRST * deadline.left), 0.9 * gap, True)
    if not first.found:
        return _search(model, everything, deadline, gap, True)
    first = replace(first, bound=max(first.value, relaxed.value))
    if first.gap <= gap:
        return replace(first, status="optimal")
    bounds = open_unproven(model, relaxed, first.value)
    second = _search(model, bounds, deadline, gap, True)
    if not second.found:
        return replace(first, status="feasible")
    best = second if second.value >= first.value else first
    best = replace(best, bound=max(best.value, min(second.bound, relaxed.value)))
    return replace(best, status="optimal" if best.gap <= gap else second.status)


def _seconds(deadline: Deadline) -> float:
    return max(LEAST_SECONDS, TIME_KEPT * deadline.left - 0.01)


def _search(model: Model, bounds: tuple[Array, Array], deadline: Deadline, gap: float, whole: bool) -> Solution:
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - 10 MB, loaded with the first choice

    limits = LinearConstraint(model.matrix, model.lower, model.upper) if model.matrix.shape[0] else None
    scale = float(np.abs(model.value).max(initial=0.0)) or 1.0
    with keep_quiet():
        answer = milp(
            -model.value / scale,
            integrality=model.integrality if whole else np.zeros_like(model.integrality),
            bounds=Bounds(*bounds),
            constraints=limits,
            options={"time_limit": _seconds(deadline), "mip_rel_gap": gap, "presolve": whole, "disp": False},
        )
    return _read_answer(answer, model, whole, scale)


def _within_reach(model: Model) -> Array:
    """Upper bounds of the relaxation: 0 for a project that on its own is over a cap, so that no part of it is taken.

    The search over whole projects finds that by itself.
    """
    high = np.ones(len(model.value))
    if not model.matrix.shape[0]:
        return high
    caps = np.flatnonzero(np.isfinite(model.upper) & (model.matrix.min(axis=1).toarray().ravel() >= 0))
    part = model.matrix[caps].tocoo()
    least = np.concatenate([model.least, np.ones(len(high) - model.n)])
    over = part.data * least[part.col] > model.upper[caps][part.row] * (1 + TOLERANCE) + TOLERANCE
    high[part.col[over]] = 0.0
    return high


def _read_answer(answer: "OptimizeResult", model: Model, whole: bool, scale: float) -> Solution:
    if answer.x is None:
        status = "infeasible" if answer.status == _INFEASIBLE else "unknown"
        return Solution(status, NOTHING, float("nan"), float("nan"))
    x = np.clip(np.asarray(answer.x, np.float64), 0.0, 1.0)
    if whole:
        x = np.where(model.integrality == 1, np.round(x), np.where(x < TOLERANCE, 0.0, x))
    value = float(model.value @ x)
    bound = -float(answer.mip_dual_bound) * scale if whole and answer.mip_dual_bound is not None else value
    return Solution("optimal" if answer.status == _OPTIMAL else "feasible", x, value, max(value, bound))


def _broken_rows(model: Model, solution: Solution) -> NDArray[np.intp]:
    """Rows that the rounded portfolio breaks by more than rounding of sums explains."""
    activity = model.matrix @ solution.x
    size = abs(model.matrix) @ np.abs(solution.x)
    slack = 1e-9 * np.maximum(size, 1.0)
    return np.flatnonzero((activity > model.upper + slack) | (activity < model.lower - slack))


def _tighten(model: Model, rows: NDArray[np.intp]) -> Model:
    by = np.zeros(len(model.rule))
    by[rows] = 2e-6
    return replace(model, lower=model.lower + by, upper=model.upper - by)


def _fill(model: Model, solution: Solution) -> Solution:
    """With every project added that still fits: the search may end before, within the gap it was allowed."""
    x, columns = solution.x.copy(), model.matrix.tocsc()
    activity, value = model.matrix @ x, solution.value
    for j in np.argsort(-model.value, kind="stable"):
        if model.value[j] <= 0:
            break
        if x[j] or model.integrality[j] != 1:
            continue
        part = slice(columns.indptr[j], columns.indptr[j + 1])
        rows, weights = columns.indices[part], columns.data[part]
        new = activity[rows] + weights
        if np.all((new <= model.upper[rows]) & (new >= model.lower[rows])):
            x[j], value = 1.0, value + float(model.value[j])
            activity[rows] = new
    return replace(solution, x=x, value=value, bound=max(solution.bound, value))


def _settle_ties(model: Model, solution: Solution) -> Solution:
    """Among projects alike in value and in every row, those with the smaller ids are taken."""
    whole = np.flatnonzero(model.integrality[: model.n] == 1)
    if len(whole) < 2:
        return solution
    columns = model.matrix.tocsc()
    alike: dict[tuple[bytes, bytes, float], list[int]] = {}
    for j in whole:
        part = slice(columns.indptr[j], columns.indptr[j + 1])
        key = columns.indices[part].tobytes(), columns.data[part].tobytes(), float(model.value[j])
        alike.setdefault(key, []).append(int(j))
    x = solution.x.copy()
    for places in alike.values():
        if len(places) > 1:
            x[places] = np.sort(x[places])[::-1]
    return replace(solution, x=x)


def solve_arrays(
    value: Sequence[float] | Array,
    weights: Sequence[Sequence[float]] | Array,
    capacities: Sequence[float] | Array,
    *,
    time_limit_s: float = 5.0,
    gap: float = 0.0,
) -> Solution:
    """The multidimensional knapsack on plain arrays: maximise ``value``·x, ``weights`` x ≤ ``capacities``, x 0 or 1.

    Parameters
    ----------
    value
        (n,) worth of each item.
    weights, capacities
        (m, n) what each item takes of each resource, and (m,) what there is of it.

    Raises
    ------
    ValueError
        For shapes that do not fit or numbers that are not finite.
    """
    worth, taken, there = (np.asarray(a, np.float64) for a in (value, weights, capacities))
    fits = worth.ndim == there.ndim == 1 and taken.shape == (len(there), len(worth))
    if not (fits and all(np.isfinite(a).all() for a in (worth, taken, there))):
        raise ValueError("finite value (n,), weights (m, n) and capacities (m,) are needed")
    scale = np.maximum(np.abs(taken).max(axis=1, initial=0.0), 1e-300)
    model = Model(
        n=len(worth),
        value=worth,
        matrix=csr_array(taken / scale[:, None]),
        lower=np.full(len(there), -np.inf),
        upper=there / scale,
        rule=np.arange(len(there), dtype=np.intp),
        integrality=np.ones(len(worth), np.int8),
        lines=(),
        names=tuple(("capacity", str(k)) for k in range(len(there))),
        least=np.ones(len(worth)),
        per_budget=np.zeros(len(there)),
    )
    return solve(model, deadline=Deadline(time_limit_s), gap=gap)
