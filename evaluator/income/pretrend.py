"""Whether incomes moved apart before the start, and what the test could have seen.

With few clusters the usual chi-squared test of the years before the start rejects far too often. The jackknife
covariance V of G clusters, taken as a Wishart matrix with G − 1 degrees of freedom, makes
``b'V⁻¹b (G − q) / (q (G − 1))`` an F variable with q and G − q degrees of freedom (Hotelling 1931). A test that finds
nothing says little by itself, so its power is stated beside it: the straight trend it would have seen in four of five
cases (Roth 2022).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import fdtrc, fdtri, ncfdtr, stdtrit

from evaluator.income.results import Caution

Array = NDArray[np.float64]
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Pretrend:
    """The test of the years before the start.

    ``events`` (q,) years tested; ``statistic`` with ``df`` (q, G − q) and ``p``; ``detectable`` the smallest straight
    trend a year (either way, in units of the outcome) seen with 80 % power; ``slope`` with ``slope_low`` and
    ``slope_high`` the mean trend a year before the start with its interval, and ``ruled_out`` the smallest trend that
    the data rule out both ways (two one-sided tests): read as "no steeper than this". NaN with a ``refusal``.
    """

    events: tuple[int, ...]
    statistic: float = np.nan
    df: tuple[float, float] = (np.nan, np.nan)
    p: float = np.nan
    detectable: float = np.nan
    slope: float = np.nan
    slope_low: float = np.nan
    slope_high: float = np.nan
    ruled_out: float = np.nan
    refusal: Caution | None = None


def check_pretrend(
    events: ArrayLike,
    estimate: ArrayLike,
    covariance: ArrayLike,
    *,
    clusters: int,
    reference: int = -1,
    alpha: float = 0.05,
) -> Pretrend:
    """Test that all estimates before the reference year are 0.

    Parameters
    ----------
    events, estimate, covariance
        (q,), (q,), (q, q): a whole path or its leads; years from the reference on are left out.
    clusters
        G clusters that the jackknife covariance was made of.

    Returns
    -------
    Pretrend
        With ``refusal`` ``no_leads``, ``few_clusters_for_leads`` (q ≥ G; values ``leads``, ``clusters``) or
        ``leads_not_apart`` (singular covariance).
    """
    years, value = np.asarray(events, dtype=np.int64), np.asarray(estimate, dtype=float)
    cov = np.asarray(covariance, dtype=float)
    keep = np.flatnonzero((years < reference) & np.isfinite(value) & np.isfinite(np.diag(cov)))
    lead, b, v = years[keep], value[keep], cov[np.ix_(keep, keep)]
    named = tuple(int(e) for e in lead)
    q = len(keep)
    if not q:
        return Pretrend(named, refusal=Caution("no_leads"))
    if q >= clusters:
        return Pretrend(named, refusal=Caution("few_clusters_for_leads", {"leads": q, "clusters": clusters}))
    if np.linalg.matrix_rank(v, hermitian=True) < q:
        return Pretrend(named, refusal=Caution("leads_not_apart", {"leads": q}))
    scale = (clusters - q) / (q * (clusters - 1))
    statistic = scale * float(b @ np.linalg.solve(v, b))
    line = (lead - reference).astype(float)
    slope, se = _slope(line, b, v)
    df = clusters - 1.0
    reach, one_sided = float(stdtrit(df, 1 - alpha / 2)) * se, float(stdtrit(df, 1 - alpha)) * se
    return Pretrend(
        named,
        statistic=statistic,
        df=(float(q), float(clusters - q)),
        p=float(fdtrc(q, clusters - q, statistic)),
        detectable=_detectable(line, v, clusters, alpha),
        slope=slope,
        slope_low=slope - reach,
        slope_high=slope + reach,
        ruled_out=abs(slope) + one_sided,
    )


def _slope(line: Array, b: Array, v: Array) -> tuple[float, float]:
    """Least-squares slope of the leads through 0 in the reference year, and its standard error."""
    weights = line / (line @ line)
    return float(weights @ b), float(np.sqrt(weights @ v @ weights))


def _detectable(line: Array, v: Array, clusters: int, alpha: float) -> float:
    """The slope at which the noncentral F passes its critical value in four of five cases."""
    q, rest = len(line), clusters - len(line)
    critical = float(fdtri(q, rest, 1 - alpha))

    def missing(noncentrality: float) -> float:
        return float(1 - POWER - ncfdtr(q, rest, noncentrality, critical))

    high = 1.0
    while missing(high) < 0:
        high *= 2
        if high > 1e6:
            return np.inf
    # λ wants the inverse of the true covariance; that of V is too large by (G − 1)/(G − q − 2) on average
    shrink = max((clusters - q - 2) / (clusters - 1), 1e-9) if clusters - q > 2 else 1 / (clusters - 1)
    return float(np.sqrt(brentq(missing, 0, high) / (shrink * float(line @ np.linalg.solve(v, line)))))
