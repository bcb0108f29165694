"""Bounds of Rambachan and Roth: published digits, a linear program as oracle, and what must hold of any path."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evaluator.income import honest
from evaluator.income.honest import EventPath, around_reference, bound_relative, bound_smooth

# Event study of Medicaid expansion on insurance, two-way fixed effects, 43 states, 2008-2015 without 2013, clustered
# by state (data of the "Mixtape Sessions" course, file ehec_data; estimates and published intervals: vignette of the
# R package HonestDiD). Covariance times 1e5.
MEDICAID = np.array([-0.0052853424, -0.011297318, -0.0026759755, -0.0014193119, 0.00033967749, 0.046446865, 0.06920618])
MEDICAID_COVARIANCE = 1e-5 * np.array(
    [
        [7.4884847, 6.0398755, 4.4446187, 3.3857656, 4.3280135, 4.7658822, 2.4251295],
        [6.0398755, 7.2664991, 3.7893281, 2.8665763, 4.5433213, 4.4288527, 2.8246558],
        [4.4446187, 3.7893281, 5.0520507, 2.673678, 2.7781938, 3.0606454, 0.9637548],
        [3.3857656, 2.8665763, 2.673678, 4.0032218, 2.4128609, 2.3808694, 0.29239019],
        [4.3280135, 4.5433213, 2.7781938, 2.4128609, 5.4626654, 3.6825353, 0.97229778],
        [4.7658822, 4.4288527, 3.0606454, 2.3808694, 3.6825353, 8.375674, 6.3214033],
        [2.4251295, 2.8246558, 0.9637548, 0.29239019, 0.97229778, 6.3214033, 10.712358],
    ]
)
PATH = EventPath(MEDICAID[:5], MEDICAID[5:], MEDICAID_COVARIANCE)
RELATIVE = {0.5: (0.0241, 0.0673), 1.0: (0.0171, 0.0720), 1.5: (0.00859, 0.0796), 2.0: (-0.00107, 0.0883)}
SMOOTH = {
    0.0: ("0.0259", "0.0607"),
    0.01: ("0.0132", "0.0787"),
    0.02: ("0.00286", "0.0907"),
    0.03: ("-0.00714", "0.101"),
    0.04: ("-0.0171", "0.111"),
    0.05: ("-0.0271", "0.121"),
}


def carried(printed):
    """Half a unit of the last printed digit, at least 2e-4."""
    return max(2e-4, 0.5 * 10.0 ** -len(printed.split(".")[1]))


@pytest.mark.parametrize("limit", RELATIVE)
def test_relative_magnitudes_of_medicaid_expansion_as_published(limit):
    bound = bound_relative(PATH, [1, 0], limit=limit)
    assert (bound.low, bound.high) == pytest.approx(RELATIVE[limit], abs=5e-4)
    assert not bound.open


@pytest.mark.parametrize("limit", SMOOTH)
def test_smoothness_of_medicaid_expansion_as_published(limit):
    bound = bound_smooth(PATH, [1, 0], limit=limit)
    for found, printed in zip((bound.low, bound.high), SMOOTH[limit], strict=True):
        assert abs(found - float(printed)) <= carried(printed)


@pytest.mark.slow
def test_breakdown_stands_where_zero_enters():
    limit = honest.find_breakdown(PATH, [1, 0])
    assert bound_relative(PATH, [1, 0], limit=limit - 0.05).low > 0
    assert bound_relative(PATH, [1, 0], limit=limit + 0.05).low < 0
    assert 1.5 < limit < 2  # between the published rows


def test_closed_vertices_equal_the_linear_program():
    random = np.random.default_rng(3)
    n_pre, target = 3, np.array([0.2, -0.5, 0.0, 1.0])
    steps = honest._changes(n_pre, len(target))
    moments = np.vstack([steps[n_pre:], -steps[n_pre:]]) - 0.7 * steps[1]
    root = random.normal(size=(7, 7))
    spread = np.sqrt(np.diag(moments @ root @ root.T @ moments.T))
    vertex = honest._vertices(spread, target)
    # nuisance: directions of τ that leave the target alone
    free = np.linalg.svd(target[None, :])[2][1:].T
    for _ in range(20):
        y = random.normal(size=len(moments))
        program = linprog(
            [1, *np.zeros(free.shape[1])],
            A_ub=-np.column_stack([spread, moments[:, n_pre:] @ free]),
            b_ub=-y,
            bounds=(None, None),
        )
        assert (vertex @ y).max() == pytest.approx(program.fun, abs=1e-9)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 4))
def test_a_weaker_assumption_never_narrows_the_interval(seed, n_pre, n_post):
    random = np.random.default_rng(seed)
    root = random.normal(size=(n_pre + n_post, n_pre + n_post))
    path = EventPath(random.normal(size=n_pre), random.normal(size=n_post), root @ root.T + np.eye(n_pre + n_post))
    target = np.full(n_post, 1 / n_post)
    widths = [bound.high - bound.low for bound in (bound_smooth(path, target, limit=m) for m in (0, 0.1, 0.5, 2))]
    assert np.all(np.diff(widths) >= -1e-6)
    tight, loose = (bound_relative(path, target, limit=m) for m in (0.5, 2.0))
    assert loose.high >= tight.high - 1e-9
    assert loose.low <= tight.low + 1e-9


def test_the_unit_of_income_only_scales_the_bounds():
    scaled = EventPath(100 * PATH.before, 100 * PATH.after, 1e4 * PATH.covariance)
    a, b = bound_relative(PATH, [0.5, 0.5], limit=1), bound_relative(scaled, [0.5, 0.5], limit=1)
    assert (100 * a.low, 100 * a.high) == pytest.approx((b.low, b.high))
    c, d = bound_smooth(PATH, [0.5, 0.5], limit=0.01), bound_smooth(scaled, [0.5, 0.5], limit=1)
    assert (100 * c.low, 100 * c.high) == pytest.approx((d.low, d.high), rel=1e-4)


def test_few_clusters_widen_to_the_t_interval():
    beta, se = np.array([0.0, 0.1]), 0.02
    path = EventPath(beta[:1], beta[1:], se**2 * np.eye(2), df=5)
    bound = bound_smooth(path, [1], limit=0)
    assert bound.high - bound.low == pytest.approx(2 * 2.570582 * se * np.sqrt(2), rel=1e-6)


def test_path_is_cut_at_the_first_gap():
    path = around_reference([-5, -3, -2, 0, 1, 3], np.arange(6.0), np.diag(np.arange(1.0, 7)), df=9)
    assert path.before.tolist() == [1, 2]
    assert path.after.tolist() == [3, 4]
    assert np.diag(path.covariance).tolist() == [2, 3, 4, 5]


def test_without_years_before_nothing_is_said():
    path = around_reference([0, 1], [0.1, 0.2], np.eye(2))
    table = honest.measure_sensitivity(path, [0, 1])
    assert np.isnan(table.breakdown)
    assert all(np.isnan(bound.low) and np.isnan(bound.high) for bound in table.bounds)
