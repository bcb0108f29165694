"""How far parallel trends may fail before a conclusion does: the bounds of Rambachan and Roth.

The estimates by year since the start are β = δ + τ, with τ = 0 before the start and δ the trend that would have been
there anyway. Two restrictions on δ, each giving an interval for the target l'τ:

*Relative magnitudes* ``M̄``: no yearly change of δ after the start exceeds M̄ times the largest change before it. The
interval inverts the conditional test with a least favourable first stage (C-LF) for each of the changes before the
start, with either sign, and joins what any of them accepts.

*Smoothness* ``M``: no change of slope of δ exceeds M. The interval is the shortest of fixed length around a linear
estimate.

Source: Rambachan and Roth (2023), "A more credible approach to parallel trends", Review of Economic Studies 90(5);
the test is that of Andrews, Roth and Pakes (2023), "Inference for linear conditional moment inequalities", ibid. 90(6).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

from evaluator.income.smoothness import shortest_interval

Array = NDArray[np.float64]

GRID_POINTS = 1_000  # of the target, from −20 to +20 of its standard errors, as the authors' package has it
GRID_WIDTH = 20.0
DRAWS = 20_000  # for the least favourable critical value; Monte Carlo error of an end under a twentieth of its SE
FIRST_STAGE = 0.1  # share of the size spent on the first stage
RELATIVE = (0.5, 1.0, 1.5, 2.0)
SMOOTH = (0.0, 0.01, 0.02, 0.03)  # of a log income: 1 % a year faster or slower, year after year
BREAKDOWN_LIMIT = 20.0


@dataclass(frozen=True, slots=True)
class Bound:
    """An interval for the target under one restriction: ``limit`` is M̄ or M; ``open`` when it left the search grid."""

    kind: str
    limit: float
    low: float
    high: float
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Intervals under each restriction, and ``breakdown``: the M̄ from which 0 lies inside."""

    bounds: tuple[Bound, ...]
    breakdown: float


@dataclass(frozen=True, slots=True)
class EventPath:
    """Estimates by year since the start around a left-out reference year, ordered, with no gap.

    ``before`` (n_pre,) and ``after`` (n_post,) estimates; ``covariance`` of both, in that order. ``df`` are the degrees
    of freedom of the covariance: the covariance is widened by (t/z)², so that with no failure of parallel trends at
    all the interval is the t interval. Infinite: as published.
    """

    before: Array
    after: Array
    covariance: Array
    df: float = np.inf

    @property
    def both(self) -> Array:
        """(n_pre + n_post,) all estimates."""
        return np.concatenate([self.before, self.after])


def around_reference(
    events: ArrayLike, estimate: ArrayLike, covariance: ArrayLike, *, df: float = np.inf, reference: int = -1
) -> EventPath:
    """Cut a path to its longest run without a gap around the reference year.

    Parameters
    ----------
    events, estimate, covariance
        (q,), (q,) and (q, q): years since the start without the reference, as a ``Path`` holds them.

    Returns
    -------
    EventPath
        ``before`` is empty when no year right before the reference is known; years with NaN count as gaps.
    """
    years, value = np.asarray(events, dtype=np.int64), np.asarray(estimate, dtype=float)
    cov = np.asarray(covariance, dtype=float)
    known = {int(e): i for i, e in enumerate(years) if np.isfinite(value[i]) and np.isfinite(cov[i, i])}
    before: list[int] = []
    after: list[int] = []
    year = reference - 1
    while year in known:
        before.insert(0, known[year])
        year -= 1
    year = reference + 1
    while year in known:
        after.append(known[year])
        year += 1
    keep = [*before, *after]
    return EventPath(value[before], value[after], cov[np.ix_(keep, keep)], df)


def measure_sensitivity(
    path: EventPath,
    target: ArrayLike,
    *,
    relative: tuple[float, ...] = RELATIVE,
    smooth: tuple[float, ...] = SMOOTH,
    alpha: float = 0.05,
) -> Sensitivity:
    """The whole table: both kinds of interval at each limit, and the M̄ at which the sign is no longer sure."""
    bounds = [bound_relative(path, target, limit=limit, alpha=alpha) for limit in relative]
    bounds += [bound_smooth(path, target, limit=limit, alpha=alpha) for limit in smooth]
    return Sensitivity(tuple(bounds), find_breakdown(path, target, alpha=alpha))


def bound_relative(path: EventPath, target: ArrayLike, *, limit: float, alpha: float = 0.05) -> Bound:
    """Interval for ``target'τ`` when trends after the start change at most ``limit`` times as fast as before it.

    Parameters
    ----------
    target
        (n_post,) weights of the years after the start.
    limit
        M̄ ≥ 0.

    Returns
    -------
    Bound
        NaN ends when there is no estimate before the reference year.
    """
    weights = np.asarray(target, dtype=float)
    if not path.before.size:
        return Bound("relative", limit, np.nan, np.nan)
    cov = _widened(path, alpha)
    n = len(path.before)
    step = 2 * GRID_WIDTH * float(np.sqrt(weights @ cov[n:, n:] @ weights)) / (GRID_POINTS - 1)
    for doubling in range(6):
        half = step * (GRID_POINTS * 2**doubling - 1) / 2
        grid = np.linspace(-half, half, GRID_POINTS * 2**doubling)
        accepted = _accepts(path, cov, weights, limit, grid=grid, alpha=alpha)
        if accepted.any() and not (accepted[0] or accepted[-1]):
            break
    inside = grid[accepted]
    if not inside.size:
        return Bound("relative", limit, np.nan, np.nan, open=True)
    return Bound("relative", limit, float(inside[0]), float(inside[-1]), open=bool(accepted[0] or accepted[-1]))


def find_breakdown(path: EventPath, target: ArrayLike, *, alpha: float = 0.05) -> float:
    """The M̄ from which 0 lies in the interval; 0 when it always does, infinite when not up to 20, NaN without leads."""
    weights = np.asarray(target, dtype=float)
    if not path.before.size:
        return np.nan
    cov, zero = _widened(path, alpha), np.zeros(1)

    def accepts(limit: float) -> bool:
        return bool(_accepts(path, cov, weights, limit, grid=zero, alpha=alpha)[0])

    if accepts(0.0):
        return 0.0
    if not accepts(BREAKDOWN_LIMIT):
        return np.inf
    low, high = 0.0, BREAKDOWN_LIMIT
    while high - low > 2e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if accepts(middle) else (middle, high)
    return high


def _widened(path: EventPath, alpha: float) -> Array:
    """The covariance, widened for the degrees of freedom it was estimated with."""
    if not np.isfinite(path.df):
        return path.covariance
    return path.covariance * float(stdtrit(path.df, 1 - alpha / 2) / ndtri(1 - alpha / 2)) ** 2


def _changes(n_pre: int, n_post: int) -> Array:
    """(n_pre + n_post) yearly changes of δ as combinations of its values, the reference's 0 left out."""
    size = n_pre + n_post
    steps = np.eye(size + 1)[1:] - np.eye(size + 1)[:-1]
    return np.delete(steps, n_pre, axis=1)


def _accepts(
    path: EventPath, cov: Array, weights: Array, limit: float, *, grid: Array, alpha: float
) -> NDArray[np.bool_]:
    """Which values of the target are accepted under any largest change before the start, of either sign."""
    n_pre, n_post = len(path.before), len(path.after)
    steps = _changes(n_pre, n_post)
    accepted = np.zeros(grid.shape, bool)
    for largest in steps[:n_pre]:
        for sign in (1.0, -1.0):
            moments = np.vstack([steps[n_pre:], -steps[n_pre:]]) - limit * sign * largest
            accepted |= _accept_one(moments, path.both, cov, weights, grid=grid, alpha=alpha)
    return accepted


def _vertices(spread: Array, weights: Array) -> Array:
    """Extreme points of the multipliers: λ ≥ 0, λ'sd = 1, and λ'(changes after) a multiple of the target.

    The nuisance parameters are all of τ but its target. Multipliers that cancel them put on the changes up and down
    a difference proportional to w_t = Σ_{s ≥ t} l_s; what else they hold is pairs of one change up and down. So the
    extreme points are the n_post pairs and w in either sign: no linear program is needed.
    """
    n = len(weights)
    tail = np.cumsum(weights[::-1])[::-1]
    up, down = np.maximum(tail, 0), np.maximum(-tail, 0)
    rays = np.vstack([np.hstack([np.eye(n), np.eye(n)]), np.hstack([up, down]), np.hstack([down, up])])
    return np.asarray(rays / (rays @ spread)[:, None])


def _accept_one(
    moments: Array, beta: Array, cov: Array, weights: Array, *, grid: Array, alpha: float
) -> NDArray[np.bool_]:
    """C-LF test of ``moments @ δ ≤ 0`` at each value of the target: (n_grid,) accepted."""
    n_post = len(weights)
    sigma = moments @ cov @ moments.T
    vertex = _vertices(np.sqrt(np.diag(sigma)), weights)
    values = vertex @ sigma @ vertex.T
    # τ = θ l / l'l is one path with the target θ; the others differ by nuisance that the vertices cancel
    shift = vertex @ moments[:, -n_post:] @ weights / (weights @ weights)
    level = (vertex @ moments @ beta)[:, None] - shift[:, None] * grid
    best = level.argmax(axis=0)
    statistic = level[best, np.arange(len(grid))]
    first = alpha * FIRST_STAGE
    critical = _least_favourable(values, first)
    variance = values[best, best]
    # the other vertices bound where this one is the largest: truncation of the statistic
    slope = values[:, best] / np.maximum(variance, 1e-300)
    rest = level - slope * statistic
    with np.errstate(divide="ignore", invalid="ignore"):
        cut = rest / (1 - slope)
    low = np.where(slope < 1 - 1e-9, cut, -np.inf).max(axis=0)
    high = np.minimum(np.where(slope > 1 + 1e-9, cut, np.inf).min(axis=0), critical)
    sd = np.sqrt(np.maximum(variance, 0))
    flat = sd < 1e-10
    scale = np.where(flat, 1.0, sd)
    quantile = np.maximum(_truncated_quantile(1 - (alpha - first) / (1 - first), low / scale, high / scale), 0)
    rejected = (statistic > critical) | np.where(flat, statistic > 0, statistic / scale > quantile)
    return np.asarray(~rejected)


def _least_favourable(covariance: Array, size: float) -> float:
    """The 1 − ``size`` quantile of the largest of jointly normal variables with mean 0."""
    root, vector = np.linalg.eigh(covariance)
    draws = np.random.default_rng(0).standard_normal((DRAWS, len(covariance)))
    largest = (draws @ (vector * np.sqrt(np.maximum(root, 0))).T).max(axis=1)
    return float(np.quantile(largest, 1 - size))


def _truncated_quantile(p: float, low: Array, high: Array) -> Array:
    """Quantile of a standard normal between ``low`` and ``high``, in the tail that keeps its digits."""
    flip = low > 0
    a, b = ndtr(np.where(flip, -high, low)), ndtr(np.where(flip, -low, high))
    inner = ndtri(a + (b - a) * np.where(flip, 1 - p, p))
    return np.asarray(np.clip(np.where(flip, -inner, inner), low, np.maximum(low, high)))


def bound_smooth(path: EventPath, target: ArrayLike, *, limit: float, alpha: float = 0.05) -> Bound:
    """Interval for ``target'τ`` when the slope of the trend changes by at most ``limit`` from year to year.

    Parameters
    ----------
    limit
        M ≥ 0, in units of the outcome a year a year; 0 is a straight line.
    """
    weights = np.asarray(target, dtype=float)
    if not path.before.size:
        return Bound("smooth", limit, np.nan, np.nan)
    cov = _widened(path, alpha)
    lead, half = shortest_interval(cov, len(path.before), weights, limit=limit, alpha=alpha)
    centre = float(np.concatenate([lead, weights]) @ path.both)
    return Bound("smooth", limit, centre - half, centre + half)
