"""How much of a planned output the markets in reach can absorb: inverted two-step floating catchment.

The two-step floating catchment area method (Luo & Wang 2003, Environment and Planning B 30: 865-884) asks how many
doctors a person can reach. Turned round it asks how much demand a producer can reach, all rivals counted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Weights = sparse.csr_array


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
    supply: Array, demand: Array, *, elsewhere: Array, weights: Weights, rival_supply: Array, rival_weights: Weights,
    twin: Index, actor: Index,
) -> Catchment:  # fmt: skip
    """Coverage and saturation of each project added, alone, to a frozen set of rivals.

    Parameters
    ----------
    supply, demand, elsewhere, weights
        As in ``floating_catchment``: n projects, m markets.
    rival_supply, rival_weights
        (k,) and (k, m): the rivals, which may hold the projects themselves.
    twin
        (k,) the project that a rival row is, −1 for none; a twin's supply is replaced by the project's own.
    actor
        (n,) number of the venture each project belongs to; rows of one venture enter together.

    Notes
    -----
    Saturation: each producer's output is split over the markets it reaches in proportion to f_jm ρ_m (what it sells
    there when all sell alike), L_m is the sum, and saturation_i = Σ_m f_im (S_m + L_m) / Σ_m f_im D_m. With one pool
    and nothing from elsewhere it is 1 / A.
    """
    own = weights.tocoo()
    row, market, reach = own.row.astype(np.int64), own.col.astype(np.int64), own.data
    slots, slot = np.unique(actor[row] * len(demand) + market, return_inverse=True)
    rivals = rival_weights.tocoo()
    rival_row, rival_market, rival_reach = rivals.row.astype(np.int64), rivals.col.astype(np.int64), rivals.data
    rival_slot = _slots_of_twins(slots, twin[rival_row], actor, rival_market, len(demand))

    def added(base: Array, own_part: Array, rival_part: Array) -> Array:
        """Per entry: the rivals' sum at the market, the venture's rows there replaced by its own."""
        mine = _sums(slot, own_part, len(slots))
        theirs = _sums(rival_slot[rival_slot >= 0], rival_part[rival_slot >= 0], len(slots))
        return np.asarray(np.maximum(base[market] - theirs[slot], 0.0) + mine[slot])

    def per_row(entries: Array) -> Array:
        return _sums(row, entries, len(supply))

    amount = rival_supply[rival_row] * rival_reach
    brought = _sums(rival_market, amount, len(demand))
    pressure = elsewhere[market] + added(brought, supply[row] * reach, amount)
    per_unit = _per_unit(demand[market], pressure)
    coverage = per_row(reach * per_unit)

    rival_unit = _per_unit(demand, elsewhere + brought)[rival_market]
    rival_coverage = _sums(rival_row, rival_reach * rival_unit, len(rival_supply))
    rival_sold = _per_unit(amount * rival_unit, rival_coverage[rival_row])
    sold = _per_unit(supply[row] * reach * per_unit, coverage[row])
    load = added(_sums(rival_market, rival_sold, len(demand)), sold, rival_sold)
    reached = per_row(reach * demand[market])
    supplied = per_row(reach * (elsewhere[market] + load))
    saturation = np.full(len(supply), np.nan)
    np.divide(supplied, reached, out=saturation, where=reached > 0)
    return Catchment(coverage, saturation)


def _slots_of_twins(slots: Index, twin: Index, actor: Index, market: Index, markets: int) -> Index:
    """For each rival entry the slot (venture, market) of the project it is; −1 for none."""
    if not len(slots):
        return np.full(len(twin), -1)
    key = np.where(twin >= 0, actor[twin] * markets + market, -1) if len(actor) else np.full(len(twin), -1)
    at = np.minimum(np.searchsorted(slots, key), len(slots) - 1)
    return np.where(slots[at] == key, at, -1)
