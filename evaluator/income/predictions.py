"""Predicted effects of running and of proposed projects under the trait-curve mixed model."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evaluator.income.curves import Array, Curves, Point, Turned, correlation, inverse, solve, turn, weigh


@dataclass(frozen=True, slots=True)
class Predicted:
    """For J grid points of ``weight`` (J,): ``mean`` (J, n, E) and ``covariance`` (J, n, E, E) of effects.

    ``with_error`` (J, n, E) is the covariance of the prediction's error with the error of a later estimate.
    """

    weight: Array
    mean: Array
    covariance: Array
    with_error: Array | None = None

    @property
    def sd(self) -> Array:
        """(J, n, E) standard deviations."""
        return np.asarray(np.sqrt(np.maximum(np.einsum("jnee->jne", self.covariance), 0.0)))

    def average(self, share: Array) -> tuple[Array, Array]:
        """Mean (J, n) and standard deviation (J, n) of a weighted average of years; ``share`` (n, E)."""
        mean = np.einsum("jne,ne->jn", self.mean, share)
        variance = np.einsum("ne,jnef,nf->jn", share, self.covariance, share)
        return mean, np.sqrt(np.maximum(variance, 0.0))


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose effects: ``design`` (n, E, q), cohorts' ``loadings`` (n, E, s), variance ``left`` (n, E, E) over ω²."""

    design: Array
    loadings: Array
    left: Array
    running: bool


def predict_running(curves: Curves, points: tuple[Point, ...], *, later: Array | None = None) -> Predicted:
    """Effects of the projects themselves (best linear unbiased predictions), in seen and in unseen years.

    ``later`` (P, E, E): covariance of the errors of the estimates (rows) with those of later estimates (columns), for
    the backtest.
    """
    asked = Asked(curves.design, curves.of_cohorts(), np.zeros(curves.own.shape), running=True)
    return _predict(curves, points, asked, later)


def predict_new(curves: Curves, points: tuple[Point, ...], design: Array, starts: Array) -> Predicted:
    """Effects of n projects without estimates: ``design`` (n, E, q) in the same years, ``starts`` (n,) first years."""
    loadings, left = curves.of_new_cohorts(design, starts)
    return _predict(curves, points, Asked(design, loadings, left, running=False), None)


def _predict(curves: Curves, points: tuple[Point, ...], asked: Asked, later: Array | None) -> Predicted:
    parts, order = [], []
    for turned, group in _by_persistence(curves, points):
        for point in group:
            parts.append(_predict_at(curves, turned, point, asked, later))
            order.append(point.weight)
    mean, covariance, error = (np.array([part[i] for part in parts]) for i in range(3))
    return Predicted(np.array(order), mean, covariance, None if later is None else error)


def _by_persistence(curves: Curves, points: tuple[Point, ...]) -> Iterator[tuple[Turned, list[Point]]]:
    for rho in sorted({point.rho for point in points}):
        yield turn(curves, rho), [point for point in points if point.rho == rho]


def _predict_at(
    curves: Curves, turned: Turned, point: Point, asked: Asked, later: Array | None
) -> tuple[Array, Array, Array]:
    """Conditional mean and covariance: what a project has of its own, then what it shares, then the curves' error."""
    weights, gram, logdet = weigh(turned, point.tau)
    solved = solve(gram, logdet, turned.parts, point.omega, precision=inverse(curves.prior))
    q, r, s = turned.parts
    own = point.tau**2 * correlation(curves.events, curves.events, point.rho)
    shared = turned.rows[:, :, 1 + q :] * np.concatenate([np.ones(r), np.full(s, point.omega)])
    to_shared = np.zeros((*asked.design.shape[:2], r + s))
    to_shared[:, :, r:] -= point.omega * asked.loadings
    to_rows = np.zeros((*asked.design.shape[:2], 1 + q))
    covariance = own[None] + point.omega**2 * asked.left
    if asked.running:
        link = (own[None] * curves.seen[:, None, :]) @ np.swapaxes(turned.turn, 1, 2)  # (P, E asked, E turned)
        weighed = link * weights[:, None, :]
        to_shared += weighed @ shared
        to_rows += weighed @ turned.rows[:, :, : 1 + q]
        covariance = covariance - weighed @ np.swapaxes(link, 1, 2)
    to_rows -= to_shared @ (solved.core @ solved.gram[1 + q :, : 1 + q])
    rest = asked.design - to_rows[:, :, 1:]
    mean = to_rows[:, :, 0] + rest @ solved.gamma
    covariance = covariance + to_shared @ solved.core @ np.swapaxes(to_shared, 1, 2)
    covariance = covariance + rest @ solved.covariance @ np.swapaxes(rest, 1, 2)
    if later is None:
        return mean, covariance, mean
    back = (shared * weights[:, :, None]) @ solved.core
    to_error = weighed - to_shared @ np.swapaxes(back, 1, 2)
    of_design = turned.rows[:, :, 1 : 1 + q] * weights[:, :, None] - back @ solved.gram[1 + q :, 1 : 1 + q]
    to_error = to_error + rest @ solved.covariance @ np.swapaxes(of_design, 1, 2)
    return mean, covariance, -np.einsum("phe,peh->ph", to_error, turned.turn @ later)
