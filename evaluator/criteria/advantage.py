"""Local advantage: does it grow here, is the county known for it, who processes it, how far is the market.

Raw figures with their ranges only; the anchors that turn them into values live in ``AdvantageSettings``. None of them
depends on the other rows of the list.

| part | unit | source |
|---|---|---|
| ecology | limiting factor, 0-1 | EcoCrop limits against the county's climate, ``ecology`` |
| specialisation | symmetric location quotient, −1 to 1 | output by product of the counties, ``specialisation`` |
| local_history | years | stated; stands in where there is no location quotient |
| brand | 0 none, 0.6 prefecture, 1 county | places table, else the embedded geographical indications |
| chain | capacity over output | processors, stores and buyers of the county and its neighbours |
| market_hours | hours | stated, else the nearest market of the product |
| labour | labour days needed over available | stated need, places table, ``people`` |
| local_labour | share of the work | stated |
| jobs_nearby | posts in daily reach over households | stated, ``people`` |
| skills | training days over days the skill takes | stated, ``reference.skills`` |
| craft | craft 0.6, recognised heritage 1 | product, name, content, skills |
| training_days | days | stated |
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.ecology import fit_climate
from evaluator.criteria.people import (
    measure_craft,
    measure_jobs_nearby,
    measure_labour,
    measure_skills,
    people_stated,
)
from evaluator.criteria.score import Array, Quantity
from evaluator.criteria.specialisation import measure_specialisation
from evaluator.criteria.travel import hours_between, locate, number_column, ranged, text_column
from evaluator.criteria.yields import Yields, cut_yields
from evaluator.domain.markets import MINUTES_PREFIX, Markets, measure_unit
from evaluator.domain.places import BRAND_LEVELS, Places
from evaluator.domain.settings import AdvantageSettings
from evaluator.reference.advantage import geographical_indications, indications_known
from evaluator.reference.places import adjacent
from evaluator.reference.products import products

Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class AdvantageParts:
    """Raw quantities of local advantage for n projects, in the order of the list.

    Attributes
    ----------
    parts
        Part name (table above) to quantity; every part has its "no data" (NaN).
    record
        (n,) which of ``specialisation`` and ``local_history`` speaks for the local record: the first when its point is
        known, else the second when stated, else the first with the range it has; ``None`` when neither says anything.
    limiting_factor
        (n,) ``temperature``, ``rain`` or ``season``; ``None`` when nothing limits or is known.
    above_altitude
        (n,) whether the county lies above the highest fields known of the species (a note).
    brand_source
        (n,) ``table``, ``register`` (embedded geographical indications) or ``None``.
    hours_source
        (n,) ``given``, ``table`` (nearest market of the product) or ``None``.
    asked_of_people
        (3, n) whether the share of local labour, skills and jobs nearby are asked of a project.
    yields
        Stated and average yields; outputs above the average are cut back to it.
    """

    parts: Mapping[str, Quantity]
    record: Texts
    limiting_factor: Texts
    above_altitude: NDArray[np.bool_]
    brand_source: Texts
    hours_source: Texts
    asked_of_people: NDArray[np.bool_]
    yields: Yields


def measure_advantage(
    frame: pd.DataFrame, *, places: Places | None = None, markets: Markets | None = None,
    settings: AdvantageSettings | None = None, national_share: Mapping[str, float] | None = None,
    detour: float = 1.6, speed_km_hour: float = 40.0,
) -> AdvantageParts:  # fmt: skip
    """Measure the local advantage of each project.

    Parameters
    ----------
    frame
        The list, shaped as ``Portfolio.frame``.
    places, markets
        The side tables; each may be missing and then leaves its parts without data.
    national_share
        Product to its share of the nation's output value, for the location quotient; without it the counties of
        ``places`` together stand for the nation.
    detour, speed_km_hour
        Road km over straight km, and km an hour, for the hours to the nearest market.
    """
    rules = settings or AdvantageSettings()
    product, place = text_column(frame, "product"), text_column(frame, "place_code")
    ecology = fit_climate(product, place, places, settings=rules)
    record = measure_specialisation(product, place, places, prior_mass=rules.prior_mass, national_share=national_share)
    history = Quantity(*ranged(frame, "local_history_years"))
    brand, brand_source = measure_brand(product, place, places)
    hours, hours_source = _market_hours(frame, markets, places, detour=detour, speed_km_hour=speed_km_hour)
    return AdvantageParts(
        parts={
            "ecology": ecology.fit,
            "specialisation": record,
            "local_history": history,
            "brand": brand,
            "chain": measure_chain(frame, places),
            "market_hours": hours,
            "labour": measure_labour(frame, places, half_labour=rules.half_labour),
            "local_labour": Quantity(*ranged(frame, "local_labour_share")),
            "skills": measure_skills(frame, settings=rules),
            "jobs_nearby": measure_jobs_nearby(frame, settings=rules),
            "craft": measure_craft(frame),
            "training_days": Quantity(*ranged(frame, "training_days")),
        },
        record=_better_documented(record, history),
        limiting_factor=ecology.limiting,
        above_altitude=ecology.above_altitude,
        brand_source=brand_source,
        hours_source=hours_source,
        asked_of_people=people_stated(frame),
        yields=cut_yields(frame, places),
    )


def _better_documented(quotient: Quantity, history: Quantity) -> Texts:
    stated = [~np.isnan(quotient.point), ~np.isnan(history.point), ~np.isnan(quotient.low), ~np.isnan(history.low)]
    names = ["specialisation", "local_history", "specialisation", "local_history"]
    chosen = np.select(stated, names, "").astype(object)
    chosen[chosen == ""] = None
    return chosen


def measure_brand(product: Texts, place: Texts, places: Places | None) -> tuple[Quantity, Texts]:
    """How closely a geographical indication covers each project: 0 none, 0.6 the prefecture, 1 the county.

    The places table goes first; a county whose brands are listed there, or whose prefecture the embedded list was
    gathered for, has none when nothing is found. Other counties are not known. Returns the quantity and its source.
    """
    listed = places.lists("brands") if places is not None else {}
    found = {key: _brand(*key, listed) for key in set(zip(product, place, strict=True))}
    rows = [found[key] for key in zip(product, place, strict=True)]
    return (
        Quantity.known(np.array([level for level, _ in rows], dtype=np.float64)),
        np.array([source for _, source in rows], dtype=object),
    )


def _brand(product: object, place: object, listed: Mapping[str, Mapping[str, str]]) -> tuple[float, str | None]:
    if product is None or place is None:
        return np.nan, None
    own = listed.get(str(place), {})
    if str(product) in own:
        return BRAND_LEVELS.get(own[str(product)], np.nan), "table"
    registered = geographical_indications(str(place)).get(str(product))
    if registered is not None:
        return BRAND_LEVELS[registered.scope], "register"
    if own:
        return 0.0, "table"
    return (0.0, "register") if indications_known(str(place)) else (np.nan, None)


def measure_chain(frame: pd.DataFrame, places: Places | None) -> Quantity:
    """Capacity of processors, stores and buyers in the county and its neighbours over the project's own output.

    Capacity for a whole family ("fruit") serves every product of it. Where only neighbours have stated what they have,
    the ratio is a lower bound: no point, range up to 1 or more. Missing without output in a unit of weight, unless
    there is no capacity at all.
    """
    product, place = text_column(frame, "product"), text_column(frame, "place_code")
    units = {unit: measure_unit(unit) for unit in set(text_column(frame, "output_unit"))}
    measured = [units[unit] for unit in text_column(frame, "output_unit")]
    tonnes = np.array([factor / 1000 if what == "mass" else np.nan for what, factor in measured], dtype=np.float64)
    listed = places.numbers("processors") if places is not None else {}
    borders = places.adjacent() if places is not None else {}
    found = {key: _capacity(*key, listed, borders) for key in set(zip(product, place, strict=True))}
    rows = [found[key] for key in zip(product, place, strict=True)]
    capacity = np.array([amount for amount, _ in rows], dtype=np.float64)
    yields = cut_yields(frame, places)
    complete = np.array([whole for _, whole in rows], dtype=bool)
    none = complete & (capacity == 0)  # nothing over any output is nothing
    point, high, low = (
        np.where(none, 0.0, _over(capacity, amount * tonnes))
        for amount in (yields.output, yields.output_high, yields.output_low)
    )
    open_end = np.where(np.isnan(low), np.nan, np.fmax(high, 1.0))
    return Quantity(np.where(complete, point, np.nan), low, np.where(complete, high, open_end))


def _capacity(
    product: object, place: object, listed: Mapping[str, Mapping[str, float]], borders: Mapping[str, frozenset[str]]
) -> tuple[float, bool]:
    """Tonnes a year around a county that serve a product, and whether the county itself has stated its own."""
    if product is None or place is None:
        return np.nan, False
    around = {str(place)} | borders.get(str(place), frozenset()) | adjacent(str(place))
    stated = [listed[code] for code in sorted(around) if code in listed]
    if not stated:
        return np.nan, False
    return sum(t for county in stated for name, t in county.items() if _serves(name, str(product))), str(
        place
    ) in listed


def _serves(capacity: str, product: str) -> bool:
    """Whether capacity stated for one product, family or group can take another product."""
    if capacity == product:
        return True
    known = products()
    if capacity not in known or product not in known or not known[capacity].generic:
        return False
    whole_group = capacity == known[capacity].group == known[product].group
    return whole_group or known[capacity].family == known[product].family


def _market_hours(
    frame: pd.DataFrame, markets: Markets | None, places: Places | None, *, detour: float, speed_km_hour: float
) -> tuple[Quantity, Texts]:
    """Hours to the main market as stated, else to the nearest market of the product in the table."""
    point, low, high = ranged(frame, "market_hours")
    stated = ~np.isnan(point)
    nearest = np.full(len(frame), np.nan)
    if markets is not None and len(markets) and not stated.all():
        lon, lat = locate(frame, places=places)
        origin = pd.DataFrame({"lon": lon, "lat": lat, "place_code": text_column(frame, "place_code")})
        product = text_column(frame, "product")
        for name in markets.products & set(product):
            rows = markets.frame.loc[markets.frame["product"] == name]
            target = pd.DataFrame({"lon": number_column(rows, "lon"), "lat": number_column(rows, "lat")})
            minutes = {
                str(c).removeprefix(MINUTES_PREFIX): number_column(rows, c)
                for c in rows.columns
                if str(c).startswith(MINUTES_PREFIX)
            }
            here = np.flatnonzero(product == name)
            hours = hours_between(
                origin.iloc[here], target, minutes=minutes, detour=detour, speed_km_hour=speed_km_hour
            )
            nearest[here] = np.fmin.reduce(hours, axis=1)
    source = np.where(stated, "given", np.where(np.isnan(nearest), "", "table")).astype(object)
    source[source == ""] = None
    filled = (np.where(np.isnan(values), nearest, values) for values in (point, low, high))
    return Quantity(*filled), source


def _over(top: Array, bottom: Array) -> Array:
    return np.asarray(np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom > 0))
