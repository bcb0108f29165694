"""How far markets and employers lie in reach of projects; what starts from one place is worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from evaluator.criteria.offers import ANY, Offers, Takers
from evaluator.criteria.travel import Array, hours_between, reach_weight, text_column
from evaluator.domain.settings import DemandSettings

Index = NDArray[np.int64]
Weights = sparse.csr_array
CELLS_AT_ONCE = 100_000
"""Pairs of origin and taker held in memory together."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Reach f(t) of m takers from n rows.

    Attributes
    ----------
    table
        (u, m) weights in [0, 1] of distinct origins: pool, position and reach.
    origin
        (n,) row of the table each row starts from.
    """

    table: Weights
    origin: Index

    @classmethod
    def each(cls, weights: Weights) -> "Reach":
        """Every row its own origin; ``weights`` (n, m)."""
        return cls(weights, np.arange(weights.shape[0], dtype=np.int64))

    def gather(self, per_taker: Array) -> Array:
        """Σ_m f_im x_m, (n,)."""
        return np.asarray(self.table @ per_taker, dtype=np.float64)[self.origin]

    def spread(self, per_row: Array) -> Array:
        """Σ_i f_im x_i, (m,)."""
        by_origin = np.bincount(self.origin, per_row, minlength=self.table.shape[0])
        return np.asarray(self.table.T @ by_origin, dtype=np.float64)

    def of(self, rows: Index) -> Weights:
        """The weights of some rows, (rows, m)."""
        return sparse.csr_array(self.table[self.origin[rows]])

    @property
    def takers_reached(self) -> Index:
        """(n,) how many takers each row reaches."""
        return np.asarray(np.diff(self.table.indptr)[self.origin], dtype=np.int64)


def find_reach(offers: Sequence[Offers], takers: Takers, *, settings: DemandSettings) -> tuple[Reach, ...]:
    """Reach of the takers for each table of offers; equal origins of all tables share one row."""
    keys = pd.concat([_origins(some) for some in offers], ignore_index=True)
    number = np.zeros(len(keys), dtype=np.int64)
    for key in keys:
        codes, values = pd.factorize(keys[key], use_na_sentinel=False, sort=False)
        number = np.unique(number * (len(values) + 1) + codes, return_inverse=True)[1]
    first = np.unique(number, return_index=True)[1]
    table = reach_weights(_pick(offers, first), takers, settings=settings)
    ends = np.cumsum([len(some.pool) for some in offers])
    return tuple(Reach(table, part) for part in np.split(number.astype(np.int64), ends[:-1]))


def reach_weights(offers: Offers, takers: Takers, *, settings: DemandSettings) -> Weights:
    """Reach f(t) of every taker of its pool for every offer, (n, m) sparse."""
    codes, pools = pd.factorize(offers.pool)
    order = np.argsort(codes, kind="stable")
    counts = [np.zeros(int((codes < 0).sum()), dtype=np.int64)]
    columns, values = [np.empty(0, np.int32)], [np.empty(0)]
    for code, pool in enumerate(pools):
        here = np.flatnonzero((takers.pool == pool) | (takers.pool == ANY))
        there = order[np.searchsorted(codes[order], code) : np.searchsorted(codes[order], code, side="right")]
        here32 = here.astype(np.int32)
        step = max(1, CELLS_AT_ONCE // max(len(here), 1))
        for start in range(0, len(there), step):
            weight = _weigh(offers, there[start : start + step], takers, here, settings)
            counts.append(np.count_nonzero(weight, axis=1))
            reached = np.flatnonzero(weight)
            columns.append(here32[reached % len(here)] if len(here) else columns[0])
            values.append(weight.ravel()[reached])
    ends = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    ends = ends.astype(np.int32 if ends[-1] < np.iinfo(np.int32).max else np.int64)  # one width, else all is copied
    by_pool = sparse.csr_array(
        (np.concatenate(values), np.concatenate(columns), ends), shape=(len(offers.pool), len(takers.pool))
    )
    return by_pool if np.array_equal(order, np.arange(len(order))) else sparse.csr_array(by_pool[np.argsort(order)])


def _weigh(offers: Offers, there: Index, takers: Takers, here: Index, settings: DemandSettings) -> Array:
    hours = hours_between(
        offers.position.iloc[there], takers.position.iloc[here],
        minutes={code: stated[here] for code, stated in takers.minutes.items()},
        detour=settings.detour, speed_km_hour=settings.speed_km_hour,
    )  # fmt: skip
    return reach_weight(hours, full_hours=offers.full_hours[there, None], none_hours=offers.none_hours[there, None])


def _origins(offers: Offers) -> pd.DataFrame:
    """What decides the reach of a row: pool, place and how far it may go."""
    return pd.DataFrame(
        {
            "pool": pd.Series(offers.pool, dtype=object),
            "lon": offers.position["lon"].to_numpy(),
            "lat": offers.position["lat"].to_numpy(),
            "place_code": pd.Series(text_column(offers.position, "place_code"), dtype=object),
            "full": offers.full_hours,
            "none": offers.none_hours,
        }
    )


def _pick(offers: Sequence[Offers], rows: Index) -> Offers:
    """Some rows of several tables, one after the other."""

    def joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
        return np.asarray(np.concatenate(parts)[rows])

    position = pd.concat([some.position for some in offers], ignore_index=True).iloc[rows]
    return Offers(
        joined([some.pool for some in offers]), joined([some.amount for some in offers]),
        joined([some.low for some in offers]), joined([some.high for some in offers]),
        position.reset_index(drop=True),
        joined([some.full_hours for some in offers]), joined([some.none_hours for some in offers]),
    )  # fmt: skip
