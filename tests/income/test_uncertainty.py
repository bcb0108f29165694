"""Errors: the jackknife of a mean, fixest's small-sample factor, bands wider than pointwise intervals."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t

from evaluator.income.average import Mean
from evaluator.income.uncertainty import (
    Inference,
    cluster_factor,
    draw_path,
    estimate_mean,
    find_band,
    jackknife_covariance,
    with_error,
)

VALUES = np.random.default_rng(0).normal(size=15)
MEAN = Mean(
    float(VALUES.mean()),
    (VALUES.sum() - VALUES) / 14,
    lambda: (VALUES - VALUES.mean()) / 15,
    units=15,
    clusters=15,
    rows=15,
)


def test_jackknife_of_a_mean_is_its_usual_error():
    found = estimate_mean("overall", MEAN, Inference())
    assert found.se == pytest.approx(VALUES.std(ddof=1) / np.sqrt(15))
    assert found.high - found.estimate == pytest.approx(t.ppf(0.975, 14) * found.se)
    assert found.p == pytest.approx(2 * t.sf(abs(found.estimate) / found.se, 14))


def test_cluster_robust_error_of_a_mean():
    found = estimate_mean("overall", MEAN, Inference("cluster", factor=cluster_factor(15, 15, 1)))
    assert found.se == pytest.approx(VALUES.std(ddof=1) / np.sqrt(15))


def test_factor_of_fixest():
    assert cluster_factor(500, 2500, 6) == pytest.approx(500 / 499 * 2499 / 2494)
    assert np.isnan(cluster_factor(1, 10, 2))


def test_one_cluster_alone_is_refused():
    left = np.append(MEAN.left[:-1], np.nan)
    for kind in ("jackknife", "cluster"):
        found = estimate_mean("overall", Mean(1.0, left, MEAN.pull, clusters=1), Inference(kind))
        assert found.refusal is not None and found.refusal.code == "one_cluster" and np.isnan(found.estimate)
    path = draw_path("all", [0, 1], [MEAN, Mean(1.0, left, MEAN.pull)], Inference("cluster"))
    assert np.isfinite(path.se[0]) and np.isnan([path.estimate[1], path.se[1]]).all()


def test_effects_of_one_cluster_each_have_no_cluster_robust_error():
    """Each is fitted exactly, so that the influence of every cluster is nothing but rounding."""
    mean = replace(MEAN, pull=lambda: 1e-17 * MEAN.influence)
    found = estimate_mean("overall", mean, Inference("cluster"))
    assert found.refusal is not None and found.refusal.code == "no_error"
    assert estimate_mean("overall", mean, Inference()).se > 0


def test_band_of_independent_estimates_is_that_of_sidak():
    band = find_band(np.eye(5), df=1e6, alpha=0.05, seed=1)
    from scipy.stats import norm

    assert band == pytest.approx(norm.ppf(1 - (1 - 0.95**0.2) / 2), abs=0.03)
    assert find_band(np.ones((4, 4)), df=10, alpha=0.05, seed=1) == pytest.approx(t.ppf(0.975, 10), abs=0.06)


def test_path_holds_intervals_inside_bands():
    path = draw_path("all", [0, 1], [MEAN, MEAN], Inference())
    assert (path.band_low <= path.low).all() and (path.band_high >= path.high).all()
    np.testing.assert_allclose(path.covariance, jackknife_covariance(np.column_stack([MEAN.left, MEAN.left])))


def test_error_of_zero_leaves_no_doubt():
    assert with_error("x", MEAN, 0.0, df=3, alpha=0.05).p == 0.0
