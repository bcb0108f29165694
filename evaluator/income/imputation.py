"""Imputation: what treated units would have earned, from unit and year effects of the untreated unit-years alone.

The effect of a treated unit-year is ``y_it − unit_i − year_t``; units without an untreated year are left out. On a
balanced panel without covariates this is extended two-way fixed effects to the last digit.

Source: Borusyak, Jaravel and Spiess (2024), "Revisiting event-study designs", Review of Economic Studies 91(6).
Influence (for cluster-robust errors) compares each effect with the mean of its first year, kind and year, as they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.cells import Cells
from evaluator.income.design import Design, lay_design, read_kinds
from evaluator.income.etwfe import kinds_of, scale_numbers
from evaluator.income.normal import LOADING, Solution, gather, solve
from evaluator.income.results import CellEffects

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def fit_imputation(
    cells: Cells,
    *,
    trait: str | None = None,
    strata: Sequence[str] = (),
    baseline: Sequence[str] = (),
    untreated: Cells | None = None,
) -> CellEffects:
    """Effects by first year, kind and year, and again without each cluster.

    Parameters
    ----------
    baseline
        Numeric columns constant within a unit, each with a slope in every year.
    untreated
        Cells of the untreated rows alone; needed when there are continuous covariates.
    """
    groups = cells.groups
    start = groups["first_year"].to_numpy(np.int64)
    values = [read_kinds(groups[s]) for s in strata]
    design = lay_design(cells.years, start, kinds_of(cells, trait), strata=values)
    q = design.n_effects
    waves = Design(design.x[:, :, q:], design.of_group, design.table.iloc[:0], np.full_like(design.column, -1))
    numbers = scale_numbers(groups[list(baseline)].to_numpy(float)) if baseline else None
    centre = None if numbers is None else np.zeros((numbers.shape[1], 0))
    blocks = gather(_with_cross(keep_before(cells), untreated), waves, numbers, centre)
    found = solve(blocks)
    parts = _sum_treated(cells, design, waves, numbers)
    weight, total = parts.add_up(parts.weight, cells.n_clusters, q), parts.total(q)
    whole = weight.sum(axis=0)
    value = parts.add_up(parts.value, cells.n_clusters, q)
    beta, unknown = np.nan_to_num(found.beta), np.isnan(found.beta)
    with np.errstate(invalid="ignore", divide="ignore"):
        theta = (value.sum(axis=0) - total @ beta) / whole
        fitted = parts.add_up(parts.regressors @ beta, cells.n_clusters, q)
        influence = (value - fitted - weight * theta - found.influence(np.where(unknown, 0.0, total).T)) / whole
    lost = (np.abs(total[:, unknown]) > LOADING * whole[:, None]).any(axis=1) | ~(whole > 0)
    rows = parts.add_up(parts.units, cells.n_clusters, q)
    count = rows.sum(axis=0).astype(np.int64)
    return CellEffects(
        table=design.table.assign(weight=whole, units=count, clusters=(rows > 0).sum(axis=0), rows=count),
        theta=np.where(lost, np.nan, theta),
        leave_out=lambda: (np.where(lost, np.nan, _leave_out(parts, found, value, weight, total)), whole - weight),
        pull=partial(np.matmul, np.where(lost, 0.0, influence)),
        method="imputation",
        of_group=design.of_group,
        column=design.column,
        n_rows=int((cells.units[:, None] * cells.attended).sum()),
        n_columns=found.rank + 1,
    )


def keep_before(cells: Cells) -> Cells:
    """The untreated unit-years only."""
    start = cells.groups["first_year"].to_numpy(np.int64)
    return keep_years(cells, (start[:, None] == NEVER) | (cells.years < start[:, None]))


def keep_years(cells: Cells, among: Mask) -> Cells:
    """Only some years (G, T) of each group; the sums of squares and products are then unknown (NaN)."""
    attended = cells.attended & among[cells.group]
    some = attended.any(axis=1)
    return replace(
        cells,
        group=cells.group[some],
        attended=attended[some],
        units=cells.units[some],
        weight=cells.weight[some],
        sums=cells.sums[some] * attended[some][:, :, None],
        cross=np.full_like(cells.cross, np.nan),
    )


def _with_cross(before: Cells, untreated: Cells | None) -> Cells:
    """Products of covariates, from cells of the untreated rows, put where their groups stand."""
    if len(before.variables) == 1:
        return before
    if untreated is None:
        raise ValueError("continuous covariates need the cells of the untreated rows")
    keys = [name for name in before.groups.columns if name != "cluster"]
    place = before.groups[keys].merge(untreated.groups[keys].reset_index(names="row"), on=keys, how="left")["row"]
    cross = np.zeros_like(before.cross)
    known = place.notna().to_numpy()
    cross[known] = untreated.cross[place[known].to_numpy(np.int64)]
    return replace(before, cross=cross)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Sums over the treated unit-years of a cluster and type (B) by year.

    ``cluster`` (B,), ``column`` (B, T) effect or −1; ``value``, ``weight``, ``units`` (B, T); ``regressors`` (B, T, p).
    """

    cluster: Ints
    column: Ints
    value: Array
    weight: Array
    units: Array
    regressors: Array

    def add_up(self, values: Array, clusters: int, q: int) -> Array:
        """(C, q) from (B, T)."""
        out = np.zeros((clusters, q))
        b, t = np.nonzero(self.column >= 0)
        np.add.at(out, (self.cluster[b], self.column[b, t]), values[b, t])
        return out

    def total(self, q: int) -> Array:
        """(q, p) regressors summed over clusters."""
        out = np.zeros((q, self.regressors.shape[2]))
        b, t = np.nonzero(self.column >= 0)
        np.add.at(out, self.column[b, t], self.regressors[b, t])
        return out


def _sum_treated(cells: Cells, design: Design, waves: Design, numbers: Array | None) -> _Parts:
    """Treated outcomes less the unit's mean before the start, and the same of year effects and covariates."""
    start = cells.groups["first_year"].to_numpy(np.int64)[cells.group]
    before = cells.attended & (cells.years < start[:, None])
    count = before.sum(axis=1)
    kind = design.of_group[cells.group]
    on = cells.attended & (design.column[kind] >= 0) & (count > 0)[:, None]
    share = before / np.maximum(count, 1)[:, None]
    weight = cells.weight[:, None] * on
    gap = (cells.sums - np.einsum("pt,ptk->pk", share, cells.sums)[:, None, :]) * on[:, :, None]
    wave = waves.x[kind]
    if numbers is not None:
        step = np.eye(len(cells.years))[:, 1:]
        slopes = [numbers[cells.group, j][:, None, None] * step for j in range(numbers.shape[1])]
        wave = np.concatenate([wave, *slopes], axis=2)
    regressors = (wave - np.einsum("pt,ptj->pj", share, wave)[:, None, :]) * weight[:, :, None]
    key, block = np.unique(
        cells.groups["cluster"].to_numpy(np.int64)[cells.group] * len(design.x) + kind, return_inverse=True
    )

    def by_block(values: Array) -> Array:
        out = np.zeros((len(key), *values.shape[1:]))
        np.add.at(out, block, values)
        return out

    return _Parts(
        cluster=key // len(design.x),
        column=design.column[key % len(design.x)],
        value=by_block(gap[:, :, 0]),
        weight=by_block(weight),
        units=by_block((cells.units[:, None] * on).astype(float)),
        regressors=by_block(np.concatenate([regressors, gap[:, :, 1:]], axis=2)),
    )


def _leave_out(parts: _Parts, found: Solution, value: Array, weight: Array, total: Array) -> Array:
    """(C, q) effects without each cluster, its own treated units and its part in the year effects left out."""
    c, q = value.shape
    left = found.left(np.arange(len(found.beta)))
    beta, unknown = np.nan_to_num(left), np.isnan(left).astype(float)
    own = parts.add_up(np.einsum("btp,bp->bt", parts.regressors, beta[parts.cluster]), c, q)
    mass = weight.sum(axis=0) - weight
    used = np.abs(total) @ unknown.T  # (q, C) how much a replicate leans on what it cannot know
    with np.errstate(invalid="ignore", divide="ignore"):
        without = (value.sum(axis=0) - value - (beta @ total.T - own)) / mass
    leaning = (used.T > 0) & (used.T / np.maximum(mass, 1e-300) > LOADING)
    return np.where((mass > 1e-12) & ~leaning, without, np.nan)
