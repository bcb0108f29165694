"""Reach by distinct origins says what reach row by row says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria import reach as module
from evaluator.criteria.offers import ANY, Offers, Takers
from evaluator.criteria.reach import Reach, find_reach, reach_weights
from evaluator.domain.settings import DemandSettings

RULES = DemandSettings()
POOLS = st.sampled_from(["a", "b", None])
LONS = st.sampled_from([102.0, 102.5, 103.0, 110.0, np.nan])


def offers(pools, lons, none_hours=12.0):
    n = len(pools)
    position = pd.DataFrame({"lon": np.array(lons, dtype=float), "lat": 27.0, "place_code": None}, index=range(n))
    pool, amount = np.empty(n, dtype=object), np.ones(n)
    pool[:] = pools
    return Offers(pool, amount, amount, amount, position, np.full(n, 3.0), np.full(n, none_hours))


def takers(pools, lons):
    some, nothing = np.ones(len(pools)), np.zeros(len(pools))
    position = pd.DataFrame({"lon": np.array(lons, dtype=float), "lat": 27.0})
    return Takers(np.array(pools, dtype=object), some, some, nothing, nothing, position)


def test_each_pool_reaches_only_its_own_markets():
    weights = reach_weights(offers(["a", "b", None], [102] * 3), takers(["a", "b"], [102, 102]), settings=RULES)
    assert weights.toarray().tolist() == [[1, 0], [0, 1], [0, 0]]


def test_an_employer_that_takes_any_trade_is_reached_by_all():
    weights = reach_weights(offers(["b", "a", None], [102] * 3), takers([ANY, "b"], [102, 102]), settings=RULES)
    assert weights.toarray().tolist() == [[1, 1], [1, 0], [0, 0]]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(POOLS, LONS), min_size=1, max_size=12), st.integers(0, 12), st.data())
def test_distinct_origins_say_what_rows_say(rows, cut, data):
    markets = takers(["a", "b", ANY, "a"], [102.0, 102.5, 103.0, 104.0])
    one, other = (offers(*zip(*part, strict=True)) if part else offers([], []) for part in (rows[:cut], rows[cut:]))
    found = find_reach([one, other], markets, settings=RULES)
    assert found[0].table is found[1].table
    for reach, some in zip(found, (one, other), strict=True):
        direct = reach_weights(some, markets, settings=RULES)
        np.testing.assert_array_equal(reach.of(np.arange(len(some.pool))).toarray(), direct.toarray())
        values = np.array([1.0, 3.0, 0.5, 7.0])
        assert reach.gather(values) == pytest.approx(direct @ values)
        amounts = np.array(data.draw(st.lists(st.floats(0, 9), min_size=len(some.pool), max_size=len(some.pool))))
        assert reach.spread(amounts) == pytest.approx(direct.T @ amounts)


def test_blocks_of_any_size_agree(monkeypatch):
    some, markets = offers(["a", "b"] * 20, np.linspace(102, 106, 40)), takers(["a", "b", "a"], [102, 103, 105])
    whole = reach_weights(some, markets, settings=RULES).toarray()
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 3)
    np.testing.assert_array_equal(reach_weights(some, markets, settings=RULES).toarray(), whole)


def test_each_row_its_own_origin():
    weights = reach_weights(offers(["a", "b"], [102, 102]), takers(["a", "a"], [102, 103]), settings=RULES)
    reach = Reach.each(weights)
    assert reach.takers_reached.tolist() == [2, 0]
    np.testing.assert_array_equal(reach.of(np.array([0, 1])).toarray(), weights.toarray())
