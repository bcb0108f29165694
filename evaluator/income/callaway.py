"""Callaway and Sant'Anna: each effect is a difference of two differences, then averaged.

The effect of first year g in year t compares the change from the last year before g to t with that of units that never
start (``never``) or have not started by then (``not_yet``). Years before the start are compared with the same base year
(``universal``) or with the year before them (``varying``). Only units seen in both years count. Within each combination
of discrete covariates effects are found apart and weighted by the treated: outcome regression and the doubly robust
estimate are then the same. Continuous covariates: ``doubly``.

Source: Callaway and Sant'Anna (2021), "Difference-in-differences with multiple time periods", Journal of Econometrics
225. Influence is theirs, summed by cluster.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.cells import Cells
from evaluator.income.design import Design, last_before, lay_design, read_kinds
from evaluator.income.etwfe import kinds_of
from evaluator.income.results import CellEffects

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One effect: positions of its year and base year, who is treated and who is compared with (G,)."""

    year: int
    base: int
    treated: Mask
    control: Mask


@dataclass(frozen=True, slots=True)
class Pair:
    """One effect: ``value``, ``left`` (C,) without each cluster, and each cluster's part in the rest.

    ``influence`` (C,); ``weight`` and ``units`` (C,) of treated units seen in both years.
    """

    value: float
    left: Array
    influence: Array
    weight: Array
    units: Array


def fit_callaway(
    cells: Cells,
    *,
    trait: str | None = None,
    strata: Sequence[str] = (),
    control: str = "not_yet",
    base: str = "universal",
    leads: bool = True,
) -> CellEffects:
    """Effects by first year, kind and year, and again without each cluster."""
    start = cells.groups["first_year"].to_numpy(np.int64)
    kind = kinds_of(cells, trait)
    design = lay_design(cells.years, start, kind, leads=leads, with_last=base == "varying")
    stratum = _combine([read_kinds(cells.groups[s]) for s in strata], len(start))
    changes = _Changes(cells)
    pairs = [
        _compare(changes, comparison, stratum, cells)
        for comparison in list_comparisons(design.table, cells.years, start, kind, control=control, base=base)
    ]
    return collect_pairs(cells, design, pairs)


def list_comparisons(
    table: pd.DataFrame, years: Ints, start: Ints, kind: NDArray[np.str_], *, control: str, base: str
) -> list[Comparison]:
    """Who is compared with whom, between which years, for each row of ``table``."""
    place = {int(year): i for i, year in enumerate(years)}
    found = []
    for first_year, name, at, event in zip(
        *(table[key] for key in ("first_year", "kind", "year", "event")), strict=True
    ):
        year = place[int(at)]
        before = int(last_before(years, np.array([first_year]))[0])
        reference = year - 1 if base == "varying" and event < 0 else before
        open_ = start == NEVER
        if control == "not_yet":
            open_ = open_ | (start > years[max(year, reference, 0)])
        treated = (start == first_year) & (kind == name)
        found.append(Comparison(year, reference, treated, open_ & (start != first_year)))
    return found


def collect_pairs(cells: Cells, design: Design, pairs: Sequence[Pair]) -> CellEffects:
    """Effects of all comparisons, in the order of the design's table."""
    c = cells.n_clusters

    def columns(parts: list[Array]) -> Array:
        return np.column_stack(parts) if parts else np.zeros((c, 0))

    weight, units = columns([pair.weight for pair in pairs]), columns([pair.units for pair in pairs])
    count = units.sum(axis=0).astype(np.int64)
    return CellEffects(
        table=design.table.assign(weight=weight.sum(axis=0), units=count, clusters=(units > 0).sum(axis=0), rows=count),
        theta=np.array([pair.value for pair in pairs], float),
        leave_out=lambda: (columns([pair.left for pair in pairs]), weight.sum(axis=0) - weight),
        pull=partial(np.matmul, np.nan_to_num(columns([pair.influence for pair in pairs]))),
        method="callaway_santanna",
        of_group=design.of_group,
        column=design.column,
        n_rows=int((cells.units[:, None] * cells.attended).sum()),
        n_columns=len(pairs),
        random_weights=True,
    )


class _Changes:
    """Weights and changes between two years by group, of units seen in both; each pair of years once."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.known: dict[tuple[int, int], tuple[Array, Array, Array]] = {}

    def between(self, base: int, year: int) -> tuple[Array, Array, Array]:
        """(G,) sum of weights, weighted sum of changes, and units."""
        if (base, year) not in self.known:
            cells, g = self.cells, len(self.cells.groups)
            both = cells.attended[:, base] & cells.attended[:, year]
            change = (cells.sums[:, year, 0] - cells.sums[:, base, 0]) * both
            parts = (cells.weight * both, change, (cells.units * both).astype(float))
            weight, total, units = (sum_by(cells.group, part, g) for part in parts)
            self.known[base, year] = (weight, total, units)
        return self.known[base, year]


def _compare(changes: _Changes, comparison: Comparison, stratum: Ints, cells: Cells) -> Pair:
    """The difference of differences within each stratum, weighted by its treated."""
    c = cells.n_clusters
    if comparison.base < 0:
        nothing = np.full(c, np.nan)
        return Pair(np.nan, nothing, nothing, np.zeros(c), np.zeros(c))
    weight, change, units = changes.between(comparison.base, comparison.year)
    cluster = cells.groups["cluster"].to_numpy(np.int64)

    def by_cluster(values: Array, among: Mask) -> Array:
        return sum_by(cluster[among], values[among], c)

    value, left, influence = 0.0, np.zeros(c), np.zeros(c)
    mass, kept, counted, mean = np.zeros(c), np.zeros(c), np.zeros(c), 0.0
    parts = []
    for one in np.unique(stratum[comparison.treated]):
        ours, theirs = (who & (stratum == one) for who in (comparison.treated, comparison.control))
        w, v = by_cluster(weight, ours), by_cluster(weight, theirs)
        n, m = by_cluster(change, ours), by_cluster(change, theirs)
        if not (w.sum() > 0 and v.sum() > 0):
            continue
        first, second = n.sum() / w.sum(), m.sum() / v.sum()
        with np.errstate(invalid="ignore", divide="ignore"):
            without = (n.sum() - n) / (w.sum() - w) - (m.sum() - m) / (v.sum() - v)
        known = (w.sum() - w > 1e-12 * w.sum()) & (v.sum() - v > 1e-12 * v.sum())
        left += np.where(known, without, 0.0) * (w.sum() - w)
        kept += np.where(known, w.sum() - w, 0.0)
        mass += w
        counted += by_cluster(units, ours)
        value += (first - second) * w.sum()
        parts.append((n - first * w - (m - second * v) * w.sum() / v.sum(), w, first - second))
    total = mass.sum()
    if not total > 0:
        return Pair(np.nan, np.full(c, np.nan), np.full(c, np.nan), np.zeros(c), np.zeros(c))
    mean = value / total
    for scaled, w, effect in parts:
        influence += (scaled + w * (effect - mean)) / total
    with np.errstate(invalid="ignore", divide="ignore"):
        left = np.where(kept > 1e-12 * total, left / kept, np.nan)
    return Pair(mean, left, influence, mass, counted)


def sum_by(code: Ints, values: Array, count: int) -> Array:
    """(count,) values added up by code."""
    return np.asarray(np.bincount(code, weights=values, minlength=count), dtype=np.float64)


def _combine(values: Sequence[NDArray[np.str_]], g: int) -> Ints:
    """(G,) code of each combination of discrete covariates."""
    if not values:
        return np.zeros(g, np.int64)
    return pd.DataFrame(dict(enumerate(values))).groupby(list(range(len(values)))).ngroup().to_numpy().astype(np.int64)
