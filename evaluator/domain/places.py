"""The county and its neighbours: climate, households, output by product, processors, brands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from evaluator.domain.errors import Issue

BRAND_LEVELS: Mapping[str, float] = MappingProxyType({"none": 0.0, "prefecture": 0.6, "county": 1.0})
"""How closely a geographical indication covers a county: not at all, the whole prefecture, the county by name."""
LIST_COLUMNS = ("neighbours", "poor_households", "yearly_output_yuan", "processors", "brands", "average_yield")
"""Columns that hold a list in one cell: ``potato=12000000;apple=8000000``."""

_ITEM = re.compile(r"[;；,，\n]+")
_PAIR = re.compile(r"\s*[=＝:：]\s*")


def split_list(text: object) -> tuple[tuple[str, str], ...]:
    """Parts of a list cell as (name, value) pairs; the value is empty where none is written.

    Examples
    --------
    >>> split_list("513432:55; 513430"), split_list(None)
    ((('513432', '55'), ('513430', '')), ())
    """
    if not isinstance(text, str):
        return ()
    parts = (_PAIR.split(item.strip(), maxsplit=1) for item in _ITEM.split(text) if item.strip())
    return tuple((part[0].strip(), part[1].strip() if len(part) > 1 else "") for part in parts)


def join_list(pairs: Mapping[str, object]) -> str | None:
    """A list cell from names and values, as ``split_list`` reads it; ``None`` when empty."""
    return ";".join(f"{name}={value}" for name, value in pairs.items()) or None


@dataclass(frozen=True, slots=True)
class Places:
    """Counties, and what each has.

    ``frame`` has one row a county, index ``place_code`` (text), and the other columns of ``PLACE_FIELDS``: text
    ``name, prefecture``; numbers ``lon, lat, temperature_c, rain_mm, altitude_m, growing_days, labour_days_available``
    (NaN when unknown); and the ``LIST_COLUMNS`` as text, products by their id (``None`` when unknown). Columns may be
    absent.
    """

    frame: pd.DataFrame
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "frame", self.frame.copy())

    def __len__(self) -> int:
        return len(self.frame)

    def lists(self, column: str) -> dict[str, dict[str, str]]:
        """One list column by county: place code to name to value; counties whose cell is empty are absent."""
        if column not in self.frame:
            return {}
        cells = {str(code): dict(split_list(text)) for code, text in self.frame[column].items()}
        return {code: pairs for code, pairs in cells.items() if pairs}

    def numbers(self, column: str) -> dict[str, dict[str, float]]:
        """One list column of numbers by county: place code to name to number; what is not a number is left out."""
        found: dict[str, dict[str, float]] = {}
        for code, pairs in self.lists(column).items():
            read = pd.to_numeric(pd.Series(pairs, dtype=object), errors="coerce").dropna()
            found[code] = {str(name): float(value) for name, value in read.items()}
        return found

    def adjacent(self) -> dict[str, frozenset[str]]:
        """Each county the table names to its neighbours; one direction is enough."""
        borders: dict[str, set[str]] = {}
        for code, pairs in self.lists("neighbours").items():
            for other in pairs:
                borders.setdefault(code, set()).add(other)
                borders.setdefault(other, set()).add(code)
        return {code: frozenset(others) for code, others in borders.items()}

    def minutes(self) -> dict[tuple[str, str], float]:
        """Minutes stated between a county and a neighbour, one way: (county, neighbour) to minutes."""
        stated = self.numbers("neighbours")
        return {(code, other): t for code, near in stated.items() for other, t in near.items() if t >= 0}

    def around(self, place_code: str) -> frozenset[str]:
        """The county itself and every county that borders it by this table."""
        return frozenset({place_code}) | self.adjacent().get(place_code, frozenset())
