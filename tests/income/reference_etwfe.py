"""Extended two-way fixed effects in the plainest form, to check the evaluator's estimators and for large simulations.

Dense matrices, one design column for each cohort × kind × year; nothing is shared with the evaluator but ``Cells``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluator.income.cells import Array, Cells


@dataclass(frozen=True, slots=True)
class Fit:
    """Cell effects ``theta`` (p,) of ``event`` and ``kind`` (p,), their observed unit-years ``weight`` (p,), the same
    with one cluster left out ``replicates``, ``replicate_weight`` (C, p), and the clusters' ``influence`` (C, p)."""

    event: NDArray[np.int64]
    kind: NDArray[np.str_]
    theta: Array
    weight: Array
    replicates: Array
    replicate_weight: Array
    influence: Array

    def mean(self, among: NDArray[np.bool_]) -> tuple[float, Array, Array]:
        """Weighted mean effect among some cells, its leave-one-out values, and the clusters' influence on it."""
        w = self.weight * among
        left = self.replicate_weight * among
        total = left.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            replicates = (left * np.nan_to_num(self.replicates)).sum(axis=1) / total
            return float(w @ self.theta / w.sum()), replicates, self.influence @ w / w.sum()


def fit(cells: Cells, *, trait: str | None = None, leads: bool = False) -> Fit:
    """Effects by cohort, kind (of ``trait``) and year from the start on; with ``leads`` also before the year before."""
    s, u = cells.moments()
    groups, years = cells.groups, cells.years
    start = groups["first_year"].to_numpy(np.int64)
    kind = groups[trait].to_numpy(str) if trait else np.full(len(groups), "")
    on = (start[:, None] > 0) & (years >= start[:, None])
    if leads:
        on |= (start[:, None] > 0) & (years < start[:, None] - 1)
    combination = np.char.add(np.char.add(start.astype(str), "/"), kind)
    names, code = np.unique(combination, return_inverse=True)
    slot = code[:, None] * len(years) + np.arange(len(years))
    used, column = np.unique(slot[on], return_inverse=True)
    x = np.zeros((len(groups), len(years), len(used) + len(years) - 1))
    g, t = np.nonzero(on)
    x[g, t, column] = 1.0
    x[:, np.arange(1, len(years)), len(used) + np.arange(len(years) - 1)] = 1.0
    observed = np.zeros((len(groups), len(years)))
    np.add.at(observed, cells.group, cells.weight[:, None] * cells.attended)
    mass = np.zeros((cells.n_clusters, len(used)))
    np.add.at(mass, (groups["cluster"].to_numpy()[g], column), observed[g, t])
    theta, replicates, influence = solve(x, s, u[:, :, 0], groups["cluster"].to_numpy(np.int64))
    whole = mass.sum(axis=0)
    first = np.array([int(name.split("/")[0]) for name in names])
    p = len(used)
    return Fit(
        event=years[used % len(years)] - first[used // len(years)],
        kind=np.array([name.split("/")[1] for name in names])[used // len(years)],
        theta=theta[:p],
        weight=whole,
        replicates=replicates[:, :p],
        replicate_weight=whole - mass,
        influence=influence[:, :p],
    )


def solve(x: Array, s: Array, u: Array, cluster: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    """Coefficients (p,), those with each cluster left out (C, p) and each cluster's influence (C, p)."""
    count, p = int(cluster.max()) + 1, x.shape[2]
    a, b = np.zeros((count, p, p)), np.zeros((count, p))
    turned = np.swapaxes(x, 1, 2)
    np.add.at(a, cluster, turned @ s @ x)
    np.add.at(b, cluster, (turned @ u[:, :, None])[:, :, 0])
    whole, right = a.sum(axis=0), b.sum(axis=0)
    beta = _solve(whole[None], right[None])[0]
    left = _solve(whole - a, right - b)
    score = b - a @ beta
    return beta, left, np.linalg.solve(_filled(whole[None])[0], score.T).T


def _filled(a: Array) -> Array:
    """Columns with no data get 1 on the diagonal, so that their coefficient is 0; their weight is 0 as well."""
    filled = a.copy()
    index = np.arange(a.shape[1])
    filled[:, index, index] += np.where(a[:, index, index] < 1e-9, 1.0, 0.0)
    return filled


def _solve(a: Array, b: Array) -> Array:
    return np.asarray(np.linalg.solve(_filled(a), b[:, :, None])[:, :, 0])
