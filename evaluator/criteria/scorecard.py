"""Four criteria become one total, a rank, and how firm the rank is."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.robustness import drawn_totals, measure_firmness, share_error
from evaluator.criteria.score import Array, CriterionScore, interval
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.settings import CRITERIA, ScoreSettings, Settings

BALANCE_FLOOR = 1.0
PARTS_OF_A_POINT = 600
"""The range of a total is read from scores in whole 600ths of a point: 0-100 in two bytes, finer than half precision
and faster."""
ROWS_AT_ONCE = 128
"""Projects whose drawn totals fit the cache of a processor."""
READ_AT_ONCE = 256
"""Projects up to which the ranges of all are read, and kept, when those of some are asked for."""


@dataclass(frozen=True)  # no slots: ranges are kept once read
class Scorecard:
    """The ranking of n scored projects.

    Attributes
    ----------
    criteria
        The four ``CriterionScore``, keyed as in ``CRITERIA``.
    weights
        (4,) shares adding to 1.
    total
        (n,) V = Σ w·v, 0-100; ``low``, ``high`` its range over missing and ranged facts at these weights.
    balanced
        (n,) geometric mean of the four, shown beside the total and never used in it.
    coverage, judged
        (n,) weighted share of known facts; whether a point rank is meant.
    rank
        (n,) 1 = best total, ties share the better rank.
    rank_low, rank_high, expected_rank, p_top, p_top_error
        (n,) 5-95 % interval and mean of the rank, and the probability to be among the ``top`` first with its Monte
        Carlo standard error, over all weights of ``space`` and plausible readings.
    red_lines
        n tuples of criteria under the red line.
    grade
        (n,) A, B, C or D, D when a red line is hit.
    settings
        How ranges are read.
    readings
        (4, n, k) of a kept result, in place of the draws: those a total's range is read from, in parts of a point.
    """

    index: pd.Index
    criteria: Mapping[str, CriterionScore]
    weights: Array
    total: Array
    balanced: Array
    coverage: Array
    judged: NDArray[np.bool_]
    rank: NDArray[np.int64]
    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]
    expected_rank: Array
    p_top: Array
    p_top_error: Array
    top: int
    draws: int
    space: WeightSpace
    red_lines: tuple[tuple[str, ...], ...]
    grade: NDArray[np.str_]
    settings: ScoreSettings
    readings: NDArray[np.uint16] | None = None

    @property
    def low(self) -> Array:
        """(n,) lower end of the total's range."""
        return self._range[0]

    @property
    def high(self) -> Array:
        """(n,) upper end of the total's range."""
        return self._range[1]

    @cached_property
    def _range(self) -> tuple[Array, Array]:
        return self._read_range(np.arange(len(self.total)))

    def range_of(self, rows: Sequence[int] | NDArray[np.int64]) -> tuple[Array, Array]:
        """Lower and upper ends of the totals of some rows: a screen of a long list shows few of them."""
        take = np.asarray(rows, np.intp)
        if len(self.total) > READ_AT_ONCE and "_range" not in self.__dict__:
            return self._read_range(take)
        low, high = self._range
        return low[take], high[take]

    def _read_range(self, take: NDArray[np.intp]) -> tuple[Array, Array]:
        low, high = np.empty(len(take)), np.empty(len(take))

        def read(part: slice) -> None:
            drawn = sum(
                share * self._readings_of(k, take[part])
                for k, share in enumerate((self.weights / PARTS_OF_A_POINT).astype(np.float32))
            )
            low[part], high[part] = interval(np.asarray(drawn), self.settings)

        parts = [slice(start, start + ROWS_AT_ONCE) for start in range(0, len(take), ROWS_AT_ONCE)]
        if len(parts) == 1:
            read(parts[0])
        else:
            with ThreadPoolExecutor() as pool:  # numpy works outside the interpreter's lock
                list(pool.map(read, parts))
        total = self.total[take]
        certain = np.all([(c.low == c.high)[take] for c in self.criteria.values()], axis=0)
        return (
            np.where(certain, total, np.minimum(low, total)),
            np.where(certain, total, np.maximum(high, total)),
        )

    def _readings_of(self, criterion: int, rows: NDArray[np.intp]) -> NDArray[np.uint16]:
        if self.readings is not None:
            return np.asarray(self.readings[criterion, rows])
        return _in_parts(self.criteria[CRITERIA[criterion]].draws[rows], self.settings)

    @property
    def mc_error(self) -> float:
        """Largest Monte Carlo standard error a share of the draws can have (at one half)."""
        return float(share_error(np.array([0.5]), self.draws)[0])

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
    top = top if top is not None else max(1, int(np.ceil(settings.score.top_share * n)))
    space = WeightSpace.of(settings.weights)
    draws = criteria[CRITERIA[0]].draws.shape[1]
    firmness = measure_firmness(drawn_totals(criteria, space.draw(draws)), top=top, settings=settings.score)
    hit = tuple(
        tuple(name for name in ("demand", "payback") if criteria[name].score[i] < settings.score.red_line)
        for i in range(n)
    )
    return Scorecard(
        index=index,
        criteria=dict(criteria),
        rank_low=firmness.rank_low,
        rank_high=firmness.rank_high,
        expected_rank=firmness.expected_rank,
        p_top=firmness.p_top,
        p_top_error=share_error(firmness.p_top, draws),
        top=min(top, n),
        draws=draws,
        space=space,
        red_lines=hit,
        settings=settings.score,
        **_weigh(criteria, hit, settings),
    )


def keep_readings(card: Scorecard, *, settings: Settings) -> Scorecard:
    """The same scorecard without its draws: of them only what ranges at other weights are read from is kept."""
    readings = np.stack([_in_parts(card.criteria[name].draws, settings.score) for name in CRITERIA])
    criteria = {name: replace(score, draws=score.draws[:, :0].copy()) for name, score in card.criteria.items()}
    return replace(card, criteria=criteria, readings=readings)


def reweigh(card: Scorecard, *, settings: Settings) -> Scorecard:
    """The same projects at the other weights of ``settings``, all else in it being equal.

    How firm the order is stands as it was: it holds over all possible weights, whatever weights are set.
    """
    return replace(card, **_weigh(card.criteria, card.red_lines, settings))


def _weigh(
    criteria: Mapping[str, CriterionScore],
    red_lines: tuple[tuple[str, ...], ...],
    settings: Settings,
) -> dict[str, Any]:
    """The fields of a scorecard that follow from the weights."""
    weights = np.array(settings.weights.shares())
    total = add_up({name: c.score for name, c in criteria.items()}, weights)
    coverage = add_up({name: c.coverage for name, c in criteria.items()}, weights)
    logs = {name: np.log(np.maximum(c.score, BALANCE_FLOOR)) for name, c in criteria.items()}
    return {
        "weights": weights,
        "total": total,
        "balanced": np.exp(add_up(logs, weights)),
        "coverage": coverage,
        "judged": coverage >= settings.score.judge_coverage,
        "rank": _ranks(total),
        "grade": _grades(total, red_lines, settings),
    }


def _ranks(total: Array) -> NDArray[np.int64]:
    return np.searchsorted(np.sort(-total), -total, side="left").astype(np.int64) + 1


def _in_parts(draws: NDArray[Any], settings: ScoreSettings) -> NDArray[np.uint16]:
    return np.rint(draws[:, : settings.range_draws] * np.float32(PARTS_OF_A_POINT)).astype(np.uint16)


def _grades(total: Array, red_lines: tuple[tuple[str, ...], ...], settings: Settings) -> NDArray[np.str_]:
    s = settings.score
    grade = np.select([total >= s.grade_a, total >= s.grade_b, total >= s.grade_c], ["A", "B", "C"], "D")
    return np.where([bool(hit) for hit in red_lines], "D", grade).astype("U1")
