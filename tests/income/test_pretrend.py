"""The test of the years before the start: its size, its power and what it refuses."""

import numpy as np
import pytest
from scipy import stats

from evaluator.income.pretrend import check_pretrend


def sample(random, villages, mean, root):
    """Leads of each village, their mean and the delete-one jackknife covariance of the mean."""
    rows = mean + random.normal(size=(villages, len(mean))) @ root
    return rows.mean(axis=0), np.cov(rows.T) / villages


def test_equals_hotelling_by_hand():
    # Johnson and Wichern, Applied Multivariate Statistical Analysis, example 5.1: T² = 7/9 for three points in two
    # variables against (9, 5), an F(2, 1) variable times 4
    rows = np.array([[6.0, 9], [10, 6], [8, 3]]) - np.array([9.0, 5])
    found = check_pretrend([-3, -2], rows.mean(axis=0), np.cov(rows.T) / 3, clusters=3)
    assert found.statistic * 4 == pytest.approx(7 / 9)
    assert found.df == (2.0, 1.0)
    assert found.p == pytest.approx(stats.f.sf(7 / 36, 2, 1))


@pytest.mark.slow
def test_size_is_five_percent_and_power_at_the_detectable_trend_is_four_fifths():
    random = np.random.default_rng(4)
    root = random.normal(size=(4, 4))
    events, line = np.array([-5, -4, -3, -2]), np.array([-4.0, -3, -2, -1])
    covariance = root.T @ root / 14
    slope = check_pretrend(events, np.zeros(4), covariance, clusters=14).detectable
    # the true covariance shows a trend smaller than an estimated one on average does
    slope *= np.sqrt((14 - 4 - 2) / 13)
    null = [check_pretrend(events, *sample(random, 14, 0 * line, root), clusters=14).p < 0.05 for _ in range(800)]
    seen = [check_pretrend(events, *sample(random, 14, slope * line, root), clusters=14).p < 0.05 for _ in range(800)]
    assert np.mean(null) == pytest.approx(0.05, abs=0.023)
    assert np.mean(seen) == pytest.approx(0.8, abs=0.045)


def test_more_clusters_see_smaller_trends():
    slopes = [check_pretrend([-3, -2], [0, 0], np.eye(2) / g, clusters=g).detectable for g in (6, 12, 50, 200)]
    assert np.all(np.diff(slopes) < 0)


def test_slope_reads_as_no_steeper_than():
    found = check_pretrend([-4, -3, -2, 0, 1], [-0.03, -0.02, -0.01, 9, 9], 1e-4 * np.eye(5), clusters=21)
    assert found.events == (-4, -3, -2)
    assert found.slope == pytest.approx(0.01)
    se = 0.01 / np.sqrt(14)
    assert found.slope_high == pytest.approx(0.01 + stats.t.ppf(0.975, 20) * se)
    assert found.ruled_out == pytest.approx(0.01 + stats.t.ppf(0.95, 20) * se)


@pytest.mark.parametrize(
    ("events", "covariance", "clusters", "code"),
    [
        ([0, 1], np.eye(2), 20, "no_leads"),
        ([-3, -2], np.eye(2), 2, "few_clusters_for_leads"),
        ([-3, -2], np.ones((2, 2)), 20, "leads_not_apart"),
    ],
)
def test_refuses_rather_than_guesses(events, covariance, clusters, code):
    found = check_pretrend(events, [0.1, 0.2], covariance, clusters=clusters)
    assert found.refusal.code == code
    assert np.isnan(found.p)
