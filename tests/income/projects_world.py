"""Village projects that differ: the simulated world with traits and with something of every project's own.

On the paths by kind of ``simulate`` stand a second trait (the demand score, 0 to 100: a better market lifts the effect
year by year up to the fourth) and a project's own deviation, stationary and autoregressive from the start on. One
village is one project unless villages are joined in pairs. Proposals are drawn from the same world and start next.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Array, Cells
from tests.income.simulate import COHORT_FACTORS, COHORTS, GROWING, SHORT, TRAIT, World, draw

DEMAND = "trait_demand"
DEMAND_EFFECT, DEMAND_SD, OWN_SD, OWN_RHO = 0.03, 20.0, 0.03, 0.8
HORIZON = 10


@dataclass(frozen=True, slots=True)
class ProjectWorld:
    """A world whose effects differ by project: ``demand`` (V,), ``project`` (V,) ids, ``path`` (V, HORIZON) true."""

    world: World
    demand: Array
    project: NDArray[np.str_]
    path: Array

    def cells(self) -> Cells:
        """Compressed, with ``project_id`` and both traits among the groups' columns."""
        cells = self.world.cells()
        named = np.where(self.world.start > 0, self.project, "")
        demand = np.where(self.world.start > 0, self.demand, np.nan)
        return replace(cells, groups=cells.groups.assign(project_id=named, **{DEMAND: demand}))

    def traits(self) -> pd.DataFrame:
        """Both traits of every project, index ``project_id``."""
        on = self.world.start > 0
        table = pd.DataFrame({TRAIT: self.world.kinds(), DEMAND: self.demand}, index=self.project)
        return table[on].rename_axis("project_id")

    def frame(self) -> pd.DataFrame:
        """A panel with canonical columns."""
        frame = self.world.frame()
        village = frame["cluster_id"].str[1:].astype(int).to_numpy()
        treated = self.world.start[village] > 0
        return frame.assign(
            project_id=np.where(treated, self.project[village], ""),
            **{DEMAND: np.where(treated, self.demand[village], np.nan)},
        )


def draw_projects(
    random: np.random.Generator,
    villages: int,
    *,
    own_sd: float = OWN_SD,
    demand_effect: float = DEMAND_EFFECT,
    factors: Array = COHORT_FACTORS,
    apart_sd: float = 0.0,
) -> ProjectWorld:
    """Draw a world with one project a treated village; all sizes at 0: the plain world of ``simulate``.

    ``apart_sd`` is by how much cohorts of a kind lie apart in every year, whatever their paths.
    """
    world = draw(random, villages, factors=factors)
    demand = np.clip(50 + DEMAND_SD * random.normal(size=villages), 0, 100)
    extra = demand_curve(demand, demand_effect) + own_paths(random, villages, own_sd)
    if apart_sd:
        levels = apart_sd * random.normal(size=(len(COHORTS), 2))
        extra += levels[np.clip(world.start - COHORTS[0], 0, len(COHORTS) - 1), world.short.astype(int)][:, None]
    place = np.clip(world.event, 0, HORIZON - 1)
    more = np.where(world.event >= 0, np.take_along_axis(extra, place, axis=1), 0.0)
    factor = cohort_factors(world, factors)
    path = factor[:, None] * np.where(world.short[:, None], SHORT, GROWING) + extra
    world = replace(world, effect=world.effect + more, outcome=world.outcome + more[:, None, :])
    names = np.array([f"P{v:04d}" for v in range(villages)])
    return ProjectWorld(world, demand, names, np.where(world.start[:, None] > 0, path, np.nan))


def draw_proposals(
    random: np.random.Generator,
    count: int,
    *,
    own_sd: float = OWN_SD,
    demand_effect: float = DEMAND_EFFECT,
    factors: Array = COHORT_FACTORS,
    apart_sd: float = 0.0,
) -> tuple[pd.DataFrame, Array]:
    """Traits of projects that start next (index ids), as strong as the last cohort, and true paths (count, HORIZON)."""
    short = random.random(count) < 0.5
    demand = np.clip(50 + DEMAND_SD * random.normal(size=count), 0, 100)
    path = factors[-1] * np.where(short[:, None], SHORT, GROWING) + demand_curve(demand, demand_effect)
    path += own_paths(random, count, own_sd)
    if apart_sd:
        path += (apart_sd * random.normal(size=2))[short.astype(int)][:, None]
    index = pd.Index([f"N{i:03d}" for i in range(count)], name="project_id")
    return pd.DataFrame({TRAIT: np.where(short, "1", "0"), DEMAND: demand}, index=index), path


def cohort_factors(world: World, factors: Array = COHORT_FACTORS) -> Array:
    """(V,) how strong the paths by kind are in each village's cohort."""
    place = np.clip(world.start - COHORTS[0], 0, len(COHORTS) - 1)
    return np.where(world.start > 0, factors[place], 0.0)


def demand_curve(demand: Array, effect: float) -> Array:
    """(n, HORIZON) what the market adds: nothing in the year of the start, all from the fourth year on."""
    ramp = np.minimum(np.arange(HORIZON) / 4, 1.0)
    return np.asarray(effect * ((demand - 50) / DEMAND_SD)[:, None] * ramp)


def own_paths(random: np.random.Generator, count: int, sd: float) -> Array:
    """(n, HORIZON) stationary autoregressive deviations."""
    path = sd * random.normal(size=(count, HORIZON))
    path[:, 1:] *= np.sqrt(1 - OWN_RHO**2)
    for year in range(1, HORIZON):
        path[:, year] += OWN_RHO * path[:, year - 1]
    return path
