"""How near two projects are, 0–1: by distance where both have coordinates, else by village, township and county.

Nearness is a sum of layers. Each layer puts projects into groups (a point on the map, a county, a township); two
projects of one group share the layer's own weight, and linked groups share the weight of their link.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from evaluator.criteria.travel import EARTH_RADIUS_KM

Array = NDArray[np.float64]
Codes = NDArray[np.int64]

SAME_COUNTY = 0.5
ADJACENT_COUNTY = 0.25
PAIRS_AT_ONCE, PLACES_AT_ONCE = 400_000, 4_000
"""Pairs of places, and places, held in memory together."""


@dataclass(frozen=True, slots=True)
class Points:
    """Distinct points on the sphere, sorted by longitude and latitude, with the reach in km."""

    xyz: Array
    radius_km: float

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
            kept = (weight > 0) & (targets[start:stop][near["i"]] != sources[near["j"]])
            corners = (weight[kept], (near["i"][kept].astype(np.int32), near["j"][kept].astype(np.int32)))
            weights = sparse.coo_array(corners, shape=(stop - start, len(sources)))
            yield start, stop, sparse.csr_array(sparse.csc_array(weights))  # through columns: sorts without comparing


@dataclass(frozen=True, slots=True)
class Borders:
    """Counties and which of them touch, with the weight of a shared border."""

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


def borders(codes: list[str], adjacent: Mapping[str, frozenset[str]]) -> Borders:
    """Which of the listed counties touch; one direction in the mapping is enough."""
    rank = {code: at for at, code in enumerate(codes)}
    one_way = [(rank[a], rank[b]) for a in codes for b in adjacent.get(a, ()) if b in rank and b != a]
    pairs = np.array(sorted({pair for a, b in one_way for pair in ((a, b), (b, a))}), dtype=np.int64).reshape(-1, 2)
    weight = np.full(len(pairs), ADJACENT_COUNTY)
    return Borders(sparse.csr_array((weight, (pairs[:, 0], pairs[:, 1])), shape=(len(codes), len(codes))))


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
