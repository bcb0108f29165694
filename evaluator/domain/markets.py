"""The market side of a county: markets that buy, prices over the years, and vacancies that are open."""

import re
from dataclasses import dataclass

import pandas as pd

from evaluator.domain.errors import Issue

MINUTES_PREFIX = "minutes_"
"""A column ``minutes_<place_code>`` of the markets table holds the minutes from that county to the market."""

_MASS_KG = {
    **dict.fromkeys(("t", "ton", "tons", "tonne", "tonnes", "mt", "吨", "公吨"), 1e3),
    **dict.fromkeys(("kg", "kgs", "kilogram", "kilograms", "公斤", "千克"), 1.0),
    **dict.fromkeys(("斤", "市斤", "jin"), 0.5),
    **dict.fromkeys(("g", "克"), 1e-3),
    "担": 50.0,
}
_HEADS = frozenset((*"头只羽匹条尾", "head", "heads", "bird", "birds", "animal", "animals", "头(只)", "头/只"))
_PIECES = frozenset((*"件个套", "piece", "pieces", "pc", "pcs", "item", "items"))
_MULTIPLES = {"百万": 1e6, "万": 1e4, "千": 1e3, "亿": 1e8, "million ": 1e6, "10k ": 1e4, "thousand ": 1e3}
_PER_YEAR = re.compile(r"\s*(/\s*年|/\s*(year|yr|a)|每年|a year|per year)$")


def measure_unit(text: object) -> tuple[str, float]:
    """What a unit measures and how many base units it holds.

    Returns ``("mass", kilograms)``, ``("head", heads)``, ``("piece", pieces)``, the cleaned text with 1.0 for any
    other unit (comparable only with itself), and ``("", nan)`` when no unit is given.

    Examples
    --------
    >>> measure_unit("万斤"), measure_unit("t"), measure_unit("羽"), measure_unit("箱")
    (('mass', 5000.0), ('mass', 1000.0), ('head', 1.0), ('箱', 1.0))
    """
    if not isinstance(text, str) or not text.strip():
        return "", float("nan")
    unit = _PER_YEAR.sub("", text.strip().lower())
    factor = 1.0
    for word, multiple in _MULTIPLES.items():
        if unit.startswith(word) and unit not in _MASS_KG:
            unit, factor = unit.removeprefix(word).strip(), multiple
            break
    if unit in _MASS_KG:
        return "mass", factor * _MASS_KG[unit]
    if unit in _HEADS:
        return "head", factor
    return ("piece" if unit in _PIECES else unit), factor


def _own_copy(table: object, frame: pd.DataFrame) -> None:
    object.__setattr__(table, "frame", frame.copy())


@dataclass(frozen=True, slots=True)
class Markets:
    """Markets and buyers, one row a market and product.

    ``frame`` has the columns of ``MARKET_FIELDS`` (numbers float64, text object) and any number of
    ``minutes_<place_code>`` columns (minutes, one way). A market needs a position or minutes to be reached.
    ``issues`` is what the reader found.
    """

    frame: pd.DataFrame
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        _own_copy(self, self.frame)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def products(self) -> frozenset[str]:
        """Products some market asks for."""
        return frozenset(self.frame["product"].dropna())


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices and volumes over the years, one row a product, market, year (and month).

    ``frame`` has the columns of ``PRICE_FIELDS``: ``price_yuan`` in yuan a unit, ``volume`` in any one unit a product.
    """

    frame: pd.DataFrame
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        _own_copy(self, self.frame)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def products(self) -> frozenset[str]:
        """Products with at least one price."""
        return frozenset(self.frame["product"].dropna())


@dataclass(frozen=True, slots=True)
class Vacancies:
    """Open posts, one row an employer, place and occupation.

    ``frame`` has the columns of ``VACANCY_FIELDS``; ``verified`` is True, False or None (counted as not verified).
    """

    frame: pd.DataFrame
    issues: tuple[Issue, ...] = ()

    def __post_init__(self) -> None:
        _own_copy(self, self.frame)

    def __len__(self) -> int:
        return len(self.frame)
