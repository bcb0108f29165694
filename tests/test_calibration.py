"""Calibration: published examples, a known truth recovered, and no probability where outcomes are too few."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import mannwhitneyu

from evaluator.calibration import (
    auc_interval,
    calibrate,
    fit_curve,
    label_outcomes,
    leave_one_out,
    reliability_curve,
    wilson_interval,
)
from evaluator.domain.settings import CalibrationSettings


def past(rows=600, counties=12, slope=6.0, seed=1):
    """Severities, outcomes and counties drawn from a known logistic truth."""
    rng = np.random.default_rng(seed)
    severity = rng.uniform(0, 100, rows)
    failed = (rng.uniform(size=rows) < truth(severity, slope)).astype(float)
    return severity, failed, rng.integers(0, counties, rows).astype(object)


def truth(severity, slope=6.0):
    return expit(slope * (severity / 100 - 0.5))


def calibrated(severity, failed, county, asked=(10.0, 90.0), **changes):
    return calibrate(
        severity, failed, county, severity >= 50, asked=pd.Series(asked, index=[f"p{i}" for i in range(len(asked))]),
        settings=CalibrationSettings(**changes),
    )  # fmt: skip


def test_hanley_and_mcneil_1982_ct_ratings():
    """109 CT images rated 1-5: area 0.893; standard error 0.0307 and interval as Stata's roctab prints."""
    normal, abnormal = [33, 6, 6, 11, 2], [3, 2, 2, 11, 33]
    score = np.repeat([1.0, 2, 3, 4, 5] * 2, normal + abnormal)
    failed = np.repeat([0.0] * 5 + [1.0] * 5, normal + abnormal)
    area, low, high = auc_interval(score, failed)
    assert area == pytest.approx(0.8932, abs=5e-5)
    assert (high - low) / 2 / 1.959964 == pytest.approx(0.0307, abs=5e-5)
    assert (low, high) == pytest.approx((0.83295, 0.95339), abs=5e-5)


def test_newcombe_1998_wilson_intervals():
    """Newcombe (1998, Statistics in Medicine 17: 857-872), table I, method 3."""
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def ranked_area(failed, score):
    """Area under the curve from scipy's U statistic, U / (n₁ n₀)."""
    pairs = failed.sum() * (len(failed) - failed.sum())
    return mannwhitneyu(score[failed == 1], score[failed == 0]).statistic / pairs


@examples(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=6, max_size=40))
def test_the_area_is_mann_and_whitneys_and_one_project_a_cluster_is_delongs(rows):
    score, failed = np.array([r[0] for r in rows], float), np.array([r[1] for r in rows], float)
    if min(failed.sum(), len(failed) - failed.sum()) < 2:
        return
    area, low, high = auc_interval(score, failed)
    assert area == pytest.approx(ranked_area(failed, score))
    # alone in its cluster a project has no share in both components: Obuchowski's variance is DeLong's
    alone = auc_interval(score, failed, np.arange(len(score)))
    assert alone == pytest.approx((area, low, high), abs=1e-9)


def test_projects_of_one_county_that_go_together_widen_the_interval():
    severity, failed, _ = past(200)
    once = auc_interval(severity, failed, np.arange(200))
    # every project counted twice is no more evidence
    twice = auc_interval(np.repeat(severity, 2), np.repeat(failed, 2), np.repeat(np.arange(200), 2))
    assert twice == pytest.approx(once, rel=1e-6)
    naive = auc_interval(np.repeat(severity, 2), np.repeat(failed, 2))
    assert naive[2] - naive[1] < once[2] - once[1]


@pytest.mark.parametrize(("method", "within"), [("logistic", 0.04), ("isotonic", 0.12)])
def test_a_known_truth_is_recovered(method, within):
    severity, failed, _ = past(4000)
    at = np.linspace(5, 95, 19)
    assert np.abs(fit_curve(severity, failed, method=method)(at) - truth(at)).max() < within


def test_forecasts_for_counties_left_out_are_calibrated_and_beat_the_base_rate():
    severity, failed, county = past(1500)
    result = calibrated(severity, failed, county)
    assert result.status == "calibrated"
    assert result.method == "isotonic"
    assert result.brier < result.brier_base
    expected = np.mean(truth(severity) * (1 - truth(severity)))  # the Brier score of the truth itself
    assert result.brier == pytest.approx(expected, abs=0.01)
    held = [group.failed.low <= group.forecast <= group.failed.high for group in result.reliability]
    assert sum(held) >= len(held) - 1
    assert result.auc_low < result.auc < result.auc_high
    assert result.p_failure["p0"] < 0.3
    assert result.p_failure["p1"] > 0.7


def test_intervals_of_the_area_hold_the_truth_as_often_as_they_say():
    """True area of the simulation: the area over a very large draw."""
    wide = past(200_000, seed=99)
    true = ranked_area(wide[1], wide[0])
    held = 0
    for seed in range(200):
        severity, failed, county = past(150, seed=seed)
        _, low, high = auc_interval(severity, failed, county.astype(int))
        held += low <= true <= high
    assert 0.88 <= held / 200 <= 1.0


def test_forecasts_never_see_their_own_county():
    severity, failed, county = past(120, counties=4)
    place = county.astype(int)
    before, _ = leave_one_out(severity, failed, place, method="logistic")
    changed = np.where(place == 2, 1 - failed, failed)
    after, _ = leave_one_out(severity, changed, place, method="logistic")
    np.testing.assert_array_equal(before[place == 2], after[place == 2])
    assert (before[place != 2] != after[place != 2]).all()


def test_noise_is_not_discrimination():
    rng = np.random.default_rng(5)
    severity, county = rng.uniform(0, 100, 400), rng.integers(0, 8, 400).astype(object)
    result = calibrated(severity, (rng.uniform(size=400) < 0.4).astype(float), county)
    assert result.auc_low < 0.5 < result.auc_high
    assert result.brier == pytest.approx(result.brier_base, abs=0.01)


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ({"rows": 20}, "few_labels"),
        ({"slope": 0.0, "failed": 0.0}, "few_failures"),
        ({"slope": 0.0, "failed": 1.0}, "few_successes"),
        ({"counties": 2}, "few_counties"),
    ],
)
def test_too_few_outcomes_leave_it_uncalibrated(rows, status):
    constant = rows.pop("failed", None)
    severity, failed, county = past(**rows)
    failed = failed if constant is None else np.full(len(failed), constant)
    result = calibrated(severity, failed, county)
    assert result.status == status
    assert result.p_failure is None
    assert result.precision is None
    assert np.isnan(result.auc)


def test_severities_nobody_has_seen_get_no_probability():
    severity, failed, county = past(400)
    keep = severity < 70
    result = calibrated(severity[keep], failed[keep], county[keep], asked=(50.0, 90.0, np.nan))
    assert result.p_failure.isna().tolist() == [False, True, True]


def test_projects_whose_severity_is_not_known_are_counted_apart():
    severity, failed, county = past(400)
    severity[:30] = np.nan
    failed[30:50] = np.nan
    result = calibrated(severity, failed, county)
    assert (result.labels, result.unjudged) == (350, 30)


def test_precision_and_recall_are_counts():
    severity = np.array([90.0] * 30 + [10.0] * 30)
    failed = np.array([1.0] * 20 + [0.0] * 10 + [1.0] * 5 + [0.0] * 25)
    result = calibrated(severity, failed, np.arange(60).astype(object) % 6)
    assert (result.precision.hits, result.precision.count) == (20, 30)
    assert (result.recall.hits, result.recall.count) == (20, 25)


def test_outcomes_parted_by_severity_stay_finite():
    severity = np.concatenate([np.linspace(0, 40, 30), np.linspace(60, 100, 30)])
    curve = fit_curve(severity, (severity > 50).astype(float), method="logistic")
    assert 0 < curve(np.array([0.0]))[0] < 0.1
    assert 0.9 < curve(np.array([100.0]))[0] < 1


def test_every_project_is_in_one_group_of_the_reliability_curve():
    forecast = np.array([0.2] * 50 + [0.8] * 10)
    curve = reliability_curve(forecast, np.zeros(60), bins=5, confidence=0.95)
    assert sum(group.failed.count for group in curve) == 60
    assert len(curve) == 2


def test_any_no_is_a_failure_and_silence_is_no_label():
    frame = pd.DataFrame(
        {
            "outcome_3y": pd.Series([True, True, False, None, None, True], dtype=object),
            "outcome_income_kept": pd.Series([True, False, None, None, True, None], dtype=object),
        }
    )
    np.testing.assert_array_equal(label_outcomes(frame), [0, 1, 1, np.nan, 0, 0])
