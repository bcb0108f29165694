"""Who may rival whom: size, product, place and identity of each project, as whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from evaluator.criteria.likeness import Similarity
from evaluator.criteria.nearness import Array, Closeness, Codes, Layer
from evaluator.criteria.product_classes import ProductClasses, classify_products
from evaluator.criteria.travel import number_column
from evaluator.criteria.vicinity import Localities, combine_codes, locate, name_codes, near_layers
from evaluator.domain.errors import SettingsError
from evaluator.reference.places import adjacent as embedded_neighbours
from evaluator.reference.places import counties

SIMILARITY: Similarity = (1.0, 0.6, 0.2)
COUNTED_KINDS = ("industry", "employment")
COLUMNS = ("project_id", "name", "kind", "status", "joint_venture_id", "product", "family", "stage", "lon", "lat",
           "place_code", "place_name", "township", "village", "investment_yuan", "revenue_yuan_year",
           "harvest_window")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """All projects looked at: the scored ones first, then the register's rows when there is one.

    Attributes
    ----------
    frame
        The rows' own columns, those of ``COLUMNS`` that were given.
    counted
        (rows,) whether a row is industry or employment (or does not say).
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
    counted: NDArray[np.bool_]
    targets: Codes
    sources: Codes
    yuan: Array
    assumed: NDArray[np.bool_]
    actor: Codes
    pooled: NDArray[np.bool_]
    classes: ProductClasses
    layers: tuple[Layer, ...]
    places: Localities
    two_tables: bool
    reference_yuan: float
    similarity: Similarity


def lay_out(
    projects: pd.DataFrame,
    rivals: pd.DataFrame | None = None,
    *,
    radius_km: float = 30.0,
    reference_yuan: float = 600_000.0,
    similarity: Similarity = SIMILARITY,
    adjacent: Mapping[str, frozenset[str]] | None = None,
    closeness: Closeness | None = None,
    season_factor: float = 1.0,
) -> Field:
    """Read both tables into one field of numbered rows. Columns that are missing are simply unknown."""
    for key, value in (("homogeneity.radius_km", radius_km), ("homogeneity.reference_yuan", reference_yuan)):
        if not (np.isfinite(value) and value > 0):
            raise SettingsError(key, value, "above", bound=0)
    if len(similarity) not in (3, 4) or not (
        1 >= similarity[0] >= similarity[1] >= similarity[2] >= similarity[-1] >= 0
    ):
        raise SettingsError("homogeneity.similarity", similarity, "likeness")
    frame = projects if rivals is None else pd.concat([_columns(projects), _columns(rivals)], ignore_index=True)
    scored = len(projects)
    counted = _is_one_of(frame, "kind", COUNTED_KINDS, unknown=True)
    targets = np.flatnonzero(counted[:scored])
    rivalling = counted & ~_is_one_of(frame, "status", ("ended",))
    rivalling[: scored if rivals is not None else 0] = False
    sources = np.flatnonzero(rivalling)
    sources = targets if np.array_equal(sources, targets) else sources  # shared: a long list is held once
    yuan, assumed = project_size(frame, reference_yuan=reference_yuan)
    touching = {code: embedded_neighbours(code) for code in counties()} if adjacent is None else adjacent
    places = locate(frame, radius_km=radius_km, adjacent=touching, name_all=rivals is not None, closeness=closeness)
    actor = _actors(frame, scored, places, two_tables=rivals is not None)
    taking_part = np.union1d(targets, sources)
    return Field(
        frame=frame,
        scored=scored,
        counted=counted,
        targets=targets,
        sources=sources,
        yuan=yuan,
        assumed=assumed,
        actor=actor,
        pooled=np.bincount(actor[taking_part], minlength=actor.max(initial=-1) + 1)[actor] > 1,
        classes=classify_products(frame, similarity=similarity, season_factor=season_factor),
        layers=near_layers(targets, sources, places),
        places=places,
        two_tables=rivals is not None,
        reference_yuan=reference_yuan,
        similarity=similarity,
    )


def project_size(frame: pd.DataFrame, *, reference_yuan: float) -> tuple[Array, NDArray[np.bool_]]:
    """Yearly output value, else investment, else the reference size; and which rows had to take the reference."""
    size = np.full(len(frame), np.nan)
    for key in ("investment_yuan", "revenue_yuan_year", "harvest_window"):
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


def _actors(frame: pd.DataFrame, scored: int, places: Localities, *, two_tables: bool) -> Codes:
    rows = np.arange(len(frame), dtype=np.int64)
    venture = name_codes(frame, "joint_venture_id")[0]
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
    name = name_codes(frame, "name")[0]
    project = name_codes(frame, "project_id")[0]
    placed = (name >= 0) & ((places.township >= 0) | (places.village >= 0) | (places.county > 0))
    by_id = combine_codes(np.where((name >= 0) & (project >= 0), 0, -1), name, project)
    by_place = combine_codes(np.where(placed, 0, -1), name, places.county, places.township, places.village)
    return _in_both(by_id, scored), _in_both(by_place, scored)


def _in_both(key: Codes, scored: int) -> Codes:
    return np.where(np.isin(key, np.intersect1d(key[:scored], key[scored:])), key, -1)
