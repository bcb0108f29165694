"""How firm an order is: rank intervals, P(top k), P(one beats another), and the weight at which a pair changes places.

Stochastic multicriteria acceptability analysis (Lahdelma & Salminen 2001): the shares of the drawn readings in which
something holds, each with its Monte Carlo error. Equal totals share their places: all take the better rank, and the
seats among the top, the mean rank and a win are divided evenly.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluator.criteria.score import Array, CriterionScore, interval
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.settings import CRITERIA, ScoreSettings

Drawn = NDArray[np.float32]
DRAWS_AT_ONCE = 128
LONGEST_SHORTLIST = 30


@dataclass(frozen=True, slots=True)
class Firmness:
    """Over the drawn readings, (n,) each: 5-95 % interval of the rank, its mean, and the share among the top."""

    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]
    expected_rank: Array
    p_top: Array


@dataclass(frozen=True, slots=True)
class Pairwise:
    """P(row beats column) of a shortlist, (k, k) with NaN on the diagonal, and its Monte Carlo standard error."""

    rows: tuple[int, ...]
    p: Array
    error: Array


@dataclass(frozen=True, slots=True)
class Switch:
    """The weight of one criterion at which two projects are level, the others keeping their proportions.

    ``at`` is NaN where no weight of this criterion makes them level; ``possible`` says whether the weights there are
    among those the committee has not ruled out; ``rises_for_behind`` whether the one behind gains by more weight.
    """

    criterion: str
    now: float
    at: float
    possible: bool
    rises_for_behind: bool

    @property
    def change(self) -> float:
        """How far the weight has to move, 0-1."""
        return abs(self.at - self.now)


def share_error(share: Array, draws: int) -> Array:
    """Monte Carlo standard error of a share of the draws: √(q(1 − q)/m) with q = (m·share + 1)/(m + 2).

    The added draw either way (Laplace) keeps a share of 0 or 1 from claiming to be free of error.
    """
    kept = (share * draws + 1.0) / (draws + 2.0)
    return np.asarray(np.sqrt(kept * (1.0 - kept) / draws))


def drawn_totals(
    criteria: Mapping[str, CriterionScore], weights: Array, rows: Sequence[int] | slice = slice(None)
) -> Drawn:
    """Drawn totals Σ w·v, (rows, draws), at the drawn weights (draws, 4)."""
    narrow = weights.astype(np.float32)
    total = criteria[CRITERIA[0]].draws[rows] * narrow[:, 0]
    for k, name in enumerate(CRITERIA[1:], start=1):
        total += criteria[name].draws[rows] * narrow[:, k]
    return total


def measure_firmness(drawn: Drawn, *, top: int, settings: ScoreSettings) -> Firmness:
    """Rank interval, mean rank and P(top) of n projects from their drawn totals, (n, draws)."""
    n, count = drawn.shape
    ranks = np.empty((count, n), dtype=np.int32)
    falling = np.ascontiguousarray(-drawn.T)
    blocks = [slice(start, start + DRAWS_AT_ONCE) for start in range(0, count, DRAWS_AT_ONCE)]
    with ThreadPoolExecutor() as pool:  # sorting runs outside the interpreter's lock; each block has its own draws
        shared = list(pool.map(lambda block: _rank_block(falling[block], ranks[block], top), blocks))
    shared_seats, shared_mean = (np.sum([part[side] for part in shared], axis=0) for side in (0, 1))
    by_project = np.ascontiguousarray(ranks.T)
    low, high = interval(by_project, settings)
    return Firmness(
        rank_low=low.astype(np.int64),
        rank_high=high.astype(np.int64),
        expected_rank=(by_project.sum(axis=1) + shared_mean) / count,
        p_top=np.clip(((by_project <= top).sum(axis=1) + shared_seats) / count, 0.0, 1.0),
    )


def _rank_block(falling: Drawn, ranks: NDArray[np.int32], top: int) -> tuple[Array, Array]:
    """Fill in the better rank of each project in some draws; answers what ties add to seats and to mean ranks."""
    n = falling.shape[1]
    seats_added, mean_added = np.zeros(n), np.zeros(n)
    order = np.argsort(falling, axis=1)
    ordered = np.take_along_axis(falling, order, axis=1)
    level = ordered[:, 1:] == ordered[:, :-1]
    np.put_along_axis(ranks, order, np.arange(1, n + 1, dtype=np.int32)[None], axis=1)
    for d in np.flatnonzero(level.any(axis=1)):
        here = order[d]
        first, seats, mean = _share_places(level[d], top)
        ranks[d, here] = first
        seats_added[here] += seats - (first <= top)
        mean_added[here] += mean - first
    return seats_added, mean_added


def _share_places(level: NDArray[np.bool_], top: int) -> tuple[NDArray[np.intp], Array, Array]:
    """For an order in which ``level`` marks ties with the one before: better rank, share of a top seat, mean rank."""
    starts = np.append(True, ~level)
    group = np.cumsum(starts) - 1
    before = np.flatnonzero(starts)
    size = np.diff(np.append(before, len(starts)))
    seats = np.clip((top - before) / size, 0.0, 1.0)
    return (before + 1)[group], seats[group], (before + (size + 1) / 2)[group]


def compare_pairs(criteria: Mapping[str, CriterionScore], rows: Sequence[int], *, space: WeightSpace) -> Pairwise:
    """P(one beats another) for the projects in these ``rows``, over all possible weights and plausible readings.

    Raises ``ValueError`` for more than ``LONGEST_SHORTLIST`` rows.
    """
    if len(rows) > LONGEST_SHORTLIST:
        raise ValueError(len(rows))
    count = criteria[CRITERIA[0]].draws.shape[1]
    drawn = drawn_totals(criteria, space.draw(count), list(rows))
    p = np.full((len(rows), len(rows)), np.nan)
    for a in range(len(rows)):
        for b in range(a):
            p[a, b] = (drawn[a] > drawn[b]).mean() + (drawn[a] == drawn[b]).mean() / 2
            p[b, a] = 1.0 - p[a, b]
    return Pairwise(tuple(rows), p, share_error(p, count))


def always_ahead(scores: Array, others: Array, space: WeightSpace) -> bool:
    """Whether a project leads at every possible weight, its scores (4,) and the other's as they stand.

    A linear lead that holds at every corner of the polytope holds within it.
    """
    return bool((space.vertices @ (scores - others) > 0).all())


def switching_weights(
    ahead: Array, behind: Array, weights: Array, *, space: WeightSpace | None = None
) -> tuple[Switch, ...]:
    """For each criterion the weight at which two projects are level, the smallest change first.

    With lead d_c on criterion c and r_c = Σ_{k≠c} w_k d_k / (1 − w_c) on the others, raising w_c to t makes the lead
    t·d_c + (1 − t)·r_c: level at t = r_c / (r_c − d_c), which is a weight where r_c and d_c differ in sign.
    ``ahead`` and ``behind`` are (4,) scores. Criteria that cannot switch the pair come last, with ``at`` NaN.
    """
    lead = ahead - behind
    found = []
    for k, name in enumerate(CRITERIA):
        now, others = float(weights[k]), np.delete(np.arange(len(CRITERIA)), k)
        rest = float(weights[others] @ lead[others]) / (1.0 - now) if now < 1.0 else np.nan
        at = rest / (rest - float(lead[k])) if rest * float(lead[k]) < 0.0 else np.nan
        moved = np.array(weights, dtype=np.float64)
        moved[others] *= (1.0 - at) / (1.0 - now) if now < 1.0 else np.nan
        moved[k] = at
        possible = not np.isnan(at) and (space is None or space.holds(moved))
        found.append(Switch(name, now, float(at), possible, bool(lead[k] < rest)))
    return tuple(sorted(found, key=lambda s: (np.isnan(s.at), s.change if not np.isnan(s.at) else 0.0)))
