"""What is compressed, and what a compression gives before it is sorted: lines of units that share group and years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csc_array

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
MOST_YEARS = 50
"""Attendance is kept as the bits of one whole number that every engine holds exactly."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is compressed: the columns that make a group, the years, the variables, and whether units carry weights."""

    keys: tuple[str, ...]
    years: tuple[int, ...]
    variables: tuple[str, ...]
    weighted: bool

    def values(self, variable: int) -> list[str]:
        """Names of one variable's columns by year."""
        return [f"v{variable}_{year}" for year in range(len(self.years))]

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of variables whose products are summed, each once."""
        return list(combinations_with_replacement(range(len(self.variables)), 2))


@dataclass(frozen=True, slots=True)
class Part:
    """Units of some rows, folded into lines that share their group and the years they are seen in.

    Attributes
    ----------
    squares
        Weighted sum of the squared first variable.
    products
        (g, K) weighted sums by group of the products of the deviations from each unit's mean, for the K pairs of the
        shape.
    group, pattern
        (l,) group of each line, and the years seen as bits.
    units, weight, sums
        (l,) number of units and sum of their weights; (l, T, V) weighted sums of the variables.
    """

    squares: float
    products: Array
    group: Codes
    pattern: Codes
    units: Codes
    weight: Array
    sums: Array


@dataclass(frozen=True, slots=True)
class Folded:
    """All rows folded, with the ``keys`` of the groups; a group, and a line, may stand more than once."""

    keys: pd.DataFrame
    lines: Part


def join_parts(parts: Sequence[Part]) -> Part:
    """Parts one below the other, their groups counted on."""
    ends = np.cumsum([len(part.products) for part in parts])
    shifted = [part.group + end - len(part.products) for part, end in zip(parts, ends, strict=True)]
    return Part(
        squares=sum(part.squares for part in parts),
        products=np.concatenate([part.products for part in parts]),
        group=np.concatenate(shifted),
        pattern=np.concatenate([part.pattern for part in parts]),
        units=np.concatenate([part.units for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        sums=np.concatenate([part.sums for part in parts]),
    )


def sort_codes(column: "pd.Series[Any] | NDArray[Any]") -> Codes:
    """Codes of a column's values in their order, missing last."""
    codes = pd.factorize(column, sort=True)[0].astype(np.int64)
    return np.where(codes < 0, codes.max(initial=-1) + 1, codes)


def number_groups(keys: pd.DataFrame) -> tuple[Codes, Codes]:
    """The number of each row's group, groups in the order of their keys, and the first row of each group."""
    return number_columns([keys[name] for name in keys], len(keys))


def number_columns(keys: "Iterable[pd.Series[Any] | NDArray[Any]]", rows: int) -> tuple[Codes, Codes]:
    """The same of keys that stand in columns."""
    codes, most = np.zeros(rows, np.int64), 1
    for key in keys:
        column = sort_codes(key)
        size = int(column.max(initial=0)) + 1
        if most * size >= 1 << 62:
            codes = sort_codes(codes)
            most = int(codes.max(initial=0)) + 1
        codes, most = codes * size + column, most * size
    number = sort_codes(codes)
    return number, first_places(number, int(number.max(initial=-1)) + 1)


def first_places(number: Codes, count: int) -> Codes:
    """Where each of so many numbers stands first."""
    places = np.empty(count, np.int64)
    places[number[::-1]] = np.arange(len(number) - 1, -1, -1)
    return places


def number_pairs(group: Codes, pattern: Codes) -> tuple[Codes, Codes]:
    """The place of each pair among all pairs in their order, and where each pair stands first."""
    bits = int(pattern.max(initial=0)).bit_length()
    if bits + int(group.max(initial=0)).bit_length() > 62:
        pattern = np.unique(pattern, return_inverse=True)[1]
        bits = len(pattern).bit_length()
    pair = (group << bits) | pattern
    order = np.argsort(pair, kind="stable")  # hardly any work where groups come in their order
    new = _changes(pair[order])
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new) - 1
    return place, order[new]


def _changes(values: Codes) -> NDArray[np.bool_]:
    """Whether each value differs from the one before."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new


def add_up(values: Array, group: Codes, count: int) -> Array:
    """Sums of rows by group."""
    return np.asarray(csc_array((np.ones(len(group)), group, np.arange(len(group) + 1)), (count, len(group))) @ values)
