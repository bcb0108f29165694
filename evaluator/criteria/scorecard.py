"""Four criteria become one total, a rank, and how firm the rank is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.draws import draw_weights
from evaluator.criteria.score import Array, CriterionScore, interval
from evaluator.domain.settings import CRITERIA, Settings

BALANCE_FLOOR = 1.0


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The ranking of n scored projects.

    Attributes
    ----------
    criteria
        The four ``CriterionScore``, keyed as in ``CRITERIA``.
    weights
        (4,) shares adding to 1.
    total, low, high
        (n,) V = Σ w·v, 0-100, and its range over missing and ranged facts at these weights.
    balanced
        (n,) geometric mean of the four, shown beside the total and never used in it.
    coverage, judged
        (n,) weighted share of known facts; whether a point rank is meant.
    rank
        (n,) 1 = best total, ties share the better rank.
    rank_low, rank_high, p_top
        (n,) 5-95 % interval of the rank and the probability to be among the ``top`` first, over all weights and
        plausible readings.
    red_lines
        n tuples of criteria under the red line.
    grade
        (n,) A, B, C or D, D when a red line is hit.
    """

    index: pd.Index
    criteria: Mapping[str, CriterionScore]
    weights: Array
    total: Array
    low: Array
    high: Array
    balanced: Array
    coverage: Array
    judged: NDArray[np.bool_]
    rank: NDArray[np.int64]
    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]
    p_top: Array
    top: int
    draws: int
    red_lines: tuple[tuple[str, ...], ...]
    grade: NDArray[np.str_]

    @property
    def scores(self) -> pd.DataFrame:
        """n × 4 point scores."""
        return pd.DataFrame({name: c.score for name, c in self.criteria.items()}, index=self.index)

    @property
    def contributions(self) -> pd.DataFrame:
        """n × 4 weight times score; a row adds to the total."""
        return pd.DataFrame(
            {n: w * self.criteria[n].score for n, w in zip(CRITERIA, self.weights, strict=True)}, index=self.index
        )


def add_up(values: Mapping[str, Array], weights: Array) -> Array:
    """Σ w·v over the criteria in their fixed order: a matrix product's rounding may depend on the other rows."""
    total = np.zeros_like(values[CRITERIA[0]])
    for name, weight in zip(CRITERIA, weights, strict=True):
        total = total + weight * values[name]
    return total


def make_scorecard(criteria: Mapping[str, CriterionScore], *, settings: Settings, top: int | None = None) -> Scorecard:
    """Combine the criteria, rank, and say how firm the rank is.

    ``top`` is how many projects the budget affords; a quarter of the list unless stated.
    """
    index = criteria[CRITERIA[0]].parts.index
    n = len(index)
    weights = np.array(settings.weights.shares())
    total = add_up({name: c.score for name, c in criteria.items()}, weights)
    low, high = _total_range(criteria, weights, settings)
    low, high = np.minimum(low, total), np.maximum(high, total)
    top = top if top is not None else max(1, int(np.ceil(settings.score.top_share * n)))
    rank_low, rank_high, p_top = _rank_firmness(criteria, top=top, settings=settings)
    hit = tuple(
        tuple(name for name in ("demand", "payback") if criteria[name].score[i] < settings.score.red_line)
        for i in range(n)
    )
    coverage = add_up({name: c.coverage for name, c in criteria.items()}, weights)
    return Scorecard(
        index=index,
        criteria=dict(criteria),
        weights=weights,
        total=total,
        low=low,
        high=high,
        balanced=np.exp(
            add_up({name: np.log(np.maximum(c.score, BALANCE_FLOOR)) for name, c in criteria.items()}, weights)
        ),
        coverage=coverage,
        judged=coverage >= settings.score.judge_coverage,
        rank=_ranks(total),
        rank_low=rank_low,
        rank_high=rank_high,
        p_top=p_top,
        top=min(top, n),
        draws=criteria[CRITERIA[0]].draws.shape[1],
        red_lines=hit,
        grade=_grades(total, hit, settings),
    )


def _ranks(total: Array) -> NDArray[np.int64]:
    return np.searchsorted(np.sort(-total), -total, side="left").astype(np.int64) + 1


def _total_range(criteria: Mapping[str, CriterionScore], weights: Array, settings: Settings) -> tuple[Array, Array]:
    drawn = np.zeros_like(criteria[CRITERIA[0]].draws)
    for name, weight in zip(CRITERIA, weights, strict=True):
        drawn += np.float32(weight) * criteria[name].draws
    low, high = interval(drawn, settings.score)
    certain = np.all([c.low == c.high for c in criteria.values()], axis=0)
    exact = add_up({name: c.score for name, c in criteria.items()}, weights)
    return np.where(certain, exact, low), np.where(certain, exact, high)


def _rank_firmness(
    criteria: Mapping[str, CriterionScore], *, top: int, settings: Settings
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Rank interval and P(top) over weights drawn uniformly from the simplex and facts over their ranges.

    Stochastic multicriteria acceptability analysis (Lahdelma & Salminen 2001).
    """
    n, count = criteria[CRITERIA[0]].draws.shape
    weights = draw_weights(count).astype(np.float32)
    drawn = np.zeros((n, count), dtype=np.float32)
    for k, name in enumerate(CRITERIA):
        drawn += criteria[name].draws * weights[:, k]
    ranks = np.empty((count, n), dtype=np.int32)
    positions = np.arange(1, n + 1, dtype=np.int32)
    for d, order in enumerate(np.argsort(-drawn.T, axis=1)):
        ranks[d, order] = positions
    low, high = interval(np.ascontiguousarray(ranks.T), settings.score)
    return low.astype(np.int64), high.astype(np.int64), (ranks <= top).mean(axis=0)


def _grades(total: Array, red_lines: tuple[tuple[str, ...], ...], settings: Settings) -> NDArray[np.str_]:
    s = settings.score
    grade = np.select([total >= s.grade_a, total >= s.grade_b, total >= s.grade_c], ["A", "B", "C"], "D")
    return np.where([bool(hit) for hit in red_lines], "D", grade).astype("U1")
