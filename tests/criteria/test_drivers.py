"""Indices equal the analytic ones of the Ishigami and of an additive function, and name what varies in a list."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.draws import Draws, keyed_uniform
from evaluator.criteria.drivers import GROUPS, measure_drivers, sobol_indices
from evaluator.criteria.score import Part, Quantity, score_parts
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.settings import CRITERIA, ScoreSettings, WeightSettings

RULES = ScoreSettings()
IDENTITY = ((0.0, 0.0), (100.0, 100.0))


def answers(model, columns, count=60_000):
    a, b = (keyed_uniform(count, columns, room) for room in ("first", "second"))
    mixed = []
    for k in range(columns):
        mixture = a.copy()
        mixture[:, k] = b[:, k]
        mixed.append(model(mixture))
    return sobol_indices(model(a), model(b), mixed)


def test_ishigami():
    """Ishigami & Homma 1990, a = 7, b = 0.1: first order .3139 .4424 0, total .5576 .4424 .2437 (Saltelli 2000)."""

    def ishigami(u):
        x = np.pi * (2 * u - 1)
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    found = answers(ishigami, 3)
    np.testing.assert_allclose(found.first, [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found.total, [0.5576, 0.4424, 0.2437], atol=0.015)
    assert (found.error < 0.02).all()


def test_additive():
    """f = x1 + 2·x2 + 3·x3: both indices are 1/14, 4/14 and 9/14, and the shares are the indices."""
    found = answers(lambda u: u @ np.array([1.0, 2.0, 3.0]), 3)
    expected = np.array([1, 4, 9]) / 14
    np.testing.assert_allclose(found.first, expected, atol=0.02)
    np.testing.assert_allclose(found.total, expected, atol=0.01)
    np.testing.assert_allclose(found.shares, expected, atol=0.01)


def test_nothing_varies():
    flat = answers(lambda u: np.full(len(u), 3.0), 2)
    assert not flat.first.any()
    assert not flat.total.any()
    assert np.isnan(flat.shares).all()


def drive(values, *, spread=0.0, order="", share=0.2, top=3):
    """Drivers of projects given as rows of four criterion values (NaN = missing), each known to ± spread."""
    table = np.array(values, float)
    index = pd.Index([f"p{i}" for i in range(len(table))])
    rules = ScoreSettings(anchor_share=share)

    def rescore(draws):
        return {
            name: score_parts(
                name,
                index,
                {"only": Part(Quantity(x := table[:, k], x - spread, x + spread), IDENTITY, np.ones(len(x)))},
                settings=rules,
                draws=draws,
            )
            for k, name in enumerate(CRITERIA)
        }

    stated = np.nan_to_num(table, nan=35.0).mean(axis=1)
    space = WeightSpace.of(WeightSettings(order=order))
    return measure_drivers(rescore, list(index), stated=stated, top=top, space=space, settings=rules)


VALUES = np.random.default_rng(4).uniform(10, 90, (12, 4))


def test_with_facts_and_anchors_certain_only_the_weights_drive():
    found = drive(VALUES, share=0.0)
    for indices in (found.order, found.top):
        np.testing.assert_allclose(indices.total, [1, 0, 0], atol=0.03)
    np.testing.assert_allclose(found.projects.total[0], 1, atol=0.02)
    assert not found.projects.total[1:].any()


def test_with_weights_fixed_and_anchors_certain_only_the_facts_drive():
    found = drive(VALUES, spread=15.0, share=0.0, order="=".join(CRITERIA))
    np.testing.assert_allclose(found.order.shares, [0, 0, 1], atol=0.01)
    np.testing.assert_allclose(found.projects.total[2], 1, atol=0.05)


def test_with_weights_fixed_and_facts_certain_only_the_anchors_drive():
    found = drive(VALUES, order="=".join(CRITERIA))
    np.testing.assert_allclose(found.projects.shares, np.array([[0, 1, 0]] * 12).T, atol=1e-9)


def test_a_project_of_unknown_facts_hangs_on_its_facts_and_one_of_known_facts_does_not():
    found = drive(np.vstack([VALUES, [np.nan] * 4]))
    assert GROUPS[int(found.projects.shares[:, -1].argmax())] == "data"
    assert (found.projects.total[2, :-1] == 0).all()


def test_first_order_and_rest_add_up_for_an_additive_total():
    """At fixed weights a total is the sum of its criteria: anchors and facts of different parts hardly interact."""
    found = drive(VALUES, spread=10.0, order="=".join(CRITERIA))
    np.testing.assert_allclose(found.projects.first.sum(axis=0), 1, atol=0.12)


def test_one_project_and_none():
    assert drive(VALUES[:1]).likeness == 1.0
    assert drive(np.empty((0, 4))).projects.first.shape == (3, 0)


def test_the_same_list_gives_the_same_drivers():
    first, second = drive(VALUES, spread=5.0), drive(VALUES, spread=5.0)
    np.testing.assert_array_equal(first.order.total, second.order.total)
    assert first.draws == 2_048


@pytest.mark.parametrize("sample", ["A", "B"])
def test_samples_are_unrelated(sample):
    other = {"A": "B", "B": "A"}[sample]
    one, two = (Draws.again(["x"], 4_000, s).uniform(np.arange(1), "room", 0)[0] for s in (sample, other))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.05
