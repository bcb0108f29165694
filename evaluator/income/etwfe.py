"""Extended two-way fixed effects: one least-squares regression with an effect for each first year, kind and year.

``y_it = unit + year + Σ θ_gkt · 1{first year g, kind k, year t ≥ g} (+ covariates) + error``; units not yet and never
treated are what the others are compared with. With ``leads`` the years before the start but the last have effects too:
the interacted event study of Sun and Abraham.

Sources: Wooldridge (2025), "Two-way fixed effects, the two-way Mundlak regression, and difference-in-differences
estimators", Empirical Economics 69; Sun and Abraham (2021), Journal of Econometrics 225.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.cells import Cells
from evaluator.income.design import Design, lay_design, read_kinds
from evaluator.income.normal import Blocks, Solution, gather, solve
from evaluator.income.results import CellEffects

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Merge = Callable[[Design], Design]


@dataclass(frozen=True, slots=True)
class Fit:
    """Effects of a regression and what else it found.

    Attributes
    ----------
    unscaled, leverage
        (q, q) of the inverse normal matrix for the effects; (C,) leverage of each cluster.
    sigma2, free
        Residual variance and its degrees of freedom, unit effects counted.
    blocks, inverse, beta
        The normal equations: for the wild bootstrap and effective clusters.
    further
        Names of k other coefficients, the continuous covariates and then the year effects (``year_2001``: change since
        the first year), with ``slopes`` (k,), ``slopes_left``, ``slopes_influence`` (C, k), ``slopes_unscaled`` (k,).
    """

    effects: CellEffects
    unscaled: Array
    leverage: Array
    sigma2: float
    free: int
    blocks: Blocks
    inverse: Array
    beta: Array
    further: tuple[str, ...]
    slopes: Array
    slopes_left: Array
    slopes_influence: Array
    slopes_unscaled: Array


def fit_etwfe(
    cells: Cells,
    *,
    trait: str | None = None,
    strata: Sequence[str] = (),
    baseline: Sequence[str] = (),
    leads: bool = False,
    method: str = "",
    merge: Merge | None = None,
) -> Fit:
    """Estimate effects by first year, kind (values of ``trait``) and year, and again without each cluster.

    Parameters
    ----------
    trait
        Column of ``cells.groups`` that keeps effects apart; blank counts as a kind of its own.
    strata
        Columns whose values have year effects of their own (discrete covariates).
    baseline
        Numeric columns constant within a unit: each has a slope in every year, and in every effect around its mean
        among the units observed there (Wooldridge's covariates).
    leads
        Sun and Abraham's regression.
    merge
        Effects that share one coefficient (``twoway``).
    """
    groups = cells.groups
    start = groups["first_year"].to_numpy(np.int64)
    design = lay_design(
        cells.years, start, kinds_of(cells, trait), strata=[read_kinds(groups[s]) for s in strata], leads=leads
    )
    design = merge(design) if merge else design
    q, k = design.n_effects, len(cells.variables) - 1
    numbers = scale_numbers(groups[list(baseline)].to_numpy(float)) if baseline else None
    centres = None if numbers is None else _centres(cells, design, numbers)
    blocks = gather(cells, design, numbers, None if centres is None else centres.whole)
    p = blocks.x.shape[2]
    slopes = [] if centres is None else _slope_columns(design, len(baseline), len(cells.years))
    further = [*range(p - k, p), *range(q, q + len(cells.years) - 1)]  # covariates, then year effects
    found = solve(blocks, np.concatenate([np.arange(q), further, *slopes]).astype(np.int64))
    effects = _effects(cells, design, found, method or ("sun_abraham" if leads else "etwfe"))
    if centres is not None:
        effects = replace(
            effects, replicates=effects.replicates + _recentred(found.left[:, q + len(further) :], centres)
        )
    free = effects.n_rows - found.rank - int(cells.units.sum())
    return Fit(
        effects=effects,
        unscaled=found.unscaled[:q, :q],
        leverage=found.leverage,
        sigma2=found.rss / free if free > 0 else np.nan,
        free=free,
        blocks=blocks,
        inverse=found.inverse,
        beta=found.beta,
        further=(*cells.variables[1:], *(f"year_{year}" for year in cells.years[1:])),
        slopes=found.beta[further],
        slopes_left=found.left[:, q : q + len(further)],
        slopes_influence=found.influence[:, q : q + len(further)],
        slopes_unscaled=np.diag(found.unscaled)[q : q + len(further)],
    )


def kinds_of(cells: Cells, trait: str | None) -> NDArray[np.str_]:
    """(G,) value of a trait that keeps effects apart, empty where there is no project or nothing is said."""
    if not trait:
        return np.full(len(cells.groups), "", dtype=str)
    never = cells.groups["first_year"].to_numpy(np.int64) == NEVER
    return np.asarray(np.where(never, "", read_kinds(cells.groups[trait])))


def scale_numbers(numbers: Array) -> Array:
    """Numbers with mean 0 and spread 1: slopes are not reported, effects do not depend on it."""
    spread = numbers.std(axis=0)
    return np.asarray((numbers - numbers.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


@dataclass(frozen=True, slots=True)
class _Centres:
    """Means of the numbers in each effect: ``whole`` (b, q) and ``left`` (C, b, q) without each cluster."""

    whole: Array
    left: Array


def _centres(cells: Cells, design: Design, numbers: Array) -> _Centres:
    mass = _mass(cells, design)
    sums = np.stack([_mass(cells, design, numbers[:, j]) for j in range(numbers.shape[1])], axis=1)  # (C, b, q)
    total, whole = sums.sum(axis=0), mass.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _Centres(
            np.nan_to_num(total / whole), np.nan_to_num((total - sums) / (whole - mass)[:, None, :], posinf=0, neginf=0)
        )


def _slope_columns(design: Design, b: int, t: int) -> list[Ints]:
    """Columns of the slopes within effects, number by number, as ``gather`` lays them out."""
    p, q = design.x.shape[2], design.n_effects
    return [np.arange(q) + p + j * (t - 1 + q) + t - 1 for j in range(b)]


def _recentred(slopes: Array, centres: _Centres) -> Array:
    """What a replicate's own means change in its effects."""
    c, (b, q) = len(slopes), centres.whole.shape
    return np.asarray((slopes.reshape(c, b, q) * (centres.left - centres.whole)).sum(axis=1))


def _effects(cells: Cells, design: Design, found: Solution, method: str) -> CellEffects:
    q = design.n_effects
    mass, table = weigh_effects(cells, design)
    whole = mass.sum(axis=0)
    return CellEffects(
        table=table,
        theta=found.beta[:q],
        replicates=found.left[:, :q],
        replicate_weight=np.subtract(whole, mass, out=mass),
        influence=found.influence[:, :q],
        method=method,
        of_group=design.of_group,
        column=design.column,
        n_rows=int(cells.mix(cells.units.astype(float), cells.kinds()[0].astype(float)).sum()),
        n_columns=found.rank + 1,
    )


def weigh_effects(cells: Cells, design: Design) -> tuple[Array, pd.DataFrame]:
    """(C, q) weighted unit-years of each cluster in each effect, and the table with ``weight`` and support counts."""
    mass = _mass(cells, design)
    count = mass if np.array_equal(cells.weight, cells.units) else _mass(cells, design, by_units=True)
    rows = count.sum(axis=0).astype(np.int64)
    table = design.table.assign(
        weight=mass.sum(axis=0), units=rows, clusters=(count > 0).sum(axis=0).astype(np.int64), rows=rows
    )
    return mass, table


def _mass(cells: Cells, design: Design, times: Array | None = None, *, by_units: bool = False) -> Array:
    """(C, q) unit-years of each cluster in each effect, weighted (and times a number of the group), or counted."""
    count = cells.units.astype(float) if by_units else cells.weight
    present = cells.mix(count, cells.kinds()[0].astype(float))
    if times is not None:
        present *= times[:, None]
    column = design.column[design.of_group]
    g, t = np.nonzero(column >= 0)
    shape = design.n_effects, cells.n_clusters
    place = column[g, t] * shape[1] + cells.groups["cluster"].to_numpy(np.int64)[g]
    return np.asarray(np.bincount(place, present[g, t], shape[0] * shape[1]), float).reshape(shape).T
