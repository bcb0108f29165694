"""The smallest effect a survey could see: textbook cases by hand, and a known truth drawn many times."""

import numpy as np
import pytest
from scipy.stats import t

from evaluator.income.power import (
    STEADY,
    UNSTEADY,
    Shocks,
    Survey,
    find_smallest_effect,
    measure_error,
    tabulate_smallest_effects,
)


def test_without_memory_the_error_is_that_of_four_independent_means():
    shocks = Shocks(village=0.1, village_memory=0.0, household=0.3, household_memory=0.0)
    survey = Survey(10, 20, households=9, before=2, after=4)
    by_hand = np.sqrt((0.1**2 + 0.3**2 / 9) * (1 / 2 + 1 / 4) * (1 / 10 + 1 / 20))
    assert measure_error(survey, shocks) == pytest.approx(by_hand, rel=1e-12)


def test_full_memory_leaves_no_error_of_changes():
    assert measure_error(Survey(8, 8, 4), Shocks(0.1, 1.0, 0.2, 1.0)) == pytest.approx(0.0, abs=1e-12)


def test_the_multiple_of_the_error_is_bloom_s():
    survey = Survey(10, 10, 15)
    multiple = t.ppf(0.975, 19) + t.ppf(0.8, 19)
    assert np.log1p(find_smallest_effect(survey)) == pytest.approx(multiple * measure_error(survey), rel=1e-12)
    assert np.isnan(find_smallest_effect(Survey(4, 30, 15)))


def test_such_an_effect_is_found_in_four_of_five_drawn_surveys():
    """1,500 surveys of 24 villages: sampling error of the power is 0.01, of the standard error 2 %."""
    survey, draws, random = Survey(12, 12, households=8, before=2, after=3), 1500, np.random.default_rng(7)

    def shocks(shape, sd, memory):
        series = random.normal(size=(*shape, 5)) * sd
        for year in range(1, 5):
            series[..., year] = memory * series[..., year - 1] + np.sqrt(1 - memory**2) * series[..., year]
        return series

    village = shocks((draws, 24), STEADY.village, STEADY.village_memory)
    own = shocks((draws, 24, 8), STEADY.household, STEADY.household_memory).mean(axis=2)
    change = (village + own)[..., 2:].mean(axis=-1) - (village + own)[..., :2].mean(axis=-1)
    change[:, :12] += np.log1p(find_smallest_effect(survey))
    effect = change[:, :12].mean(axis=1) - change[:, 12:].mean(axis=1)
    error = np.sqrt(change[:, :12].var(axis=1, ddof=1) / 12 + change[:, 12:].var(axis=1, ddof=1) / 12)
    assert effect.std() == pytest.approx(measure_error(survey), rel=0.06)
    assert np.mean(np.abs(effect) > t.ppf(0.975, 23) * error) == pytest.approx(0.8, abs=0.035)


def test_more_of_anything_sees_smaller_effects():
    table = tabulate_smallest_effects((10, 20, 60), (5, 10, 40), before=1, after=3)
    assert (np.diff(table.to_numpy(), axis=0) < 0).all()
    assert (np.diff(table.to_numpy(), axis=1) < 0).all()
    longer = tabulate_smallest_effects((10, 20, 60), (5, 10, 40), before=2, after=5)
    unsteady = tabulate_smallest_effects((10, 20, 60), (5, 10, 40), before=1, after=3, shocks=UNSTEADY)
    assert (longer < table).all(axis=None)
    assert (unsteady > table).all(axis=None)
