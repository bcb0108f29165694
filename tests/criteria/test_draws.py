"""Draws are uniform, unrelated, and keyed by the project alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.draws import Draws, draw_weights
from evaluator.domain.settings import ScoreSettings


@settings(max_examples=30, deadline=None)
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
    weights = draw_weights(10_000)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(weights.mean(axis=0), 0.25, atol=0.01)


def test_number_of_draws_falls_with_the_list_and_never_under_the_least():
    rules = ScoreSettings()
    assert [Draws.of([str(i) for i in range(n)], rules).count for n in (1, 1000, 4000, 20_000)] == [
        10_000,
        10_000,
        2_500,
        1_000,
    ]
