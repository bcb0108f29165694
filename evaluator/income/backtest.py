"""How well forecasts from the past met what came: freeze the panel at every past year, fit, and score later years.

A later estimate is not the truth: its own error is part of the interval it is held against, less what it shares with
the error of the forecast (the households and village shocks before the freeze are in both).
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Cells
from evaluator.income.curves import Array
from evaluator.income.forecast import Model, fit_model
from evaluator.income.mixture import mixture_mean, share_below
from evaluator.income.predictions import predict_running
from evaluator.income.project_effects import ProjectEffects, estimate_project_effects, share_errors
from evaluator.income.project_moments import until
from evaluator.income.projected import LATE, Backtest, Score
from evaluator.income.results import Caution


class Way(Protocol):
    """A simple way to forecast, linear in the estimates."""

    def __call__(self, model: Model, y: Array, *, alone: bool = False) -> Array:
        """(P, E) forecasts from (P, E) estimates."""
        ...


WAYS = ("model", "carry", "like", "trend")
EARLY = 2
"""The short run: years 0 to 2 since the start."""
LEAST_SCORED = 5
"""Project-years below which a freeze is not scored."""


@dataclass(frozen=True, slots=True)
class Scored:
    """n project-years.

    ``event`` (n,); ``errors`` (n, 4) of the ways against the later estimates; ``excess`` (n, 4) what of their squares
    is owed to the error of the later estimates; ``variance`` (n,) of that error; ``covered`` (n,).
    """

    event: NDArray[np.int64]
    errors: Array
    excess: Array
    variance: Array
    covered: NDArray[np.bool_]

    def score(self, among: NDArray[np.bool_]) -> Score | None:
        """Of some of the project-years."""
        if among.sum() < LEAST_SCORED:
            return None
        squares, excess = (self.errors[among] ** 2).mean(axis=0), self.excess[among].mean(axis=0)
        true = np.sqrt(np.maximum(squares - excess, 0.0))
        return Score(
            count=int(among.sum()),
            rmse=dict(zip(WAYS, np.sqrt(squares).tolist(), strict=True)),
            true_rmse=dict(zip(WAYS, true.tolist(), strict=True)),
            noise=float(np.sqrt(self.variance[among].mean())),
            coverage=float(self.covered[among].mean()),
        )


def check_past(
    cells: Cells, now: ProjectEffects, traits: pd.DataFrame, *, headline: str = "", project: str = "project_id"
) -> Backtest | None:
    """Freeze at every past year and score what came later; ``None`` when no freeze leaves enough to score.

    Parameters
    ----------
    now
        The estimates from the whole panel: what forecasts are held against.
    """
    frozen = {}
    for year in cells.years[1:-1]:
        then = estimate_project_effects(until(cells, int(year)), project=project, household=now.errors.household)
        if not len(then.projects):
            continue
        model = fit_model(then, traits, headline=headline)
        found = None if isinstance(model, Caution) else score_freeze(model, now)
        if found is not None and len(found.event) >= LEAST_SCORED:
            frozen[int(year)] = found
    if not frozen:
        return None
    whole = Scored(*(np.concatenate([getattr(one, name) for one in frozen.values()]) for name in Scored.__slots__))
    late = (whole.event >= LATE[0]) & (whole.event <= LATE[1])
    by_year = {year: one.score(np.ones(len(one.event), bool)) for year, one in frozen.items()}
    return Backtest(
        by_year={year: one for year, one in by_year.items() if one is not None},
        late=whole.score(late),
        whole=whole.score(np.ones(len(late), bool)),
    )


def score_freeze(model: Model, now: ProjectEffects) -> Scored | None:
    """Forecasts of a frozen model against later estimates, in the years that older cohorts had been seen in by then."""
    then, size = model.effects, len(model.curves.events)
    place = {name: i for i, name in enumerate(now.projects["project_id"])}
    row = np.array([place.get(name, -1) for name in then.projects["project_id"]])
    later = np.zeros((len(row), size, size))
    shared = share_errors(then, now)
    later[...] = _cut(shared, size)
    seen = (row >= 0)[:, None] & now.seen[row][:, :size] & ~model.curves.seen
    reach = np.array([model.supported_to(int(start)) for start in model.starts])
    seen &= np.arange(size) <= reach[:, None]
    if not seen.any():
        return None
    found = predict_running(model.curves, model.points, later=later)
    assert found.with_error is not None
    truth, variance = now.theta[row][:, :size], now.variance()[row][:, :size]
    weight = found.weight[:, None, None]
    spread = np.sqrt(np.maximum(found.sd**2 + variance + 2 * found.with_error, 1e-300))
    below = share_below(weight, found.mean, spread, truth)
    guesses = [mixture_mean(weight, found.mean), *(way(model, model.curves.y) for way in SIMPLE)]
    # What a forecast shares with the error of the later estimate: each simple way is linear in a project's estimates.
    linked = [-mixture_mean(weight, found.with_error), *(_linked(way, model, later) for way in SIMPLE)]
    return Scored(
        event=np.nonzero(seen)[1].astype(np.int64),
        errors=np.stack([(guess - truth)[seen] for guess in guesses], axis=1),
        excess=np.stack([(variance - 2 * link)[seen] for link in linked], axis=1),
        variance=variance[seen],
        covered=((below >= 0.05) & (below <= 0.95))[seen],
    )


def _cut(values: Array, size: int) -> Array:
    """(P, size, size): the first years, zeros where there are fewer."""
    kept = values[:, :size, :size]
    return np.pad(kept, ((0, 0), (0, size - kept.shape[1]), (0, size - kept.shape[2])))


def _linked(way: Way, model: Model, later: Array) -> Array:
    """(P, E) covariance of the forecasts of a simple way with the errors of later estimates in the same years."""
    parts = [way(model, later[:, :, year], alone=True)[:, year] for year in range(later.shape[2])]
    return np.stack(parts, axis=1)


def carry_forward(model: Model, y: Array, *, alone: bool = False) -> Array:
    """(P, E): the last year seen goes on for ever. ``y`` (P, E) estimates, or anything to combine the same way."""
    last = y.shape[1] - 1 - np.argmax(model.curves.seen[:, ::-1], axis=1)
    return np.asarray(y[np.arange(len(y)), last][:, None] * np.ones(y.shape[1]))


def short_run_of_like(model: Model, y: Array, *, alone: bool = False) -> Array:
    """(P, E): the mean of years 0–2 of projects of the same kind; ``alone``: what each project has in that mean."""
    early = model.curves.seen & (model.curves.events <= EARLY)
    total, count = (y * early).sum(axis=1), early.sum(axis=1)
    like = np.zeros(len(y))
    for kind in np.unique(model.kinds):
        own = model.kinds == kind
        pool = own if count[own].any() else np.ones(len(y), bool)
        like[own] = (total[own] if alone else total[pool].sum()) / max(count[pool].sum(), 1)
    return np.asarray(like[:, None] * np.ones(y.shape[1]))


def straight_line(model: Model, y: Array, *, alone: bool = False) -> Array:
    """(P, E): least squares through each project's own years; its only year where there is one."""
    return _straight(y, model.curves.seen, model.curves.events)


SIMPLE: tuple[Way, ...] = (carry_forward, short_run_of_like, straight_line)


def _straight(y: Array, seen: NDArray[np.bool_], events: Array) -> Array:
    count = seen.sum(axis=1)
    x = np.where(seen, events, 0.0)
    centre, level = x.sum(axis=1) / count, (y * seen).sum(axis=1) / count
    gap = np.where(seen, events - centre[:, None], 0.0)
    squares = (gap**2).sum(axis=1)
    slope = np.divide((gap * y).sum(axis=1), squares, out=np.zeros(len(y)), where=squares > 0)
    return np.asarray(level[:, None] + slope[:, None] * (events - centre[:, None]))
