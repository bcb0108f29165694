from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluator.income.forecast import (
    LEAST_PROJECTS,
    Model,
    fit_model,
    forecast_proposed,
    forecast_running,
)
from evaluator.income.mixture import mixture_mean, share_below
from evaluator.income.project_effects import estimate_project_effects
from tests.income.made_projection import made_world
from tests.income.simulate import TRAIT


@pytest.fixture(scope="module")
def effects():
    return estimate_project_effects(made_world().cells())


@pytest.fixture(scope="module")
def model(effects):
    return fit_model(effects, made_world().traits(), headline=TRAIT)


def shares(model, count):
    share = np.zeros((count, len(model.curves.events)))
    share[:, 4:8] = 0.25
    return share


def test_the_model_stands_on_projects_with_all_traits(model, effects):
    table = made_world().traits()
    table.iloc[0, 0] = None
    assert fit_model(effects, table, headline=TRAIT).effects.projects["project_id"].tolist() == table.index[1:].tolist()
    assert model.curves.knots.tolist() == [0, 2, 4, 7]
    assert model.curves.starts.tolist() == sorted(set(model.starts))
    np.testing.assert_array_equal(model.curves.starts[model.curves.cohort], model.starts)
    assert len(model.curves.pattern) == 2 * len(model.curves.knots)


def test_support_ends_with_the_last_year_an_older_cohort_was_seen(model):
    starts = sorted(set(model.starts))
    assert model.supported_to(starts[0]) == -1
    assert model.supported_to(starts[1]) == 12 - starts[0]
    assert model.supported_to(13) == 12 - starts[0]


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        (lambda table: table.iloc[: LEAST_PROJECTS - 1], "projection_few_projects"),
        (lambda table: table.iloc[:0], "projection_few_projects"),
    ],
)
def test_too_few_projects_with_traits_are_refused(effects, traits, code):
    table = traits(made_world().traits()).assign(trait_same="1")
    short = effects.among(effects.projects["project_id"].isin(table.index).to_numpy())
    found = fit_model(short, table, headline=TRAIT)
    assert found.code == code
    assert found.values["needed"] == LEAST_PROJECTS


def test_one_year_since_the_start_is_no_path(effects):
    traits = made_world().traits()
    one = replace(effects, seen=effects.seen & (np.arange(effects.seen.shape[1]) < 1))
    assert fit_model(one, traits).code == "projection_one_year"
    still = replace(effects, theta=0 * effects.theta)
    assert fit_model(still, traits).code == "projection_no_variation"


@pytest.mark.slow
def test_complete_proposals_do_not_depend_on_their_company(model):
    values = np.array([[1.0, 0.2], [0.0, -1.0], [np.nan, 0.5]])
    starts = np.array([13, 13, 13])
    together = forecast_proposed(model, values, starts, shares(model, 3))
    for i in range(3):
        alone = forecast_proposed(model, values[[i]], starts[[i]], shares(model, 1))
        np.testing.assert_allclose(together.mean[i], alone.mean[0], atol=1e-10)
        np.testing.assert_allclose(together.low[90][i], alone.low[90][0], atol=1e-7)
        assert together.below[i] == pytest.approx(alone.below[0], abs=1e-10)


@pytest.mark.slow
def test_a_missing_trait_is_the_average_over_what_it_may_be(model):
    values = np.column_stack([np.ones(12), np.full(12, np.nan)])[:1]
    missing = forecast_proposed(model, values, np.array([13]), shares(model, 1))
    like = model.values[model.kinds == 1.0]
    pool = like[np.lexsort(like[:, [1]].T)]
    picks = np.unique(np.linspace(0, len(pool) - 1, min(len(pool), 12)).round().astype(int))
    each = forecast_proposed(model, pool[picks], np.full(len(picks), 13), shares(model, len(picks)))
    np.testing.assert_allclose(missing.mean[0], each.mean.mean(axis=0), atol=1e-10)
    assert missing.below[0] == pytest.approx(each.below.mean(), abs=1e-10)
    assert (missing.sd[0] >= each.sd.mean(axis=0) - 1e-9).all()


def test_running_projects_have_the_mixture_over_the_grid(model):
    found = forecast_running(model, shares(model, len(model.kinds)))
    assert isinstance(model, Model)
    assert found.mean.shape == model.curves.y.shape
    weight = np.array([point.weight for point in model.points])
    assert weight.sum() == pytest.approx(1)
    assert ((found.below >= 0) & (found.below <= 1)).all()
    one = np.ones((1, 1))
    assert share_below(one, one * 0.0, one, 0.0)[0] == 0.5
    assert mixture_mean(one, one)[0] == 1.0


@pytest.mark.slow
def test_renaming_projects_changes_nothing(model, effects):
    names = {name: f"Z{100 - i}" for i, name in enumerate(effects.projects["project_id"])}
    renamed = replace(effects, projects=effects.projects.assign(project_id=[*names.values()]))
    table = made_world().traits()
    other = fit_model(renamed, table.rename(index=names), headline=TRAIT)
    one = forecast_running(model, shares(model, len(model.kinds)))
    two = forecast_running(other, shares(other, len(other.kinds)))
    np.testing.assert_allclose(one.mean, two.mean, atol=1e-10)
    assert pd.Index(other.effects.projects["project_id"]).isin(names.values()).all()
