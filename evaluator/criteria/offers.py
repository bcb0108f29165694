"""What projects offer and what markets and employers take, in comparable units, pool by pool.

A pool is a product and what its unit measures: only what is in one pool competes. Output goes to markets, workers to
vacancies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.travel import locate, number_column, ranged, text_column
from evaluator.criteria.yields import cut_yields
from evaluator.domain.markets import MINUTES_PREFIX, Markets, Vacancies, measure_unit
from evaluator.domain.places import Places
from evaluator.domain.settings import DemandSettings
from evaluator.reference.products import products

Array = NDArray[np.float64]
ANY = ""
"""Pool of a vacancy that takes workers of every programme."""
NOT_SUPPLYING = ("idle", "ended")


@dataclass(frozen=True, slots=True)
class Offers:
    """What n rows offer: pool (``None`` for nothing), yearly amount and its range, place, reach."""

    pool: NDArray[np.object_]
    amount: Array
    low: Array
    high: Array
    position: pd.DataFrame
    full_hours: Array
    none_hours: Array

    @property
    def placed(self) -> NDArray[np.bool_]:
        """(n,) whether the row's position is known."""
        return np.asarray(self.position["lon"].notna() & self.position["lat"].notna())


@dataclass(frozen=True, slots=True)
class Takers:
    """What m markets or employers take: pool, yearly amount and its largest reading, what others bring."""

    pool: NDArray[np.object_]
    demand: Array
    demand_high: Array
    elsewhere: Array
    elsewhere_high: Array
    position: pd.DataFrame
    minutes: Mapping[str, Array] = field(default_factory=dict)


def offer_output(
    frame: pd.DataFrame, *, pools: frozenset[str], places: Places | None, settings: DemandSettings
) -> Offers:
    """Output of industry projects, in base units (kg, heads), each in the pool of its product and unit.

    Yields above the average the places table states are cut back to it.

    A project whose unit cannot be compared with its product's markets stays in their pool with an unknown amount.
    """
    product, kind = text_column(frame, "product"), text_column(frame, "kind")
    units = {unit: measure_unit(unit) for unit in set(text_column(frame, "output_unit"))}
    measured = [units[unit] for unit in text_column(frame, "output_unit")]
    pool = np.array([pool_name(p, d) for p, (d, _) in zip(product, measured, strict=True)], dtype=object)
    factor = np.array([f for _, f in measured], dtype=np.float64)
    first = {name.split("|")[0]: name for name in sorted(pools, reverse=True)}
    strange = np.array([name not in pools for name in pool], dtype=bool)
    factor[strange] = np.nan
    pool[strange] = [first.get(str(p)) for p in product[strange]]
    pool[(kind != "industry") & (kind != None)] = None  # noqa: E711 - element by element
    at, distinct = pd.factorize(product, use_na_sentinel=False)
    reach = np.array([_reach_of(p, settings) for p in distinct], dtype=np.float64).reshape(-1, 2)[at]
    yields = cut_yields(frame, places)
    amount, low, high = yields.output, yields.output_low, yields.output_high
    return Offers(
        pool, _positive(amount * factor), _positive(low * factor), _positive(high * factor),
        _position(frame, places), reach[:, 0], reach[:, 1],
    )  # fmt: skip


def offer_workers(frame: pd.DataFrame, *, places: Places | None, settings: DemandSettings) -> Offers:
    """Workers placed or trained by employment projects; migrants reach far, all others commute."""
    kind, product = text_column(frame, "kind"), text_column(frame, "product")
    pool = np.array([p if p is not None else ANY for p in product], dtype=object)
    pool[kind != "employment"] = None
    away = text_column(frame, "labour_state") == "migrant"
    amount, low, high = ranged(frame, "jobs")
    full, none = (
        np.where(away, far, near) for far, near in zip(settings.reach_migrate, settings.reach_commute, strict=True)
    )
    return Offers(pool, _positive(amount), _positive(low), _positive(high), _position(frame, places), full, none)


def take_output(markets: Markets) -> Takers:
    """Demand of the markets, base units; rows without product, demand, unit or any place are left out.

    Where ``supplied_elsewhere`` is not stated it is 0 at the point and anything up to the whole demand in the range.
    """
    rows = markets.frame
    units = [measure_unit(unit) for unit in text_column(rows, "unit")]
    factor = np.array([f for _, f in units], dtype=np.float64)
    demand = number_column(rows, "yearly_demand") * factor
    pool = np.array(
        [pool_name(p, d) for p, (d, _) in zip(text_column(rows, "product"), units, strict=True)], dtype=object
    )
    minutes = {str(c): number_column(rows, str(c)) for c in rows.columns if str(c).startswith(MINUTES_PREFIX)}
    kept = np.array([name is not None for name in pool], dtype=bool) & (demand >= 0) & _findable(rows, minutes)
    elsewhere = number_column(rows, "supplied_elsewhere") * factor
    return Takers(
        pool[kept], demand[kept], demand[kept], np.nan_to_num(elsewhere, nan=0.0)[kept],
        np.where(np.isnan(elsewhere), demand, elsewhere)[kept],
        pd.DataFrame({"lon": number_column(rows, "lon")[kept], "lat": number_column(rows, "lat")[kept]}),
        {column.removeprefix(MINUTES_PREFIX): values[kept] for column, values in minutes.items()},
    )  # fmt: skip


def take_workers(vacancies: Vacancies) -> Takers:
    """Open posts: verified ones at the point, all of them in the upper range."""
    rows = vacancies.frame
    posts = number_column(rows, "posts")
    minutes = number_column(rows, "minutes")
    kept = (posts >= 0) & _findable(rows, {"": minutes})
    product = [p if p is not None else ANY for p in text_column(rows, "product")]
    verified = np.array([value is True or value == 1 for value in text_column(rows, "verified")], dtype=bool)
    nothing = np.zeros(int(kept.sum()))
    return Takers(
        np.array(product, dtype=object)[kept], np.where(verified, posts, 0.0)[kept], posts[kept], nothing, nothing,
        pd.DataFrame({"lon": number_column(rows, "lon")[kept], "lat": number_column(rows, "lat")[kept]}),
        {"": minutes[kept]},
    )  # fmt: skip


def _findable(rows: pd.DataFrame, minutes: Mapping[str, Array]) -> NDArray[np.bool_]:
    """Rows with a position or any stated minutes."""
    stated = np.isfinite(number_column(rows, "lon") + number_column(rows, "lat"))
    for values in minutes.values():
        stated |= ~np.isnan(values)
    return np.asarray(stated)


def pool_name(product: object, dimension: str) -> str | None:
    """Product and what its unit measures, which together say who competes with whom; ``None`` without either."""
    return f"{product}|{dimension}" if product is not None and dimension else None


def _positive(amount: Array) -> Array:
    return np.where(amount > 0, amount, np.nan)


def _reach_of(product: object, settings: DemandSettings) -> tuple[float, ...]:
    known = products().get(str(product))
    classes = {"fresh": settings.reach_fresh, "dry": settings.reach_dry}
    return classes.get(known.perishability if known else "", settings.reach_fruit)


def _position(frame: pd.DataFrame, places: Places | None) -> pd.DataFrame:
    lon, lat = locate(frame, places=places)
    return pd.DataFrame({"lon": lon, "lat": lat, "place_code": text_column(frame, "place_code")})
