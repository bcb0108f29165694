"""Stated yields held against the average of the area: what stands above it is cut back to it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.travel import number_column, ranged, text_column
from evaluator.domain.markets import measure_unit
from evaluator.domain.places import Places
from evaluator.reference.products import products

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Yields:
    """Output of n projects in their own unit, cut back where the yield was above the county's average.

    ``stated`` and ``average`` are kg a mu (or a head, for animals), NaN where not known.
    """

    output: Array
    output_low: Array
    output_high: Array
    stated: Array
    average: Array

    @property
    def cut(self) -> NDArray[np.bool_]:
        """(n,) whose stated yield is above the average."""
        return np.asarray(self.stated > self.average, dtype=bool)


def cut_yields(frame: pd.DataFrame, places: Places | None) -> Yields:
    """Output a year, no more than area (or heads) × the average yield the places table states for the product.

    Only output in units of weight can be held against it. Without area, heads or an average nothing is cut.
    """
    amounts = ranged(frame, "output_per_year")
    nothing = np.full(len(frame), np.nan)
    listed = places.numbers("average_yield") if places is not None else {}
    if not listed:
        return Yields(*amounts, nothing, nothing)
    product, place = text_column(frame, "product"), text_column(frame, "place_code")
    average = np.array(
        [listed.get(str(where), {}).get(str(what), np.nan) for what, where in zip(product, place, strict=True)]
    )
    units = {unit: measure_unit(unit) for unit in set(text_column(frame, "output_unit"))}
    measured = [units[unit] for unit in text_column(frame, "output_unit")]
    kg = np.array([factor if what == "mass" else np.nan for what, factor in measured], dtype=np.float64)
    animal = np.array([getattr(products().get(str(what)), "stage", "") == "raise" for what in product], dtype=bool)
    base = np.where(animal, number_column(frame, "heads"), number_column(frame, "area_mu"))
    base = np.where(base > 0, base, np.nan)
    most = average * base / kg
    point, low, high = (np.fmin(values, np.where(np.isnan(values), np.nan, most)) for values in amounts)
    return Yields(point, low, high, amounts[0] * kg / base, average)
