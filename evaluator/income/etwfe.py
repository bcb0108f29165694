"""Extended two-way fixed effects: one least-squares regression with an effect for each first year, kind and year.

``y_it = unit + year + Σ θ_gkt · 1{first year g, kind k, year t ≥ g} (+ covariates) + error``; units not yet and never
treated are what the others are compared with. With ``leads`` the years before the start but the last have effects too:
the interacted event study of Sun and Abraham.

Sources: Wooldridge (2025), "Two-way fixed effects, the two-way Mundlak regression, and difference-in-differences
estimators", Empirical Economics 69; Sun and Abraham (2021), Journal of Econometrics 225.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.cells import Cells
from evaluator.income.design import Design, lay_design, read_kinds
from evaluator.income.folding import add_up
from evaluator.income.normal import Solution, gather, solve
from evaluator.income.results import CellEffects

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Merge = Callable[[Design], Design]


@dataclass(frozen=True, slots=True)
class Fit:
    """Effects of a regression and what else it found.

    Attributes
    ----------
    solution
        Of the normal equations: for the wild bootstrap, effective clusters and other coefficients.
    sigma2, free
        Residual variance and its degrees of freedom, unit effects counted.
    further
        The column of other coefficients: continuous covariates, and year effects (``year_2001``: change since the
        first year).
    """

    effects: CellEffects
    solution: Solution
    sigma2: float
    free: int
    further: dict[str, int]


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
    found = solve(blocks)
    effects = CellEffects(
        table=weigh_effects(cells, design),
        theta=found.beta[:q],
        leave_out=partial(_leave_out, cells, design, found, centres),
        pull=partial(_pull, found),
        method=method or ("sun_abraham" if leads else "etwfe"),
        of_group=design.of_group,
        column=design.column,
        n_rows=int(cells.units @ cells.kinds()[0].sum(axis=1)[cells.kinds()[1]]),
        n_columns=found.rank + 1,
    )
    free = effects.n_rows - found.rank - int(cells.units.sum())
    waves = {f"year_{year}": q + place for place, year in enumerate(cells.years[1:])}
    return Fit(
        effects=effects,
        solution=found,
        sigma2=found.rss / free if free > 0 else np.nan,
        free=free,
        further={name: p - k + place for place, name in enumerate(cells.variables[1:])} | waves,
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


def _leave_out(cells: Cells, design: Design, found: Solution, centres: _Centres | None) -> tuple[Array, Array]:
    """(C, q) effects without each cluster, around the means of the numbers without it, and their weights."""
    q, mass = design.n_effects, _mass(cells, design)
    weight = np.subtract(mass.sum(axis=0), mass, out=mass)
    if centres is None:
        return found.left(np.arange(q)), weight
    b, p, t = len(centres.whole), design.x.shape[2], design.x.shape[1]
    slopes = [np.arange(q) + p + j * (t - 1 + q) + t - 1 for j in range(b)]  # as ``gather`` lays them out
    left = found.left(np.concatenate([np.arange(q), *slopes]))
    moved = left[:, q:].reshape(len(left), b, q) * (centres.left - centres.whole)
    return left[:, :q] + moved.sum(axis=1), weight


def _pull(found: Solution, weights: Array) -> Array:
    """Influence on weighted sums (q, …) of the effects, which are the first columns."""
    wide = np.zeros((len(found.beta), *weights.shape[1:]))
    wide[: len(weights)] = weights
    moved = found.influence(wide.reshape(len(wide), -1))
    return moved.reshape(len(moved), *weights.shape[1:])


def weigh_effects(cells: Cells, design: Design) -> pd.DataFrame:
    """The table of effects with ``weight`` (weighted unit-years) and support counts."""
    present = cells.mix(cells.units.astype(float), cells.kinds()[0].astype(float))
    rows = _by_effect(add_up(present, design.of_group, len(design.column)), design)
    weight = rows
    if not np.array_equal(cells.weight, cells.units):
        mixed = cells.mix(cells.weight, cells.kinds()[0].astype(float))
        weight = _by_effect(add_up(mixed, design.of_group, len(design.column)), design)
    if cells.n_clusters == len(cells.groups):  # a group is a cluster: each counts once
        clusters = _by_effect(add_up((present > 0).astype(float), design.of_group, len(design.column)), design)
    else:
        clusters = (_spread_out(cells, design, present) > 0).sum(axis=0).astype(float)
    counts = {"units": rows, "clusters": clusters, "rows": rows}
    return design.table.assign(weight=weight, **{name: count.astype(np.int64) for name, count in counts.items()})


def _by_effect(of_types: Array, design: Design) -> Array:
    """(q,) sums of what types have in each year (D, T)."""
    own = design.column >= 0
    return np.asarray(np.bincount(design.column[own], of_types[own], design.n_effects), float)


def _mass(cells: Cells, design: Design, times: Array | None = None) -> Array:
    """(C, q) weighted unit-years of each cluster in each effect, times a number of the group if given."""
    present = cells.mix(cells.weight, cells.kinds()[0].astype(float))
    return _spread_out(cells, design, present if times is None else present * times[:, None])


def _spread_out(cells: Cells, design: Design, present: Array) -> Array:
    """(C, q) from what each group has in each year (G, T); in memory an effect's clusters lie together."""
    cluster = cells.groups["cluster"].to_numpy(np.int64)
    mass = np.zeros((design.n_effects, cells.n_clusters))
    order = np.argsort(design.of_group, kind="stable")
    ends = np.cumsum(np.bincount(design.of_group, minlength=len(design.column)))
    for columns, groups in zip(design.column, np.split(order, ends[:-1]), strict=True):
        of_years, own = present[groups].T, cluster[groups]
        for year in np.flatnonzero(columns >= 0):
            mass[columns[year]] += np.bincount(own, of_years[year], cells.n_clusters)
    return mass.T
