"""Predictions that are mixtures of normal distributions: means, quantiles and the probability of no gain."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]

STEPS = 80
ACCURACY = 1e-9
"""Of quantiles, in standard deviations of the mixture."""
ROOT_2_PI = float(np.sqrt(2 * np.pi))


def mixture_mean(weight: Array, mean: Array) -> Array:
    """Mean over the components, which stand on the first axis of ``weight`` and ``mean``."""
    return np.asarray((weight * mean).sum(axis=0))


def mixture_sd(weight: Array, mean: Array, sd: Array) -> Array:
    """Standard deviation of the mixture."""
    middle = mixture_mean(weight, mean)
    return np.asarray(np.sqrt((weight * (sd**2 + (mean - middle) ** 2)).sum(axis=0)))


def share_below(weight: Array, mean: Array, sd: Array, value: Array | float) -> Array:
    """Probability of at most ``value``; a component without spread counts whole from its mean on."""
    gap = value - mean
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(sd > 0, gap / sd, np.where(gap >= 0, np.inf, -np.inf))
    return np.asarray((weight * ndtr(score)).sum(axis=0))


def mixture_quantile(weight: Array, mean: Array, sd: Array, level: float) -> Array:
    """The value that the mixture stays under with probability ``level``: Newton steps kept inside a bracket.

    ``weight``, ``mean`` and ``sd`` (J, …), weights adding to 1 over the first axis.
    """
    spread = mixture_sd(weight, mean, sd)
    low = np.min(mean + sd * ndtri(min(level, 1e-12)), axis=0)
    high = np.max(mean + sd * ndtri(max(level, 1 - 1e-12)), axis=0)
    at = np.clip(mixture_mean(weight, mean) + spread * ndtri(level), low, high)
    safe = np.where(sd > 0, sd, 1.0)
    for _ in range(STEPS):
        gap = share_below(weight, mean, sd, at) - level
        low, high = np.where(gap < 0, at, low), np.where(gap < 0, high, at)
        slope = (weight * np.where(sd > 0, np.exp(-0.5 * ((at - mean) / safe) ** 2) / safe, 0.0)).sum(
            axis=0
        ) / ROOT_2_PI
        with np.errstate(divide="ignore", invalid="ignore"):
            step = at - gap / slope
        new = np.where((step > low) & (step < high), step, (low + high) / 2)
        done = np.abs(new - at) <= ACCURACY * spread
        at = new
        if done.all():
            break
    return np.asarray(at)
