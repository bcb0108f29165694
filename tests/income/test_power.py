import math

import numpy as np
import pytest
from scipy.special import stdtrit

from evaluator.income.power import UNSTEADY, Plan, Spread, change_variance, detectable_now, find_detectable

PLAN = Plan(flagged=10, unflagged=12, without=15, households=15, before=3)
STILL = Spread(village=0.0, household=0.0, noise=0.3, projects=0.0)


def test_without_lasting_shocks_it_is_the_formula_of_frison_and_pocock():
    wanted = 0.3**2 / 15 * (1 / 3 + 1 / 3)
    assert change_variance(PLAN, STILL) == pytest.approx(wanted, rel=1e-12)


def test_two_years_one_household_with_a_lasting_shock_by_hand():
    plan = Plan(2, 2, 2, households=1, before=1, window=(0, 0))
    spread = Spread(village=0.1, village_memory=0.5, household=0.0, noise=0.2, projects=0.0)
    assert change_variance(plan, spread) == pytest.approx(2 * (0.01 * (1 - 0.5) + 0.04))


def _ar(rng, shape, sd, memory):
    shocks = rng.normal(0, sd * math.sqrt(1 - memory**2), shape)
    shocks[..., 0] = rng.normal(0, sd, shape[:-1])
    for year in range(1, shape[-1]):
        shocks[..., year] += memory * shocks[..., year - 1]
    return shocks


def test_drawn_panels_show_the_effect_in_four_of_five_cases():
    rng, spread, draws = np.random.default_rng(4), Spread(), 1500
    years = np.arange(-PLAN.before, 8)
    effect = find_detectable(PLAN, spread=spread).contrast
    kinds = [(PLAN.flagged, effect), (PLAN.unflagged, 0.0)]
    means, variances = [], []
    for villages, shift in kinds:
        shape = (draws, villages, len(years))
        moves = _ar(rng, shape, spread.village, spread.village_memory)
        household = (*shape[:2], PLAN.households, len(years))
        moves += _ar(rng, household, spread.household, spread.household_memory).mean(axis=2)
        moves += rng.normal(0, spread.noise / math.sqrt(PLAN.households), shape)
        change = moves[..., years >= 5].mean(axis=-1) - moves[..., years < 0].mean(axis=-1)
        change += shift + rng.normal(0, spread.projects, (draws, villages))
        means.append(change.mean(axis=1))
        variances.append(change.var(axis=1, ddof=1) / villages)
    error = np.sqrt(variances[0] + variances[1])
    seen = np.abs(means[0] - means[1]) > stdtrit(PLAN.villages - 1, 0.975) * error
    assert seen.mean() == pytest.approx(0.8, abs=0.035)


def test_more_of_anything_shows_smaller_effects():
    found = find_detectable(PLAN)
    for more in (Plan(20, 24, 30, 15, 3), Plan(10, 12, 15, 60, 3), Plan(10, 12, 15, 15, 6)):
        assert find_detectable(more).contrast < found.contrast
        assert find_detectable(more).level < found.level


def test_unsteady_incomes_need_larger_effects():
    assert find_detectable(PLAN, spread=UNSTEADY).level > 1.5 * find_detectable(PLAN).level


def test_too_few_villages_have_no_answer():
    assert math.isnan(find_detectable(Plan(4, 10, 10, 15, 3)).contrast)
    assert math.isnan(find_detectable(Plan(5, 5, 4, 15, 3)).level)


def test_a_standing_error_says_what_four_times_the_villages_would_show():
    now = detectable_now(0.05, 23)
    assert now == pytest.approx(0.05 * (2.0687 + 0.8583), rel=1e-3)
    assert detectable_now(0.05, 23, times=4) < now / 2
    assert math.isnan(detectable_now(math.nan, 23))
