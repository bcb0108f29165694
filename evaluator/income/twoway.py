"""Two-way fixed effects with one coefficient for many first years: the usual regression, and why not to trust it.

One coefficient for all years since the start (static), one for each year (event study), or one for each window. When
effects differ by first year or grow, such a coefficient is a weighted sum of the effects in which some weights are
negative (de Chaisemartin and D'Haultfœuille 2020, American Economic Review 110(9)). It is shown as naive, never as the
result, and used where a published table needs it.
"""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Cells
from evaluator.income.design import Design, lay_design, read_kinds
from evaluator.income.etwfe import Fit, Merge, fit_etwfe, kinds_of
from evaluator.income.normal import gather, solve

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


def merge_static(design: Design) -> Design:
    """One coefficient a kind for all years since the start."""
    return _merge(design, np.zeros(design.n_effects, np.int64))


def merge_events(design: Design) -> Design:
    """One coefficient a kind and year since the start."""
    return _merge(design, design.table["event"].to_numpy(np.int64))


def merge_windows(design: Design, windows: tuple[tuple[int, int], ...]) -> Design:
    """One coefficient a kind and window (named by its first year); years outside all windows stand alone."""
    event = design.table["event"].to_numpy(np.int64)
    name = event.copy()
    for first, last in windows:
        name[(event >= first) & (event <= last)] = first
    return _merge(design, name)


def fit_twoway(
    cells: Cells,
    *,
    trait: str | None = None,
    strata: tuple[str, ...] = (),
    shape: str = "static",
    windows: tuple[tuple[int, int], ...] = (),
    leads: bool = False,
) -> Fit:
    """Two-way fixed effects; ``shape`` is ``static``, ``events`` or ``windows``."""
    merges: dict[str, Merge] = {
        "static": merge_static,
        "events": merge_events,
        "windows": partial(merge_windows, windows=windows),
    }
    return fit_etwfe(cells, trait=trait, strata=strata, leads=leads, method="twfe", merge=merges[shape])


def weigh_static(cells: Cells, *, strata: tuple[str, ...] = ()) -> tuple[float, float]:
    """Share of treated unit-years with a negative weight in the static coefficient, and the sum of these weights.

    The weights are the residuals of the treatment on unit and year effects, treated unit-years only, scaled to sum to
    1; a missing share means that nothing can be told apart.
    """
    groups = cells.groups
    start = groups["first_year"].to_numpy(np.int64)
    kinds = kinds_of(cells, None)
    full = lay_design(cells.years, start, kinds, strata=[read_kinds(groups[s]) for s in strata])
    design = merge_static(full)
    treated = design.x[:, :, 0]
    rest = Design(design.x[:, :, 1:], design.of_group, design.table.iloc[:0], np.full_like(design.column, -1))
    blocks = gather(_treatment_as_outcome(cells, treated[design.of_group]), rest)
    found = solve(blocks)
    waves = np.nan_to_num(design.x[:, :, 1:] @ np.nan_to_num(found.beta))  # (D, T) fitted year effects
    residual = (treated - waves)[design.of_group[cells.group]]  # (P, T)
    count = cells.attended.sum(axis=1)[:, None]
    residual = residual - (residual * cells.attended).sum(axis=1)[:, None] / np.maximum(count, 1)
    on = cells.attended & (treated[design.of_group[cells.group]] > 0)
    rows, weight = cells.units[:, None] * on, cells.weight[:, None] * on * residual
    total = weight.sum()
    if not abs(total) > 0:
        return np.nan, np.nan
    share = weight / total
    # one effect stands for all unit-years of a group and year: their weights are added before the sign is read
    group, year = np.nonzero(on)
    key = np.unique(
        np.column_stack([start[cells.group[group]], cells.groups["cluster"].to_numpy()[cells.group[group]], year]),
        axis=0,
        return_inverse=True,
    )[1].ravel()
    summed = np.bincount(key, weights=share[on])
    counted = np.bincount(key, weights=rows[on])
    negative = summed < -1e-12
    return float(counted[negative].sum() / counted.sum()), float(summed[negative].sum())


def _treatment_as_outcome(cells: Cells, treated: Array) -> Cells:
    """The same cells with the treatment in the place of the outcome."""
    on = treated[cells.group] * cells.attended
    sums = (cells.weight[:, None] * on)[:, :, None]
    within = on - on.sum(axis=1)[:, None] / np.maximum(cells.attended.sum(axis=1), 1)[:, None] * cells.attended
    cross = np.zeros((len(cells.groups), 1, 1))
    np.add.at(cross[:, 0, 0], cells.group, cells.weight * (within**2).sum(axis=1))
    return replace(cells, sums=sums, cross=cross, variables=("treated",))


def _merge(design: Design, event: Ints) -> Design:
    """Add up the columns of effects that share a kind and event."""
    table = pd.DataFrame({"kind": design.table["kind"], "event": event})
    group = table.groupby(["event", "kind"], sort=True).ngroup().to_numpy().astype(np.int64)
    q, count = design.n_effects, int(group.max()) + 1 if len(group) else 0
    onto = np.zeros((q, count))
    onto[np.arange(q), group] = 1.0
    merged = table.iloc[np.unique(group, return_index=True)[1]].reset_index(drop=True)
    merged = merged.assign(first_year=0, year=0)[["first_year", "kind", "year", "event"]]
    x = np.concatenate([design.x[:, :, :q] @ onto, design.x[:, :, q:]], axis=2)
    column = np.where(design.column >= 0, group[np.maximum(design.column, 0)] if q else 0, -1)
    return Design(x, design.of_group, merged, column.astype(np.int64))
