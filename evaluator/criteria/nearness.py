"""How near two projects are, 0–1: by distance where both have coordinates, else by village, township and county.

Nearness is a sum of layers. Each layer puts projects into groups (a point on the map, a county, a township); two
projects of one group share the layer's own weight, and linked groups share the weight of their link.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from evaluator.criteria.travel import EARTH_RADIUS_KM

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

PAIRS_AT_ONCE, PLACES_AT_ONCE = 200_000, 4_000
"""Pairs of places, and places, held in memory together."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near two projects count where no radius says it.

    Attributes
    ----------
    same_county, adjacent_county
        Nearness by name, 0–1, where either project has no coordinates.
    travel_minutes
        Minutes within which neighbours count, in place of a radius; 0 measures by radius.
    minutes
        Pair of county codes to the minutes stated between them; one direction is enough, the shorter counts.
    km_hour
        Straight km travelled in an hour, where no minutes are stated.
    """

    same_county: float = 0.5
    adjacent_county: float = 0.25
    travel_minutes: float = 0.0
    minutes: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))
    km_hour: float = 25.0

    def reach_km(self, radius_km: float) -> float:
        """The radius, or how far one gets in ``travel_minutes``."""
        return self.travel_minutes / 60 * self.km_hour if self.travel_minutes > 0 else radius_km

    def stated(self) -> dict[tuple[str, str], float]:
        """Nearness of two counties by their stated minutes, both ways: max(0, 1 − t/T); empty by radius."""
        if self.travel_minutes <= 0:
            return {}
        shortest: dict[tuple[str, str], float] = {}
        for (a, b), minutes in self.minutes.items():
            for pair in ((a, b), (b, a)) if a != b else ():
                shortest[pair] = min(minutes, shortest.get(pair, minutes))
        return {pair: max(0.0, 1.0 - minutes / self.travel_minutes) for pair, minutes in shortest.items()}


@dataclass(frozen=True, slots=True)
class Points:
    """Distinct points on the sphere, sorted by longitude and latitude, with the reach in km.

    Where the minutes between two counties are stated (``timed``, by ``county`` of each point), distance says nothing.
    """

    xyz: Array
    radius_km: float
    county: Codes | None = None
    timed: sparse.csr_array | None = None

    @property
    def chord(self) -> float:
        """The reach as a straight chord through the unit sphere."""
        return 2 * float(np.sin(min(self.radius_km / (2 * EARTH_RADIUS_KM), np.pi / 2)))

    def blocks(self, targets: Codes, sources: Codes) -> Iterator[tuple[int, int, sparse.csr_array]]:
        """Weights between other points, a few target points at a time, in the points' own order."""
        tree = cKDTree(self.xyz[sources])
        found = tree.query_ball_point(self.xyz[targets], self.chord, return_length=True)
        for start, stop in _slices(np.asarray(found, dtype=np.int64)):
            some = cKDTree(self.xyz[targets[start:stop]])
            near = some.sparse_distance_matrix(tree, self.chord, output_type="ndarray")
            weight = distance_weight(chord_km(near["v"]), radius_km=self.radius_km)
            here, there = targets[start:stop][near["i"]], sources[near["j"]]
            kept = (weight > 0) & (here != there) & ~self.are_timed(here, there)
            corners = (weight[kept], (near["i"][kept].astype(np.int32), near["j"][kept].astype(np.int32)))
            weights = sparse.coo_array(corners, shape=(stop - start, len(sources)))
            yield start, stop, sparse.csr_array(sparse.csc_array(weights))  # through columns: sorts without comparing

    def are_timed(self, one: Codes, other: Codes) -> NDArray[np.bool_]:
        """Whether minutes are stated between the counties of two points each."""
        if self.timed is None or self.county is None or not len(one):
            return np.zeros(len(one), dtype=bool)
        return np.asarray(self.timed[self.county[one], self.county[other]], dtype=bool).ravel()


@dataclass(frozen=True, slots=True)
class Borders:
    """Counties and which of them touch (or lie within the minutes stated), with the weight of the link."""

    touching: sparse.csr_array

    def blocks(self, targets: Codes, sources: Codes) -> Iterator[tuple[int, int, sparse.csr_array]]:
        """Weights between touching counties, all at once: counties are few."""
        weights = sparse.csr_array(self.touching[targets][:, sources])
        weights.sort_indices()
        yield 0, len(targets), weights


@dataclass(frozen=True, slots=True)
class Layer:
    """One part of nearness: the group of each target and source, and the weight inside a group.

    ``target`` and ``source`` are row numbers; ``target_group`` and ``source_group`` stand beside them.
    """

    target: Codes
    target_group: Codes
    source: Codes
    source_group: Codes
    own_weight: float
    links: Points | Borders | None = None

    def only(self, rows: NDArray[np.bool_]) -> "Layer":
        """The same layer for some rows."""
        t, s = rows[self.target], rows[self.source]
        groups = (self.target[t], self.target_group[t], self.source[s], self.source_group[s])
        return Layer(*groups, own_weight=self.own_weight, links=self.links)

    def blocks(self, *, own: bool) -> Iterator[tuple[Codes, Codes, sparse.csr_array]]:
        """Weights between groups, a part at a time.

        Yields positions in ``target``, their row in the block, and the weights (block rows × source groups).
        ``own``: whether the weight inside a group is included.
        """
        sources = np.unique(self.source_group)
        targets, position = np.unique(self.target_group, return_inverse=True)
        if not len(sources) or not len(targets):
            return
        order = np.argsort(position, kind="stable")
        edges = np.searchsorted(position[order], np.arange(len(targets) + 1))
        nothing = sparse.csr_array((len(targets), len(sources)), dtype=np.float64)
        parts = self.links.blocks(targets, sources) if self.links else [(0, len(targets), nothing)]
        for start, stop, weights in parts:
            rows = order[edges[start] : edges[stop]]
            inside = _inside(targets[start:stop], sources, self.own_weight) if own else None
            yield rows, position[rows] - start, weights if inside is None else weights + inside


def distance_weight(km: Array, *, radius_km: float) -> Array:
    """Nearness by distance: w = max(0, 1 − d/R)."""
    return np.asarray(np.maximum(0.0, 1.0 - km / radius_km))


def chord_km(chord: Array) -> Array:
    """Great-circle km of a straight chord through the unit sphere: 2 r asin(chord / 2)."""
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0)))


def on_sphere(lon: Array, lat: Array) -> Array:
    """Points of the unit sphere (n, 3) from degrees."""
    across, up = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(up) * np.cos(across), np.cos(up) * np.sin(across), np.sin(up)])


def borders(codes: list[str], adjacent: Mapping[str, frozenset[str]], *, closeness: Closeness | None = None) -> Borders:
    """Which of the listed counties touch; one direction in the mapping is enough. Stated minutes go before borders."""
    close = closeness or Closeness()
    rank = {code: at for at, code in enumerate(codes)}
    one_way = [(rank[a], rank[b]) for a in codes for b in adjacent.get(a, ()) if b in rank and b != a]
    linked = {pair: close.adjacent_county for a, b in one_way for pair in ((a, b), (b, a))}
    return Borders(_table({**linked, **_ranked(close.stated(), rank)}, len(codes)))


def timed_links(codes: list[str], closeness: Closeness) -> tuple[Borders, sparse.csr_array] | None:
    """Links by stated minutes alone, and which pairs have them stated (near or not); ``None`` when none has."""
    stated = _ranked(closeness.stated(), {code: at for at, code in enumerate(codes)})
    if not stated:
        return None
    return Borders(_table(stated, len(codes))), _table(dict.fromkeys(stated, 1.0), len(codes))


def _ranked(pairs: Mapping[tuple[str, str], float], rank: Mapping[str, int]) -> dict[tuple[int, int], float]:
    return {(rank[a], rank[b]): value for (a, b), value in pairs.items() if a in rank and b in rank}


def _table(pairs: Mapping[tuple[int, int], float], size: int) -> sparse.csr_array:
    known = sorted((pair, value) for pair, value in pairs.items() if value > 0)
    where = np.array([pair for pair, _ in known], dtype=np.int64).reshape(-1, 2)
    values = np.array([value for _, value in known], dtype=np.float64)
    return sparse.csr_array((values, (where[:, 0], where[:, 1])), shape=(size, size))


def _inside(targets: Codes, sources: Codes, weight: float) -> sparse.csr_array:
    at = np.minimum(np.searchsorted(sources, targets), len(sources) - 1)
    both = np.flatnonzero(sources[at] == targets)
    return sparse.csr_array((np.full(len(both), weight), (both, at[both])), shape=(len(targets), len(sources)))


def _slices(counts: Codes) -> Iterator[tuple[int, int]]:
    """Runs of rows that hold at most ``PAIRS_AT_ONCE`` pairs together (a single row may hold more)."""
    ends, start = np.cumsum(counts), 0
    while start < len(counts):
        before = ends[start - 1] if start else 0
        stop = int(np.searchsorted(ends, before + PAIRS_AT_ONCE, side="right"))
        stop = max(start + 1, min(stop, start + PLACES_AT_ONCE))
        yield start, stop
        start = stop
