"""How much of a planned output the markets in reach can absorb: inverted two-step floating catchment.

The two-step floating catchment area method (Luo & Wang 2003, Environment and Planning B 30: 865-884) asks how many
doctors a person can reach. Turned round it asks how much demand a producer can reach, all rivals counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluator.criteria.reach import Index, Reach, Weights
from evaluator.criteria.travel import Array

ENTRIES_AT_ONCE = 200_000
"""Pairs of project and market held in memory together, where each project has markets of its own."""


def floating_catchment(supply: Array, demand: Array, *, elsewhere: Array, weights: Weights) -> Array:
    """Demand in reach for each unit of output, for producers who all compete with each other.

    Parameters
    ----------
    supply
        (n,) yearly output Q of each producer, in the markets' unit.
    demand, elsewhere
        (m,) yearly demand D of each market, and what is supplied to it from elsewhere S, same unit.
    weights
        (n, m) reach f(t) in [0, 1], sparse.

    Returns
    -------
    (n,) coverage A: 1 means that the markets in reach can absorb exactly what is planned; 0 where none is reached.

    Notes
    -----
    ρ_m = D_m / (S_m + Σ_j Q_j f_jm), A_i = Σ_m f_im ρ_m. Without supply from elsewhere Σ_i Q_i A_i = Σ_m D_m over
    the markets somebody reaches; with it, never more. ρ_m falls in every Q_j, so that nobody's expansion raises
    anyone's coverage, the expanding one's included. Distance ranks producers against each other; a market only one
    producer can reach is wholly that producer's, however far.

    Examples
    --------
    >>> from scipy import sparse
    >>> reach = sparse.csr_array(np.array([[1.0, 0.0], [1.0, 1.0]]))
    >>> floating_catchment(np.array([100.0, 100.0]), np.array([100.0, 50.0]), elsewhere=np.zeros(2), weights=reach)
    array([0.5, 1. ])
    """
    return np.asarray(weights @ _per_unit(demand, elsewhere + weights.T @ supply))


def _per_unit(demand: Array, pressure: Array) -> Array:
    """ρ: demand for each unit supplied; 0 where nobody supplies."""
    return np.divide(demand, pressure, out=np.zeros_like(demand), where=pressure > 0)


def _sums(group: Index, values: Array, groups: int) -> Array:
    """Sum of ``values`` by ``group``, (groups,)."""
    return np.bincount(group, values, minlength=groups).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Catchment:
    """What the markets in reach can take, for n producers each set against the same rivals.

    Attributes
    ----------
    coverage
        (n,) demand in reach for each unit of output (A); 0 where no market is reached.
    saturation
        (n,) existing and planned supply over demand of the markets in reach, every tonne counted once; NaN where
        no market is reached.
    """

    coverage: Array
    saturation: Array


def catchment_against_rivals(
    supply: Array, demand: Array, *, elsewhere: Array, weights: Reach, rival_supply: Array, rival_weights: Reach,
    twin: Index, actor: Index, asked: NDArray[np.bool_] | None = None,
) -> Catchment:  # fmt: skip
    """Coverage and saturation of each project added, alone, to a frozen set of rivals.

    Parameters
    ----------
    supply, demand, elsewhere
        As in ``floating_catchment``: n projects, m markets.
    weights, rival_weights
        Reach of the markets from the projects and from the rivals.
    rival_supply
        (k,) output of the rivals, which may hold the projects themselves.
    twin
        (k,) the project that a rival row is, −1 for none; a twin's supply is replaced by the project's own.
    actor
        (n,) number of the venture each project belongs to; rows of one venture enter together.
    asked
        (n,) projects whose figures are needed; the others' may be those of the rivals alone. All by default.

    Notes
    -----
    Saturation: each producer's output is split over the markets it reaches in proportion to f_jm ρ_m (what it sells
    there when all sell alike), L_m is the sum, and saturation_i = Σ_m f_im (S_m + L_m) / Σ_m f_im D_m. With one pool
    and nothing from elsewhere it is 1 / A.

    A venture that stands among the rivals just as it stands in the list changes no market: all such projects share
    one ρ, and nothing is worked out pair by pair.
    """
    brought = rival_weights.spread(rival_supply)
    per_unit = _per_unit(demand, elsewhere + brought)
    sells = _per_unit(rival_supply, rival_weights.gather(per_unit))
    load = per_unit * rival_weights.spread(sells)
    coverage, supplied = weights.gather(per_unit), weights.gather(elsewhere + load)
    strange = ~_stands_among((supply, weights), (rival_supply, rival_weights), twin=twin, actor=actor)
    if asked is not None:
        strange &= np.isin(actor, actor[asked & strange])  # a venture's rows enter together
    markets = _Markets(demand, elsewhere, brought, per_unit, load)
    alone, at = _stands_alone(weights, rival_weights, twin=twin, actor=actor)
    for rows in _slices(np.flatnonzero(strange & alone), weights):
        listed, sold = (np.append(values, 0.0)[at[rows]] for values in (rival_supply, sells))  # −1: the 0 at the end
        coverage[rows], supplied[rows] = _replace_alone(weights.of(rows), supply[rows], listed, sold, markets)
    apart = np.flatnonzero(strange & ~alone)
    if len(apart):
        among = np.flatnonzero(np.isin(twin, apart))
        theirs = _Entries.of(rival_weights, among, rival_supply[among], actor[twin[among]], sells[among])
        mine = _Entries.of(weights, apart, supply[apart], actor[apart])
        coverage[apart], supplied[apart] = _replace_own(mine, theirs, markets)
    reached = weights.gather(demand)
    saturation = np.full(len(supply), np.nan)
    np.divide(supplied, reached, out=saturation, where=reached > 0)
    return Catchment(coverage, saturation)


@dataclass(frozen=True, slots=True)
class _Markets:
    """Markets as the rivals leave them: demand, supply from elsewhere and from rivals, ρ and what rivals sell."""

    demand: Array
    elsewhere: Array
    brought: Array
    per_unit: Array
    load: Array


@dataclass(frozen=True, slots=True)
class _Entries:
    """Reach of some rows, entry by entry: row of the entry, its market and weight; by row: supply, venture, sales."""

    row: Index
    market: Index
    reach: Array
    supply: Array
    actor: Index
    sells: Array

    @classmethod
    def of(cls, weights: Reach, rows: Index, supply: Array, actor: Index, sells: Array | None = None) -> "_Entries":
        found = weights.of(rows).tocoo()
        row, market = found.row.astype(np.int64), found.col.astype(np.int64)
        return cls(row, market, found.data, supply, actor, supply if sells is None else sells)

    def key(self, markets: int) -> Index:
        return np.asarray(self.actor[self.row] * markets + self.market, dtype=np.int64)


def _stands_among(
    own: tuple[Array, Reach], rivals: tuple[Array, Reach], *, twin: Index, actor: Index
) -> NDArray[np.bool_]:
    """Whether each row of a project's venture is once among the rivals, with its own supply and reach; (n,)."""
    (supply, weights), (rival_supply, rival_weights) = own, rivals
    known = np.flatnonzero(twin >= 0)
    at = twin[known]
    fits = np.zeros(len(known), dtype=bool)
    if weights.table is rival_weights.table:
        fits = (rival_supply[known] == supply[at]) & (rival_weights.origin[known] == weights.origin[at])
    once = (np.bincount(at, minlength=len(supply)) == 1) & (np.bincount(at, fits, minlength=len(supply)) == 1)
    strange = np.bincount(actor, ~once, minlength=0) > 0
    return np.asarray(~strange[actor], dtype=bool)


def _stands_alone(
    weights: Reach, rival_weights: Reach, *, twin: Index, actor: Index
) -> tuple[NDArray[np.bool_], Index]:
    """Whether each project is a venture of its own, at most once among the rivals and there with its own reach.

    Two (n,) arrays: the answer, and the rival row it is (−1 for none).
    """
    rows = len(weights.origin)
    known = np.flatnonzero(twin >= 0)
    at = np.full(rows, -1, dtype=np.int64)
    at[twin[known]] = known
    same = at < 0
    if weights.table is rival_weights.table and len(known):
        same |= rival_weights.origin[at] == weights.origin
    lone = np.bincount(actor)[actor] == 1 if rows else same
    return np.asarray(lone & same & (np.bincount(twin[known], minlength=rows) <= 1), dtype=bool), at


def _slices(rows: Index, weights: Reach) -> Iterator[Index]:
    """The rows, a few at a time."""
    ends = np.cumsum(weights.takers_reached[rows])
    cuts = np.searchsorted(ends, np.arange(ENTRIES_AT_ONCE, ends[-1] if len(ends) else 0, ENTRIES_AT_ONCE))
    return (part for part in np.split(rows, np.unique(cuts)) if len(part))


def _replace_alone(reach: Weights, supply: Array, rival: Array, sells: Array, markets: _Markets) -> tuple[Array, Array]:
    """As ``_replace_own`` for lone rows whose entries among the rivals are these same ones; no entry is looked up."""
    rows, market, f = len(supply), reach.indices, reach.data
    row = np.repeat(np.arange(rows), np.diff(reach.indptr))
    brought = np.maximum(markets.brought[market] - rival[row] * f, 0.0) + supply[row] * f
    per_unit = _per_unit(markets.demand[market], markets.elsewhere[market] + brought)
    coverage = _sums(row, f * per_unit, rows)
    sold = _per_unit(supply[row] * f * per_unit, coverage[row])
    load = np.maximum(markets.load[market] - sells[row] * f * markets.per_unit[market], 0.0) + sold
    return coverage, _sums(row, f * (markets.elsewhere[market] + load), rows)


def _replace_own(mine: _Entries, theirs: _Entries, markets: _Markets) -> tuple[Array, Array]:
    """Coverage, and Σ f (S + L), of rows whose venture's part at each market is replaced by its own."""
    size, rows = len(markets.demand), len(mine.supply)
    slots, slot = np.unique(mine.key(size), return_inverse=True)
    key = theirs.key(size)
    at = np.minimum(np.searchsorted(slots, key), max(len(slots) - 1, 0))
    held = np.flatnonzero(slots[at] == key) if len(slots) else at[:0]

    def replaced(base: Array, own: Array, rival: Array) -> Array:
        """Per entry: the rivals' sum at the market, the venture's rows there replaced by its own."""
        left = base[mine.market] - _sums(at[held], rival[held], len(slots))[slot]
        return np.asarray(np.maximum(left, 0.0) + _sums(slot, own, len(slots))[slot])

    amount = theirs.supply[theirs.row] * theirs.reach
    brought = replaced(markets.brought, mine.supply[mine.row] * mine.reach, amount)
    per_unit = _per_unit(markets.demand[mine.market], markets.elsewhere[mine.market] + brought)
    coverage = _sums(mine.row, mine.reach * per_unit, rows)
    sold = _per_unit(mine.supply[mine.row] * mine.reach * per_unit, coverage[mine.row])
    theirs_sold = theirs.sells[theirs.row] * theirs.reach * markets.per_unit[theirs.market]
    load = replaced(markets.load, sold, theirs_sold)
    return coverage, _sums(mine.row, mine.reach * (markets.elsewhere[mine.market] + load), rows)
