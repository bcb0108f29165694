"""How well a crop fits a county's climate: the limiting factor over temperature, rain and season."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.score import Array, Quantity
from evaluator.criteria.travel import number_column
from evaluator.domain.places import Places
from evaluator.domain.settings import AdvantageSettings
from evaluator.reference.advantage import CropLimits, ecocrop

EVERGREEN_DAYS = 330.0
FACTORS = ("temperature", "rain", "season")


@dataclass(frozen=True, slots=True)
class Ecology:
    """Fit of n projects' crops to their counties.

    Attributes
    ----------
    fit
        Limiting factor, 0 (cannot grow) to 1 (best growing range); missing without climate or crop limits.
    limiting
        (n,) which of ``FACTORS`` limits, ``None`` when nothing does or nothing is known.
    above_altitude
        (n,) whether the county lies above the highest fields known of the species: a note, never a gate.
    """

    fit: Quantity
    limiting: NDArray[np.object_]
    above_altitude: NDArray[np.bool_]


def suitability(x: Array, low: float, optimum_low: float, optimum_high: float, high: float) -> Array:
    """0 outside ``low``-``high``, 1 between the optimum bounds, linear between; NaN stays NaN.

    The EcoCrop rule (FAO; Hijmans et al. 2001, DIVA-GIS).

    Examples
    --------
    >>> suitability(np.array([4.0, 11.0, 20.0, 30.0]), 7.0, 15.0, 25.0, 30.0)
    array([0. , 0.5, 1. , 0. ])
    """
    rise = np.where(x >= optimum_low, 1.0, (x - low) / max(optimum_low - low, 1e-9))
    fall = np.where(x <= optimum_high, 1.0, (high - x) / max(high - optimum_high, 1e-9))
    return np.asarray(np.clip(np.minimum(rise, fall), 0.0, 1.0))


def fit_climate(
    product: NDArray[np.object_], place: NDArray[np.object_], places: Places | None, *,
    settings: AdvantageSettings | None = None,
) -> Ecology:  # fmt: skip
    """Limiting factor of each project's crop in its county.

    Parameters
    ----------
    product, place
        (n,) product id and county code, or ``None``.

    Notes
    -----
    fit = min(temperature, rain, season), each by ``suitability`` from species-wide EcoCrop limits. Crops with a short
    cycle are grown in the warmer part of the year, so that their range covers means up to 5 °C above the year's. The
    season counts where frost-free days are stated: full from the shortest cycle on, none under three quarters of it.
    With temperature or rain unknown the other one is only an upper bound: point as known, range down to 0.
    """
    pairs = pd.MultiIndex.from_arrays([product, place])
    unique = pairs.unique()
    rules = settings or AdvantageSettings()
    fits = [_fit_pair(crop, code, places, rules) for crop, code in unique]
    at = unique.get_indexer(pairs)
    numbers = np.array([values for values, _, _ in fits], dtype=np.float64).reshape(-1, 3)[at]
    return Ecology(
        Quantity(numbers[:, 0], numbers[:, 1], numbers[:, 2]),
        np.array([limiting for _, limiting, _ in fits], dtype=object)[at],
        np.array([above for _, _, above in fits], dtype=bool)[at],
    )


_UNKNOWN = ((np.nan, np.nan, np.nan), None, False)


def _fit_pair(
    crop: object, code: object, places: Places | None, rules: AdvantageSettings
) -> tuple[tuple[float, float, float], str | None, bool]:
    limits = ecocrop(crop) if isinstance(crop, str) else None
    if limits is None or places is None or code not in places.frame.index:
        return _UNKNOWN
    row = places.frame.loc[[code]]
    mean, rain, season, altitude = (
        float(number_column(row, key)[0]) for key in ("temperature_c", "rain_mm", "growing_days", "altitude_m")
    )
    above = limits.altitude_high_m is not None and altitude > limits.altitude_high_m
    if np.isnan(mean) and np.isnan(rain):
        return (*_UNKNOWN[:2], above)
    warm = _warm_fits(mean, limits, rules)
    rest = (_rain_fit(rain, limits), _season_fit(season, limits, rules.season_slack))
    factors = np.array([warm[0], *rest])
    point = float(np.nanmin(factors))
    rest_least = float(np.fmin(*rest))
    low, high = (float(np.fmin(bound, rest_least)) for bound in (warm.min(), warm.max()))
    if np.isnan(mean) or np.isnan(rain):
        low = 0.0
    limiting = FACTORS[int(np.nanargmin(factors))] if point < 1.0 else None
    return (point, low, high), limiting, above


def _warm_fits(mean: float, limits: CropLimits, rules: AdvantageSettings) -> Array:
    """Temperature fit at the year's mean (first) and at every mean the growing season may have."""
    reach = rules.warmer_c if limits.cycle_low_days <= rules.short_cycle_days else 0.0
    return suitability(
        mean + np.linspace(0.0, reach, 11), limits.temperature_low_c, limits.temperature_optimum_low_c,
        limits.temperature_optimum_high_c, limits.temperature_high_c,
    )  # fmt: skip


def _rain_fit(rain: float, limits: CropLimits) -> float:
    bounds = (limits.rain_low_mm, limits.rain_optimum_low_mm, limits.rain_optimum_high_mm, limits.rain_high_mm)
    return float(suitability(np.array(rain), *bounds))


def _season_fit(days: float, limits: CropLimits, slack: float) -> float:
    """Whether the frost-free season holds the shortest cycle; unknown for evergreens, which have none."""
    if limits.cycle_low_days >= EVERGREEN_DAYS:
        return np.nan
    share = days / limits.cycle_low_days
    return float(np.clip((share - slack) / (1 - slack), 0.0, 1.0))
