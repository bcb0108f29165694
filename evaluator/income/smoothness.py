"""The linear estimate with the shortest interval when a trend may bend: fixed-length intervals.

Source: Rambachan and Roth (2023), section 4.1, after Donoho (1994) and Armstrong and Kolesár (2018).
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, brentq, minimize
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]


def shortest_interval(
    covariance: Array, n_pre: int, target: Array, *, limit: float, alpha: float = 0.05
) -> tuple[Array, float]:
    """Weights of the years before the start, and half the length of the interval.

    The estimate is l'β_after + v'β_before with v such that a straight trend drops out; its worst bias is
    M(Σ_j |Σ_{k>j}(k−j) l_k| + Σ_j |Σ_{k>j}(k−j) v_k|), and v makes the interval shortest: a convex problem.

    Parameters
    ----------
    covariance
        (n_pre + n_post, same) of the estimates in order of years, the reference left out.
    target
        (n_post,) l.
    limit
        M ≥ 0, the largest change of slope.
    """
    away = np.arange(n_pre, 0, -1.0)  # years from the reference, in the order of the estimates
    bends = np.maximum(away[None, :] - np.arange(n_pre)[:, None], 0)
    ahead = np.arange(1.0, len(target) + 1)
    fixed = float(sum(abs(np.maximum(ahead - j, 0) @ target) for j in range(1, len(target))))
    trend = float(ahead @ target)
    lead = _shortest(covariance, target, bends, away, trend=trend, fixed=fixed, limit=limit, alpha=alpha)
    whole = np.concatenate([lead, target])
    sd = float(np.sqrt(whole @ covariance @ whole))
    return lead, sd * folded_quantile(limit * (fixed + np.abs(bends @ lead).sum()) / sd, alpha=alpha)


def folded_quantile(mean: float, *, alpha: float = 0.05) -> float:
    """The c with P(|N(mean, 1)| ≤ c) = 1 − α, for mean ≥ 0."""
    if mean > 8:
        return mean + float(ndtri(1 - alpha))  # the other tail is gone
    high = mean + float(ndtri(1 - alpha / 2)) + 1
    return float(brentq(lambda c: ndtr(c - mean) - ndtr(-c - mean) - (1 - alpha), 0, high, xtol=1e-12))


def _shortest(
    cov: Array, weights: Array, bends: Array, away: Array, *, trend: float, fixed: float, limit: float, alpha: float
) -> Array:
    """Weights v of the years before the start that make the interval shortest, with away'v = trend."""
    n = len(away)
    pre, cross, post = cov[:n, :n], cov[:n, n:] @ weights, float(weights @ cov[n:, n:] @ weights)
    kkt = np.block([[pre, away[:, None]], [away[None, :], np.zeros((1, 1))]])
    calm = np.linalg.lstsq(kkt, np.append(-cross, trend), rcond=None)[0][:n]  # the least variance
    straight = np.zeros(n)
    straight[-1] = trend  # the least bias: only the year next to the reference
    if limit == 0 or n == 1:
        return calm if n > 1 else straight
    unit = np.sqrt(post)

    def length(x: Array) -> tuple[float, Array]:
        v, size = x[:n], x[n:]
        sd = float(np.sqrt(v @ pre @ v + 2 * cross @ v + post))
        ratio = limit * (fixed + float(size.sum())) / sd
        c = folded_quantile(ratio, alpha=alpha)
        near, far = np.exp(-0.5 * (c - ratio) ** 2), np.exp(-0.5 * (c + ratio) ** 2)
        rise = (near - far) / (near + far)  # dc/dratio
        slope = np.concatenate([(c - rise * ratio) * (pre @ v + cross) / sd, np.full(n, rise * limit)])
        return sd * c / unit, slope / unit

    best = min(_solutions(length, (calm, straight), bends, away, trend), key=lambda x: length(x)[0])
    return np.asarray(best[:n])


def _solutions(
    length: Callable[[Array], tuple[float, Array]], starts: tuple[Array, ...], bends: Array, away: Array, trend: float
) -> Iterator[Array]:
    """Each start and where the search leads from it, with v first and the sizes |bends @ v| behind."""
    n = len(away)
    over = np.vstack([np.hstack([-bends, np.eye(n)]), np.hstack([bends, np.eye(n)])])
    line = np.concatenate([away, np.zeros(n)])
    constraints = [LinearConstraint(over, 0, np.inf), LinearConstraint(line[None, :], trend, trend)]
    for v in starts:
        start = np.concatenate([v, np.abs(bends @ v)])
        yield start
        found = minimize(
            length, start, jac=True, constraints=constraints, method="SLSQP", options={"ftol": 1e-12, "maxiter": 500}
        ).x
        exact = found[:n] + away * (trend - away @ found[:n]) / (away @ away)
        yield np.concatenate([exact, np.abs(bends @ exact)])
