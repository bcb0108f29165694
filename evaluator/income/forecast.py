"""The trait-curve model fitted to a panel's projects, and the effects it predicts for running and proposed ones."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.curves import Array, Curves, Point, curve_design, fit_pattern, hats
from evaluator.income.mixture import mixture_mean, mixture_quantile, mixture_sd, share_below
from evaluator.income.predictions import Predicted, predict_new, predict_running
from evaluator.income.project_effects import ProjectEffects
from evaluator.income.projected import LEVELS
from evaluator.income.results import Caution
from evaluator.income.traits import Coding, code_traits, fill_in

KNOTS = (0.0, 2.0, 4.0, 7.0)
LEAST_PROJECTS = 6
"""Projects with estimates below which nothing is projected."""
ROWS = 1000
"""Proposals (with every value a missing trait may have) predicted at once."""


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model.

    ``effects`` of the P projects with all traits, ``curves`` and ``points`` of the model, ``coding`` and ``values``
    (P, k) of traits, ``kinds`` (P,) by the headline trait, ``notes`` on traits that were left out.
    """

    effects: ProjectEffects
    curves: Curves
    points: tuple[Point, ...]
    coding: Coding
    values: Array
    kinds: Array
    notes: tuple[Caution, ...]

    @property
    def starts(self) -> NDArray[np.int64]:
        """(P,) first years."""
        return self.effects.projects["first_year"].to_numpy(np.int64)

    def older(self, first_year: int) -> NDArray[np.bool_]:
        """(P, E) where projects that started before ``first_year`` have been seen."""
        return np.asarray(self.curves.seen & (self.starts < first_year)[:, None])

    def supported_to(self, first_year: int) -> int:
        """The last year since the start in which an older cohort has been seen, −1 for none."""
        seen = np.flatnonzero(self.older(first_year).any(axis=0))
        return int(seen[-1]) if len(seen) else -1


@dataclass(frozen=True, slots=True)
class Distribution:
    """Predictive distributions of n projects in E years: ``mean``, ``sd`` (n, E), ``low`` and ``high`` by level, and

    ``below`` (n,) probability that the mean of the years asked for is at most 0.
    """

    mean: Array
    sd: Array
    low: dict[int, Array]
    high: dict[int, Array]
    below: Array


def fit_model(effects: ProjectEffects, traits: pd.DataFrame, *, headline: str = "") -> Model | Caution:
    """Fit the trait curves to the projects of a panel.

    Parameters
    ----------
    traits
        One row a project (index ``project_id``), one column a trait.
    headline
        The trait that tells kinds of projects apart: each has a pattern of its own.

    Returns
    -------
    Model or Caution
        ``projection_few_projects``, ``projection_one_year`` or ``projection_no_variation`` when it cannot be fitted.
    """
    table = traits.reindex(effects.projects["project_id"].to_numpy())
    coding, values, known, notes = code_traits(table, headline=headline)
    if known.sum() < LEAST_PROJECTS:
        return Caution("projection_few_projects", {"found": int(known.sum()), "needed": LEAST_PROJECTS})
    effects, values = effects.among(known), values[known]
    last = int(np.flatnonzero(effects.seen.any(axis=0))[-1])
    if last < 1:
        return Caution("projection_one_year", {"needed": 2})
    if not effects.theta.any():
        return Caution("projection_no_variation")
    events = np.arange(last + 1.0)
    knots = np.array(sorted({*(knot for knot in KNOTS if knot < last), min(KNOTS[-1], float(last))}))
    starts, cohort = np.unique(effects.projects["first_year"].to_numpy(float), return_inverse=True)
    cut = slice(0, last + 1)
    curves = Curves(
        y=effects.theta[:, cut],
        seen=effects.seen[:, cut],
        design=curve_design(values, hats(events, knots)),
        own=effects.own[:, cut, cut],
        common=effects.common[:, cut],
        cohort=cohort.astype(np.int64),
        starts=starts,
        events=events,
        knots=knots,
        main=1 + sum(name == headline for name, _ in coding.columns),
    )
    return Model(effects, *fit_pattern(curves), coding, values, coding.kinds(values), notes)


def forecast_running(model: Model, share: Array) -> Distribution:
    """Predictive distributions of the projects themselves; ``share`` (n, E) weights of the years asked for."""
    found = predict_running(model.curves, model.points)
    mean, sd = found.average(share)
    weight = found.weight[:, None]
    return _summarise(weight[:, :, None], found.mean, found.sd, share_below(weight, mean, sd, 0.0))


def forecast_proposed(model: Model, values: Array, first_years: NDArray[np.int64], share: Array) -> Distribution:
    """Predictive distributions of n proposals with traits ``values`` (n, k), NaN where not known.

    What is missing is averaged over the values of the projects seen, of the same kind where the kind is known.
    """
    parts = [
        _forecast_rows(model, filled, first_years[i : i + len(filled)], share[i : i + len(filled)])
        for i, filled in _portions(model, values)
    ]
    return Distribution(
        mean=np.concatenate([part.mean for part in parts]),
        sd=np.concatenate([part.sd for part in parts]),
        low={level: np.concatenate([part.low[level] for part in parts]) for level in LEVELS},
        high={level: np.concatenate([part.high[level] for part in parts]) for level in LEVELS},
        below=np.concatenate([part.below for part in parts]),
    )


def _portions(model: Model, values: Array) -> Iterator[tuple[int, list[Array]]]:
    """Proposals in portions: where each begins, and the values each of its proposals may have."""
    own = model.coding.of_headline()
    kinds = model.coding.kinds(values)
    stated = np.asarray(np.isfinite(values[:, own]).all(axis=1))
    begin, filled, rows = 0, list[Array](), 0
    for i, point in enumerate(values):
        like = (model.kinds == kinds[i]) if stated[i] else np.ones(len(model.kinds), bool)
        filled.append(fill_in(model.values, like, point))
        rows += len(filled[-1])
        if rows >= ROWS or i + 1 == len(values):
            yield begin, filled
            begin, filled, rows = i + 1, list[Array](), 0


def _forecast_rows(model: Model, filled: list[Array], first_years: NDArray[np.int64], share: Array) -> Distribution:
    curves = model.curves
    count = np.array([len(one) for one in filled])
    values, of = np.concatenate(filled), np.repeat(np.arange(len(filled)), count)
    design = curve_design(values, hats(curves.events, curves.knots))
    found = predict_new(curves, model.points, design, first_years[of].astype(float))
    mean, sd = found.average(share[of])
    most = int(count.max())
    weight, means, sds = _side_by_side(found, of, count, most)
    spread = np.zeros((len(found.weight) * most, len(filled)))
    middle = spread.copy()
    slot = (np.arange(len(found.weight))[:, None] * most + _place(of)[None, :]).ravel()
    to = np.tile(of, len(found.weight))
    middle[slot, to], spread[slot, to] = mean.ravel(), sd.ravel()
    return _summarise(weight[:, :, None], means, sds, share_below(weight, middle, spread, 0.0))


def _side_by_side(found: Predicted, of: NDArray[np.int64], count: NDArray[np.int64], most: int) -> tuple[Array, ...]:
    """Weights (J·m, n), means and spreads (J·m, n, E): each proposal's rows become components of its mixture."""
    points, events, n = len(found.weight), found.mean.shape[2], len(count)
    weight = np.zeros((points, most, n))
    mean, sd = np.zeros((points, most, n, events)), np.ones((points, most, n, events))
    place = _place(of)
    weight[:, place, of] = found.weight[:, None] / count[of]
    mean[:, place, of], sd[:, place, of] = found.mean, found.sd
    absent = np.arange(most)[:, None] >= count[None, :]
    first = np.broadcast_to(mean[:, :1], mean.shape), np.broadcast_to(sd[:, :1], sd.shape)
    mean[:, absent], sd[:, absent] = first[0][:, absent], first[1][:, absent]
    return weight.reshape(-1, n), mean.reshape(-1, n, events), sd.reshape(-1, n, events)


def _place(of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of each row among those of its proposal."""
    first = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    return np.arange(len(of)) - np.repeat(first, np.diff(np.r_[first, len(of)]))


def _summarise(weight: Array, mean: Array, sd: Array, below: Array) -> Distribution:
    ends = {level: (0.5 - level / 200, 0.5 + level / 200) for level in LEVELS}
    return Distribution(
        mean=mixture_mean(weight, mean),
        sd=mixture_sd(weight, mean, sd),
        low={level: mixture_quantile(weight, mean, sd, low) for level, (low, _) in ends.items()},
        high={level: mixture_quantile(weight, mean, sd, high) for level, (_, high) in ends.items()},
        below=below,
    )
