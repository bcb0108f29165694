from datetime import date

import numpy as np
import pandas as pd
import pytest

from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.outlook import project_effects, tabulate_proposals
from tests.conftest import COUNTY
from tests.income.made import panel_of
from tests.income.made_projection import made_world, nothing_yet
from tests.income.simulate import TRAIT


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(read_portfolio(COUNTY / "projects_en.csv"), as_of=date(2026, 6, 30))


def test_proposals_have_the_traits_of_the_panel_form(evaluation):
    found = tabulate_proposals(evaluation)
    assert found.index.tolist() == [str(one) for one in evaluation.scored]
    level = evaluation.flags.level.to_numpy()
    assert (found.loc[level == "flag", TRAIT] == 1).all()
    assert (found.loc[np.isin(level, ["watch", "none"]), TRAIT] == 0).all()
    assert found.loc[level == "cannot_judge", TRAIT].isna().all()
    assert found["trait_homogeneity"].dropna().between(0, 1).all()
    assert found["trait_demand"].dropna().between(0, 100).all()
    judged = evaluation.scorecard.criteria["demand"].judged
    assert found["trait_demand"].notna().tolist() == judged.tolist()
    assert set(found["trait_kind"]) <= {"industry", "employment"}


def test_starts_of_another_calendar_are_left_out(evaluation):
    stated = tabulate_proposals(evaluation)["first_year"]
    assert stated.dropna().between(2015, 2035).all()
    assert stated.notna().any()
    assert tabulate_proposals(evaluation, after=12)["first_year"].isna().all()
    near = tabulate_proposals(evaluation, after=2024)["first_year"]
    pd.testing.assert_series_equal(near, stated)


@pytest.mark.slow
def test_an_evaluated_list_is_projected_from_a_panel(evaluation):
    panel = panel_of(made_world().frame())
    effects = nothing_yet()
    found = project_effects(effects, panel, evaluation, backtest=False)
    assert effects.projection is None
    proposals = [one for one in found.projection.projects if one.status == "proposed"]
    assert [one.project_id for one in proposals] == [str(one) for one in evaluation.scored]
    assert all(one.first_year == 13 for one in proposals)
    assert all(np.isfinite(one.mean[:10]).all() for one in proposals)
    flags = tabulate_proposals(evaluation)[TRAIT]
    unknown = [one for one in proposals if np.isnan(flags[one.project_id])]
    assert all(TRAIT in one.unknown for one in unknown)


@pytest.mark.slow
def test_without_a_list_only_running_projects_are_projected():
    stages: list[str] = []
    panel = panel_of(made_world().frame())
    found = project_effects(nothing_yet(), panel, progress=stages.append, backtest=False).projection
    assert {one.status for one in found.projects} == {"running"}
    assert stages == ["projecting"]
