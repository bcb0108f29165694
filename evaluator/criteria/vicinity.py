"""Where each project is: a point where coordinates are known, else county, township and village by name."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from evaluator.criteria.nearness import Borders, Closeness, Codes, Layer, Points, borders, on_sphere, timed_links
from evaluator.criteria.travel import number_column

TOWNSHIP_ENDING = re.compile(
    r"(?<=.)(?:街道办事处|街道办|办事处|街道|镇|乡|\s*(?:sub-?district|township|town))$", re.IGNORECASE
)
VILLAGE_ENDING = re.compile(
    r"(?<=.)(?:村民委员会|居民委员会|村委会|居委会|社区|村|\s*(?:village|community))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Localities:
    """Where each row is: point (-1 without coordinates), county, township and village (-1 unknown).

    ``timed`` links the counties between which minutes are stated, when nearness is measured by travel.
    """

    points: Points
    point: Codes
    county: Codes
    township: Codes
    village: Codes
    touching: Borders
    timed: Borders | None
    same_county: float


def locate(
    frame: pd.DataFrame, *, radius_km: float, adjacent: Mapping[str, frozenset[str]], name_all: bool,
    closeness: Closeness | None = None,
) -> Localities:  # fmt: skip
    """Place each row; ``name_all`` reads the names too where every row has coordinates."""
    close = closeness or Closeness()
    by_travel = bool(close.stated())
    lon, lat = number_column(frame, "lon") + 0.0, number_column(frame, "lat") + 0.0  # -0.0 becomes 0.0
    has = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    point = np.full(len(frame), -1, dtype=np.int64)
    at = np.flatnonzero(has)
    # names matter only where a point is missing or minutes are stated between counties
    named = frame if name_all or by_travel or not has.all() else frame[[]]
    county, codes = _counties(named)
    timed = timed_links(codes, close) if by_travel else None
    inside = np.zeros(len(frame), dtype=np.int64) if timed is None else county
    order = at[np.lexsort((inside[at], lat[at], lon[at]))]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(lon[order]) != 0) | (np.diff(lat[order]) != 0) | (np.diff(inside[order]) != 0)
    point[order] = np.cumsum(fresh) - 1
    first = order[fresh]
    table = (None, None) if timed is None else (inside[first], timed[1])
    return Localities(
        points=Points(on_sphere(lon[first], lat[first]), close.reach_km(radius_km), *table),
        point=point,
        county=county,
        township=name_codes(named, "township", ending=TOWNSHIP_ENDING)[0],
        village=name_codes(named, "village", ending=VILLAGE_ENDING)[0],
        touching=borders(codes, adjacent, closeness=close),
        timed=None if timed is None else timed[0],
        same_county=close.same_county,
    )


def _counties(frame: pd.DataFrame) -> tuple[Codes, list[str]]:
    """County of each row by code, else by name; rows of no known county share one of their own."""
    if "place_code" not in frame or "place_name" not in frame or not frame["place_code"].isna().any():
        return name_codes(frame, "place_code" if "place_code" in frame else "place_name", unknown=0)
    code = frame["place_code"].astype(object)
    return name_codes(pd.DataFrame({"county": code.where(code.notna(), frame["place_name"])}), "county", unknown=0)


def name_codes(
    frame: pd.DataFrame, key: str, *, ending: re.Pattern[str] | None = None, unknown: int = -1
) -> tuple[Codes, list[str]]:
    """Code of each row's name, by sorted names; ``unknown`` where there is none. With 0, ``""`` is a name too."""
    if key not in frame:
        return np.broadcast_to(np.int64(unknown), len(frame)), [""]
    codes, values = pd.factorize(frame[key], use_na_sentinel=True)
    tidy = ["", *(plain_name(value, ending=ending) for value in values)]
    names, rank = np.unique(np.array(tidy, dtype=object), return_inverse=True)
    return rank.astype(np.int64)[codes + 1] + (0 if unknown == 0 else -1), [str(name) for name in names]


@lru_cache(maxsize=200_000)
def plain_name(value: object, *, ending: re.Pattern[str] | None = None) -> str:
    """A name without spaces, width and case variants, and (with ``ending``) without 镇, 乡, 街道 or 村."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", str(value))).strip().casefold()
    return ending.sub("", name) if ending else name


def combine_codes(known: Codes, *parts: Codes) -> Codes:
    """One code for each met combination; -1 where ``known`` is negative."""
    combined = np.zeros(len(known), dtype=np.int64)
    for part in parts:
        combined = np.unique(combined * (part.max(initial=0) + 2) + part + 1, return_inverse=True)[1]
    return np.where(known < 0, -1, combined)


def near_layers(targets: Codes, sources: Codes, places: Localities) -> tuple[Layer, ...]:
    """Distance where both have coordinates (or stated minutes); county and locality where either has none."""
    mapped_t, mapped_s = places.point[targets] >= 0, places.point[sources] >= 0
    on_map = targets[mapped_t]
    rivals_on_map = on_map if sources is targets else sources[mapped_s]
    layers = [_layer(on_map, rivals_on_map, (places.point, places.point), 1.0, places.points)]
    if places.timed is not None:
        layers.append(_layer(on_map, rivals_on_map, (places.county, places.county), 0.0, places.timed))
    for some, rivals in ((targets[~mapped_t], sources), (targets[mapped_t], sources[~mapped_s])):
        if not len(some) or not len(rivals):
            continue
        layers.append(_layer(some, rivals, (places.county, places.county), places.same_county, places.touching))
        layers += [_layer(some, rivals, groups, 1 - places.same_county) for groups in _localities(places)]
    return tuple(layer for layer in layers if len(layer.target) and len(layer.source))


def _localities(places: Localities) -> list[tuple[Codes, Codes]]:
    """Groups of one township, or of one village where a township is not said: (as target, as source).

    Villages of one name in two named townships are two villages.
    """
    township = combine_codes(places.township, places.county, places.township)
    village = combine_codes(places.village, places.county, places.village)
    unsaid = places.township < 0
    return [
        (township, township),
        (np.where(unsaid, -1, village), np.where(unsaid, village, -1)),
        (np.where(unsaid, village, -1), village),
    ]


def _layer(
    targets: Codes, sources: Codes, groups: tuple[Codes, Codes], weight: float, links: Points | Borders | None = None
) -> Layer:
    mine, theirs = groups
    t = targets[mine[targets] >= 0]
    t_group = mine[t]
    if sources is targets and theirs is mine:
        return Layer(t, t_group, t, t_group, own_weight=weight, links=links)
    s = sources[theirs[sources] >= 0]
    return Layer(t, t_group, s, theirs[s], own_weight=weight, links=links)
