"""Copied applications: contents nearly the same, within reach of each other, that are not one pooled venture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from evaluator.criteria.nearness import Array, Borders, Closeness, Codes, Points
from evaluator.criteria.travel import text_column
from evaluator.criteria.vicinity import Localities, locate, name_codes
from evaluator.domain.settings import HomogeneitySettings
from evaluator.reference.texts import find_alike, is_pooled, plain_text

PAIRS_AT_ONCE = 100_000
"""Pairs of rows with one text that are looked at one by one."""
PAIRS_TOGETHER = 500_000
"""Pairs that are held against places and names together: some 50 MB."""

_Found: TypeAlias = tuple[Codes, Codes, Array]
_NO_PAIRS: _Found = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Projects whose contents are copied from each other, in list order.

    ``likeness`` is the least cosine (0–1) of the pairs that join the group.
    """

    project_ids: tuple[str, ...]
    likeness: float


def find_copies(
    frame: pd.DataFrame, *, adjacent: Mapping[str, frozenset[str]], settings: HomogeneitySettings | None = None,
    closeness: Closeness | None = None,
) -> tuple[CopyGroup, ...]:  # fmt: skip
    """Groups of projects with copied contents, largest first.

    Parameters
    ----------
    frame
        The list; ``content`` is compared, ``name`` and the place tell a copy from a repeated row.
    adjacent, closeness
        As for ``measure_homogeneity``: a copy is looked for where neighbours count at all.

    Notes
    -----
    Two contents are copied from a cosine of ``copied_text`` on (character 2- and 3-grams, without spaces, figures and
    marks) when both have ``copied_characters``. Rows of one joint venture, rows that say they pool their money, and
    rows equal in name and place are no copies. Groups are the connected components of the pairs.
    """
    rules = settings or HomogeneitySettings()
    contents = [plain_text(str(text)) if text is not None else "" for text in text_column(frame, "content")]
    pooled = [_says_pooled(name, text) for name, text in zip(*_texts(frame), strict=True)]
    asked = np.array([len(text) >= rules.copied_characters for text in contents], dtype=bool) & ~np.array(pooled, bool)
    rows = np.flatnonzero(asked)
    if len(rows) < 2:
        return ()
    places = locate(frame, radius_km=rules.radius_km, adjacent=adjacent, name_all=True, closeness=closeness)
    names, ventures = (name_codes(frame, column)[0] for column in ("name", "joint_venture_id"))
    near = partial(_all_pairs, rows=rows, places=places, names=names)
    apart = partial(_are_copies, places=places, names=names, ventures=ventures)
    found = _alike_pairs([contents[row] for row in rows], near, apart, at_least=rules.copied_text)
    return _groups(frame.index, *found)


def _texts(frame: pd.DataFrame) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    return text_column(frame, "name"), text_column(frame, "content")


def _says_pooled(*texts: object) -> bool:
    return any(text is not None and is_pooled(str(text)) for text in texts)


def _alike_pairs(
    texts: Sequence[str],
    near: Callable[[Codes, Codes], tuple[Codes, Codes]],
    apart: Callable[[Codes, Codes], NDArray[np.bool_]],
    *,
    at_least: float,
) -> tuple[Codes, Codes, Array]:
    """Pairs of rows that are copies, with the cosines of their texts; equal texts are compared once."""
    codes, distinct = pd.factorize(np.array(texts, dtype=object))
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(len(distinct) + 1))
    holders = [order[start:stop] for start, stop in pairwise(edges.tolist())]
    pairs, cosine = find_alike([str(text) for text in distinct], at_least=at_least)
    met = [(some, some, 1.0) for some in holders if len(some) > 1]
    met += [(holders[a], holders[b], value) for (a, b), value in zip(pairs.tolist(), cosine.tolist(), strict=True)]
    kept, waiting, count = [_NO_PAIRS], [_NO_PAIRS], 0
    for some, others, value in met:
        one, other = near(some, others)
        waiting.append((one, other, np.full(len(one), value)))
        count += len(one)
        if count > PAIRS_TOGETHER:
            kept.append(_sift(waiting, apart))
            waiting, count = [_NO_PAIRS], 0
    return _join([*kept, _sift(waiting, apart)])


def _sift(waiting: Sequence[_Found], apart: Callable[[Codes, Codes], NDArray[np.bool_]]) -> _Found:
    one, other, cosine = _join(waiting)
    differ = apart(one, other)
    return one[differ], other[differ], cosine[differ]


def _join(parts: Sequence[_Found]) -> _Found:
    one, other, cosine = (np.concatenate(column) for column in zip(*parts, strict=True))
    return one, other, cosine


def _all_pairs(some: Codes, others: Codes, *, rows: Codes, places: Localities, names: Codes) -> tuple[Codes, Codes]:
    """All pairs of two sets of rows; of large sets enough to join those that lie together."""
    a, b = rows[some], rows[others]
    if len(a) * len(b) <= PAIRS_AT_ONCE:
        one, other = np.repeat(a, len(b)), np.tile(b, len(a))
    else:
        one, other = _near_pairs(a, b, places, names)
    kept = one < other if some is others else np.ones(len(one), dtype=bool)
    return one[kept], other[kept]


def _near_pairs(a: Codes, b: Codes, places: Localities, names: Codes) -> tuple[Codes, Codes]:
    """Pairs enough to join what lies together: every row with two of its spot, and the spots in reach."""
    joined = np.unique(np.concatenate([a, b]))
    mapped = places.point[joined] >= 0
    spots = [(joined[mapped], places.point[joined[mapped]]), (joined[~mapped], places.county[joined[~mapped]])]
    pairs, chosen = [], []
    for rows, spot in spots:
        if not len(rows):
            chosen.append(rows)
            continue
        order = np.lexsort((rows, names[rows], spot))
        starts = np.flatnonzero(np.diff(spot[order], prepend=-1))
        number = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(rows))))
        first, last = rows[order][starts], rows[order][np.append(starts[1:], len(rows)) - 1]
        pairs += [(rows[order], some[number]) for some in (first, last)]
        chosen.append(np.unique(np.concatenate([first, last])))
    on_map = chosen[0]
    if len(on_map):
        near = cKDTree(places.points.xyz[places.point[on_map]]).query_pairs(places.points.chord, output_type="ndarray")
        pairs.append((on_map[near[:, 0]], on_map[near[:, 1]]))
    by_name = chosen[1]
    pairs.append((np.repeat(by_name, len(by_name)), np.tile(by_name, len(by_name))))
    pairs += [(np.repeat(some, len(joined)), np.tile(joined, len(some))) for some in by_name.reshape(-1, 1)]
    one, other = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    return np.minimum(one, other), np.maximum(one, other)


def _are_copies(one: Codes, other: Codes, *, places: Localities, names: Codes, ventures: Codes) -> NDArray[np.bool_]:
    """Whether two rows are two projects, another name or another place and not one venture, in reach of each other."""
    keys = (names, places.point, places.county, places.township, places.village)
    same = np.logical_and.reduce([key[one] == key[other] for key in keys])
    pooled = (ventures[one] >= 0) & (ventures[one] == ventures[other])
    return np.asarray(~same & ~pooled & _in_reach(places, one, other), dtype=bool)


def _in_reach(places: Localities, one: Codes, other: Codes) -> NDArray[np.bool_]:
    """Whether each pair lies where neighbours count: within the radius, or in one or linked counties."""
    mapped = (places.point[one] >= 0) & (places.point[other] >= 0)
    within = np.zeros(len(one), dtype=bool)
    a, b = places.point[one[mapped]], places.point[other[mapped]]
    within[mapped] = _near_points(places.points, a, b)
    by_name = ~mapped
    within[by_name] = _linked(places.touching, places.county[one[by_name]], places.county[other[by_name]], inside=True)
    if places.timed is not None:
        within[mapped] |= _linked(places.timed, places.county[one[mapped]], places.county[other[mapped]], inside=False)
    return within


def _near_points(points: Points, a: Codes, b: Codes) -> NDArray[np.bool_]:
    near = np.linalg.norm(points.xyz[a] - points.xyz[b], axis=1) < points.chord
    return np.asarray(near & ~points.are_timed(a, b), dtype=bool)


def _linked(links: Borders, one: Codes, other: Codes, *, inside: bool) -> NDArray[np.bool_]:
    linked = inside & (one == other)
    rest = np.flatnonzero(~linked)
    if len(rest):
        linked[rest] = np.asarray(links.touching[one[rest], other[rest]], dtype=float).ravel() > 0
    return np.asarray(linked, dtype=bool)


def _groups(index: pd.Index, one: Codes, other: Codes, cosine: Array) -> tuple[CopyGroup, ...]:
    """Connected components of the pairs, largest first, rows in list order."""
    joined = sparse.coo_array((np.ones(len(one), dtype=bool), (one, other)), shape=(len(index), len(index)))
    label = connected_components(joined, directed=False)[1]
    least = np.ones(label.max(initial=-1) + 1)
    np.minimum.at(least, label[one], cosine)
    rows = np.unique(np.concatenate([one, other]))
    order = rows[np.argsort(label[rows], kind="stable")]
    ends = np.flatnonzero(np.diff(label[order])) + 1
    found = [
        CopyGroup(tuple(str(index[row]) for row in some), float(least[label[some[0]]]))
        for some in np.split(order, ends)
        if len(some)
    ]
    return tuple(sorted(found, key=lambda group: -len(group.project_ids)))
