"""Whether the markets (or vacancies) in reach can take what all projects plan, with honest ranges."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from evaluator.criteria.catchment import Catchment, catchment_against_rivals
from evaluator.criteria.offers import ANY, Offers, Takers
from evaluator.criteria.reach import Index, Reach, find_reach
from evaluator.criteria.score import Quantity
from evaluator.criteria.travel import Array
from evaluator.domain.settings import DemandSettings


@dataclass(frozen=True, slots=True)
class Absorption:
    """Coverage and saturation of n projects with their ranges, and how many markets each reaches.

    A project without a stated output has no point; its saturation starts at what the others supply and has no upper
    end (``inf``). ``firm``: whether some demand that counts at the point is in reach.
    """

    coverage: Quantity
    saturation: Quantity
    reached: Index
    firm: NDArray[np.bool_]


def absorb(
    own: Offers, rivals: Offers, takers: Takers, *, twin: Index, actor: Index, settings: DemandSettings,
    far_reaching: Offers | None = None, ceiling: float = 1.5,
) -> Absorption:  # fmt: skip
    """Coverage and saturation of each project against the rivals, with its range.

    Parameters
    ----------
    own, rivals, takers
        n projects, k rivals (which may hold the projects), m markets.
    twin, actor
        As in ``catchment_against_rivals``.
    far_reaching
        The projects as they offer in the most hopeful reading, where that differs.
    ceiling
        Coverage beyond which more is not better (the last anchor); bounds the range of an unknown output.

    Notes
    -----
    Point: rivals with a stated amount and place. Least hopeful: own and rival amounts at their upper end, rivals
    without a stated amount at the median of their pool, rivals without a place in full reach, others' supply at its
    most. Most hopeful: amounts at their lower end, all vacancies counted. A project without an amount has no point and
    ranges from 0 to what it would find if it were small. No taker of the pool, or no known place: no data.
    """
    found = find_reach([own, rivals, *([] if far_reaching is None else [far_reaching])], takers, settings=settings)
    weights, rival_weights, wide = found[0], found[1], found[-1] if far_reaching is not None else found[0]

    def run(  # noqa: PLR0917 - one reading of the same trade, said by place
        amount: Array, rival: Array, taken: Takers, mine: Reach, theirs: Reach, asked: NDArray[np.bool_] | None = None
    ) -> Catchment:
        small = 1e-9 * max(float(taken.demand.sum()), 1.0)
        return catchment_against_rivals(
            np.where(np.isnan(amount), small, amount), taken.demand, elsewhere=taken.elsewhere, weights=mine,
            rival_supply=np.nan_to_num(rival, nan=0.0), rival_weights=theirs, twin=twin, actor=actor,
            asked=asked,
        )  # fmt: skip

    unranged = np.isnan(own.low) | np.isnan(own.high)
    point = run(own.amount, rivals.amount, takers, weights, rival_weights)
    crowd, everywhere = _with_medians(rivals, own), _unplaced_in_reach(rivals, takers, rival_weights)
    firm = _same(own.high, own.amount) and _same(crowd, rivals.amount) and everywhere is rival_weights
    harsh = point
    if not (firm and _same(takers.elsewhere_high, takers.elsewhere)):
        harsh_takers = replace(takers, elsewhere=takers.elsewhere_high)
        harsh = run(own.high, crowd, harsh_takers, replace(weights, table=everywhere.table), everywhere, ~unranged)
    firm = _same(own.low, own.amount) and _same(rivals.low, rivals.amount) and far_reaching is None
    kind = point
    if not (firm and _same(takers.demand_high, takers.demand)):
        kind = run(own.low, rivals.low, replace(takers, demand=takers.demand_high), wide, rival_weights)

    asked = own.placed & np.isin(own.pool.astype(str), _pools_of(own, takers))
    unknown = np.isnan(own.amount)
    reached = asked & ~np.isnan(kind.saturation)
    return Absorption(
        coverage=_ranged(
            np.where(unknown, np.nan, point.coverage),
            np.where(unranged, 0.0, harsh.coverage),
            np.where(unknown, np.minimum(kind.coverage, ceiling), kind.coverage),
            asked,
        ),
        saturation=_ranged(
            np.where(unknown, np.nan, point.saturation),
            kind.saturation,
            np.where(unranged, np.inf, harsh.saturation),
            reached,
        ),
        reached=np.where(asked, weights.takers_reached, 0).astype(np.int64),
        firm=asked & (weights.gather(takers.demand) > 0),
    )


def _same(one: Array, other: Array) -> bool:
    return np.array_equal(one, other, equal_nan=True)


def _pools_of(own: Offers, takers: Takers) -> list[str]:
    """Pools that some taker takes from; every pool when a taker takes from any."""
    if (takers.pool == ANY).any():
        return [str(pool) for pool in set(own.pool) if pool is not None]
    return [str(pool) for pool in set(takers.pool)]


def _with_medians(rivals: Offers, own: Offers) -> Array:
    """Upper amounts, the unknown ones at the median of their pool (0 where nobody of the pool states one)."""
    stated = pd.Series(np.concatenate([rivals.amount, own.amount]))
    medians = stated.groupby(np.concatenate([rivals.pool, own.pool]).astype(str)).median()
    fill = medians.reindex(rivals.pool.astype(str)).to_numpy(dtype=np.float64)
    return np.where(np.isnan(rivals.high), fill, rivals.high)


def _unplaced_in_reach(rivals: Offers, takers: Takers, reach: Reach) -> Reach:
    """The rivals' reach with those of unknown place in full reach of every taker of their pool."""
    lost = np.flatnonzero(~rivals.placed & (reach.takers_reached == 0))
    codes, pools = pd.factorize(rivals.pool[lost])
    if not len(pools):
        return reach
    full = [(takers.pool == pool) | (takers.pool == ANY) for pool in pools]
    origin = reach.origin.copy()
    origin[lost[codes >= 0]] = reach.table.shape[0] + codes[codes >= 0]
    return Reach(sparse.csr_array(sparse.vstack([reach.table, sparse.csr_array(np.array(full, dtype=float))])), origin)


def _ranged(point: Array, low: Array, high: Array, known: NDArray[np.bool_]) -> Quantity:
    """The three readings in order; nothing at all where ``known`` is false."""
    bottom, top = np.fmin(np.fmin(low, high), point), np.fmax(np.fmax(low, high), point)
    return Quantity(*(np.where(known, values, np.nan) for values in (point, bottom, top)))
