"""Ground floor: what a crop needs, which places own a name, how much a product's price moves.

Weak evidence for places without better: species-wide growing limits, registered geographical indications of
one prefecture, national price indices. ``SOURCES.md`` names each source and its cautions.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class CropLimits:
    """Growing limits of a species (FAO EcoCrop): yearly means, in °C, mm, days and metres.

    Between the two ``optimum`` bounds it grows best; outside ``low`` and ``high`` it does not. ``None`` is unknown.
    """

    product_id: str
    species: str
    temperature_optimum_low_c: float
    temperature_optimum_high_c: float
    temperature_low_c: float
    temperature_high_c: float
    rain_optimum_low_mm: float
    rain_optimum_high_mm: float
    rain_low_mm: float
    rain_high_mm: float
    cycle_low_days: float
    cycle_high_days: float
    altitude_high_m: float | None


@dataclass(frozen=True, slots=True)
class GeographicalIndication:
    """A protected name for a product, and whether it covers the county alone or the whole prefecture."""

    name_zh: str
    name_en: str
    product_id: str
    scope: Literal["county", "prefecture"]
    scheme: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class PriceVolatility:
    """Standard deviation of yearly log changes of the national producer price index, and the item it is of."""

    product_id: str
    item: str
    years: int
    sd_log_change: float


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as source:
        yield from csv.DictReader(source)


@cache
def _crop_limits() -> Mapping[str, CropLimits]:
    return {row["product_id"]: _limits(row) for row in _rows("crop_limits.csv")}


def _limits(row: dict[str, str]) -> CropLimits:
    words = {key: row[key] for key in ("product_id", "species")}
    altitude = row["altitude_high_m"]
    numbers = {
        key: float(value)
        for key, value in row.items()
        if key not in {*words, "ecoport_code", "altitude_high_m"} and value
    }
    return CropLimits(**words, **numbers, altitude_high_m=float(altitude) if altitude else None)  # type: ignore[arg-type]


def ecocrop(product_id: str) -> CropLimits | None:
    """Growing limits of a product; ``None`` for animals, processed goods and crops without a record."""
    return _crop_limits().get(product_id)


@cache
def geographical_indications(county_code: str) -> Mapping[str, GeographicalIndication]:
    """Product id to the registered name that covers this county; a county's own name before a prefecture's.

    Only Liangshan is embedded, so an empty answer elsewhere means not known, never that there is none.
    """
    found: dict[str, GeographicalIndication] = {}
    for row in _rows("geographical_indications.csv"):
        codes = row["place_codes"].split(";")
        if row["registered"] != "1" or not any(county_code.startswith(code) for code in codes):
            continue
        own = county_code in codes
        if row["product_id"] in found and not own:
            continue
        words = {key: row[key] for key in ("name_zh", "name_en", "product_id", "scheme", "date", "source")}
        found[row["product_id"]] = GeographicalIndication(scope="county" if own else "prefecture", **words)
    return MappingProxyType(found)


@cache
def indications_known(county_code: str) -> bool:
    """Whether the embedded list of geographical indications was gathered for this county's prefecture."""
    return county_code.startswith("5134")


@cache
def _volatilities() -> Mapping[str, PriceVolatility]:
    return {
        row["product_id"]: PriceVolatility(
            row["product_id"], row["nbs_item"], int(row["years"]), float(row["sd_log_change"])
        )
        for row in _rows("price_volatility.csv")
    }


def price_volatility(product_id: str) -> PriceVolatility | None:
    """How much the national price of a product moves from year to year: a floor, since local prices move more."""
    return _volatilities().get(product_id)


@cache
def price_volatilities() -> Mapping[str, float]:
    """Product id to the standard deviation of the nation's yearly log price changes."""
    return MappingProxyType({product: found.sd_log_change for product, found in _volatilities().items()})
