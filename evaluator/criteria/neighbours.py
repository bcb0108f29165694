"""Which neighbours make a project homogeneous, and how much of it each makes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import NamedTuple, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from evaluator.criteria.levelsum import sum_around
from evaluator.criteria.likeness import Similarity
from evaluator.criteria.nearness import Array, Borders, Closeness, Codes, chord_km, distance_weight
from evaluator.criteria.rivals import SIMILARITY, Field, lay_out, project_ids

PAIRS_AT_ONCE = 2_000_000
"""Pairs laid out together: some 200 MB."""
PAIRS_NAMED = 5_000_000
"""Pairs up to which all neighbours are named at once; beyond, those of a project when it is looked at."""
_NONE: Codes = np.empty(0, dtype=np.int64)


class Neighbour(NamedTuple):
    """A rival that resembles a project, or what is left beyond the longest of a list.

    ``share`` is its part of h, 0–1; ``similarity`` and ``weight`` (nearness) 0–1; ``km`` is ``None`` where either
    side has no coordinates. The rest of a list has no id and no name, ``count`` rivals, and NaN for both factors.
    """

    project_id: str
    name: str
    km: float | None
    share: float
    similarity: float
    weight: float
    count: int = 1  # type: ignore[assignment]


class Pairs(NamedTuple):
    """Like pairs of rows, (pairs,) each: row, rival, straight km (NaN by names), nearness and likeness 0–1."""

    row: Codes
    rival: Codes
    km: Array
    weight: Array
    similarity: Array


@dataclass(frozen=True, slots=True)
class _Family:
    """The rivals of one family: those on the map, and all by county."""

    mapped: Codes
    tree: cKDTree | None
    mapped_by_county: tuple[Codes, Codes]
    by_county: tuple[Codes, Codes]
    unmapped_by_county: tuple[Codes, Codes]


@dataclass(frozen=True, slots=True)
class RivalIndex:
    """Answers for one project at a time who its like neighbours are; built once for a list and its register."""

    rivals: Field
    around_yuan: Array
    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    _families: dict[int, _Family] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        projects: pd.DataFrame,
        rivals: pd.DataFrame | None = None,
        *,
        radius_km: float = 30.0,
        reference_yuan: float = 600_000.0,
        similarity: Similarity = SIMILARITY,
        adjacent: Mapping[str, frozenset[str]] | None = None,
        closeness: Closeness | None = None,
        season_factor: float = 1.0,
    ) -> "RivalIndex":
        """Lay out list and register; arguments as for ``measure_homogeneity``."""
        laid = lay_out(
            projects,
            rivals,
            radius_km=radius_km,
            reference_yuan=reference_yuan,
            similarity=similarity,
            adjacent=adjacent,
            closeness=closeness,
            season_factor=season_factor,
        )
        named = laid.frame["name"] if "name" in laid.frame else pd.Series([None] * len(laid.frame), dtype=object)
        names = np.asarray(named.astype(object).where(named.notna(), ""), dtype=object)
        return cls(laid, sum_around(laid), project_ids(laid.frame), names)

    def neighbours_of(self, row: int, *, limit: int = 50) -> tuple[Neighbour, ...]:
        """The like neighbours of the project in this row, largest share first, and the rest in one last entry."""
        return self.name([row], limit=limit)[0]

    def name(self, rows: Sequence[int] | None = None, *, limit: int = 50) -> tuple[tuple[Neighbour, ...], ...]:
        """The like neighbours of several rows (all unless given), in the order asked for."""
        wanted = np.arange(self.rivals.scored) if rows is None else np.asarray(rows, dtype=np.int64)
        found: dict[int, tuple[Neighbour, ...]] = {}
        distinct = np.unique(wanted)
        targets = distinct[self.rivals.counted[distinct]]
        family = self._family_codes(targets)
        for code in np.unique(family[family >= 0]).tolist():
            mine, together = targets[family == code], self._targets_at_once(code)
            for start in range(0, len(mine), together):
                found.update(self._name_some(code, mine[start : start + together], limit))
        return tuple(found.get(row, ()) for row in wanted.tolist())

    def named(self, *, limit: int = 50) -> Sequence[tuple[Neighbour, ...]]:
        """The like neighbours of all rows: named now, or in a list with very many pairs when a row is asked for."""
        targets, sources = (self._family_codes(rows) for rows in (self.rivals.targets, self.rivals.sources))
        here, there = (pd.Series(codes[codes >= 0]).value_counts() for codes in (targets, sources))
        pairs = (here * there.reindex(here.index, fill_value=0)).sum()
        return self.name(limit=limit) if pairs <= PAIRS_NAMED else NamedLater(self, limit)

    def _targets_at_once(self, code: int) -> int:
        sources = np.count_nonzero(self._family_codes(self.rivals.sources) == code)
        return max(1, PAIRS_AT_ONCE // max(1, int(sources)))

    def pairs(self) -> Pairs:
        """Every pair of a scored row and a rival that is near and alike, by rows; costs memory for each pair."""
        laid, found = self.rivals, [Pairs(_NONE, _NONE, np.empty(0), np.empty(0), np.empty(0))]
        family = self._family_codes(laid.targets)
        for code in np.unique(family[family >= 0]).tolist():
            at, source, km, weight = self._pairs(code, laid.targets[family == code])
            target = laid.targets[family == code][at]
            alike = self._similarity(target, source)
            kept = (laid.actor[target] != laid.actor[source]) & (weight * alike > 0)
            found.append(Pairs(target[kept], source[kept], km[kept], weight[kept], alike[kept]))
        row, rival, km, weight, similarity = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((rival, row))
        return Pairs(row[order], rival[order], km[order], weight[order], similarity[order])

    def _name_some(self, code: int, targets: Codes, limit: int) -> Iterator[tuple[int, tuple[Neighbour, ...]]]:
        at, source, km, weight = self._pairs(code, targets)
        target, laid = targets[at], self.rivals
        similarity = self._similarity(target, source)
        share = weight * similarity * laid.yuan[source] / (laid.reference_yuan + self.around_yuan[target])
        kept = np.flatnonzero((laid.actor[target] != laid.actor[source]) & (share > 0))
        order = kept[np.lexsort((source[kept], -share[kept], at[kept]))]
        edges = np.searchsorted(at[order], np.arange(len(targets) + 1))
        for row, start, stop in zip(targets.tolist(), edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            shown, rest = order[start : min(stop, start + limit)], order[start + limit : stop]
            columns = (source[shown], km[shown], share[shown], similarity[shown], weight[shown])
            named = [
                Neighbour(str(self.ids[j]), str(self.names[j]), None if isnan(d) else d, part, alike, near)
                for j, d, part, alike, near in zip(*(column.tolist() for column in columns), strict=True)
            ]
            if len(rest):
                named.append(Neighbour("", "", None, float(share[rest].sum()), np.nan, np.nan, count=len(rest)))
            yield row, tuple(named)

    def _family_codes(self, rows: Codes) -> Codes:
        classes = self.rivals.classes
        return np.asarray(classes.levels[2][classes.row_class[rows]], dtype=np.int64)

    def _similarity(self, target: Codes, source: Codes) -> Array:
        """Likeness by what is known, of pairs of one family."""
        classes, (same, stage, family) = self.rivals.classes, self.rivals.similarity[:3]
        a, b = classes.row_class[target], classes.row_class[source]
        product, staged, _ = ((level[a] == level[b]) & (level[a] >= 0) for level in classes.levels)
        alike = np.where(product, same, np.where(staged, stage, family))
        if not classes.discount.nnz or not len(a):
            return alike
        return np.asarray(alike - np.asarray(classes.discount[a, b]).ravel(), dtype=np.float64)

    def _family(self, code: int) -> _Family:
        if code not in self._families:
            places, sources = self.rivals.places, self.rivals.sources
            mine = sources[self._family_codes(sources) == code]
            mapped = mine[places.point[mine] >= 0]
            tree = cKDTree(places.points.xyz[places.point[mapped]]) if len(mapped) else None
            unmapped = mine[places.point[mine] < 0]
            counties = (self._by_county(rows) for rows in (mapped, mine, unmapped))
            self._families[code] = _Family(mapped, tree, *counties)
        return self._families[code]

    def _by_county(self, rows: Codes) -> tuple[Codes, Codes]:
        county = self.rivals.places.county[rows]
        order = np.argsort(county, kind="stable")
        return rows[order], county[order]

    def _pairs(self, code: int, targets: Codes) -> tuple[Codes, Codes, Array, Array]:
        """Position of the target, source row, km (NaN by names) and nearness of every pair within reach."""
        family, places = self._family(code), self.rivals.places
        mapped = np.flatnonzero(places.point[targets] >= 0)
        unmapped = np.flatnonzero(places.point[targets] < 0)
        parts = [self._mapped_pairs(family, targets, mapped)]
        parts.append(self._named_pairs(family.by_county, targets, unmapped, places.touching))
        parts.append(self._named_pairs(family.unmapped_by_county, targets, mapped, places.touching))
        if places.timed is not None:
            parts.append(self._named_pairs(family.mapped_by_county, targets, mapped, places.timed, inside=False))
        at, source, km, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
        return at, source, km, weight

    def _mapped_pairs(self, family: _Family, targets: Codes, at: Codes) -> tuple[Codes, Codes, Array, Array]:
        place, points = self.rivals.places.point, self.rivals.places.points
        if family.tree is None or not len(at):
            return at[:0], at[:0], np.empty(0), np.empty(0)
        here = cKDTree(points.xyz[place[targets[at]]])
        near = here.sparse_distance_matrix(family.tree, points.chord, output_type="ndarray")
        pair_at, source, km = at[near["i"]], family.mapped[near["j"]], chord_km(near["v"])
        weight = distance_weight(km, radius_km=points.radius_km)
        timed = points.are_timed(place[targets[pair_at]], place[source])
        return pair_at, source, km, np.where(timed, 0.0, weight)

    def _named_pairs(
        self, sources: tuple[Codes, Codes], targets: Codes, at: Codes, links: Borders, *, inside: bool = True
    ) -> tuple[Codes, Codes, Array, Array]:
        """Pairs of linked counties, with ``inside`` also of one county, weighed by village, township, county, link."""
        rows, counties = sources
        places = self.rivals.places
        if not len(at) or not len(rows):
            return at[:0], at[:0], np.empty(0), np.empty(0)
        touching = links.touching
        county = places.county[targets[at]]
        beside = np.diff(touching.indptr)[county]
        beyond = _ranges(touching.indptr[county], beside)
        own = at if inside else at[:0]
        link = np.concatenate([own, np.repeat(at, beside)])
        reached = np.concatenate([places.county[targets[own]], touching.indices[beyond]])
        near = np.concatenate([np.full(len(own), places.same_county), touching.data[beyond]])
        first = np.searchsorted(counties, reached)
        count = np.searchsorted(counties, reached, side="right") - first
        pair_at, source = np.repeat(link, count), rows[_ranges(first, count)]
        target, weight = targets[pair_at], np.repeat(near, count)
        weight = np.where(self._one_place(target, source), 1.0, weight)
        return pair_at, source, self._km(target, source), weight

    def _km(self, target: Codes, source: Codes) -> Array:
        """Straight km of each pair; NaN where either side has no coordinates."""
        place, xyz = self.rivals.places.point, self.rivals.places.points.xyz
        km, mapped = np.full(len(target), np.nan), (place[target] >= 0) & (place[source] >= 0)
        apart = xyz[place[target[mapped]]] - xyz[place[source[mapped]]]
        km[mapped] = chord_km(np.linalg.norm(apart, axis=1))
        return km

    def _one_place(self, target: Codes, source: Codes) -> NDArray[np.bool_]:
        places = self.rivals.places
        town, town_there = places.township[target], places.township[source]
        village = (places.village[target] == places.village[source]) & (places.village[target] >= 0)
        same = ((town == town_there) & (town >= 0)) | (village & ((town < 0) | (town_there < 0)))
        return np.asarray(same & (places.county[target] == places.county[source]), dtype=bool)


class NamedLater(Sequence[tuple[Neighbour, ...]]):
    """The neighbours of every row, each named when it is asked for: all pairs of such a list would fill the memory."""

    def __init__(self, index: RivalIndex, limit: int) -> None:
        self._index, self._limit = index, limit

    def __len__(self) -> int:
        return self._index.rivals.scored

    @overload
    def __getitem__(self, row: int) -> tuple[Neighbour, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[tuple[Neighbour, ...]]: ...
    def __getitem__(self, row: int | slice) -> tuple[Neighbour, ...] | Sequence[tuple[Neighbour, ...]]:
        rows = range(len(self))[row]
        if isinstance(rows, range):
            return self._index.name(rows, limit=self._limit)
        return self._index.neighbours_of(rows, limit=self._limit)


def name_neighbours(
    projects: pd.DataFrame,
    rivals: pd.DataFrame | None = None,
    *,
    rows: Sequence[int] | None = None,
    limit: int = 50,
    radius_km: float = 30.0,
    reference_yuan: float = 600_000.0,
    similarity: Similarity = SIMILARITY,
    adjacent: Mapping[str, frozenset[str]] | None = None,
    closeness: Closeness | None = None,
    season_factor: float = 1.0,
) -> tuple[tuple[Neighbour, ...], ...]:
    """Name the neighbours that make each project homogeneous, largest share first.

    Parameters
    ----------
    rows
        Row numbers of the projects asked about; all unless given. Settings and tables as for ``measure_homogeneity``.
    limit
        Neighbours named for one project; what lies beyond stands in one last entry without id.

    Returns
    -------
    tuple
        One tuple a project asked about. Shares w s c / (c0 + Σ w c) of one project add up to its h.
    """
    index = RivalIndex.build(
        projects,
        rivals,
        radius_km=radius_km,
        reference_yuan=reference_yuan,
        similarity=similarity,
        adjacent=adjacent,
        closeness=closeness,
        season_factor=season_factor,
    )
    return index.name(rows, limit=limit)


def _ranges(first: NDArray[np.integer], count: NDArray[np.integer]) -> Codes:
    """The numbers first, first + 1, … of each range, one range after the other."""
    starts = np.cumsum(count) - count
    return np.asarray(np.repeat(first - starts, count) + np.arange(count.sum()), dtype=np.int64)
