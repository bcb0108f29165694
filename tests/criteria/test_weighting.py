"""Swings become shares; weights are drawn evenly from exactly what an order and bounds leave."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluator.criteria.weighting import WeightSpace, swing_weights
from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import CRITERIA, WeightSettings

FULL = "payback > demand > advantage > homogeneity"


def space(**stated):
    return WeightSpace.of(WeightSettings(**stated))


def column(weights, name):
    return weights[:, CRITERIA.index(name)]


def test_swings_become_shares():
    """The best swing 100, the others beside it: 100, 50, 25, 25 points are half, a quarter and two eighths."""
    points = {"demand": 100, "payback": 50, "homogeneity": 25, "advantage": 25}
    assert swing_weights(points) == {"demand": 0.5, "homogeneity": 0.125, "payback": 0.25, "advantage": 0.125}


@pytest.mark.parametrize(
    "points", [{}, dict.fromkeys(CRITERIA, 0), dict.fromkeys(CRITERIA, 101), dict.fromkeys(CRITERIA, float("nan"))]
)
def test_impossible_swings_are_refused(points):
    with pytest.raises(SettingsError, match="0 to 100"):
        swing_weights(points)


def test_nothing_stated_leaves_the_whole_simplex():
    drawn = space().draw(20_000)
    assert space().whole
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(drawn.mean(axis=0), 0.25, atol=0.006)
    np.testing.assert_allclose((drawn > 0.5).mean(axis=0), 0.125, atol=0.01)  # (1 - 0.5)³ on the simplex of four


def test_mean_under_a_full_order_is_the_rank_order_centroid():
    """Barron & Barrett 1996, four criteria: .5208 .2708 .1458 .0625."""
    full = space(order=FULL)
    centroid = [25 / 48, 13 / 48, 7 / 48, 3 / 48]
    drawn = full.draw(40_000)
    for name, expected in zip(("payback", "demand", "advantage", "homogeneity"), centroid, strict=True):
        assert full.centre[CRITERIA.index(name)] == pytest.approx(expected, abs=1e-12)
        assert column(drawn, name).mean() == pytest.approx(expected, abs=0.003)
    assert (np.diff(drawn[:, [2, 0, 3, 1]], axis=1) <= 1e-12).all()


def test_equal_ones_are_drawn_equal():
    drawn = space(order="demand = payback > advantage > homogeneity").draw(5_000)
    np.testing.assert_allclose(column(drawn, "demand"), column(drawn, "payback"), atol=1e-12)
    assert (column(drawn, "payback") >= column(drawn, "advantage")).all()
    even = space(order="demand=homogeneity=payback=advantage")
    np.testing.assert_allclose(even.draw(3), 0.25)


def test_what_is_not_named_comes_last_in_no_order():
    drawn = space(order="demand > payback").draw(20_000)
    for name in ("homogeneity", "advantage"):
        assert (column(drawn, name) <= column(drawn, "payback") + 1e-12).all()
    assert (column(drawn, "homogeneity") > column(drawn, "advantage")).mean() == pytest.approx(0.5, abs=0.015)
    np.testing.assert_allclose(column(drawn, "demand").mean(), 25 / 48, atol=0.004)


def test_bounds_are_drawn_as_rejection_would():
    """The share of draws on each side of a cut equals that of the whole simplex with the rest thrown away."""
    bounds = {"at_least": (0.1, 0.0, 0.2, 0.0), "at_most": (0.5, 0.6, 0.7, 0.3)}
    drawn, kept = space(**bounds).draw(40_000), space().draw(400_000, "rejection")
    low, high = np.array(bounds["at_least"]), np.array(bounds["at_most"])
    kept = kept[((kept >= low) & (kept <= high)).all(axis=1)]
    assert ((drawn >= low - 1e-12) & (drawn <= high + 1e-12)).all()
    np.testing.assert_allclose(drawn.mean(axis=0), kept.mean(axis=0), atol=0.004)
    for share in (0.1, 0.5, 0.9):
        np.testing.assert_allclose(np.quantile(drawn, share, axis=0), np.quantile(kept, share, axis=0), atol=0.008)
    np.testing.assert_allclose(space(**bounds).centre, kept.mean(axis=0), atol=0.003)


@settings(max_examples=20, deadline=None)
@given(
    st.permutations(CRITERIA),
    st.lists(st.sampled_from([" > ", "="]), min_size=3, max_size=3),
    st.integers(0, 4),
    st.lists(st.floats(0, 0.3), min_size=4, max_size=4),
    st.lists(st.floats(0.2, 1), min_size=4, max_size=4),
)
def test_every_draw_keeps_every_statement(names, signs, named, low, high):
    order = "".join(name + sign for name, sign in zip(names[:named], signs, strict=False))
    order = order.rstrip(" >=") if named > 1 else ""
    stated = WeightSettings(order=order, at_least=tuple(low), at_most=tuple(high))
    try:
        possible = WeightSpace.of(stated)
    except SettingsError:
        assume(False)
    drawn = possible.draw(200)
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0, atol=1e-9)
    assert (drawn >= np.array(low) - 1e-9).all()
    assert (drawn <= np.array(high) + 1e-9).all()
    for above, below in zip(stated.ranking(), stated.ranking()[1:], strict=False):
        assert (column(drawn, above[0]) >= column(drawn, below[0]) - 1e-9).all()
    assert all(possible.holds(weights) for weights in drawn[:5])


def test_statements_that_leave_nothing_are_refused():
    with pytest.raises(SettingsError, match=r"weights\.order"):
        space(at_least=(0.6, 0.6, 0, 0))
    with pytest.raises(SettingsError, match=r"weights\.order"):
        space(order="demand > payback", at_most=(0.1, 1, 1, 1), at_least=(0, 0, 0.3, 0))


def test_weights_outside_are_known():
    assert space(order=FULL).holds([0.25] * 4)
    assert not space(order=FULL).holds([0.4, 0.2, 0.2, 0.2])
