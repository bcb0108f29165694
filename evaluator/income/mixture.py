"""Predictions that are mixtures of normal distributions: quantiles and the probability of no gain."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]

STEPS = 60


def mixture_mean(weight: Array, mean: Array) -> Array:
    """Mean over the components of the first axis."""
    return np.asarray(np.tensordot(weight, mean, axes=1))


def mixture_sd(weight: Array, mean: Array, sd: Array) -> Array:
    """Standard deviation of the mixture."""
    middle = mixture_mean(weight, mean)
    return np.asarray(np.sqrt(np.tensordot(weight, sd**2 + (mean - middle) ** 2, axes=1)))


def share_below(weight: Array, mean: Array, sd: Array, value: Array | float) -> Array:
    """Probability of at most ``value``; components on the first axis of ``mean`` and ``sd`` (J, …)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (value - mean) / sd
    score = np.where(sd > 0, score, np.where(value >= mean, np.inf, -np.inf))
    return np.asarray(np.tensordot(weight, ndtr(score), axes=1))


def mixture_quantiles(weight: Array, mean: Array, sd: Array, levels: Array) -> Array:
    """(L, …) quantiles at ``levels`` (L,), to 1e-9 of the mixture's width, by regula falsi with bisection."""
    width = 9.0 * sd + 1e-300
    low = np.broadcast_to((mean - width).min(axis=0), (len(levels), *mean.shape[1:])).copy()
    high = np.broadcast_to((mean + width).max(axis=0), low.shape).copy()
    wanted = levels.reshape(-1, *[1] * (mean.ndim - 1))
    precision = 1e-9 * (high - low)
    for _ in range(STEPS):
        middle = (low + high) / 2
        below = np.stack([share_below(weight, mean, sd, one) for one in middle]) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
        if (high - low <= precision).all():
            break
    return (low + high) / 2
