"""From estimated effects to the effects of running and proposed projects in years to come, as far as data carry them.

No point stands beyond the last year since the start in which some older cohort has been seen; there is a bound.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.settings import IncomeSettings
from evaluator.income.backtest import check_past
from evaluator.income.cells import Cells
from evaluator.income.curves import Array
from evaluator.income.design import read_kinds
from evaluator.income.findings import IncomeEffects
from evaluator.income.forecast import (
    LEAST_PROJECTS,
    Distribution,
    Model,
    fit_model,
    forecast_proposed,
    forecast_running,
)
from evaluator.income.project_effects import estimate_project_effects
from evaluator.income.projected import LATE, LEVELS, PROPOSED, RUNNING, Projected, Projection
from evaluator.income.results import Caution
from evaluator.income.traits import as_numbers, inside_hull

BOUND = 90
FIRST_YEAR = "first_year"


def project_paths(
    found: IncomeEffects,
    cells: Cells,
    traits: pd.DataFrame,
    *,
    rules: IncomeSettings,
    proposals: pd.DataFrame | None = None,
    backtest: bool = True,
    progress: Callable[[str], None] | None = None,
) -> IncomeEffects:
    """Project the effects of a panel's projects, and of proposals, into later years since their start.

    Parameters
    ----------
    found
        The estimation; only its refusals and its scale are read.
    cells
        The panel compressed by ``project_id`` (clusters are projects where none is named).
    traits
        One row a running project (index ``project_id``), one column a trait.
    proposals
        The same columns for proposals, and ``first_year`` where their start is known (otherwise the year after the
        panel). Traits may be missing. Ids that are in the panel are left out: those projects run already.
    backtest
        Whether forecasts from the past are scored (about as long again for every year of the panel).

    Returns
    -------
    IncomeEffects
        With ``projection``; its ``refusal`` says why nothing is projected.
    """
    tell = progress or (lambda _stage: None)
    tell("projecting")
    if found.refusals:
        refusal = Caution("projection_no_effects", {**found.refusals[0].values, "why": found.refusals[0].code})
        return replace(found, projection=Projection(scale=found.scale, refusal=refusal))
    effects = estimate_project_effects(cells)
    if len(effects.projects) < LEAST_PROJECTS:
        refusal = Caution("projection_few_projects", {"found": len(effects.projects), "needed": LEAST_PROJECTS})
        return replace(found, projection=Projection(scale=found.scale, refusal=refusal, cautions=effects.cautions))
    model = fit_model(effects, traits, headline=rules.trait)
    if isinstance(model, Caution):
        return replace(found, projection=Projection(scale=found.scale, refusal=model, cautions=effects.cautions))
    projects = _running(model, rules.least_units)
    if proposals is not None and len(proposals):
        projects = (*projects, *_proposed(model, proposals, int(cells.years[-1])))
    past = None
    if backtest:
        tell("backtesting")
        past = check_past(cells, effects, traits, headline=rules.trait)
    return replace(found, projection=replace(_describe(model, found.scale), projects=projects, backtest=past))


def _describe(model: Model, scale: str) -> Projection:
    """Everything but the projects."""
    weight, seen = np.array([point.weight for point in model.points]), model.curves.seen
    tau, rho, omega = weight @ np.array([(point.tau, point.rho, point.omega) for point in model.points])
    support = pd.DataFrame(
        {
            "year_since_start": np.arange(seen.shape[1]),
            "projects": seen.sum(axis=0),
            "cohorts": [tuple(sorted(set(model.starts[one].tolist()))) for one in seen.T],
        }
    )
    untold = () if model.coding.columns else (Caution("projection_without_traits"),)
    return Projection(
        scale=scale,
        traits=model.coding.traits,
        knots=tuple(model.curves.knots.tolist()),
        spread=float(tau),
        persistence=float(rho),
        cohort_spread=float(omega),
        support=support,
        cautions=(*model.effects.cautions, *model.notes, *untold),
    )


def _running(model: Model, least_units: int) -> tuple[Projected, ...]:
    """Every project of the panel, withheld where fewer than ``least_units`` households stand behind it."""
    table, seen = model.effects.projects, model.curves.seen
    own_last = seen.shape[1] - 1 - np.argmax(seen[:, ::-1], axis=1)
    reach = np.maximum(own_last, [model.supported_to(int(start)) for start in model.starts])
    forecast = forecast_running(model, _late_share(reach, seen.shape[1]))
    paths = _lay_out(model, forecast, reach, model.starts, model.kinds)
    error = np.sqrt(model.effects.variance()[:, : seen.shape[1]])
    found = []
    for i, path in enumerate(paths):
        few = int(table["units"].iloc[i]) < least_units
        one = replace(
            path,
            project_id=str(table["project_id"].iloc[i]),
            estimate=_padded(np.where(seen[i], model.curves.y[i], np.nan), len(path.years)),
            error=_padded(np.where(seen[i], error[i], np.nan), len(path.years)),
        )
        found.append(_withhold(one, least_units) if few else one)
    return tuple(found)


def _proposed(model: Model, proposals: pd.DataFrame, last_year: int) -> tuple[Projected, ...]:
    running = set(model.effects.projects["project_id"])
    asked = proposals[[str(one) not in running for one in proposals.index]]
    if not len(asked):
        return ()
    values = model.coding.code(asked)
    given = as_numbers(asked[FIRST_YEAR]) if FIRST_YEAR in asked else np.full(len(asked), np.nan)
    start = np.where(np.isfinite(given), given, last_year + 1).astype(np.int64)
    reach = np.array([model.supported_to(int(year)) for year in start])
    forecast = forecast_proposed(model, values, start, _late_share(reach, model.curves.seen.shape[1]))
    kinds = model.coding.kinds(values)
    kinds[~np.isfinite(values[:, model.coding.of_headline()]).all(axis=1)] = np.nan
    inside = inside_hull(model.values, values) if values.shape[1] else np.ones(len(values), bool)
    found = []
    for i, path in enumerate(_lay_out(model, forecast, reach, start, kinds)):
        unknown = model.coding.unknown(values[i])
        strange = tuple(name for name in unknown if name in asked and read_kinds(asked[name].iloc[[i]])[0] != "")
        notes = (
            *path.cautions,
            *((Caution("outside_hull"),) if not inside[i] or strange else ()),
            *((Caution("traits_unknown", {"traits": unknown}),) if unknown else ()),
        )
        found.append(
            replace(
                path,
                project_id=str(asked.index[i]),
                status=PROPOSED,
                inside_hull=bool(inside[i]) and not strange,
                unknown=unknown,
                cautions=notes,
            )
        )
    return tuple(found)


def _late_share(reach: NDArray[np.int64], events: int) -> Array:
    """(n, E) equal weights of the years 4–7 that are supported."""
    event = np.arange(events)
    share = ((event >= LATE[0]) & (event <= np.minimum(reach, LATE[1])[:, None])).astype(float)
    return np.asarray(share / np.maximum(share.sum(axis=1), 1)[:, None])


def _lay_out(
    model: Model, forecast: Distribution, reach: NDArray[np.int64], starts: NDArray[np.int64], kinds: Array
) -> list[Projected]:
    """One path a project: points where supported, bounds beyond, and who supports them."""
    horizon = max(LATE[1], model.curves.seen.shape[1] - 1) + 1
    step = _largest_step(model)
    return [
        _lay_path(
            model,
            forecast,
            i,
            reach=int(reach[i]),
            start=int(starts[i]),
            kind=kinds[i],
            years=np.arange(horizon),
            step=step,
        )
        for i in range(len(reach))
    ]


def _lay_path(
    model: Model,
    forecast: Distribution,
    i: int,
    *,
    reach: int,
    start: int,
    kind: float,
    years: NDArray[np.int64],
    step: float,
) -> Projected:
    kept = years <= reach

    def known(values: Array) -> Array:
        return np.where(kept, _padded(values[i], len(years)), np.nan)

    low = {level: known(forecast.low[level]) for level in LEVELS}
    high = {level: known(forecast.high[level]) for level in LEVELS}
    if reach >= 0:
        beyond = np.maximum(years - reach, 0) * step
        low[BOUND] = np.where(kept, low[BOUND], low[BOUND][reach] - beyond)
        high[BOUND] = np.where(kept, high[BOUND], high[BOUND][reach] + beyond)
    older = model.older(start)
    cohorts = tuple(tuple(sorted(set(model.starts[older[:, e]].tolist()))) if e < older.shape[1] else () for e in years)
    late = (LATE[0], min(LATE[1], reach)) if reach >= LATE[0] else None
    return Projected(
        project_id="",
        status=RUNNING,
        first_year=start,
        years=years,
        mean=known(forecast.mean),
        sd=known(forecast.sd),
        low=low,
        high=high,
        estimate=np.full(len(years), np.nan),
        error=np.full(len(years), np.nan),
        cohorts=cohorts,
        supported_to=reach,
        late=late,
        p_nonpositive=float(forecast.below[i]) if late else np.nan,
        cautions=tuple(_limits(model, reach, kind, late)),
    )


def _limits(model: Model, reach: int, kind: float, late: tuple[int, int] | None) -> Iterator[Caution]:
    if late is None:
        yield Caution("late_years_unseen", {"seen": reach, "first": LATE[0], "last": LATE[1]})
    elif late[1] < LATE[1]:
        yield Caution("late_years_cut", {"first": late[0], "last": late[1]})
    like = model.curves.seen[model.kinds == kind]
    last = int(np.flatnonzero(like.any(axis=0))[-1]) if like.any() else -1
    if np.isfinite(kind) and last < reach:
        yield Caution("kind_seen_to", {"seen": last, "supported": reach})


def _largest_step(model: Model) -> float:
    """The largest change from one year to the next on the path of any project's trait curve, in the years seen."""
    weight = np.array([point.weight for point in model.points])
    gamma = weight @ np.array([point.gamma for point in model.points])
    paths = model.curves.design @ gamma
    return float(np.abs(np.diff(paths, axis=1)).max()) if paths.shape[1] > 1 else 0.0


def _padded(values: Array, length: int) -> Array:
    return np.pad(values[:length], (0, max(length - len(values), 0)), constant_values=np.nan)


def _withhold(path: Projected, least_units: int) -> Projected:
    """The path without a number."""
    blank = np.full(len(path.years), np.nan)
    levels = dict.fromkeys(LEVELS, blank)
    return replace(
        path,
        mean=blank,
        sd=blank,
        low=levels,
        high=levels,
        estimate=blank,
        error=blank,
        p_nonpositive=np.nan,
        cautions=(Caution("project_withheld", {"needed": least_units}),),
    )
