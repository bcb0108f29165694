"""Draws are uniform, unrelated, and keyed by the project alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.draws import Draws
from evaluator.domain.settings import ScoreSettings


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=6, unique=True), st.integers(0, 5))
def test_draws_of_a_project_do_not_depend_on_the_other_rows(ids, place):
    rules = ScoreSettings(draws=200)
    alone = Draws.of([ids[0]], rules).uniform(np.arange(1), "room", 3)
    among = [*ids[1:]]
    among.insert(min(place, len(among)), ids[0])
    together = Draws.of(among, rules).uniform(np.arange(len(among)), "room", 3)
    np.testing.assert_array_equal(alone[0], together[among.index(ids[0])])


def test_draws_are_uniform_and_unrelated_between_projects_and_inputs():
    draws = Draws.of(["a", "b"], ScoreSettings())
    first, second = draws.uniform(np.arange(2), "room", 0)
    other = draws.uniform(np.arange(1), "room", 1)[0]
    for sample in (first, second, other):
        assert sample.mean() == pytest.approx(0.5, abs=0.012)
        assert sample.var() == pytest.approx(1 / 12, abs=0.004)
    assert abs(np.corrcoef([first, second, other]) - np.eye(3)).max() < 0.04


def test_number_of_draws_falls_with_the_list_and_never_under_the_least():
    rules = ScoreSettings()
    assert [Draws.of([str(i) for i in range(n)], rules).count for n in (1, 1000, 4000, 20_000)] == [
        10_000,
        10_000,
        2_500,
        1_000,
    ]


def test_the_first_thousand_draws_fill_every_part_of_the_range_and_stay_unrelated():
    """Each of 40 inputs is even to a hundredth; no two of them go together more than chance allows."""
    draws = Draws.again([f"p{i}" for i in range(20)], 1000, "test")
    sample = np.concatenate([draws.uniform(np.arange(20), "room", stream) for stream in range(2)])
    for share in (0.05, 0.5, 0.95):
        np.testing.assert_allclose(np.quantile(sample, share, axis=1), share, atol=0.005)
    related = np.corrcoef(sample)[np.triu_indices(40, 1)]
    assert abs(related).max() < 0.14
    assert related.std() == pytest.approx(1000**-0.5, rel=0.15)


def test_longer_draws_begin_with_the_shorter_ones():
    short, long = (Draws.again(["a"], count, "x").uniform(np.arange(1), "room", 0)[0] for count in (700, 5000))
    np.testing.assert_array_equal(short, long[:700])


def test_moved_anchors_keep_their_order_and_stay_within_their_share():
    points = Draws(np.array([1], np.uint32), 5000, 0.3, "A").moved_points([3, 5, 8, 12], "payback.payback")
    assert (np.diff(points, axis=0) > 0).all()
    np.testing.assert_allclose(
        abs(points - np.array([[3], [5], [8], [12]])).max(axis=1), [0.6, 0.6, 0.9, 1.2], atol=0.01
    )
