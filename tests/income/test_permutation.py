"""Chance assignment: the own deal counts, a large effect is rare, and starts within clusters forbid it."""

import numpy as np
import pytest

from evaluator.income.average import average
from evaluator.income.cells import compress_frame
from evaluator.income.etwfe import fit_etwfe
from evaluator.income.permutation import permute
from evaluator.income.summary import choose
from tests.income.made import small_frame


def overall(table, theta, weight):
    return float(theta @ weight / weight.sum())


def test_measures_the_same_as_the_regression():
    cells = compress_frame(small_frame(leaves=True), by=("size",))
    seen = []

    def measure(table, theta, weight):
        seen.append(overall(table, theta, weight))
        return seen[-1]

    permute(cells, measure, strata=("size",), deals=2)
    effects = fit_etwfe(cells, strata=("size",)).effects
    assert seen[0] == pytest.approx(average(effects, choose(effects.table)).value)


def test_a_large_effect_is_rare_and_none_is_not():
    frame = small_frame()
    large = permute(compress_frame(frame), overall, deals=199, seed=1)
    none = frame.assign(
        outcome=frame["outcome"]
        - np.where(
            (frame["first_year"] > 0) & (frame["year"] >= frame["first_year"]),
            0.1 * (frame["year"] - frame["first_year"] + 1),
            0.0,
        )
    )
    assert large <= 0.02
    assert permute(compress_frame(none), overall, deals=199, seed=1) > 0.05


def test_kinds_are_dealt_among_the_treated_only():
    cells = compress_frame(small_frame(), by=("trait_short_flat_fast",))

    def gap(table, theta, weight):
        one, other = (((table["kind"] == kind).to_numpy() * weight) for kind in ("1", "0"))
        return float(theta @ one / one.sum() - theta @ other / other.sum())

    p = permute(cells, gap, trait="trait_short_flat_fast", kinds_only=True, deals=99, seed=2)
    assert 0.01 <= p <= 1


def test_starts_that_differ_within_clusters_cannot_be_dealt():
    frame = small_frame()
    frame.loc[frame["unit_id"] == "u001", "first_year"] = 0
    assert np.isnan(permute(compress_frame(frame), overall, deals=5))


def test_what_cannot_be_told_apart_is_left_out_of_every_deal():
    """All have started by 2005: effects of the last years are no part of the measure, as in the regression."""
    frame = small_frame()
    cells = compress_frame(frame[frame["first_year"] > 0])
    seen = []

    def measure(table, theta, weight):
        known = np.isfinite(theta)
        seen.append((tuple(table["year"][~known]), overall(table[known], theta[known], weight[known])))
        return seen[-1][1]

    permute(cells, measure, deals=3)
    effects = fit_etwfe(cells).effects
    assert seen[0][1] == pytest.approx(average(effects, choose(effects.table)).value)
    assert all(set(lost) == {2005, 2006} for lost, _ in seen)
