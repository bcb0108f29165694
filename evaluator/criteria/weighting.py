"""Weights of the criteria: from swings, and the part of the simplex that a committee has not ruled out.

A rank order or a bound is a constraint, never a single weight vector: the possible weights are a polytope, cut into
simplices, from which weights are drawn uniformly and exactly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from evaluator.criteria.draws import keyed_uniform
from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import CRITERIA, WeightSettings

Array = NDArray[np.float64]
TOLERANCE = 1e-9


def swing_weights(points: Mapping[str, float]) -> dict[str, float]:
    """Weights from swings: 0-100 points for moving each criterion from its worst to its best stated anchor.

    Swing weighting (von Winterfeldt & Edwards 1986): the swing worth most gets 100, the others in proportion; shares
    add to 1. Raises ``SettingsError`` where a criterion is missing, out of 0-100 or all are 0.
    """
    stated = [points.get(name, np.nan) for name in CRITERIA]
    if set(points) != set(CRITERIA) or not all(0 <= p <= 100 for p in stated) or not sum(stated) > 0:
        raise SettingsError("weights", dict(points), "swing")
    return {name: float(point / sum(stated)) for name, point in zip(CRITERIA, stated, strict=True)}


@dataclass(frozen=True, slots=True)
class WeightSpace:
    """All weights that are still possible, in the order of ``CRITERIA``.

    Attributes
    ----------
    vertices
        (v, 4) corners of the polytope; what holds at all of them for a linear total holds for all possible weights.
    pieces, shares
        (s, d + 1) corners of the simplices it is cut into, and (s,) their shares of its volume.
    """

    vertices: Array
    pieces: NDArray[np.intp]
    shares: Array

    @classmethod
    def of(cls, stated: WeightSettings) -> "WeightSpace":
        """The weights that the stated order and bounds leave.

        Raises ``SettingsError`` when they leave none.
        """
        normals, equal = _constraints(stated.ranking())
        normals = np.vstack([normals, np.eye(4), -np.eye(4)])
        floors = np.concatenate([np.zeros(len(normals) - 8), stated.at_least, -np.array(stated.at_most)])
        vertices = _corners(normals, floors, equal)
        if not len(vertices):
            raise SettingsError("weights.order", stated.order, "weight_space")
        return cls(vertices, *_triangulate(vertices))

    @property
    def whole(self) -> bool:
        """Whether nothing is ruled out: every weight from 0 to 1 is possible."""
        return len(self.vertices) == len(CRITERIA) and bool(np.all(self.vertices.max(axis=1) == 1.0))

    @property
    def bounds(self) -> dict[str, tuple[float, float]]:
        """Smallest and largest possible weight of each criterion."""
        low, high = self.vertices.min(axis=0), self.vertices.max(axis=0)
        return {name: (float(low[k]), float(high[k])) for k, name in enumerate(CRITERIA)}

    @property
    def centre(self) -> Array:
        """(4,) mean of all possible weights (the rank-order centroid where a full order is all that is stated)."""
        return np.asarray(self.shares @ self.vertices[self.pieces].mean(axis=1))

    def holds(self, weights: Sequence[float] | Array) -> bool:
        """Whether these weights are among the possible ones."""
        for piece in self.pieces:
            corners = self.vertices[piece]
            system = np.vstack([corners.T, np.ones(len(corners))])
            inside, *_ = np.linalg.lstsq(system, np.append(weights, 1.0), rcond=None)
            if np.allclose(system @ inside, np.append(weights, 1.0), atol=1e-7) and (inside >= -1e-7).all():
                return True
        return False

    def draw(self, count: int, room: str = "weights") -> Array:
        """(count, 4) weights drawn uniformly from the possible ones; equal for equal ``room``, nothing is rejected.

        A simplex is chosen by its volume; within it, normalised exponentials weigh its corners (Dirichlet).
        """
        uniform = keyed_uniform(count, self.pieces.shape[1] + 1, room)
        chosen = np.searchsorted(np.cumsum(self.shares), uniform[:, -1] * self.shares.sum())
        exponential = -np.log(uniform[:, :-1])
        mixed = exponential / exponential.sum(axis=1, keepdims=True)
        corners = self.vertices[self.pieces[np.minimum(chosen, len(self.pieces) - 1)]]
        return np.asarray(np.einsum("dc,dck->dk", mixed, corners))


def _constraints(ranking: Iterable[tuple[str, ...]]) -> tuple[Array, Array]:
    """Rows r with r·w ≥ 0 for the order, and rows with r·w = 0 for equal criteria; what is not named comes last."""
    at = {name: k for k, name in enumerate(CRITERIA)}
    groups = [[at[name] for name in group] for group in ranking]

    def row(more: int, less: int) -> Array:
        return np.asarray(np.eye(4)[more] - np.eye(4)[less])

    equal = [row(group[0], other) for group in groups for other in group[1:]]
    order = [row(above[0], below[0]) for above, below in pairwise(groups)]
    if groups:
        order += [row(groups[-1][0], k) for k in range(4) if k not in {k for group in groups for k in group}]
    return np.array(order).reshape(-1, 4), np.array(equal).reshape(-1, 4)


def _corners(normals: Array, floors: Array, equal: Array) -> Array:
    """Corners of {w: Σw = 1, equal·w = 0, normals·w ≥ floors}: every choice of binding constraints that meets in one
    point and breaks none of the others.
    """
    fixed = np.vstack([np.ones(4), equal])
    target = np.concatenate([[1.0], np.zeros(len(equal))])
    found: list[Array] = []
    for binding in combinations(range(len(normals)), 4 - len(fixed)):
        chosen = list(binding)
        system = np.vstack([fixed, normals[chosen]])
        if np.linalg.matrix_rank(system) < 4:
            continue
        corner = np.linalg.solve(system, np.concatenate([target, floors[chosen]]))
        if (normals @ corner >= floors - TOLERANCE).all():
            found.append(np.round(np.clip(corner, 0.0, 1.0), 12))
    return np.unique(np.array(found).reshape(-1, 4), axis=0)


def _triangulate(vertices: Array) -> tuple[NDArray[np.intp], Array]:
    """The simplices of a polytope given by its corners, whatever its dimension (0-3), with their shares of volume."""
    offsets = vertices - vertices[0]
    _, spread, axes = np.linalg.svd(offsets, full_matrices=False)
    dimension = int((spread > TOLERANCE).sum())
    flat = offsets @ axes[:dimension].T
    if len(vertices) == dimension + 1:
        return np.arange(dimension + 1)[None, :], np.ones(1)
    if dimension == 1:
        return np.array([[np.argmin(flat[:, 0]), np.argmax(flat[:, 0])]]), np.ones(1)
    pieces = Delaunay(flat).simplices.astype(np.intp)
    edges = flat[pieces[:, 1:]] - flat[pieces[:, :1]]
    volume = np.abs(np.linalg.det(edges))
    return pieces, volume / volume.sum()
