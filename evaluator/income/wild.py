"""The wild cluster bootstrap of an averaged effect, restricted, with an interval by inversion.

Under the hypothesis that the effect is r, the restricted residuals of each cluster are multiplied by a random sign and
the effect is estimated again; the share of draws with a larger |t| is its p value, and the interval holds every r with
p > α. All is done on cluster scores, so a draw costs as much as there are clusters. Six-point weights when clusters are
so few that signs alone repeat.

Sources: Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90(3); Webb (2023), Canadian Journal of
Economics 56(3); Roodman, Nielsen, MacKinnon and Webb (2019), Stata Journal 19(1).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from evaluator.income.normal import Blocks, Solution

Array = NDArray[np.float64]
SIX = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
FEW = 12  # clusters below which signs are drawn from six points
REACH = 40.0  # standard errors searched for the ends of an interval


@dataclass(frozen=True, slots=True)
class Wild:
    """``p`` of no effect, and the interval ``low`` to ``high``; infinite where no end was found."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Draws:
    """|t| of each draw as a function of the gap δ between the estimate and the hypothesis.

    ``mean``, ``slope`` (B,) of the estimate; the variance is ``a + bδ + cδ²`` (B,).
    """

    mean: Array
    slope: Array
    a: Array
    b: Array
    c: Array

    def t(self, gap: float) -> Array:
        """(B,) |t| under the hypothesis ``gap`` away from the estimate."""
        variance = np.maximum(self.a + self.b * gap + self.c * gap * gap, 1e-300)
        return np.asarray(np.abs(self.mean + self.slope * gap) / np.sqrt(variance))


def bootstrap(
    found: Solution,
    weights: Array,
    *,
    draws: int = 999,
    alpha: float = 0.05,
    seed: int = 0,
) -> Wild:
    """Test and interval of an average of the first coefficients, with these ``weights`` (q,)."""
    inverse, known = found.inverse, np.nan_to_num(found.beta)
    target = np.zeros(len(known))
    target[: len(weights)] = weights
    estimate = float(target @ known)
    score, pull = _parts(found.blocks, known, inverse @ target)  # (C, p) each
    own = inverse @ target
    variance = float(target @ own)
    se = float(np.sqrt(((score @ own) ** 2).sum()))
    if not (se > 0 and variance > 0):
        return Wild(np.nan, np.nan, np.nan)
    drawn = _draw(score, pull, inverse, own, variance, draws=draws, seed=seed)

    def p_value(gap: float) -> float:
        return float(((drawn.t(gap) >= abs(gap) / se - 1e-12).sum() + 1) / (draws + 1))

    return Wild(
        p_value(estimate), estimate - _end(p_value, se, alpha, up=True), estimate - _end(p_value, se, alpha, up=False)
    )


def _parts(blocks: Blocks, beta: Array, own: Array) -> tuple[Array, Array]:
    """Each cluster's score X'(u − SXb), and A_c times the direction of the target."""
    c, p = blocks.n_clusters, blocks.x.shape[2]
    score, pull = np.zeros((c, p)), np.zeros((c, p))
    error, moved = blocks.u - blocks.times(blocks.x @ beta), blocks.times(blocks.x @ own)
    for x, among in zip(blocks.x, blocks.of_kind, strict=True):
        np.add.at(score, blocks.cluster[among], error[among] @ x)
        np.add.at(pull, blocks.cluster[among], moved[among] @ x)
    return score, pull


def _draw(score: Array, pull: Array, inverse: Array, own: Array, variance: float, *, draws: int, seed: int) -> _Draws:
    """Multiply restricted scores by random signs, estimate again, and collect what |t| depends on."""
    c = len(score)
    random = np.random.default_rng(seed)
    signs = random.choice(SIX if c <= FEW else np.array([-1.0, 1.0]), size=(draws, c))
    # b restricted = b − own·gap/variance, so a cluster's restricted score is score + pull·gap/variance
    bend = pull / variance
    first, second = score @ own, bend @ own  # (C,) the target's part of both
    one, two = signs @ score @ inverse, signs @ bend @ inverse  # (B, p) change of b in a draw
    left, right = signs * first - one @ pull.T, signs * second - two @ pull.T  # (B, C) the draw's own scores
    return _Draws(
        mean=signs @ first,
        slope=signs @ second,
        a=(left**2).sum(axis=1),
        b=2 * (left * right).sum(axis=1),
        c=(right**2).sum(axis=1),
    )


def _end(p_value: Callable[[float], float], se: float, alpha: float, *, up: bool) -> float:
    """The gap at which the p value falls to α, on one side."""
    sign = 1.0 if up else -1.0

    def above(size: float) -> float:
        return p_value(sign * size * se) - alpha

    high = 1.0
    while above(high) > 0:
        high *= 1.5
        if high > REACH:
            return sign * np.inf
    return sign * se * float(brentq(above, 0.0, high, xtol=1e-4))
