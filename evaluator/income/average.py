"""Averages of the effects by first year, kind and year: weights, leave-one-out values, influence and support."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluator.income.cells import Cells
from evaluator.income.results import CellEffects

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean of effects (or a difference of two).

    ``value``; ``left`` (C,) without each cluster; ``pull`` gives the ``influence`` (C,) of each cluster, ``None`` when
    the estimator gives none; ``units``, ``clusters``, ``rows`` treated units, clusters and unit-years behind it;
    ``lost`` how many of the effects could not be estimated and are left out; ``weights`` (q,) of the effects.
    """

    value: float
    left: Array
    pull: Callable[[], Array] | None
    units: int = 0
    clusters: int = 0
    rows: int = 0
    lost: int = 0
    weights: Array | None = None

    @property
    def influence(self) -> Array | None:
        """(C,) part of each cluster in the sampling error, worked out when asked for: the jackknife needs none."""
        return None if self.pull is None else self.pull()

    def __sub__(self, other: "Mean") -> "Mean":
        """The difference; the smaller support of the two."""
        return Mean(
            self.value - other.value,
            self.left - other.left,
            _pull_together((self, other), np.array([1.0, -1.0])),
            min(self.units, other.units),
            min(self.clusters, other.clusters),
            min(self.rows, other.rows),
            self.lost + other.lost,
            None if self.weights is None or other.weights is None else self.weights - other.weights,
        )


def average(effects: CellEffects, among: Mask, cells: Cells | None = None) -> Mean:
    """Mean over the observed treated unit-years of some effects.

    Weights without a cluster are those observed without it, so that the jackknife also carries their uncertainty.

    Parameters
    ----------
    among
        (p,) effects to average; those not estimable are left out and counted.
    cells
        For support counts.
    """
    known = among & np.isfinite(effects.theta)
    weight = np.where(known, effects.table["weight"].to_numpy(float), 0.0)
    total = weight.sum()
    nothing = np.full(len(effects.replicate_weight), np.nan)
    lost = int((among & ~known).sum())
    if not total > 0:
        return Mean(np.nan, nothing, None, lost=lost)
    at = np.flatnonzero(known)
    left, left_weight = effects.leaves()
    mass, weighted = np.zeros(len(left)), np.zeros(len(left))
    for one in at:  # one after the other: national panels have many clusters, and nothing large is copied
        mass += left_weight.T[one]
        weighted += left.T[one] * left_weight.T[one]
    with np.errstate(invalid="ignore", divide="ignore"):
        without = np.where(mass > 1e-9 * total, weighted / mass, np.nan)
    value = float(weight[at] @ effects.theta[at] / total)
    units, clusters = (0, 0) if cells is None else count_support(cells, effects, known)
    rows = int(effects.table["rows"].to_numpy()[known].sum())
    pull = None if effects.pull is None else partial(_pull, effects, at, weight, value)
    return Mean(value, without, pull, units, clusters, rows, lost, weight / total)


def _pull(effects: CellEffects, at: NDArray[np.int64], weight: Array, value: float) -> Array:
    """Influence on the mean of the effects ``at``, whose weights may have a sampling error of their own."""
    assert effects.pull is not None
    moved = effects.pull(weight / weight.sum())
    if effects.random_weights:
        own = weight[at] - effects.replicate_weight[:, at]
        moved = moved + own @ (effects.theta[at] - value) / weight.sum()
    return moved


def combine(means: Sequence[Mean], weight: Array, left_weight: Array | None = None) -> Mean:
    """Weighted mean of means; weights (q,), and (C, q) without each cluster where they change with it.

    Support is that of the whole: the largest number of units and clusters, and all rows.
    """
    value, left = stack(means)
    share = weight / weight.sum()
    moving = np.repeat(weight[None], len(left), axis=0) if left_weight is None else left_weight
    known = np.isfinite(left)
    mass = np.where(known, moving, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        without = np.where(mass > 0, (np.where(known, moving, 0.0) * np.nan_to_num(left)).sum(axis=1) / mass, np.nan)
    parts = [mean.weights for mean in means]
    return Mean(
        float(share @ value),
        without,
        _pull_together(means, share),
        max(mean.units for mean in means),
        max(mean.clusters for mean in means),
        sum(mean.rows for mean in means),
        sum(mean.lost for mean in means),
        None if any(p is None for p in parts) else share @ np.array([p for p in parts if p is not None]),
    )


def count_support(cells: Cells, effects: CellEffects, among: Mask) -> tuple[int, int]:
    """Distinct treated units and clusters observed in any of these effects."""
    kinds, _ = cells.kinds()
    if "support" not in effects.kept:
        effects.kept["support"] = _lay_support(cells, effects)
    units, there = effects.kept["support"]
    wanted = np.append(among, False)[effects.column]  # (D, T) of types and years
    met = (wanted.astype(float) @ kinds.T > 0).ravel().astype(float)
    return round(float(units @ met)), int(np.count_nonzero(there @ met))


def _lay_support(cells: Cells, effects: CellEffects) -> tuple[Array, csr_array]:
    """Units of each type and kind of attendance (D · K,), and which of them each cluster has (C, D · K)."""
    kinds, kind = cells.kinds()
    both = effects.of_group[cells.group] * len(kinds) + kind
    count = len(effects.column) * len(kinds)
    place = cells.groups["cluster"].to_numpy(np.int64)[cells.group], both
    units = np.asarray(np.bincount(both, cells.units, count), float)
    return units, csr_array((np.ones(len(both)), place), shape=(cells.n_clusters, count))


def events_of(effects: CellEffects) -> NDArray[np.int64]:
    """Years since the start that have an effect, ascending."""
    return np.unique(effects.table["event"].to_numpy(np.int64))


def stack(means: Sequence[Mean]) -> tuple[Array, Array]:
    """Values (q,) and leave-one-out values (C, q) of several means."""
    values = np.array([mean.value for mean in means])
    left = np.column_stack([mean.left for mean in means])
    return values, left


def stack_influence(means: Sequence[Mean]) -> Array | None:
    """Influence (C, q) of several means, ``None`` where one has none."""
    pulls = [mean.pull for mean in means if mean.pull is not None]
    return np.column_stack([pull() for pull in pulls]) if len(pulls) == len(means) else None


def _pull_together(means: Sequence[Mean], share: Array) -> Callable[[], Array] | None:
    pulls = [mean.pull for mean in means if mean.pull is not None]
    return (lambda: np.column_stack([pull() for pull in pulls]) @ share) if len(pulls) == len(means) else None
