"""Who may rival whom: size, product, place and identity of each project, as whole numbers."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from evaluator.criteria.likeness import ProductClasses, Similarity, classify_products
from evaluator.criteria.nearness import SAME_COUNTY, Array, Borders, Codes, Layer, Points, borders, on_sphere
from evaluator.criteria.travel import number_column

COUNTED_KINDS = ("industry", "employment")
COLUMNS = ("project_id", "name", "kind", "status", "joint_venture_id", "product", "family", "stage", "lon", "lat",
           "place_code", "place_name", "township", "village", "investment_yuan", "revenue_yuan_year")  # fmt: skip
_TOWNSHIP = re.compile(
    r"(?<=.)(?:街道办事处|街道办|办事处|街道|镇|乡|\s*(?:sub-?district|township|town))$", re.IGNORECASE
)
_VILLAGE = re.compile(r"(?<=.)(?:村民委员会|居民委员会|村委会|居委会|社区|村|\s*(?:village|community))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """All projects looked at: the scored ones first, then the register's rows when there is one.

    Attributes
    ----------
    frame
        The rows' own columns, those of ``COLUMNS`` that were given.
    targets, sources
        Row numbers of the projects that get an h and of those that count as rivals.
    yuan, assumed
        (rows,) size of each project and whether it is the reference for want of a figure.
    actor
        (rows,) rows with equal numbers are one project (a pooled venture, or a row of both tables).
    pooled
        (rows,) whether another row has the same actor.
    layers
        The parts nearness is made of.
    """

    frame: pd.DataFrame
    scored: int
    targets: Codes
    sources: Codes
    yuan: Array
    assumed: NDArray[np.bool_]
    actor: Codes
    pooled: NDArray[np.bool_]
    classes: ProductClasses
    layers: tuple[Layer, ...]
    places: "Localities"
    two_tables: bool


@dataclass(frozen=True, slots=True)
class Localities:
    """Where each row is: point (-1 without coordinates), county, township and village (-1 unknown)."""

    points: Points
    point: Codes
    county: Codes
    township: Codes
    village: Codes
    touching: Borders


def lay_out(
    projects: pd.DataFrame,
    rivals: pd.DataFrame | None,
    *,
    radius_km: float,
    reference_yuan: float,
    similarity: Similarity,
    adjacent: Mapping[str, frozenset[str]],
) -> Field:
    """Read both tables into one field of numbered rows. Columns that are missing are simply unknown."""
    frame = projects if rivals is None else pd.concat([_columns(projects), _columns(rivals)], ignore_index=True)
    scored = len(projects)
    counted = _is_one_of(frame, "kind", COUNTED_KINDS, unknown=True)
    targets = np.flatnonzero(counted[:scored])
    rows = np.arange(len(frame))
    sources = np.flatnonzero(counted & ~_is_one_of(frame, "status", ("ended",)) & ((rivals is None) | (rows >= scored)))
    yuan, assumed = project_size(frame, reference_yuan=reference_yuan)
    places = _locate(frame, radius_km=radius_km, adjacent=adjacent, name_all=rivals is not None)
    actor = _actors(frame, scored, places, two_tables=rivals is not None)
    taking_part = np.union1d(targets, sources)
    return Field(
        frame=frame,
        scored=scored,
        targets=targets,
        sources=sources,
        yuan=yuan,
        assumed=assumed,
        actor=actor,
        pooled=np.bincount(actor[taking_part], minlength=actor.max(initial=-1) + 1)[actor] > 1,
        classes=classify_products(frame, similarity=similarity),
        layers=_layers(targets, sources, places),
        places=places,
        two_tables=rivals is not None,
    )


def project_size(frame: pd.DataFrame, *, reference_yuan: float) -> tuple[Array, NDArray[np.bool_]]:
    """Yearly output value, else investment, else the reference size; and which rows had to take the reference."""
    size = np.full(len(frame), np.nan)
    for key in ("investment_yuan", "revenue_yuan_year"):
        stated = number_column(frame, key)
        size = np.where(np.isfinite(stated) & (stated > 0), stated, size)
    assumed = np.isnan(size)
    return np.where(assumed, reference_yuan, size), assumed


def _columns(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[key for key in COLUMNS if key in frame]].assign(project_id=project_ids(frame))


def project_ids(frame: pd.DataFrame) -> NDArray[np.object_]:
    """The id of each row: the column ``project_id``, else the index."""
    ids = frame.get("project_id", frame.index)
    return np.asarray(ids, dtype=object)


def _is_one_of(frame: pd.DataFrame, key: str, choices: tuple[str, ...], *, unknown: bool = False) -> NDArray[np.bool_]:
    if key not in frame:
        return np.full(len(frame), unknown)
    hit = frame[key].isin(choices).to_numpy(dtype=bool)
    return np.asarray(hit | frame[key].isna().to_numpy(dtype=bool) if unknown else hit, dtype=bool)


def _locate(
    frame: pd.DataFrame, *, radius_km: float, adjacent: Mapping[str, frozenset[str]], name_all: bool
) -> Localities:
    lon, lat = number_column(frame, "lon") + 0.0, number_column(frame, "lat") + 0.0  # -0.0 becomes 0.0
    has = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    point = np.full(len(frame), -1, dtype=np.int64)
    at = np.flatnonzero(has)
    order = at[np.lexsort((lat[at], lon[at]))]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(lon[order]) != 0) | (np.diff(lat[order]) != 0)
    point[order] = np.cumsum(fresh) - 1
    first = order[fresh]
    named = frame if name_all or not has.all() else frame[[]]  # names matter only where a point is missing
    county, codes = _counties(named)
    return Localities(
        points=Points(on_sphere(lon[first], lat[first]), radius_km),
        point=point,
        county=county,
        township=_named(named, "township", ending=_TOWNSHIP)[0],
        village=_named(named, "village", ending=_VILLAGE)[0],
        touching=borders(codes, adjacent),
    )


def _counties(frame: pd.DataFrame) -> tuple[Codes, list[str]]:
    """County of each row by code, else by name; rows of no known county share one of their own."""
    if "place_code" not in frame or "place_name" not in frame or not frame["place_code"].isna().any():
        return _named(frame, "place_code" if "place_code" in frame else "place_name", unknown=0)
    code = frame["place_code"].astype(object)
    return _named(pd.DataFrame({"county": code.where(code.notna(), frame["place_name"])}), "county", unknown=0)


def _named(
    frame: pd.DataFrame, key: str, *, ending: re.Pattern[str] | None = None, unknown: int = -1
) -> tuple[Codes, list[str]]:
    """Code of each row's name, by sorted names; ``unknown`` where there is none. With 0, ``""`` is a name too."""
    if key not in frame:
        return np.full(len(frame), unknown, dtype=np.int64), [""]
    codes, values = pd.factorize(frame[key], use_na_sentinel=True)
    tidy = ["", *(plain_name(value, ending=ending) for value in values)]
    names, rank = np.unique(np.array(tidy, dtype=object), return_inverse=True)
    return rank.astype(np.int64)[codes + 1] + (0 if unknown == 0 else -1), [str(name) for name in names]


def plain_name(value: object, *, ending: re.Pattern[str] | None = None) -> str:
    """A name without spaces, width and case variants, and (with ``ending``) without 镇, 乡, 街道 or 村."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", str(value))).strip().casefold()
    return ending.sub("", name) if ending else name


def _actors(frame: pd.DataFrame, scored: int, places: Localities, *, two_tables: bool) -> Codes:
    rows = np.arange(len(frame), dtype=np.int64)
    venture = _named(frame, "joint_venture_id")[0]
    ties = [(rows, venture)]
    if two_tables:
        ties += [(rows, key) for key in _identities(frame, scored, places)]
    if all((key < 0).all() for _, key in ties):
        return rows
    tied, keys, offset = [], [], len(frame)
    for row, key in ties:
        known = key >= 0
        tied.append(row[known])
        keys.append(key[known] + offset)
        offset += int(key.max(initial=-1)) + 1
    edges = (np.concatenate(tied), np.concatenate(keys))
    graph = sparse.coo_array((np.ones(len(edges[0]), dtype=np.int8), edges), shape=(offset, offset))
    return np.asarray(connected_components(graph, directed=False)[1][: len(frame)], dtype=np.int64)


def _identities(frame: pd.DataFrame, scored: int, places: Localities) -> tuple[Codes, Codes]:
    """Keys that say a row of the list and a row of the register are the same project; -1 where they do not.

    Same id and same name, or same name, county, township and village. A key must stand in both tables.
    """
    name = _named(frame, "name")[0]
    project = _named(frame, "project_id")[0]
    placed = (name >= 0) & ((places.township >= 0) | (places.village >= 0) | (places.county > 0))
    by_id = _combine(np.where((name >= 0) & (project >= 0), 0, -1), name, project)
    by_place = _combine(np.where(placed, 0, -1), name, places.county, places.township, places.village)
    return _in_both(by_id, scored), _in_both(by_place, scored)


def _combine(known: Codes, *parts: Codes) -> Codes:
    """One code for each met combination; -1 where ``known`` is negative."""
    combined = np.zeros(len(known), dtype=np.int64)
    for part in parts:
        combined = np.unique(combined * (part.max(initial=0) + 2) + part + 1, return_inverse=True)[1]
    return np.where(known < 0, -1, combined)


def _in_both(key: Codes, scored: int) -> Codes:
    return np.where(np.isin(key, np.intersect1d(key[:scored], key[scored:])), key, -1)


def _layers(targets: Codes, sources: Codes, places: Localities) -> tuple[Layer, ...]:
    """Distance where both have coordinates; county and locality where either has none."""
    mapped_t, mapped_s = places.point[targets] >= 0, places.point[sources] >= 0
    layers = [_layer(targets[mapped_t], sources[mapped_s], (places.point, places.point), 1.0, places.points)]
    for some, rivals in ((targets[~mapped_t], sources), (targets[mapped_t], sources[~mapped_s])):
        if not len(some) or not len(rivals):
            continue
        layers.append(_layer(some, rivals, (places.county, places.county), SAME_COUNTY, places.touching))
        layers += [_layer(some, rivals, groups, 1 - SAME_COUNTY) for groups in _localities(places)]
    return tuple(layer for layer in layers if len(layer.target) and len(layer.source))


def _localities(places: Localities) -> list[tuple[Codes, Codes]]:
    """Groups of one township, or of one village where a township is not said: (as target, as source).

    Villages of one name in two named townships are two villages.
    """
    township = _combine(places.township, places.county, places.township)
    village = _combine(places.village, places.county, places.village)
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
    t, s = targets[mine[targets] >= 0], sources[theirs[sources] >= 0]
    return Layer(t, mine[t], s, theirs[s], own_weight=weight, links=links)
