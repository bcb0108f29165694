from dataclasses import replace

import numpy as np
import pytest

from evaluator.income.curves import (
    LEVEL,
    STEP,
    Point,
    correlation,
    fit_curves,
    fit_pattern,
    hats,
    solve,
    turn,
    weigh,
)
from evaluator.income.predictions import predict_new
from tests.income.made_curves import Dense, make_curves

PATH = np.array([0.1, 0.2, 0.1, 0.05, -0.1, -0.2])
AT = [(0.05, 0.5, 0.0), (0.2, 0.9, 0.1), (0.02, 0.2, 0.3)]


def likelihood(curves, tau, rho, omega):
    turned = turn(curves, rho)
    _, gram, logdet = weigh(turned, tau)
    return solve(gram, logdet, turned.parts, omega, precision=np.linalg.inv(curves.prior)).log_likelihood


@pytest.mark.parametrize("unseen", [True, False])
def test_the_likelihood_is_that_of_the_dense_gaussian(unseen):
    curves = make_curves(unseen=unseen)
    fast = np.array([likelihood(curves, *at) for at in AT])
    dense = np.array([Dense(curves, *at).log_likelihood() for at in AT])
    np.testing.assert_allclose(np.diff(fast), np.diff(dense), atol=1e-8)


def test_the_posterior_over_the_grid_adds_to_one_and_repeats():
    points = fit_curves(make_curves())
    assert sum(point.weight for point in points) == pytest.approx(1.0)
    assert all(isinstance(point, Point) and point.weight > 0 for point in points)
    assert [p.weight for p in fit_curves(make_curves())] == [p.weight for p in points]


def test_one_year_of_start_has_no_spread_of_cohorts():
    curves = make_curves()
    alone = replace(curves, cohort=np.zeros(7, np.int64), starts=np.array([2003.0]))
    assert {point.omega for point in fit_curves(alone)} == {0.0}
    assert {point.omega for point in fit_curves(replace(curves, pattern=np.zeros(0)))} == {0.0}


def test_the_order_of_projects_does_not_matter():
    curves, order = make_curves(), np.array([3, 0, 6, 2, 5, 1, 4])
    parts = {name: getattr(curves, name)[order] for name in ("y", "seen", "design", "own", "common", "cohort")}
    one, other = fit_curves(curves), fit_curves(replace(curves, **parts))
    np.testing.assert_allclose([p.weight for p in one], [p.weight for p in other], atol=1e-9)
    np.testing.assert_allclose(one[0].gamma, other[0].gamma, atol=1e-9)


def test_the_unit_of_income_scales_the_curves_and_nothing_else():
    curves = make_curves()
    larger = replace(curves, y=100 * curves.y, own=1e4 * curves.own, common=100 * curves.common)
    (curves, one), (larger, other) = fit_pattern(curves), fit_pattern(larger)
    np.testing.assert_allclose(100 * curves.pattern, larger.pattern, rtol=1e-6)
    np.testing.assert_allclose([p.omega for p in one], [p.omega for p in other])
    np.testing.assert_allclose([p.weight for p in one], [p.weight for p in other], atol=1e-9)
    np.testing.assert_allclose(100 * one[0].gamma, other[0].gamma, rtol=1e-7)


def test_hats_are_linear_between_the_knots_and_constant_beyond():
    found = hats(np.array([0.0, 1.0, 3.0, 9.0]), np.array([0.0, 2.0, 4.0]))
    np.testing.assert_allclose(found, [[1, 0, 0], [0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]])


def test_cohorts_are_closer_the_nearer_their_years():
    curves = make_curves()
    like = curves.likeness @ curves.likeness.T
    np.testing.assert_allclose(np.diag(like), 1.0)
    assert 1 > like[0, 1] > like[1, 2] > like[0, 2] > 0
    np.testing.assert_allclose(correlation(np.array([0.0]), np.array([0.0, 2.0]), 0.5), [[1.0, 0.25]])


def test_the_next_cohort_is_about_as_strong_as_the_last_one_seen():
    factors, random = np.array([1.6, 1.3, 1.0, 0.7, 0.4]), np.random.default_rng(3)
    curves = make_curves(projects=60, noise=1e-3, unseen=False)
    cohort = np.arange(60) % 5
    path = curves.design[:, :, :6] @ PATH
    seen = np.arange(5)[None, :] < np.array([5, 5, 4, 3, 2])[cohort][:, None]
    y = (factors[cohort][:, None] * path + 0.005 * random.normal(size=path.shape)) * seen
    own, common = curves.own * seen[:, :, None] * seen[:, None, :], curves.common * seen[:, :, None]
    whole = replace(curves, y=y, seen=seen, own=own, common=common, cohort=cohort, starts=np.arange(2001.0, 2006.0))
    known, points = fit_pattern(whole)
    found = predict_new(known, points, curves.design[:1], np.array([2006.0]))
    weight = np.array([point.weight for point in points])
    np.testing.assert_allclose(known.pattern, PATH * factors[cohort].mean(), atol=0.02)
    more = weight @ np.array([point.more for point in points])
    np.testing.assert_allclose(np.diff(more), np.diff(factors), atol=0.06)
    np.testing.assert_allclose(weight @ found.mean[:, 0], factors[-1] * path[0], atol=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_projects_that_do_nothing_leave_a_pattern_within_the_noise(seed):
    curves = make_curves(seed, projects=40, noise=1e-3, unseen=False)
    noise = 0.01 * np.random.default_rng(seed).normal(size=curves.y.shape)
    known, points = fit_pattern(replace(curves, y=noise, pattern=np.zeros(0)))
    assert np.abs(known.pattern_of(known.design)).max() < 0.01
    found = predict_new(known, points, curves.design[:1], np.array([2007.0]))
    mean = np.array([point.weight for point in points]) @ found.mean[:, 0]
    assert np.abs(mean).max() < 0.01


def test_the_pattern_rests_after_its_readings(monkeypatch):
    curves = make_curves(projects=40, noise=0.1)
    three, _ = fit_pattern(curves)
    monkeypatch.setattr("evaluator.income.curves.READINGS", 6)
    six, _ = fit_pattern(curves)
    np.testing.assert_allclose(three.pattern, six.pattern, atol=0.05 * np.abs(six.pattern).max())


def test_what_other_traits_change_is_drawn_towards_nothing_and_the_headline_is_not():
    curves = make_curves(projects=9)
    point = {"spreads": np.array([0.3]), "persistences": np.array([0.5]), "cohort_spreads": np.zeros(1)}
    shrunk, free = (fit_curves(replace(curves, main=main), **point)[0].gamma for main in (2, 3))
    knots = len(curves.knots)
    assert np.linalg.norm(shrunk[2 * knots :]) < np.linalg.norm(free[2 * knots :])
    first, last = np.sqrt(np.diag(curves.prior))[[0, knots - 1]] / curves.size
    assert first == pytest.approx(LEVEL)
    assert last == pytest.approx(np.hypot(LEVEL, STEP * np.sqrt(knots - 1)))
