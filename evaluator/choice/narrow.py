"""A large search made small: projects whose place the relaxation settles are fixed, for good where that is proven."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from evaluator.choice.model import Model
from evaluator.choice.quiet import keep_quiet
from evaluator.criteria.score import Array

LARGE = 150
"""Variables from which on the search is narrowed first."""
OPEN = 100
"""Variables left open in the first search: those whose reduced cost says least."""
_OPTIMAL = 0


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation with what each variable is worth beside it.

    Attributes
    ----------
    x
        (variables,) its optimum, shares 0-1.
    value
        What no portfolio can exceed.
    loss
        (variables,) by how much at least the value falls below that when a variable leaves its bound (reduced cost).
    """

    x: Array
    value: float
    loss: Array

    @property
    def settled(self) -> Array:
        """(variables,) 0 or 1 as the relaxation has it, NaN where it takes a part."""
        whole = np.round(self.x)
        return np.where(np.abs(self.x - whole) <= 1e-9, whole, np.nan)


def relax_whole(model: Model, high: Array, seconds: float) -> Relaxed | None:
    """The relaxation with its reduced costs; ``high`` (variables,) are its upper bounds; ``None`` where it has none."""
    from scipy.optimize import linprog  # noqa: PLC0415 - 10 MB, loaded with the first choice

    up, low = np.isfinite(model.upper), np.isfinite(model.lower)
    scale = float(np.abs(model.value).max(initial=0.0)) or 1.0
    # the stubs know neither sparse rows nor bounds as an array
    rows: Any = csr_array(vstack([model.matrix[up], -model.matrix[low]]))
    bounds: Any = np.column_stack([np.zeros(len(high)), high])
    with keep_quiet():
        answer = linprog(
            -model.value / scale,
            A_ub=rows,
            b_ub=np.concatenate([model.upper[up], -model.lower[low]]),
            bounds=bounds,
            method="highs-ds",
            options={"presolve": False, "time_limit": seconds},
        )
    if answer.status != _OPTIMAL or answer.x is None or answer.fun is None:
        return None
    loss = np.abs(answer.lower.marginals + answer.upper.marginals) * scale
    return Relaxed(np.clip(answer.x, 0.0, high), -float(answer.fun) * scale, loss)


def open_fewest(model: Model, relaxed: Relaxed) -> tuple[Array, Array]:
    """Bounds that leave open the ``OPEN`` variables the relaxation says least of, and all that may take parts."""
    rest = np.argsort(relaxed.loss, kind="stable")[OPEN:]
    fixed = np.zeros(len(relaxed.x), bool)
    fixed[rest] = True
    return _bounds(model, relaxed, fixed)


def open_unproven(model: Model, relaxed: Relaxed, best: float) -> tuple[Array, Array]:
    """Bounds that fix only what every portfolio better than ``best`` has as the relaxation has it."""
    return _bounds(model, relaxed, relaxed.loss > (relaxed.value - best) * (1 + 1e-6) + 1e-9 * abs(best))


def _bounds(model: Model, relaxed: Relaxed, fixed: NDArray[np.bool_]) -> tuple[Array, Array]:
    settled = relaxed.settled
    fixed = fixed & ~np.isnan(settled) & (model.integrality == 1)
    low, high = np.zeros(len(settled)), np.ones(len(settled))
    low[fixed] = high[fixed] = settled[fixed]
    return low, high
