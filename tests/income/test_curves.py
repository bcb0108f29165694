from dataclasses import replace

import numpy as np
import pytest

from evaluator.income.curves import LEVEL, STEP, Cohorts, Point, correlation, fit_curves, hats, solve, turn, weigh
from tests.income.made_curves import Dense, make_curves

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
    alone = replace(curves, cohort=np.zeros(7, np.int64), cohorts=Cohorts(np.array([2003.0]), np.array([0.0])))
    assert {point.omega for point in fit_curves(alone)} == {0.0}


def test_the_order_of_projects_does_not_matter():
    curves, order = make_curves(), np.array([3, 0, 6, 2, 5, 1, 4])
    parts = {name: getattr(curves, name)[order] for name in ("y", "seen", "design", "own", "common", "cohort")}
    one, other = fit_curves(curves), fit_curves(replace(curves, **parts))
    np.testing.assert_allclose([p.weight for p in one], [p.weight for p in other], atol=1e-9)
    np.testing.assert_allclose(one[0].gamma, other[0].gamma, atol=1e-9)


def test_the_unit_of_income_scales_the_curves_and_nothing_else():
    curves = make_curves()
    larger = replace(curves, y=100 * curves.y, own=1e4 * curves.own, common=100 * curves.common)
    one, other = fit_curves(curves), fit_curves(larger)
    np.testing.assert_allclose([p.weight for p in one], [p.weight for p in other], atol=1e-9)
    np.testing.assert_allclose(100 * one[0].gamma, other[0].gamma, rtol=1e-7)


def test_hats_are_linear_between_the_knots_and_constant_beyond():
    found = hats(np.array([0.0, 1.0, 3.0, 9.0]), np.array([0.0, 2.0, 4.0]))
    np.testing.assert_allclose(found, [[1, 0, 0], [0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0, 1]])


def test_cohorts_of_one_kind_are_closer_the_nearer_their_years():
    cohorts = Cohorts(np.array([1.0, 2.0, 4.0]), np.array([0.0, 0.0, 1.0]))
    found = cohorts.likeness(cohorts)
    assert found[0, 0] == 1.0
    assert 0 < found[0, 1] < 1
    assert found[0, 2] == 0.0
    np.testing.assert_allclose(correlation(np.array([0.0]), np.array([0.0, 2.0]), 0.5), [[1.0, 0.25]])


def test_what_other_traits_change_is_drawn_towards_nothing_and_the_headline_is_not():
    curves = make_curves(projects=9)
    point = {"spreads": np.array([0.3]), "persistences": np.array([0.5]), "cohort_spreads": np.zeros(1)}
    shrunk, free = (fit_curves(replace(curves, main=main), **point)[0].gamma for main in (2, 3))
    knots = len(curves.knots)
    assert np.linalg.norm(shrunk[2 * knots :]) < np.linalg.norm(free[2 * knots :])
    first, last = np.sqrt(np.diag(curves.prior))[[0, knots - 1]] / curves.size
    assert first == pytest.approx(LEVEL)
    assert last == pytest.approx(np.hypot(LEVEL, STEP * np.sqrt(knots - 1)))
