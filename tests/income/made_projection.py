"""One projection of a small simulated panel, made once for all tests."""

from functools import cache

import numpy as np
import pandas as pd

from evaluator.domain.settings import IncomeSettings
from evaluator.income.findings import IncomeEffects
from evaluator.income.projected import Projection
from evaluator.income.projection import project_paths
from evaluator.income.results import Caution, Estimate
from tests.income.projects_world import DEMAND, ProjectWorld, draw_projects, draw_proposals
from tests.income.simulate import TRAIT

VILLAGES = 24


def nothing_yet(*, refusal: Caution | None = None) -> IncomeEffects:
    """An estimation as the projection needs it."""
    texts = ("etwfe", "treated_unit_years", "outcome", "log", "not_yet", "jackknife")
    refusals = () if refusal is None else (refusal,)
    return IncomeEffects(*texts, 0.95, TRAIT, ("all",), 0, 0, 0, (), Estimate("overall"), refusals=refusals)


@cache
def made_world() -> ProjectWorld:
    """24 villages, 18 of them with a project."""
    return draw_projects(np.random.default_rng(1), VILLAGES)


@cache
def made_proposals() -> pd.DataFrame:
    """Six proposals: complete, without demand, without flag, far outside, of an unseen kind, and one that runs."""
    table, _ = draw_proposals(np.random.default_rng(2), 6)
    table.loc["N001", DEMAND] = np.nan
    table.loc["N002", TRAIT] = None
    table.loc["N003", DEMAND] = 500.0
    table.loc["N004", TRAIT] = "sometimes"
    running = made_world().traits().iloc[[0]].reindex(columns=table.columns)
    return pd.concat([table.iloc[:5], running])


@cache
def made_projection() -> Projection:
    """Its projection with a backtest."""
    world = made_world()
    return project_paths(
        nothing_yet(), world.cells(), world.traits(), rules=IncomeSettings(), proposals=made_proposals()
    ).projection
