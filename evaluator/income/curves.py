"""The trait-curve mixed model: how effects run over the years, by trait, and what cohorts and projects add.

``θ̂_p(e) = x_p'γ(e) + f_c s_p(e) + δ_p(e) + error``. γ is a piecewise linear curve for the average project and one for
each trait; δ_p is what a project has of its own, stationary and autoregressive over the years (standard deviation τ,
yearly correlation ρ). Cohorts, the projects of one year of start, gain more or less of the same: f_c is by what share
(standard deviation ω, closer the nearer the years of start), s_p the pattern, the curve of projects of p's kind in a
cohort of average strength. The error has the covariance of the regression. γ is integrated out under a prior that says
little of the average curve and of what the headline trait changes, and draws what other traits change towards nothing
(few projects tell little of late years and of many traits); τ, ρ and ω over a grid, so that predictions hold their
uncertainty. The pattern is read beforehand, in turns with f (alternating least squares).

Sources: Henderson (1975), Biometrics 31(2), best linear unbiased prediction; Patterson and Thompson (1971), Biometrika
58(3), restricted likelihood; Rue, Martino and Chopin (2009), JRSS B 71(2), integration of few parameters over a grid.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SPREADS = np.array([0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.0])
"""τ on the grid, in root mean squares of the estimates; the prior is half-normal of scale ``OWN_SCALE``."""
OWN_SCALE = 0.15
PERSISTENCES = np.array([0.2, 0.5, 0.7, 0.85, 0.95])
"""ρ on the grid, each with the same prior weight."""
COHORT_SPREADS = np.array([0.0, 0.1, 0.2, 0.35, 0.6, 1.0])
"""ω on the grid, as a share of the pattern; the prior is half-normal of scale ``COHORT_SCALE``."""
COHORT_SCALE = 0.2
READINGS = 3
"""Times the pattern and the strength of cohorts are read by one another; it hardly moves after the third."""
LEAST_STRENGTH = 0.1
"""Of a cohort the pattern is read from, in patterns: one that gains nothing tells nothing of it."""
COHORT_LIKENESS = 0.9
"""Correlation of the strength of cohorts from one year of start to the next."""
NEGLIGIBLE = 1e-3
"""Grid points of less than this share of the posterior are left out of predictions."""
LEVEL, STEP, TRAIT = 1.0, 0.7, 0.3
"""Prior standard deviations of γ, in root mean squares of the estimates: of a curve at its first knot, of its change
from one knot to the next, and of both for what another trait than the headline changes (by one of its standard
deviations, or by yes)."""


@dataclass(frozen=True, slots=True)
class Curves:
    """What the model reads: P projects, E event years, q coefficients, r shared errors, s cohorts.

    ``y`` (P, E) estimates, 0 where not ``seen`` (P, E); ``design`` (P, E, q) in all years, seen or not; ``own``
    (P, E, E) and ``common`` (P, E, r) parts of the error covariance; ``cohort`` (P,) place in ``starts`` (s,), the
    years of start; ``events`` (E,) years since the start, ``knots`` (K,) of all curves; ``main`` how many of the
    curves, from the first, are the average one and the headline trait's; ``pattern`` their coefficients in a cohort
    of average strength, none before they are read (``fit_pattern``).
    """

    y: Array
    seen: NDArray[np.bool_]
    design: Array
    own: Array
    common: Array
    cohort: NDArray[np.int64]
    starts: Array
    events: Array
    knots: Array
    main: int = 1
    pattern: Array = field(default_factory=lambda: np.zeros(0))

    @property
    def prior(self) -> Array:
        """(q, q) prior covariance of γ: each curve wanders from knot to knot, independent of the others."""
        count, knots = self.design.shape[2] // len(self.knots), len(self.knots)
        covariance = np.zeros((count * knots, count * knots))
        for curve in range(count):
            first, step = (LEVEL, STEP) if curve < self.main else (TRAIT, TRAIT)
            steps = np.tril(np.ones((knots, knots))) * np.array([first, *[step] * (knots - 1)])
            block = slice(curve * knots, (curve + 1) * knots)
            covariance[block, block] = self.size**2 * steps @ steps.T
        return covariance

    @property
    def size(self) -> float:
        """Root mean square of the estimates."""
        return float(np.sqrt((self.y[self.seen] ** 2).mean())) if self.seen.any() else 0.0

    @property
    def likeness(self) -> Array:
        """(s, s) root of the correlation of the strength of cohorts."""
        return np.asarray(np.linalg.cholesky(correlation(self.starts, self.starts, COHORT_LIKENESS)), float)

    def pattern_of(self, design: Array) -> Array:
        """(n, E) the pattern of projects of a design (n, E, q); 0 before it is read."""
        return np.asarray(design[:, :, : len(self.pattern)] @ self.pattern)

    def of_cohorts(self) -> Array:
        """(P, E, s) loadings of the projects on s independent coefficients of variance 1 (times ω)."""
        return self.pattern_of(self.design)[:, :, None] * self.likeness[self.cohort][:, None, :]

    def of_new_cohorts(self, design: Array, starts: Array) -> tuple[Array, Array]:
        """The same (n, E, s) of projects that start in ``starts`` (n,), and the covariance (n, E, E), over ω², of what

        no known cohort tells of theirs.
        """
        known = np.linalg.solve(self.likeness, correlation(self.starts, starts, COHORT_LIKENESS)).T
        pattern, left = self.pattern_of(design), np.maximum(1 - (known**2).sum(axis=1), 0.0)
        return pattern[:, :, None] * known[:, None, :], (left[:, None] * pattern)[:, :, None] * pattern[:, None, :]


@dataclass(frozen=True, slots=True)
class Point:
    """The model at one τ, ρ and ω: ``weight`` in the posterior, ``gamma`` (q,) and its covariance, ``more`` (s,)

    of the pattern in each cohort.
    """

    tau: float
    rho: float
    omega: float
    weight: float
    log_likelihood: float
    gamma: Array
    covariance: Array
    more: Array


def hats(events: Array, knots: Array) -> Array:
    """(E, K) weights of the knots in each event year: linear between knots, constant outside them."""
    return np.column_stack([np.interp(events, knots, row) for row in np.eye(len(knots))])


def curve_design(traits: Array, basis: Array) -> Array:
    """(n, E, q) design of projects with ``traits`` (n, k): the average curve first, then one a trait."""
    whole = np.column_stack([np.ones(len(traits)), traits])
    return np.asarray((whole[:, None, :, None] * basis[None, :, None, :]).reshape(len(traits), len(basis), -1))


def inverse(matrix: Array) -> Array:
    """The inverse of a matrix."""
    return np.asarray(np.linalg.inv(matrix), float)


def correlation(places: Array, others: Array, rho: float) -> Array:
    """Autoregressive correlation between two sets of years."""
    return np.asarray(np.power(rho, np.abs(places[:, None] - others[None, :])))


@dataclass(frozen=True, slots=True)
class Turned:
    """A model at one ρ, turned so that errors and what is a project's own are independent.

    With ``own = L Q Λ Q'L'`` and ``LL'`` the correlation of δ: ``spread`` (P, E) Λ; ``rows`` (P, E, 1+q+r+s) estimates,
    design, shared errors and cohorts premultiplied by ``turn`` (P, E, E) = Q'L⁻¹; ``logdet`` of all LL'. ``unseen``
    counts the rows without data, ``parts`` are (q, r, s).
    """

    spread: Array
    rows: Array
    turn: Array
    logdet: float
    unseen: int
    parts: tuple[int, int, int]


def turn(curves: Curves, rho: float) -> Turned:
    """Diagonalise the two covariances of every project together (the same for all τ)."""
    seen = curves.seen.astype(float)
    r = correlation(curves.events, curves.events, rho) * seen[:, :, None] * seen[:, None, :]
    spot = np.arange(curves.y.shape[1])
    r[:, spot, spot] = 1.0
    lower = np.linalg.cholesky(r)
    inverse = np.linalg.inv(lower)
    value, vector = np.linalg.eigh(inverse @ curves.own @ np.swapaxes(inverse, 1, 2))
    change = np.swapaxes(vector, 1, 2) @ inverse
    cohorts = curves.of_cohorts()
    rows = np.concatenate([curves.y[:, :, None], curves.design, curves.common, cohorts], axis=2) * seen[:, :, None]
    return Turned(
        spread=np.maximum(value, 0.0),
        rows=change @ rows,
        turn=change,
        logdet=2 * float(np.log(np.einsum("pee->pe", lower)).sum()),
        unseen=int((~curves.seen).sum()),
        parts=(curves.design.shape[2], curves.common.shape[2], cohorts.shape[2]),
    )


def weigh(turned: Turned, tau: float) -> tuple[Array, Array, float]:
    """Weights (P, E) of the turned rows at one τ, the gram matrix of all columns, and the log determinant."""
    weights = 1 / (turned.spread + tau**2)
    rows = turned.rows.reshape(-1, turned.rows.shape[2])
    gram = rows.T @ (rows * weights.reshape(-1, 1))
    return weights, gram, turned.logdet - float(np.log(weights).sum()) - 2 * turned.unseen * float(np.log(tau))


@dataclass(frozen=True, slots=True)
class Solved:
    """Generalised least squares at one τ, ρ and ω.

    ``gram`` (1+q+m, 1+q+m) of all columns over the rows of variance Λ + τ², with m shared columns; ``core`` (m, m);
    ``shared`` (m,) what they stand for, in units of its prior.
    """

    gamma: Array
    covariance: Array
    log_likelihood: float
    gram: Array
    core: Array
    shared: Array


def solve(gram: Array, logdet: float, parts: tuple[int, int, int], omega: float, *, precision: Array) -> Solved:
    """Solve for γ, with what is shared (year effects' errors, cohorts) by the identity of Woodbury.

    ``precision`` (q, q) is the inverse of the prior covariance of γ.
    """
    q, _, s = parts
    size = np.ones(len(gram))
    size[len(gram) - s :] = omega
    gram = gram * size[:, None] * size[None, :]
    own, cross, inner = gram[: 1 + q, : 1 + q], gram[1 + q :, : 1 + q], gram[1 + q :, 1 + q :]
    inner = inner + np.eye(len(inner))
    core = inverse(inner)
    left = own - cross.T @ core @ cross
    precision = left[1:, 1:] + precision
    covariance = inverse(precision)
    gamma = covariance @ left[1:, 0]
    logdet += float(np.linalg.slogdet(inner)[1] + np.linalg.slogdet(precision)[1])
    fit = float(left[0, 0] - gamma @ left[1:, 0])
    shared = core @ (cross[:, 0] - cross[:, 1:] @ gamma)
    return Solved(gamma, covariance, -0.5 * (logdet + fit), gram, core, shared)


def fit_curves(
    curves: Curves,
    *,
    spreads: Array = SPREADS,
    persistences: Array = PERSISTENCES,
    cohort_spreads: Array = COHORT_SPREADS,
) -> tuple[Point, ...]:
    """The posterior over the grid of τ, ρ and ω, negligible points left out; weights add to 1.

    ``spreads`` are in root mean squares of the estimates. With one year of start, or no pattern, ω is 0.
    """
    size = curves.size
    cohort_spreads = cohort_spreads if len(curves.starts) > 1 and curves.pattern.any() else np.zeros(1)
    of_own, of_cohorts = _half_normal(spreads, OWN_SCALE), _half_normal(cohort_spreads, COHORT_SCALE)
    precision, found = inverse(curves.prior), list[tuple[float, Point]]()
    for rho in persistences:
        turned = turn(curves, float(rho))
        for spread, share in zip(spreads, of_own, strict=True):
            _, gram, logdet = weigh(turned, spread * size)
            for cohort_spread, part in zip(cohort_spreads, of_cohorts, strict=True):
                one = solve(gram, logdet, turned.parts, float(cohort_spread), precision=precision)
                at = float(spread * size), float(rho), float(cohort_spread)
                more = cohort_spread * curves.likeness @ one.shared[turned.parts[1] :]
                point = Point(*at, 0.0, one.log_likelihood, one.gamma, one.covariance, more)
                found.append((one.log_likelihood + float(np.log(share * part)), point))
    return _weighted(found)


def fit_pattern(curves: Curves) -> tuple[Curves, tuple[Point, ...]]:
    """The curves with their pattern, and the posterior with it.

    In turns the pattern is read by the strengths of cohorts, and these by the pattern: late years have been seen in
    the first cohorts alone, which may have been the strong ones.
    """
    main, strength = curves.main * len(curves.knots), np.ones(len(curves.starts))
    points: tuple[Point, ...] = ()
    for _ in range(READINGS):
        design, own = curves.design.copy(), np.maximum(strength, LEAST_STRENGTH)[curves.cohort]
        design[:, :, :main] *= (own / own.mean())[:, None, None]
        alike = fit_curves(replace(curves, design=design), cohort_spreads=np.zeros(1))
        pattern = np.sum([one.weight * one.gamma for one in alike], axis=0)[:main]
        curves = replace(curves, pattern=pattern)
        points = fit_curves(curves)
        gamma, more = (np.sum([one.weight * getattr(one, of) for one in points], axis=0) for of in ("gamma", "more"))
        # What all cohorts have of the pattern stands in γ.
        strength = more + (gamma[:main] @ pattern / (pattern @ pattern) if pattern.any() else 1.0)
    return curves, points


def _weighted(found: list[tuple[float, Point]]) -> tuple[Point, ...]:
    score = np.array([one for one, _ in found])
    weight = np.exp(score - score.max())
    weight[weight < NEGLIGIBLE * weight.sum()] = 0.0
    weight /= weight.sum()
    return tuple(replace(point, weight=float(w)) for (_, point), w in zip(found, weight, strict=True) if w > 0)


def _half_normal(grid: Array, scale: float) -> Array:
    """What each point of a grid stands for of a half-normal prior (up to a factor)."""
    if len(grid) == 1:
        return np.ones(1)
    width = np.diff(np.concatenate([[0.0], (grid[1:] + grid[:-1]) / 2, grid[-1:]]))
    return np.asarray(width * np.exp(-0.5 * (grid / scale) ** 2))
