"""Who is still observed in the long run, and what the others could change: trimming bounds on a panel."""

import numpy as np
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.attrition import TrimmingBounds, bound_attrition
from evaluator.income.cells import Cells
from evaluator.income.design import read_kinds
from evaluator.income.etwfe import fit_etwfe
from evaluator.income.specification import Specification
from evaluator.income.units import Units, lay_units

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
TREATED = "treated_minus_never"
MOST_ROWS = 2_000_000
"""Rows up to which units are laid side by side for these bounds."""


def bound_leaving(
    spec: Specification, window: tuple[int, int], *, pair: tuple[str, str] | None, contrast: str
) -> dict[str, TrimmingBounds]:
    """Bounds of the long-run change, treated less never treated and flagged less unflagged.

    Everyone seen before the start counts; the change is from the mean before to the mean in the window, net of year
    effects. Units that never start stand beside each first year, in its calendar years, with its weight.
    """
    if spec.panel.n_rows > MOST_ROWS or spec.outcome != "outcome":
        return {}
    units = lay_units(spec.panel, labels=(spec.trait,) if spec.trait else ())
    net = units.outcome - find_waves(spec.cells, units)
    alpha = 1 - spec.rules.confidence
    parts = [_of_cohort(units, net, int(year), window) for year in np.unique(units.start[units.start != NEVER])]
    parts = [part for part in parts if part is not None]
    if not parts:
        return {}
    change, treated, who, weight = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    found = {}
    if treated.any() and not treated.all():
        cluster = units.cluster[who]
        found[TREATED] = bound_attrition(change, treated, cluster, weight=weight * units.weight[who], alpha=alpha)
    if pair is not None:
        kind = read_kinds(units.labels[spec.trait])[who]
        ours = treated & np.isin(kind, list(pair))
        mine = who[ours]
        if len(np.unique(kind[ours])) == 2:
            found[contrast] = bound_attrition(
                change[ours], kind[ours] == pair[0], units.cluster[mine], weight=units.weight[mine], alpha=alpha
            )
    return found


def find_waves(cells: Cells, units: Units) -> Array:
    """(T,) year effects of units without a project, 0 in the first year."""
    fit = fit_etwfe(cells)
    q, t = len(fit.effects.theta), len(cells.years)
    waves = np.append(0.0, np.nan_to_num(fit.solution.beta[q : q + t - 1]))
    place = {int(year): i for i, year in enumerate(cells.years)}
    return np.array([waves[place[int(year)]] if int(year) in place else np.nan for year in units.years])


def _of_cohort(
    units: Units, net: Array, start: int, window: tuple[int, int]
) -> tuple[Array, Mask, NDArray[np.int64], Array] | None:
    """Changes of one first year and of units that never start: change, treated, unit, weight."""
    before, late = units.years < start, (units.years >= start + window[0]) & (units.years <= start + window[1])
    if not before.any() or not late.any():
        return None
    among = (units.start == start) | (units.start == NEVER)
    among &= np.isfinite(net[:, before]).any(axis=1)
    treated = units.start[among] == start
    if not treated.any():
        return None
    change = _mean(net[among][:, late]) - _mean(net[among][:, before])
    weight = np.where(treated, 1.0, treated.sum() / max((~treated).sum(), 1))
    return change, treated, np.flatnonzero(among), weight


def _mean(values: Array) -> Array:
    """Row means of what is known; NaN where nothing is."""
    known = np.isfinite(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1))
