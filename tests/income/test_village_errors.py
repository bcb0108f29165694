import numpy as np
import pytest

from evaluator.income.project_moments import gather, until
from evaluator.income.village_errors import VillageErrors, fit_village_errors, household_variance
from tests.income.simulate import VILLAGE_RHO, VILLAGE_SD, draw


def blank(villages, years, *, shock=0.01, rho=0.6, household=0.02, random):
    """Moments of villages of ten households over some years, with known variances."""
    decay = rho ** np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    common = random.multivariate_normal(np.zeros(years), shock * decay, villages)
    y = common[:, None, :] + np.sqrt(household) * random.normal(size=(villages, 10, years))
    sweep = np.eye(years) - 1 / years
    s = np.repeat(10 * sweep[None], villages, axis=0)
    within = y @ sweep
    return s, within.sum(axis=1), (y * within).sum(axis=(1, 2)), s


def test_the_variance_within_households_is_that_of_ordinary_least_squares():
    s, u, cross, noise = blank(3, 6, household=0.04, random=np.random.default_rng(0))
    found = household_variance(s, u, cross, noise, dof=3 * 10 * 5)
    left = cross.sum() - (u**2).sum() / 10  # every village's year has its own mean
    assert found == pytest.approx(left / (3 * 10 * 5 - 3 * 5), rel=1e-9)
    assert household_variance(s[:1] / 10, u[:1], cross[:1], noise[:1] / 10, dof=5) == 0.0  # one household


def test_known_variances_are_found():
    s, u, _, noise = blank(200, 10, shock=0.0064, random=np.random.default_rng(1))
    found = fit_village_errors(s, u, noise, np.arange(10), 0.02)
    assert found.shock + found.passing == pytest.approx(0.0064, rel=0.2)
    assert found.covariance(np.arange(3))[0, 1] == pytest.approx(0.6 * 0.0064, rel=0.3)
    assert (found.clusters, found.village_years) == (200, 200 * 9)


def test_shocks_of_the_simulated_world_are_found_in_the_years_before():
    cells = until(draw(np.random.default_rng(2), 200).cells(), 2)
    whole = gather(cells)
    found = fit_village_errors(whole.s, whole.u, whole.noise, cells.years, 0.022)
    differences = 2 * (found.covariance(cells.years)[0, 0] - found.covariance(cells.years)[0, 1])
    assert differences == pytest.approx(2 * VILLAGE_SD**2 * (1 - VILLAGE_RHO), rel=0.4)


def test_too_little_is_answered_with_a_round_number():
    s, u, _, noise = blank(1, 4, random=np.random.default_rng(3))
    found = fit_village_errors(s, u, noise, np.arange(4), 0.02)
    assert (found.rho, found.passing) == (0.5, 0.0)
    assert found.shock >= 0
    assert fit_village_errors(s[:0], u[:0], noise[:0], np.arange(4), 0.02).shock == 0.0


def test_the_covariance_joins_a_lasting_and_a_passing_shock():
    found = VillageErrors(shock=2.0, rho=0.5, passing=1.0, household=0.0).covariance(np.array([2001, 2003]))
    np.testing.assert_allclose(found, [[3.0, 0.5], [0.5, 3.0]])
