from dataclasses import replace

import numpy as np
import pytest

from evaluator.income.curves import Point, curve_design, fit_curves, hats
from evaluator.income.predictions import predict_new, predict_running
from tests.income.made_curves import EVENTS, KNOTS, Dense, make_curves

NEW = np.array([2007.0, 2004.0])
TRAITS = np.array([[1.0, 0.4], [0.0, -2.0]])


def at(tau, rho, omega):
    return (Point(tau, rho, omega, 1.0, 0.0, np.zeros(0), np.zeros((0, 0)), np.zeros(0)),)


@pytest.mark.parametrize("point", [(0.05, 0.5, 0.0), (0.2, 0.9, 0.1)])
@pytest.mark.parametrize("unseen", [True, False])
def test_running_projects_have_the_conditional_gaussian(point, unseen):
    curves = make_curves(unseen=unseen)
    dense = Dense(curves, *point)
    mean, covariance = dense.condition(dense.effects, dense.effects)
    found = predict_running(curves, at(*point))
    n, e = curves.y.shape
    np.testing.assert_allclose(found.mean[0].ravel(), mean, atol=1e-8)
    blocks = covariance.reshape(n, e, n, e)[np.arange(n), :, np.arange(n), :]
    np.testing.assert_allclose(found.covariance[0], blocks, atol=1e-8)


@pytest.mark.parametrize("point", [(0.05, 0.5, 0.0), (0.2, 0.9, 0.1)])
def test_new_projects_have_the_conditional_gaussian(point):
    curves = make_curves()
    dense, e = Dense(curves, *point), len(EVENTS)
    design = curve_design(TRAITS, hats(EVENTS, KNOTS))
    cross = dense.between(design, NEW, np.array([-1, -2]), np.arange(7))
    twins = replace(
        curves, y=np.zeros((2, e)), seen=np.ones((2, e), bool), design=design, cohort=np.arange(2), starts=NEW
    )
    twin = Dense.__new__(Dense)
    twin.curves, twin.at, twin.prior = twins, point, dense.prior
    prior = twin.between(design, NEW, np.arange(2), np.arange(2))
    mean, covariance = dense.condition(cross, prior)
    found = predict_new(curves, at(*point), design, NEW)
    np.testing.assert_allclose(found.mean[0].ravel(), mean, atol=1e-8)
    np.testing.assert_allclose(found.covariance[0, 1], covariance[e:, e:], atol=1e-8)


def test_the_link_with_errors_of_later_estimates_is_exact():
    curves, point = make_curves(), (0.1, 0.7, 0.05)
    dense, random = Dense(curves, *point), np.random.default_rng(1)
    n, e = curves.y.shape
    later = random.normal(size=(n, e, e)) * curves.seen[:, :, None]
    found = predict_running(curves, at(*point), later=later)
    whole = np.zeros((n, e, n, e))
    for p in range(n):
        whole[p, :, p, :] = later[p]
    # prediction error = effect − gain (effect + error): what of it moves with the later errors is −gain × error
    link = -dense.gain() @ whole.reshape(n * e, n * e)[dense.rows]
    np.testing.assert_allclose(found.with_error[0].ravel(), np.diag(link), atol=1e-8)


def test_without_error_the_estimates_themselves_are_predicted():
    curves = make_curves(noise=1e-16)
    found = predict_running(curves, fit_curves(curves))
    np.testing.assert_allclose(
        found.mean[:, curves.seen], np.tile(curves.y[curves.seen], (len(found.mean), 1)), atol=1e-6
    )
    assert found.sd[:, curves.seen].max() < 1e-5
    assert found.sd[:, ~curves.seen].min() > 1e-3


def test_a_project_without_estimates_changes_no_other():
    curves = make_curves()
    grown = replace(
        curves,
        **{
            name: np.concatenate([getattr(curves, name), 0 * getattr(curves, name)[:1]])
            for name in ("y", "own", "common")
        },
        seen=np.vstack([curves.seen, np.zeros((1, 5), bool)]),
        design=np.concatenate([curves.design, curves.design[2:3]]),
        cohort=np.append(curves.cohort, 2),
    )
    one, other = fit_curves(curves), fit_curves(grown)
    np.testing.assert_allclose([p.weight for p in one], [p.weight for p in other], atol=1e-8)
    before, after = predict_running(curves, one), predict_running(grown, other)
    np.testing.assert_allclose(before.mean, after.mean[:, :7], atol=1e-8)
    np.testing.assert_allclose(before.sd, after.sd[:, :7], atol=1e-8)


def test_averages_carry_the_covariance_of_the_years():
    found = predict_running(make_curves(), at(0.1, 0.9, 0.0))
    share = np.tile([0.0, 0.0, 0.0, 0.5, 0.5], (7, 1))
    mean, sd = found.average(share)
    assert mean[0, 2] == pytest.approx(found.mean[0, 2, 3:].mean())
    assert sd[0, 2] == pytest.approx(0.5 * np.sqrt(found.covariance[0, 2, 3:, 3:].sum()))
