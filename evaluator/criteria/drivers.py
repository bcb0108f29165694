"""What drives an order: how much of its variation comes from weights, anchors and missing facts.

Variance-based sensitivity of groups of inputs (Sobol 1993): the first-order index is the share of the variance that
a group explains alone, the total index the share that would remain if only it were left open. Estimators of Saltelli
et al. 2010 (first order) and Jansen 1999 (total) on two samples and their mixtures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluator.criteria.draws import Draws
from evaluator.criteria.robustness import Drawn, drawn_totals
from evaluator.criteria.score import Array, CriterionScore
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.settings import ScoreSettings

GROUPS = ("weights", "anchors", "data")
MOST_DRAWS, LEAST_DRAWS, CELLS = 2_048, 64, 200_000
Rescore = Callable[[Draws], Mapping[str, CriterionScore]]
"""The criteria of the same projects under other draws (``evaluation`` knows how)."""


@dataclass(frozen=True, slots=True)
class Indices:
    """First-order and total indices of each group, (groups, ...), and the standard error of the first-order ones.

    All are 0 where nothing varies.
    """

    first: Array
    total: Array
    error: Array

    @property
    def shares(self) -> Array:
        """Each group's part of all total effects, adding to 1: what is said in words (NaN where nothing varies)."""
        whole = self.total.sum(axis=0)
        return np.asarray(np.divide(self.total, whole, out=np.full_like(self.total, np.nan), where=whole > 0))


@dataclass(frozen=True, slots=True)
class Drivers:
    """What drives each project's total, (3, n), and the order: its likeness to the stated one, and who is at the top.

    ``likeness`` and ``kept_top`` are the mean rank correlation with the stated order and the mean share of its top
    that stays, over the readings drawn.
    """

    projects: Indices
    order: Indices
    top: Indices
    likeness: float
    kept_top: float
    draws: int


def sobol_indices(first: Array, second: Array, mixed: Sequence[Array]) -> Indices:
    """Indices from a model's answers, (..., draws): to sample A, to sample B, and to A with one group from B.

    V_i = mean(f_B (f_ABi − f_A)) (Saltelli et al. 2010, table 2 b); V_Ti = mean((f_A − f_ABi)²) / 2 (Jansen 1999).
    Answers are centred first, which leaves both and lowers their error.
    """
    centre = (first.mean(axis=-1, keepdims=True) + second.mean(axis=-1, keepdims=True)) / 2
    a, b = first - centre, second - centre
    variance = np.concatenate([a, b], axis=-1).var(axis=-1)
    varies = variance > 1e-12 * (1.0 + np.squeeze(centre, -1) ** 2)
    scale = np.where(varies, variance, np.inf)
    alone = np.stack([b * (answers - first) for answers in mixed])
    left = np.stack([((answers - first) ** 2).mean(axis=-1) / 2 for answers in mixed])
    return Indices(
        first=np.clip(alone.mean(axis=-1) / scale, 0.0, 1.0),
        total=np.clip(left / scale, 0.0, 1.0),
        error=alone.std(axis=-1) / np.sqrt(first.shape[-1]) / scale,
    )


def measure_drivers(
    rescore: Rescore,
    ids: Sequence[str],
    *,
    stated: Array,
    top: int,
    space: WeightSpace,
    settings: ScoreSettings,
) -> Drivers:
    """What drives the totals and the order of these projects; ``stated`` are their totals (n,) as ranked.

    Weights are drawn from ``space``, each anchor point moves by up to ``settings.anchor_share`` of the way to its
    nearer neighbour, missing and ranged facts over their ranges. The number of draws falls with the list.
    """
    count = int(np.clip(CELLS // max(len(ids), 1), LEAST_DRAWS, MOST_DRAWS))
    if not len(ids):
        empty = Indices(*(np.zeros((len(GROUPS), 0)) for _ in range(3)))
        nothing = Indices(*(np.zeros(len(GROUPS)) for _ in range(3)))
        return Drivers(empty, nothing, nothing, 1.0, 1.0, count)
    facts = {sample: Draws.again(ids, count, sample) for sample in "AB"}
    weights = {sample: space.draw(count, f"drivers:{sample}") for sample in "AB"}

    def scores(anchors: str, data: str) -> Mapping[str, CriterionScore]:
        return rescore(replace(facts[data], anchor_share=settings.anchor_share, anchor_room=f"anchors:{anchors}"))

    same = scores("A", "A")
    readings = [
        drawn_totals(same, weights["A"]),
        drawn_totals(scores("B", "B"), weights["B"]),
        drawn_totals(same, weights["B"]),
        drawn_totals(scores("B", "A"), weights["A"]),
        drawn_totals(scores("A", "B"), weights["A"]),
    ]
    totals = [reading.astype(np.float64) for reading in readings]
    likeness, kept = zip(*(_against(reading, stated, top) for reading in readings), strict=True)
    return Drivers(
        projects=sobol_indices(totals[0], totals[1], totals[2:]),
        order=sobol_indices(likeness[0], likeness[1], likeness[2:]),
        top=sobol_indices(kept[0], kept[1], kept[2:]),
        likeness=float(np.mean(likeness[:2])),
        kept_top=float(np.mean(kept[:2])),
        draws=count,
    )


def _against(drawn: Drawn, stated: Array, top: int) -> tuple[Array, Array]:
    """Spearman's rank correlation of each drawn order with the stated one, (draws,), and the share of its top kept."""
    n = len(stated)
    place = _places(-stated[:, None])[:, 0]
    places = _places(-drawn)
    if n < 2:
        return np.ones(drawn.shape[1]), np.ones(drawn.shape[1])
    apart = ((places - place[:, None]) ** 2.0).sum(axis=0)
    kept = ((places < top) & (place[:, None] < top)).sum(axis=0) / min(top, n)
    return 1.0 - 6.0 * apart / (n * (n * n - 1.0)), np.asarray(kept, dtype=np.float64)


def _places(falling: NDArray[np.floating]) -> NDArray[np.int64]:
    """Place 0 … n − 1 of each row in each column; equals keep the order of the list."""
    order = np.argsort(falling.T, axis=1, kind="stable")
    places = np.empty(order.shape, dtype=np.int64)
    np.put_along_axis(places, order, np.arange(order.shape[1])[None, :], axis=1)
    return places.T
