"""How concentrated or uneven amounts are: Herfindahl–Hirschman, Gini, Theil and similarity-sensitive diversity.

Every measure takes non-negative amounts of any unit and has no answer (NaN) where they add to nothing.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def shares_of(amounts: ArrayLike) -> Array:
    """Each amount over their sum; NaN everywhere when they add to nothing."""
    values = np.asarray(amounts, dtype=np.float64)
    whole = values.sum()
    return values / whole if whole > 0 else np.full(values.shape, np.nan)


def herfindahl(amounts: ArrayLike) -> float:
    """Sum of squared shares: 1 when one group has all, 1/n when n groups share evenly.

    References
    ----------
    Herfindahl 1950; Hirschman 1964, *American Economic Review* 54: 761.

    Examples
    --------
    >>> round(herfindahl([20, 50, 20, 10]), 2)
    0.34
    """
    shares = shares_of(amounts)
    return float(shares @ shares) if shares.size else np.nan


def normalised_herfindahl(amounts: ArrayLike) -> float:
    """(HHI − 1/n)/(1 − 1/n): 0 when n groups share evenly, 1 when one has all; NaN for a single group."""
    n = np.size(amounts)
    return (herfindahl(amounts) - 1 / n) / (1 - 1 / n) if n > 1 else np.nan


def effective_number(amounts: ArrayLike) -> float:
    """1/HHI: how many groups of equal size would be as concentrated."""
    index = herfindahl(amounts)
    return 1 / index if index > 0 else np.nan


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Gini coefficient: half the mean difference between two drawn values, over the mean.

    Parameters
    ----------
    values
        (n,) non-negative, such as funds per household of each township.
    weights
        (n,) how often each value counts, such as its households; once unless given.

    Returns
    -------
    0 when all are equal, up to 1 − 1/n; NaN when there is none or all are 0.

    References
    ----------
    Gini 1912. Unweighted it is 2 Σ i x_(i) / (n Σ x) − (n + 1)/n with x_(i) ascending.

    Examples
    --------
    >>> round(gini([20, 50, 20, 10]), 4)
    0.3
    """
    x = np.asarray(values, dtype=np.float64)
    w = np.ones(x.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    whole = float(w @ x)
    if not x.size or not whole > 0:
        return np.nan
    order = np.argsort(x, kind="stable")
    w, part = w[order], (w * x)[order]
    below = np.cumsum(w) - w / 2
    return float(2 * (below @ part) / (w.sum() * whole) - 1)


def standardised_gini(values: ArrayLike) -> float:
    """Gini · n/(n − 1): 1 when one of n has all; NaN for a single value."""
    n = np.size(values)
    return gini(values) * n / (n - 1) if n > 1 else np.nan


def theil(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's T: mean of (x/μ) ln(x/μ), 0 when all are equal, up to ln n; a value of 0 adds nothing.

    References
    ----------
    Theil 1967, *Economics and Information Theory*.
    """
    x, w = _weighed(values, weights)
    mean = float(w @ x)
    if not mean > 0:
        return np.nan
    ratio = x[x > 0] / mean
    return float(w[x > 0] @ (ratio * np.log(ratio)))


def mean_log_deviation(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Theil's L: mean of ln(μ/x), 0 when all are equal; endless when one value is 0."""
    x, w = _weighed(values, weights)
    mean = float(w @ x)
    if not mean > 0:
        return np.nan
    with np.errstate(divide="ignore"):
        return float(w @ np.log(mean / x))


def _weighed(values: ArrayLike, weights: ArrayLike | None) -> tuple[Array, Array]:
    x = np.asarray(values, dtype=np.float64)
    return x, shares_of(np.ones(x.shape) if weights is None else weights)


def similarity_diversity(amounts: ArrayLike, similarity: ArrayLike, *, order: float = 2.0) -> float:
    """Effective number of types when types are partly alike.

    Parameters
    ----------
    amounts
        (n,) size of each type, not negative.
    similarity
        (n, n) likeness of two types, 0–1, 1 on the diagonal.
    order
        How much rare types are left out: 0 counts all alike, 1 as Shannon, 2 as Simpson, infinity the commonest.

    Returns
    -------
    From 1 (all alike) to n (n equal types that have nothing in common); NaN when the amounts add to nothing.

    References
    ----------
    Leinster & Cobbold 2012, *Ecology* 93: 477–489, equation 1: (Σ p_i (Zp)_i^(q−1))^(1/(1−q)).

    Examples
    --------
    >>> round(similarity_diversity([0.7, 0.3], [[1, 0.2], [0.2, 1]], order=2), 2)
    1.51
    """
    shares = shares_of(amounts)
    if not shares.size or np.isnan(shares).any():
        return np.nan
    met = shares > 0
    p, ordinary = shares[met], (np.asarray(similarity, dtype=np.float64) @ shares)[met]
    if np.isinf(order):
        return float(1 / ordinary.max())
    if order == 1:
        return float(np.exp(-(p @ np.log(ordinary))))
    return float((p @ ordinary ** (order - 1)) ** (1 / (1 - order)))
