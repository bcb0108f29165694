"""How far a village's incomes drift by themselves: the errors of village-years without a project.

A project's own village cannot be left out to learn how uncertain its effect is: the effect would go with it. What a
village's income does without a project is seen in villages without one and in the years before a start. There

``y_hvt = α_h + λ_t + s_vt + n_vt + ε_ht``

with a village shock s that lasts (autoregressive, stationary), one n that does not, and households' own noise ε. The
variances are those of restricted maximum likelihood (Patterson and Thompson 1971) with the year effects free; that of ε
comes from differences between households of one village alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Array = NDArray[np.float64]
MOST_CLUSTERS = 200
"""Villages the variances are read from when there are more, evenly spread over the order of their ids."""
TINY = 1e-9
START = np.array([-0.3, 0.3, -1.5])
BOUNDS = ((-8.0, 3.0), (-4.0, 4.5), (-8.0, 3.0))
"""Of log(lasting shock), logit(rho) and log(passing shock), the variances over a first value."""


@dataclass(frozen=True, slots=True)
class VillageErrors:
    """Variances (square of the outcome's unit) of the village shock, of the passing one, and of households' noise.

    ``rho`` is the yearly correlation of the shock that lasts; ``clusters`` and ``village_years`` count what they were
    read from.
    """

    shock: float
    rho: float
    passing: float
    household: float
    clusters: int = 0
    village_years: int = 0

    def covariance(self, years: NDArray[np.int64]) -> Array:
        """(T, T) covariance of a village's shocks over the years."""
        gaps = np.abs(years[:, None] - years[None, :])
        return np.asarray(self.shock * self.rho**gaps + self.passing * (gaps == 0))


@dataclass(frozen=True, slots=True)
class Whitened:
    """Villages turned so that households' noise is white: ``value`` (C, r) = ``design`` (C, r, T) × years + error.

    ``noise`` (C, r, r) is the covariance of households' noise for a variance of 1; rows past a village's rank are 0.
    """

    value: Array
    design: Array
    noise: Array
    rank: NDArray[np.int64]


def household_variance(s: Array, u: Array, cross: Array, noise: Array, dof: float) -> float:
    """Variance of households' noise: what is left within households after every group's year has its own mean.

    ``s``, ``noise`` (G, T, T), ``u`` (G, T), ``cross`` (G,) within-unit sums of squares; ``dof`` Σ_h w_h (n_h − 1). 0
    when each group is one unit.
    """
    inverse = np.linalg.pinv(s, rcond=TINY, hermitian=True)
    left = float(cross.sum() - np.einsum("gt,gts,gs->", u, inverse, u))
    free = dof - float(np.einsum("gts,gst->", inverse, noise))
    return max(left, 0.0) / free if free > 0.5 else 0.0


def whiten(s: Array, u: Array, noise: Array) -> Whitened:
    """Turn each village's normal equations into independent rows."""
    value, vector = np.linalg.eigh(s)
    kept = value > TINY * np.maximum(value[:, -1:], TINY)
    root = np.where(kept, np.sqrt(np.where(kept, value, 1.0)), 0.0)
    inverse = np.where(kept, 1 / np.where(kept, root, 1.0), 0.0)
    turned = np.swapaxes(vector, 1, 2)
    down = inverse[:, :, None] * turned
    return Whitened(
        value=np.einsum("crt,ct->cr", down, u),
        design=root[:, :, None] * turned,
        noise=down @ noise @ np.swapaxes(down, 1, 2),
        rank=kept.sum(axis=1),
    )


def fit_village_errors(s: Array, u: Array, noise: Array, years: NDArray[np.int64], household: float) -> VillageErrors:
    """Fit the village shocks to the village-years without a project.

    Parameters
    ----------
    s, u, noise
        (C, T, T), (C, T), (C, T, T): moments of each cluster's untreated unit-years; ``noise`` as ``s`` with squared
        weights.
    household
        Variance of households' noise.
    """
    able = np.flatnonzero(np.einsum("ctt->c", s) > TINY)
    able = (
        able[np.unique(np.linspace(0, len(able) - 1, min(len(able), MOST_CLUSTERS)).astype(int))] if len(able) else able
    )
    village = whiten(s[able], u[able], noise[able])
    count = int(village.rank.sum())
    scale = _spread(village, household)
    if count < len(years) + 2 or scale <= 0:
        return VillageErrors(max(scale, 0.0), 0.5, 0.0, household, len(able), count)

    def minus_likelihood(at: Array) -> float:
        errors = _at(at, scale, household)
        return -_restricted(village, errors, years)

    start: np.ndarray[tuple[int], np.dtype[np.float64]] = START.copy()
    found = minimize(
        minus_likelihood,
        start,
        method="L-BFGS-B",
        bounds=BOUNDS,
        options={"ftol": 1e-8, "eps": 1e-4, "maxiter": 60},
    )
    fitted = _at(np.asarray(found.x), scale, household)
    return VillageErrors(fitted.shock, fitted.rho, fitted.passing, household, len(able), count)


def _at(at: Array, scale: float, household: float) -> VillageErrors:
    return VillageErrors(scale * float(np.exp(at[0])), float(expit(at[1])), scale * float(np.exp(at[2])), household)


def _spread(village: Whitened, household: float) -> float:
    """A first value of the variance of village shocks: residual variance of village-years, less households' noise."""
    design = village.design.reshape(-1, village.design.shape[2])
    value = village.value.ravel()
    left = value - design @ np.linalg.lstsq(design, value, rcond=None)[0]
    mean_square = (design**2).sum() or 1.0
    total = float(left @ left - household * np.einsum("crr->", village.noise))
    floor = 0.05 * float(left @ left)
    return max(total, floor) / float(mean_square)


def _restricted(village: Whitened, errors: VillageErrors, years: NDArray[np.int64]) -> float:
    """Restricted log likelihood, and a mild prior that keeps the persistence off its ends."""
    rank = np.arange(village.value.shape[1])
    beyond = np.linalg.norm(village.design, axis=2) <= 0
    covariance = village.design @ errors.covariance(years) @ np.swapaxes(village.design, 1, 2)
    covariance += errors.household * village.noise
    covariance[:, rank, rank] += beyond + TINY * errors.shock
    factor = np.linalg.cholesky(covariance)
    both = np.concatenate([village.value[:, :, None], village.design[:, :, 1:]], axis=2)
    turned = np.linalg.solve(factor, both).reshape(-1, both.shape[2])
    y, x = turned[:, 0], turned[:, 1:]
    gram = x.T @ x
    value, vector = np.linalg.eigh(gram)
    kept = value > TINY * max(float(value[-1]), TINY)
    b = (vector[:, kept].T @ (x.T @ y)) / np.sqrt(value[kept])
    logdet = 2 * np.log(np.einsum("crr->cr", factor)).sum()
    prior = np.log(errors.rho * (1 - errors.rho))
    return float(-0.5 * (logdet + np.log(value[kept]).sum() + y @ y - b @ b) + 0.5 * prior)
