"""From raw quantities to a criterion's score: value functions, weighted parts, ranges from draws."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.draws import Draws
from evaluator.domain.settings import Anchors, ScoreSettings

Array = NDArray[np.float64]
Sampler = Callable[[slice], Array]
"""Rows of the table to their drawn scores, (rows, draws) or (rows, 1) when nothing is uncertain."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One raw input of a part in its own unit, n projects: the point (NaN when missing) and its range.

    A missing point with a known range is drawn from that range; with none, its value is drawn from 0-100.
    """

    point: Array
    low: Array
    high: Array

    @classmethod
    def known(cls, point: Array) -> "Quantity":
        """A quantity without a range of its own (NaN stays missing)."""
        return cls(point, point, point)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a criterion: its quantity, value function and weight for each of n projects (0 = does not apply)."""

    quantity: Quantity
    anchors: Anchors
    weight: Array


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """How n projects do on one criterion, 0-100, higher is better.

    Attributes
    ----------
    score, low, high
        (n,) point score (missing facts at the stated prior) and the range of plausible readings.
    parts, inputs, weights
        n × k: each part's value 0-100 and raw quantity (NaN when missing) and its weight.
    coverage
        (n,) share of the criterion's weight whose facts are known.
    judged
        (n,) whether enough is known for a point score to be meant.
    draws
        (n, m) drawn scores, float32.
    """

    criterion: str
    score: Array
    low: Array
    high: Array
    parts: pd.DataFrame
    inputs: pd.DataFrame
    weights: pd.DataFrame
    coverage: Array
    judged: NDArray[np.bool_]
    draws: NDArray[np.floating[Any]]


def piecewise(x: Array, anchors: Anchors) -> Array:
    """Value 0-100 of ``x``: linear between the anchors, clipped outside, NaN where ``x`` is NaN."""
    xs, values = zip(*anchors, strict=True)
    return np.asarray(np.interp(x, xs, values))


def piecewise_drawn(x: Array, anchors: Anchors, *, draws: Draws, name: str) -> Array:
    """``piecewise`` of drawn ``x``, (rows, draws) or (rows, 1), with the anchors of each draw where they are drawn too.

    Linear between points that differ from draw to draw: y0 + Σ Δy · clip((x − x_j) / (x_j+1 − x_j), 0, 1).
    """
    if not draws.anchor_share:
        return piecewise(x, anchors)
    points, values = zip(*anchors, strict=True)
    moved = draws.moved_points(points, name)
    result = np.full(np.broadcast_shapes(x.shape, (draws.count,)), float(values[0]))
    for left, right, step in zip(moved, moved[1:], np.diff(values), strict=False):
        result += step * np.clip((x - left) / (right - left), 0.0, 1.0)
    return result


def weighted_mean(values: Mapping[str, Array], weights: Mapping[str, Array]) -> Array:
    """Weighted mean over parts, added in the order of the parts so that no other row can change a bit."""
    total, mass = np.zeros(1), np.zeros(1)
    for name, value in values.items():
        product = weights[name] * value
        if product.shape == total.shape:
            total += product  # large arrays of draws are added in place
        else:
            total = product + total
        mass = mass + weights[name]
    return np.divide(total, mass, out=total if total.shape == np.broadcast_shapes(total.shape, mass.shape) else None)


def interval(drawn: NDArray[Any], settings: ScoreSettings) -> tuple[Array, Array]:
    """The stated quantiles of each row's draws (the nearest draw; a sort is several times faster than a partition)."""
    ordered = np.sort(drawn, axis=1)
    last = drawn.shape[1] - 1
    low, high = round(settings.interval_low * last), round(settings.interval_high * last)
    return ordered[:, low].astype(np.float64), ordered[:, high].astype(np.float64)


def unknown_value(uniform: Array, settings: ScoreSettings) -> Array:
    """Drawn value of which nothing is known: anywhere in 0-100, with the stated prior as its mean.

    100·u^k has mean 100 / (1 + k), so that the point score stands at the centre of gravity of its range.
    """
    return np.asarray(100.0 * uniform ** (100.0 / settings.missing_value - 1.0))


def draw_value(
    part: Part,
    name: str,
    rows: NDArray[np.intp],
    *,
    missing: NDArray[np.bool_],
    settings: ScoreSettings,
    draws: Draws,
    stream: int,
) -> Array:
    """Drawn values of one part for some rows: its range through the value function, else ``unknown_value``.

    ``name`` is ``criterion.part``.
    """
    uniform = draws.uniform(rows, name.partition(".")[0], stream)
    low, high = part.quantity.low[rows, None], part.quantity.high[rows, None]
    nothing_known = missing[rows] & np.isnan(low[:, 0])
    if nothing_known.all():
        return unknown_value(uniform, settings)
    unknown = unknown_value(uniform[nothing_known], settings)
    uniform *= high - low
    uniform += low
    value = piecewise_drawn(uniform, part.anchors, draws=draws, name=name)
    value[nothing_known] = unknown
    return value


def _certain_value(part: Part, name: str, rows: slice, filled: Array, *, draws: Draws) -> Array:
    """Values of one part at the point, (rows, 1), or (rows, draws) where the anchors are drawn."""
    point = part.quantity.point[rows, None]
    if not draws.anchor_share or np.isnan(point).all():
        return filled[rows, None]
    drawn = piecewise_drawn(point, part.anchors, draws=draws, name=name)
    return np.where(np.isnan(point), filled[rows, None], drawn)


def _fill_rows(certain: Array, at: NDArray[np.intp], drawn: Array) -> Array:
    """The certain values, (rows, 1) or (rows, draws), with the drawn rows put in their place."""
    if len(at) == len(certain):
        return drawn
    filled = np.broadcast_to(certain, (len(certain), drawn.shape[1])).copy()
    filled[at] = drawn
    return filled


def score_parts(
    criterion: str,
    index: pd.Index,
    parts: Mapping[str, Part],
    *,
    settings: ScoreSettings,
    draws: Draws,
    cap: Quantity | None = None,
) -> CriterionScore:
    """Score a criterion that is a weighted mean of its parts, optionally capped.

    ``cap`` is the largest score the evidence allows, 0-100 for each project, with its range.
    """
    weights = {name: part.weight for name, part in parts.items()}
    known = {name: ~np.isnan(part.quantity.point) for name, part in parts.items()}
    values = {name: piecewise(part.quantity.point, part.anchors) for name, part in parts.items()}
    filled = {name: np.where(known[name], values[name], settings.missing_value) for name in parts}
    score = weighted_mean(filled, weights)
    coverage = weighted_mean({name: known[name].astype(float) for name in parts}, weights)
    if cap is not None:
        score = np.minimum(score, cap.point)

    def sample(rows: slice) -> Array:
        drawn: dict[str, Array] = {}
        for stream, (name, part) in enumerate(parts.items()):
            certain = (part.quantity.high[rows] == part.quantity.low[rows]) & known[name][rows]  # NaN is never certain
            open_rows = np.flatnonzero(~certain & (part.weight[rows] > 0)) + rows.start
            drawn[name] = _certain_value(part, f"{criterion}.{name}", rows, filled[name], draws=draws)
            if len(open_rows):
                value = draw_value(
                    part,
                    f"{criterion}.{name}",
                    open_rows,
                    missing=~known[name],
                    settings=settings,
                    draws=draws,
                    stream=stream,
                )
                drawn[name] = _fill_rows(drawn[name], open_rows - rows.start, value)
        result = weighted_mean(drawn, {name: weight[rows, None] for name, weight in weights.items()})
        if cap is not None and (cap.low[rows] != cap.high[rows]).any():
            spread = (
                draws.uniform(np.arange(rows.start, rows.stop), criterion, len(parts))
                * (cap.high - cap.low)[rows, None]
            )
            return np.minimum(result, cap.low[rows, None] + spread)
        return result if cap is None else np.minimum(result, cap.low[rows, None])

    return finish_score(
        criterion,
        index,
        score,
        coverage=coverage,
        values=values,
        inputs={n: p.quantity.point for n, p in parts.items()},
        weights=weights,
        sample=sample,
        settings=settings,
        draws=draws,
    )


def finish_score(
    criterion: str,
    index: pd.Index,
    score: Array,
    *,
    coverage: Array,
    values: Mapping[str, Array],
    inputs: Mapping[str, Array],
    weights: Mapping[str, Array],
    sample: Sampler,
    settings: ScoreSettings,
    draws: Draws,
) -> CriterionScore:
    """Draw the ranges and freeze the result; a project whose facts are all known keeps its point as range."""
    drawn = np.empty((len(score), draws.count), dtype=np.float32)
    low, high = np.empty(len(score)), np.empty(len(score))

    def work(rows: slice) -> None:
        drawn[rows] = sample(rows)
        low[rows], high[rows] = interval(drawn[rows, : settings.range_draws], settings)

    with ThreadPoolExecutor() as pool:  # numpy works outside the interpreter's lock; each chunk has its own rows
        list(pool.map(work, draws.chunks()))
    certain = (drawn[:, : settings.range_draws] == drawn[:, :1]).all(
        axis=1
    )  # float32 draws must not move a certain score
    low, high = np.where(certain, score, low), np.where(certain, score, high)
    applies = {name: weight > 0 for name, weight in weights.items()}
    return CriterionScore(
        criterion=criterion,
        score=score,
        low=np.minimum(low, score),
        high=np.maximum(high, score),
        parts=pd.DataFrame({n: np.where(applies[n], v, np.nan) for n, v in values.items()}, index=index),
        inputs=pd.DataFrame({n: np.where(applies[n], v, np.nan) for n, v in inputs.items()}, index=index),
        weights=pd.DataFrame(dict(weights), index=index),
        coverage=coverage,
        judged=coverage >= settings.judge_coverage,
        draws=drawn,
    )
