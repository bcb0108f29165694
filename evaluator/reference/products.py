"""Ground floor: the products of the lexicon, one row each of ``products.csv``."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the lexicon.

    ``family`` and ``stage`` are what similarity reads; ``group`` is the broad industry. ``perishability``
    is the reach class: ``fresh`` (hours), ``fruit`` (half a day), ``dry`` (days) or empty for services.
    ``generic`` products stand for a whole family or group when no more is said.
    """

    product_id: str
    name_en: str
    name_zh: str
    family: str
    group: str
    stage: str
    synonyms_zh: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    gbt4754: str
    isic4: str
    fao_item_code: str
    cpc21: str
    perishability: str
    generic: bool

    def name(self, language: str) -> str:
        """The product's name in ``en`` or ``zh``."""
        return self.name_zh if language == "zh" else self.name_en


@cache
def products() -> Mapping[str, Product]:
    """Every product by its id, in the order of the lexicon."""
    with files(__package__).joinpath("products.csv").open(encoding="utf-8") as source:
        rows = [_product(row) for row in csv.DictReader(source)]
    return MappingProxyType({row.product_id: row for row in rows})


def _product(row: dict[str, str]) -> Product:
    return Product(
        **{key: row[key] for key in ("product_id", "name_en", "name_zh", "family", "group", "stage")},
        **{key: row[key] for key in ("gbt4754", "isic4", "fao_item_code", "cpc21")},
        synonyms_zh=tuple(row["synonyms_zh"].split("|")),
        synonyms_en=tuple(row["synonyms_en"].split("|")),
        perishability=row["reach_class"],
        generic=row["generic"] == "1",
    )


@cache
def product_groups() -> Mapping[str, str]:
    """Product id to its broad group (grain, vegetable, livestock, ...)."""
    return MappingProxyType({key: product.group for key, product in products().items()})
