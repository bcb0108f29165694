"""Hours between places, and how much of the way a product can go."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.places import Places
from evaluator.reference.places import counties

Array = NDArray[np.float64]
EARTH_RADIUS_KM = 6371.0088


def text_column(frame: pd.DataFrame, key: str) -> NDArray[np.object_]:
    """A text column as an object array with ``None`` for missing; all missing when the frame lacks it."""
    if key not in frame:
        return np.full(len(frame), None, dtype=object)
    column = frame[key]
    values = np.array(column.array, dtype=object)
    values[column.isna().to_numpy()] = None
    return values


def number_column(frame: pd.DataFrame, key: str) -> Array:
    """A number column as float64 with NaN for missing; all missing when the frame lacks it."""
    if key not in frame:
        return np.full(len(frame), np.nan)
    return np.array(pd.to_numeric(frame[key], errors="coerce"), dtype=np.float64)


def ranged(frame: pd.DataFrame, key: str) -> tuple[Array, Array, Array]:
    """A number with its ``_low`` and ``_high``, else the number itself; a range alone is centred; three (n,)."""
    point = number_column(frame, key)
    low, high = number_column(frame, f"{key}_low"), number_column(frame, f"{key}_high")
    point = np.where(np.isnan(point), (low + high) / 2, point)
    return point, np.where(np.isnan(low), point, low), np.where(np.isnan(high), point, high)


def locate(frame: pd.DataFrame, *, places: Places | None = None) -> tuple[Array, Array]:
    """Longitude and latitude of each row, degrees: its own, else its county's (places table, then county seat).

    Returns two (n,) arrays, NaN where nothing is known.
    """
    lon, lat = number_column(frame, "lon"), number_column(frame, "lat")
    codes = text_column(frame, "place_code")
    unknown = np.isnan(lon) | np.isnan(lat)
    seats: dict[object, tuple[float, float]] = {}
    for code in {code for code in codes[unknown] if code is not None}:
        seats[code] = _seat(str(code), places)
    missing = (np.nan, np.nan)
    found = np.array([seats.get(code, missing) for code in codes[unknown]], dtype=np.float64).reshape(-1, 2)
    lon[unknown], lat[unknown] = found[:, 0], found[:, 1]
    return lon, lat


def _seat(code: str, places: Places | None) -> tuple[float, float]:
    if places is not None and code in places.frame.index:
        lon, lat = places.frame.loc[[code], ["lon", "lat"]].to_numpy(dtype=np.float64)[0]
        if np.isfinite(lon) and np.isfinite(lat):
            return float(lon), float(lat)
    county = counties().get(code)
    return (county.lon, county.lat) if county is not None else (np.nan, np.nan)


def straight_km(lon_a: Array, lat_a: Array, lon_b: Array, lat_b: Array) -> Array:
    """Great-circle distance in km between points in degrees; the arrays broadcast.

    By the straight chord between points of the unit sphere, which is the haversine formula without a sine per pair.
    """
    (x_a, y_a, z_a), (x_b, y_b, z_b) = _on_sphere(lon_a, lat_a), _on_sphere(lon_b, lat_b)
    squared = np.square(x_a - x_b) + np.square(y_a - y_b) + np.square(z_a - z_b)
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squared) / 2, 1.0)))


def _on_sphere(lon: Array, lat: Array) -> tuple[Array, Array, Array]:
    across, up = np.radians(lon), np.radians(lat)
    return np.cos(up) * np.cos(across), np.cos(up) * np.sin(across), np.sin(up)


def road_hours(km: Array, *, detour: float = 1.6, speed_km_hour: float = 40.0) -> Array:
    """Hours by mountain road for a straight distance: km × 1.6 / 40 unless other figures are given."""
    return km * detour / speed_km_hour


def reach_weight(hours: Array, *, full_hours: Array | float, none_hours: Array | float) -> Array:
    """How far into reach a market lies, 1 (full) to 0 (none): f(t) = clip((t_none − t) / (t_none − t_full), 0, 1).

    An unknown time counts as out of reach. Shape as ``hours``; the limits broadcast.
    """
    slope = np.maximum(np.subtract(none_hours, full_hours), 1e-9)
    return np.nan_to_num(np.clip((none_hours - hours) / slope, 0.0, 1.0), nan=0.0)


def hours_between(
    origin: pd.DataFrame, target: pd.DataFrame, *, minutes: Mapping[str, Array], detour: float, speed_km_hour: float
) -> Array:
    """Hours from each origin to each target, (n, m), NaN when unknown.

    Both frames have ``lon, lat``; the origin also ``place_code``. ``minutes`` holds, for a county code, the stated
    minutes to each target (m,), which go before the straight-line estimate; the code ``""`` stands for any county.
    """
    km = straight_km(
        origin["lon"].to_numpy()[:, None],
        origin["lat"].to_numpy()[:, None],
        target["lon"].to_numpy()[None, :],
        target["lat"].to_numpy()[None, :],
    )
    hours = road_hours(km, detour=detour, speed_km_hour=speed_km_hour)
    codes = text_column(origin, "place_code")
    for code, stated in minutes.items():
        rows = np.full(len(codes), True) if code == "" else codes == code
        hours[rows] = np.where(np.isnan(stated), hours[rows], stated / 60.0)
    return hours
