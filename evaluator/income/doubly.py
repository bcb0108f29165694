"""Callaway and Sant'Anna with continuous covariates: outcome regression, and doubly robust with propensities.

Of the treated and the compared units seen in year t and base year b, with changes Δy, covariates x in the base year
(and 1), weights w:

* *outcome regression*: mean over the treated of Δy − x'β̂, with β̂ from least squares among the compared units;
* *doubly robust*: that, less the mean of Δy − x'β̂ among the compared units weighted by π̂/(1 − π̂), π̂ a logit of being
  treated; right when either model is right.

Sources: Sant'Anna and Zhao (2020), "Doubly robust difference-in-differences estimators", Journal of Econometrics 219
(their ``reg_did_panel`` and ``drdid_panel``); Heckman, Ichimura and Todd (1997). Influence is theirs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluator.income.callaway import Comparison, Pair, collect_pairs, list_comparisons, sum_by
from evaluator.income.cells import Cells
from evaluator.income.design import lay_design, read_kinds
from evaluator.income.etwfe import kinds_of
from evaluator.income.results import CellEffects
from evaluator.income.units import Units

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Measure = Callable[["_Sample"], tuple[float, Array]]
MOST_WORK = 30_000_000  # units × clusters up to which every replicate is fitted again
CLOSEST = 1 - 1e-6  # propensities above this are set to it


@dataclass(frozen=True, slots=True)
class _Sample:
    """Units of one comparison: ``treated``, ``change``, ``weight``, ``cluster`` (n,), ``x`` (n, k)."""

    treated: NDArray[np.bool_]
    change: Array
    weight: Array
    cluster: Ints
    x: Array


def fit_doubly(
    cells: Cells,
    units: Units,
    *,
    trait: str | None = None,
    strata: Sequence[str] = (),
    adjustment: str = "doubly_robust",
    control: str = "not_yet",
    base: str = "universal",
    leads: bool = True,
) -> CellEffects:
    """Effects by first year, kind and year given the covariates of ``units`` (discrete ones as indicators).

    Parameters
    ----------
    cells
        Of the same panel: their groups give the support of each effect.
    adjustment
        ``doubly_robust`` or ``regression``.
    """
    design = lay_design(
        cells.years,
        cells.groups["first_year"].to_numpy(np.int64),
        kinds_of(cells, trait),
        leads=leads,
        with_last=base == "varying",
    )
    kind = read_kinds(units.labels[trait]) if trait else np.full(len(units.start), "", dtype=str)
    kind = np.where(units.start > 0, kind, "")
    indicators = _indicate(units, strata)
    comparisons = list_comparisons(design.table, units.years, units.start, kind, control=control, base=base)
    pairs = [_compare(units, indicators, one, cells.n_clusters, adjustment) for one in comparisons]
    return collect_pairs(cells, design, pairs)


def _indicate(units: Units, strata: Sequence[str]) -> Array:
    """(N, …) an indicator for every value of a discrete covariate but its first."""
    columns = [
        (values == value).astype(float)
        for values in (read_kinds(units.labels[name]) for name in strata)
        for value in np.unique(values)[1:]
    ]
    return np.column_stack(columns) if columns else np.zeros((len(units.start), 0))


def _compare(units: Units, indicators: Array, comparison: Comparison, c: int, adjustment: str) -> Pair:
    nothing = Pair(np.nan, np.full(c, np.nan), np.full(c, np.nan), np.zeros(c), np.zeros(c))
    if comparison.base < 0:
        return nothing
    change = units.outcome[:, comparison.year] - units.outcome[:, comparison.base]
    x = np.column_stack([np.ones(len(change)), units.numbers[:, comparison.base], indicators])
    kept = np.isfinite(change) & np.isfinite(x).all(axis=1) & (comparison.treated | comparison.control)
    if not kept.any():
        return nothing
    sample = _Sample(comparison.treated[kept], change[kept], units.weight[kept], units.cluster[kept], _spread(x[kept]))
    if not sample.treated.any() or sample.treated.all():
        return nothing
    measure = _regress if adjustment == "regression" else _doubly_robust
    value, influence = measure(sample)
    if not np.isfinite(value):
        return nothing
    by_cluster = sum_by(sample.cluster, influence, c)
    weight = sum_by(sample.cluster, sample.weight * sample.treated, c)
    left = _without(sample, measure, value, by_cluster, c)
    counted = sum_by(sample.cluster, sample.treated.astype(float), c)
    return Pair(value, left, by_cluster, weight, counted)


def _spread(x: Array) -> Array:
    """Covariates with mean 0 and spread 1; those that do not vary here are dropped. The estimate does not change."""
    rest = x[:, 1:]
    spread = rest.std(axis=0)
    varied = spread > 1e-12 * np.maximum(np.abs(rest).max(axis=0, initial=0), 1e-300)
    return np.column_stack([x[:, 0], (rest[:, varied] - rest[:, varied].mean(axis=0)) / spread[varied]])


def _without(sample: _Sample, measure: Measure, value: float, influence: Array, c: int) -> Array:
    """(C,) the estimate without each cluster; from the influence alone when fitting again would take too long."""
    present = np.unique(sample.cluster)
    left = np.full(c, value)
    if len(present) * len(sample.change) > MOST_WORK:
        return np.asarray(value - influence * c / max(c - 1, 1))
    for one in present:
        rest = sample.cluster != one
        part = _Sample(
            sample.treated[rest], sample.change[rest], sample.weight[rest], sample.cluster[rest], sample.x[rest]
        )
        both = part.treated.any() and not part.treated.all()
        left[one] = measure(part)[0] if both else np.nan
    return left


def _regress(sample: _Sample) -> tuple[float, Array]:
    """Outcome regression: estimate and influence (n,) (their sum over units is its sampling error)."""
    d, x, dy = sample.treated.astype(float), sample.x, sample.change
    w = sample.weight / sample.weight.mean()
    beta, line = _among_controls(sample, w)
    wt, fitted = w * d, x @ beta
    mass = wt.sum()
    first, second = float(wt @ dy / mass), float(wt @ fitted / mass)
    ours = wt * (dy - first)
    theirs = wt * (fitted - second) + line @ (wt @ x / len(dy))
    return first - second, (ours - theirs) / mass


def _doubly_robust(sample: _Sample) -> tuple[float, Array]:
    """Doubly robust: estimate and influence (n,)."""
    d, x, n = sample.treated.astype(float), sample.x, len(sample.change)
    w = sample.weight / sample.weight.mean()
    share, hessian = _propensity(d, x, w)
    if share is None or hessian is None:
        return np.nan, np.zeros(n)
    beta, line = _among_controls(sample, w)
    rest = sample.change - x @ beta
    wt, wc = w * d, w * share * (1 - d) / (1 - share)
    if not wc.sum() > 0:
        return np.nan, np.zeros(n)
    ours, theirs = float(wt @ rest / wt.sum()), float(wc @ rest / wc.sum())
    scores = (w * (d - share))[:, None] * x @ hessian * n
    inf_ours = (wt * (rest - ours) - line @ (wt @ x / n)) / wt.sum()
    inf_theirs = (wc * (rest - theirs) + scores @ ((wc * (rest - theirs)) @ x / n) - line @ (wc @ x / n)) / wc.sum()
    return ours - theirs, inf_ours - inf_theirs


def _among_controls(sample: _Sample, w: Array) -> tuple[Array, Array]:
    """Least squares among the compared units: coefficients, and each unit's part in them (n, k) times n."""
    x, wc = sample.x, w * ~sample.treated
    inverse = np.linalg.pinv((wc[:, None] * x).T @ x, hermitian=True)
    beta = inverse @ ((wc * sample.change) @ x)
    return beta, (wc * (sample.change - x @ beta))[:, None] * x @ inverse * len(wc)


def _propensity(d: Array, x: Array, w: Array) -> tuple[Array | None, Array | None]:
    """Logit by Newton's steps: shares (n,) and inverse Hessian (k, k); ``None`` when the groups are separable."""
    gamma = np.zeros(x.shape[1])
    for _ in range(50):
        share = 1 / (1 + np.exp(-np.clip(x @ gamma, -35, 35)))
        spread = (w * share * (1 - share))[:, None] * x
        hessian = spread.T @ x
        if not np.linalg.det(hessian) > 1e-12 * np.prod(np.diag(hessian)):
            return None, None
        step = np.linalg.solve(hessian, (w * (d - share)) @ x)
        gamma = gamma + step
        if np.abs(step).max() < 1e-8:  # the error of a Newton step is its square
            share = 1 / (1 + np.exp(-np.clip(x @ gamma, -35, 35)))
            return np.minimum(share, CLOSEST), np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    return None, None
