"""Normal equations of a panel by project: what each needs of its own, and what it takes from the year effects."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Array, Cells

Index = NDArray[np.int64]
SINGULAR = 1e-9


@dataclass(frozen=True, slots=True)
class Moments:
    """Normal equations of G groups over T years and k covariates: ``s`` (G, T+k, T+k) and ``u`` (G, T+k).

    ``noise`` (G, T, T) is the covariance of ``u`` when units' errors are independent with variance 1.
    """

    s: Array
    u: Array
    noise: Array

    def kept(self, groups: NDArray[np.bool_]) -> "Moments":
        """The same with other groups at 0."""
        return Moments(*(part * groups.reshape(-1, *[1] * (part.ndim - 1)) for part in (self.s, self.u, self.noise)))


@dataclass(frozen=True, slots=True)
class Parts:
    """What n projects (or pairs of project and cluster) need: ``a`` (n, E, E), ``b`` (n, E, T+k), ``c`` (n, E)."""

    a: Array
    b: Array
    c: Array

    def __sub__(self, other: "Parts") -> "Parts":
        return Parts(self.a - other.a, self.b - other.b, self.c - other.c)

    def take(self, index: Index | NDArray[np.bool_]) -> "Parts":
        """Some of the rows."""
        return Parts(self.a[index], self.b[index], self.c[index])

    def inverse(self) -> Array:
        """(n, E, E) inverse of ``a``; rows and columns without data, and directions without, at 0."""
        return np.asarray(np.linalg.pinv(self.a, rcond=SINGULAR, hermitian=True))

    def solvable(self) -> NDArray[np.bool_]:
        """(n,) whether every event year with data is told apart from the years before the start."""
        seen = self.seen()
        return np.asarray(np.linalg.matrix_rank(self.a, tol=None, hermitian=True) == seen.sum(axis=1)) & seen.any(1)

    def seen(self) -> NDArray[np.bool_]:
        """(n, E) whether there are data."""
        return np.asarray(np.einsum("nee->ne", self.a) > SINGULAR)


def sum_by(index: Index, values: Array, count: int) -> Array:
    """(count, …) sums of the rows of ``values`` that share an index; 0 for an index that none has."""
    total = np.zeros((count, *values.shape[1:]))
    if len(index):
        order = np.argsort(index, kind="stable")
        ordered = index[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        total[ordered[starts]] = np.add.reduceat(values[order], starts, axis=0)
    return total


def gather(cells: Cells, *, attended: NDArray[np.bool_] | None = None) -> Moments:
    """Normal equations with unit effects, from all attended unit-years or from some of them."""
    present = (cells.attended if attended is None else attended).astype(float)
    t, count = len(cells.years), np.maximum(present.sum(axis=1), 1)
    g, n = cells.group, len(cells.groups)
    sweep = present[:, :, None] * (np.eye(t) - (present / count[:, None])[:, None, :])
    sums = cells.sums * present[:, :, None]
    within = sums - present[:, :, None] * (sums.sum(axis=1) / count[:, None])[:, None, :]
    u = sum_by(g, within, n)
    k = u.shape[2] - 1
    s = np.zeros((n, t + k, t + k))
    s[:, :t, :t] = sum_by(g, cells.weight[:, None, None] * sweep, n)
    s[:, :t, t:] = u[:, :, 1:]
    s[:, t:, :t] = np.swapaxes(u[:, :, 1:], 1, 2)
    s[:, t:, t:] = cells.cross[:, 1:, 1:]
    squared = cells.weight**2 / np.maximum(cells.units, 1)
    return Moments(
        s=s,
        u=np.concatenate([u[:, :, 0], cells.cross[:, 1:, 0]], axis=1),
        noise=sum_by(g, squared[:, None, None] * sweep, n),
    )


def in_years(cells: Cells, years: NDArray[np.bool_]) -> Cells:
    """The cells of some years only; sums of squares stay those of all years."""
    return replace(
        cells,
        years=cells.years[years],
        attended=cells.attended[:, years],
        sums=cells.sums[:, years],
    )


def until(cells: Cells, year: int) -> Cells:
    """The cells as they stood at the end of a past year: later years are gone, later starts have not happened."""
    cut = in_years(cells, cells.years <= year)
    start = cells.groups["first_year"]
    return replace(cut, groups=cells.groups.assign(first_year=start.where(start <= year, 0)))


def untreated(cells: Cells) -> NDArray[np.bool_]:
    """(P, T) attended unit-years without a project, or before it."""
    start = cells.groups["first_year"].to_numpy(np.int64)[cells.group]
    before = (start[:, None] == 0) | (cells.years < start[:, None])
    return np.asarray(cells.attended & before)


def untreated_clusters(cells: Cells) -> Index:
    """(T,) clusters with units observed without a project."""
    cluster = cells.groups["cluster"].to_numpy(np.int64)[cells.group]
    seen = sum_by(cluster, (untreated(cells) & (cells.units > 0)[:, None]).astype(float), cells.n_clusters) > 0
    return np.asarray(seen.sum(axis=0), np.int64)


def name_projects(groups: pd.DataFrame, column: str) -> tuple[Index, NDArray[np.str_]]:
    """Project of each group (−1 without one) and the projects' names, sorted; unnamed projects are their clusters."""
    treated = groups["first_year"].to_numpy(np.int64) > 0
    names = groups["cluster_id"].astype(str)
    if column in groups:
        given = groups[column]
        blank = given.isna() | (given.astype(str).str.strip() == "")
        names = names.where(blank, given.astype(str))
    found, code = np.unique(names[treated].to_numpy(str), return_inverse=True)
    whole = np.full(len(groups), -1, np.int64)
    whole[treated] = code
    return whole, found


def event_places(cells: Cells) -> Index:
    """(G, E) place among the years of each year since a group's start; −1 where the panel has no such year."""
    start = cells.groups["first_year"].to_numpy(np.int64)
    treated = start > 0
    most = int((cells.years[-1] - start[treated]).max()) + 1 if treated.any() else 0
    year = start[:, None] + np.arange(max(most, 0))
    place = np.searchsorted(cells.years, year)
    there = treated[:, None] & (cells.years[np.minimum(place, len(cells.years) - 1)] == year)
    return np.where(there, place, -1)


def part_by(moments: Moments, place: Index, index: Index, count: int) -> Parts:
    """Sum the groups of each project (``index`` ≥ 0) in years since the start."""
    own = np.flatnonzero(index >= 0)
    at, there = np.maximum(place[own], 0), place[own] >= 0
    row = own[:, None]
    b = moments.s[row, at] * there[:, :, None]
    a = np.take_along_axis(b, np.broadcast_to(at[:, None, :], (*at.shape, at.shape[1])), axis=2) * there[:, None, :]
    c = moments.u[row, at] * there
    return Parts(*(sum_by(index[own], part, count) for part in (a, b, c)))
