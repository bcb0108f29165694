"""Averages weigh by observed treated unit-years, in every replicate too."""

import numpy as np
import pytest

from evaluator.income.average import average, count_support, events_of, stack, stack_influence
from evaluator.income.etwfe import fit_etwfe
from tests.income.reference_etwfe import fit
from tests.income.simulate import TRAIT, draw

WORLD = draw(np.random.default_rng(3), 20)
CELLS = WORLD.cells()
EFFECTS = fit_etwfe(CELLS, trait=TRAIT).effects
LATE = ((EFFECTS.table["event"] >= 5) & (EFFECTS.table["event"] <= 7)).to_numpy()


def test_equals_the_reference():
    value, left, influence = fit(CELLS, trait=TRAIT).mean(LATE)
    mean = average(EFFECTS, LATE, CELLS)
    assert mean.value == pytest.approx(value)
    np.testing.assert_allclose(mean.left, left, atol=1e-12)
    np.testing.assert_allclose(mean.influence, influence, atol=1e-12)


def test_support_counts_each_household_once():
    frame = WORLD.frame()
    event = frame["year"] - frame["first_year"]
    seen = frame[(frame["first_year"] > 0) & event.between(5, 7)]
    mean = average(EFFECTS, LATE, CELLS)
    assert (mean.units, mean.clusters, mean.rows) == (
        seen["unit_id"].nunique(),
        seen["cluster_id"].nunique(),
        len(seen),
    )
    assert count_support(CELLS, EFFECTS, LATE) == (mean.units, mean.clusters)


def test_nothing_to_average_is_missing():
    mean = average(EFFECTS, np.zeros(len(LATE), bool), CELLS)
    assert np.isnan(mean.value) and np.isnan(mean.left).all()


def test_difference_keeps_the_smaller_support():
    one = average(EFFECTS, LATE & (EFFECTS.table["kind"] == "1").to_numpy(), CELLS)
    other = average(EFFECTS, LATE & (EFFECTS.table["kind"] == "0").to_numpy(), CELLS)
    gap = one - other
    assert gap.value == pytest.approx(one.value - other.value)
    assert gap.units == min(one.units, other.units)
    values, left = stack([one, other])
    assert values.shape == (2,) and left.shape == stack_influence([one, other]).shape == (20, 2)


def test_events_ascend():
    assert list(events_of(EFFECTS)) == list(range(int(EFFECTS.table["event"].max()) + 1))
