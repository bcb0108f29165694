from functools import cache

import numpy as np
import pytest

from evaluator.income.backtest import (
    SIMPLE,
    WAYS,
    Scored,
    carry_forward,
    check_past,
    score_freeze,
    short_run_of_like,
)
from evaluator.income.forecast import fit_model
from evaluator.income.project_effects import estimate_project_effects
from evaluator.income.project_moments import until
from tests.income.made_projection import made_projection, made_world
from tests.income.projects_world import draw_projects
from tests.income.simulate import TRAIT


@cache
def made(seed):
    return made_world() if seed is None else draw_projects(np.random.default_rng([4, seed]), 60)


@cache
def frozen(seed, year):
    """The model fitted at a past year, and the estimates of today."""
    world = made(seed)
    now = estimate_project_effects(world.cells())
    then = estimate_project_effects(until(world.cells(), year), household=now.errors.household)
    return fit_model(then, world.traits(), headline=TRAIT), now


@pytest.mark.slow
def test_every_past_year_that_leaves_something_to_score_is_scored():
    found = made_projection().backtest
    years = list(found.by_year)
    assert years == sorted(years)
    assert years[-1] == 11
    assert found.whole.count == sum(one.count for one in found.by_year.values())
    assert found.late.count <= found.whole.count
    assert set(found.late.rmse) == set(WAYS)


@pytest.mark.slow
def test_forecasts_cover_what_was_estimated_later_and_beat_the_simple_ways():
    scored = []
    for seed in range(3):
        model, now = frozen(seed, 10)
        scored.append(score_freeze(model, now))
    whole = Scored(*(np.concatenate([getattr(one, name) for one in scored]) for name in Scored.__slots__))
    found = whole.score(whole.event >= 4)
    assert found.coverage == pytest.approx(0.9, abs=0.08)
    assert found.noise == pytest.approx(np.sqrt(whole.variance[whole.event >= 4].mean()))
    assert found.true_rmse["model"] < 0.75 * min(found.true_rmse[way] for way in WAYS[1:])
    assert whole.score(whole.event > 90) is None


@pytest.mark.slow
def test_the_distance_from_the_truth_is_told_through_the_noise():
    gaps, told = [], []
    for seed in range(3):
        world = made(seed)
        model, now = frozen(seed, 10)
        one = score_freeze(model, now)
        told.append((one.errors**2 - one.excess)[:, 1].mean())
        size = len(model.curves.events)
        path = world.path[[int(name[1:]) for name in model.effects.projects["project_id"]]][:, :size]
        unseen = (np.arange(size) <= 12 - model.starts[:, None]) & ~model.curves.seen
        gaps.append(((carry_forward(model, model.curves.y) - path)[unseen] ** 2).mean())
    assert np.sqrt(np.mean(told)) == pytest.approx(np.sqrt(np.mean(gaps)), rel=0.25)


def test_the_simple_ways_are_what_they_say():
    model, _ = frozen(None, 9)
    y, seen = model.curves.y, model.curves.seen
    carry, like, trend = (way(model, y) for way in SIMPLE)
    for i in range(len(y)):
        own = np.flatnonzero(seen[i])
        assert (carry[i] == y[i, own[-1]]).all()
        line = np.polyfit(own, y[i, own], 1) if len(own) > 1 else [y[i, own[0]]]
        np.testing.assert_allclose(trend[i], np.polyval(line, model.curves.events), atol=1e-10)
        same = model.kinds == model.kinds[i]
        assert like[i, 0] == pytest.approx(y[same, :3][seen[same, :3]].mean())
    parts = short_run_of_like(model, y, alone=True)[:, 0]
    assert parts[model.kinds == 1].sum() == pytest.approx(like[model.kinds == 1][0, 0])


@pytest.mark.slow
def test_a_panel_without_later_years_has_no_backtest():
    world = made_world()
    cells = until(world.cells(), 4)
    now = estimate_project_effects(cells, household=0.02)
    assert check_past(cells, now, world.traits(), headline=TRAIT) is None
    model, _ = frozen(None, 12)
    assert score_freeze(model, estimate_project_effects(world.cells())) is None
