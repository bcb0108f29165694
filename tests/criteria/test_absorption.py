import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.absorption import absorb
from evaluator.criteria.offers import Offers, Takers
from evaluator.domain.settings import DemandSettings

RULES = DemandSettings()


def offers(pools, amounts, lons):
    amount = np.array(amounts, dtype=float)
    position = pd.DataFrame(
        {"lon": np.array(lons, dtype=float), "lat": 27.0, "place_code": None}, index=range(len(lons))
    )
    full, none = np.full(len(amount), 3.0), np.full(len(amount), 12.0)
    return Offers(np.array(pools, dtype=object), amount, amount, amount, position, full, none)


def takers(pools, demand, lons, most_from_elsewhere=0.0):
    demand = np.array(demand, dtype=float)
    nothing = np.zeros(len(demand))
    position = pd.DataFrame({"lon": np.array(lons, dtype=float), "lat": 27.0})
    return Takers(np.array(pools, dtype=object), demand, demand, nothing, nothing + most_from_elsewhere, position)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.floats(0.1, 100), min_size=1, max_size=5), st.lists(st.floats(0.1, 100), min_size=1, max_size=4),
    st.floats(0, 50), st.integers(0, 4),
)  # fmt: skip
def test_the_range_holds_the_point_and_unknown_rivals_only_lower_it(amounts, demand, more, unknown):
    own = offers(["a"] * len(amounts), amounts, 102 + np.arange(len(amounts)) / 3)
    rivals = offers(["a"] * (unknown + 1), [5.0] + [np.nan] * unknown, [102.5] * (unknown + 1))
    options = {"twin": np.full(unknown + 1, -1), "actor": np.arange(len(amounts)), "settings": RULES}
    found = absorb(own, rivals, takers(["a"] * len(demand), demand, 102 + np.arange(len(demand)) / 2, more), **options)
    for quantity in (found.coverage, found.saturation):
        assert (quantity.low <= quantity.point).all()
        assert (quantity.point <= quantity.high).all()
    if unknown == 0 and more == 0:
        assert found.coverage.low == pytest.approx(found.coverage.high)
    elif unknown:
        assert (found.coverage.low < found.coverage.high).all()


def test_a_pool_nobody_buys_is_no_data_and_a_market_out_of_reach_is_none():
    own = offers(["a", "b", "a"], [1, 1, 1], [102, 102, 120])
    found = absorb(
        own, own, takers(["a"], [1.0], [102]), twin=np.arange(3), actor=np.arange(3), settings=RULES
    )  # fmt: skip
    assert found.coverage.point.tolist() == pytest.approx([1.0, np.nan, 0.0], nan_ok=True)
    assert found.reached.tolist() == [1, 0, 0]
    assert np.isnan(found.saturation.point[1:]).all()
