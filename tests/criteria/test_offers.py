import numpy as np
import pandas as pd

from evaluator.criteria.offers import (
    offer_output,
    offer_workers,
    take_output,
    take_workers,
)
from evaluator.domain.markets import Markets, Vacancies
from evaluator.domain.settings import DemandSettings


def test_output_is_pooled_by_product_and_what_its_unit_measures():
    frame = pd.DataFrame(
        {"product": ["apple", "apple", "pig", "pig", None], "kind": ["industry", None, *["industry"] * 3],
         "output_per_year": [2.0, 500.0, 30.0, 4.0, 1.0], "output_unit": ["t", "公斤", "头", "t", "t"]}
    )  # fmt: skip
    offers = offer_output(frame, pools=frozenset({"apple|mass", "pig|head"}), places=None, settings=DemandSettings())
    assert offers.pool.tolist() == ["apple|mass", "apple|mass", "pig|head", "pig|head", None]
    assert offers.amount[:3].tolist() == [2000.0, 500.0, 30.0]
    assert np.isnan(offers.amount[3])


def test_roads_and_training_offer_no_output_and_nothing_is_not_zero():
    frame = pd.DataFrame(
        {"product": ["apple"] * 3, "kind": ["other", "employment", "industry"], "output_per_year": [5.0, 5.0, 0.0],
         "output_unit": ["t"] * 3}
    )  # fmt: skip
    offers = offer_output(frame, pools=frozenset({"apple|mass"}), places=None, settings=DemandSettings())
    assert offers.pool.tolist() == [None, None, "apple|mass"]
    assert np.isnan(offers.amount[2])


def test_migrants_reach_as_far_as_dry_goods_and_others_commute():
    frame = pd.DataFrame({"kind": ["employment", "employment", "industry"], "jobs": [3.0, 4.0, 5.0],
                          "labour_state": ["migrant", None, None]})  # fmt: skip
    offers = offer_workers(frame, places=None, settings=DemandSettings())
    assert offers.pool.tolist() == ["", "", None]
    assert (offers.full_hours[0], offers.none_hours[0]) == DemandSettings().reach_migrate
    assert (offers.full_hours[1], offers.none_hours[1]) == DemandSettings().reach_commute


def test_markets_are_read_in_base_units_and_half_told_rows_are_left_out():
    rows = {"product": ["apple", "apple", None, "apple", "apple"], "yearly_demand": [10.0, 10.0, 5.0, np.nan, 9.0],
            "supplied_elsewhere": [4.0, np.nan, 0.0, 0.0, 0.0], "unit": ["t", "万斤", "t", "t", "t"],
            "lon": [102.0] * 4 + [np.nan], "lat": 27.0}  # fmt: skip
    takers = take_output(Markets(pd.DataFrame(rows)))
    assert takers.demand.tolist() == [10_000.0, 50_000.0]
    assert takers.elsewhere.tolist() == [4_000.0, 0.0]
    assert takers.elsewhere_high.tolist() == [4_000.0, 50_000.0]


def test_only_verified_posts_count_at_the_point():
    rows = {
        "posts": [5.0, 7.0, 9.0, 8.0],
        "verified": pd.Series([True, False, None, True], dtype=object),
        "minutes": [20.0, 20.0, 20.0, np.nan],
    }
    takers = take_workers(Vacancies(pd.DataFrame(rows)))
    assert takers.demand.tolist() == [5.0, 0.0, 0.0]
    assert takers.demand_high.tolist() == [5.0, 7.0, 9.0]
