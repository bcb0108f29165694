"""What if one moved: worked by hand, and nothing changes where nothing moves."""

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.markets import Markets
from evaluator.intake.read import read_portfolio
from evaluator.network import Move, what_if_moved

NEAR = {"radius_km": 30.0, "reference_yuan": 600_000.0, "similarity": (1.0, 0.6, 0.2)}
LIST = pd.DataFrame(
    {
        "project_id": ["A", "B", "C", "D"],
        "name": ["甲洋芋", "乙洋芋", "丙养鸡", "丁道路"],
        "kind": ["industry", "industry", "industry", "other"],
        "product": ["potato", "potato", "chicken", None],
        "place_code": "513436",
        "township": ["云镇", "云镇", "石镇", "云镇"],
        "lon": [103.1, 103.1, 103.3, None],
        "lat": [28.3, 28.3, 28.3, None],
        "output_per_year": [100.0, 300.0, 1000.0, None],
        "output_unit": ["t", "t", "head", None],
        "investment_yuan": [600_000.0, 600_000.0, 600_000.0, 5_000_000.0],
    }
)


@pytest.fixture(scope="module")
def frame():
    return read_portfolio(LIST).frame


@pytest.fixture(scope="module")
def markets():
    table = {"market_id": ["M"], "name": ["集市"], "lon": [103.1], "lat": [28.3], "product": ["potato"]}
    more = {"yearly_demand": [200.0], "supplied_elsewhere": [0.0], "unit": ["t"]}
    return Markets(pd.DataFrame(table | more))


def test_two_potato_villages_part(frame, markets):
    """Before: both 600,000/(600,000 + 600,000) plus the hens' weight; alone afterwards nobody is alike.

    Demand 200 t over 400 t is 0.5; when A leaves for hens, B finds 200/300.
    """
    effect = what_if_moved(frame, "A", Move(product="chicken"), near=NEAR, tables={"markets": markets})
    assert effect.table.loc["B", "coverage_before"] == pytest.approx(0.5)
    assert effect.table.loc["B", "coverage_after"] == pytest.approx(2 / 3)
    assert effect.table.loc["B", "h_after"] == 0.0
    assert "B" in effect.winners
    assert effect.losers == ("C",)
    assert effect.notes == ("output_unknown",)
    assert np.isnan(effect.own["coverage_after"])
    assert list(effect.table.index) == ["A", "B", "C"]


def test_what_is_not_moved_stays(frame, markets):
    effect = what_if_moved(frame, "A", Move(), near=NEAR, tables={"markets": markets})
    assert (effect.winners, effect.losers, effect.mixed) == ((), (), ())
    assert effect.notes == ("nothing_changed",)
    assert (effect.table[["h_change", "coverage_change"]].fillna(0) == 0).all(axis=None)


def test_a_later_year_frees_the_others(frame, markets):
    effect = what_if_moved(frame, "A", Move(year=2027), near=NEAR, tables={"markets": markets}, year=2026)
    alone = what_if_moved(frame.drop(index="A"), "B", Move(), near=NEAR, tables={"markets": markets})
    assert effect.table.loc["B", "h_after"] == alone.table.loc["B", "h_before"]
    assert effect.table.loc["B", "coverage_after"] == pytest.approx(2 / 3)
    assert effect.own["h_change"] == 0.0
    assert effect.notes == ("postponed",)
    same = what_if_moved(frame, "A", Move(year=2026), near=NEAR, tables={"markets": markets}, year=2026)
    assert same.notes == ("same_round", "nothing_changed")


def test_another_township_takes_the_middle_of_its_projects(frame):
    effect = what_if_moved(frame, "A", Move(township="石镇"), near=NEAR)
    assert effect.notes == ("placed_by_middle", "no_markets")
    assert effect.own["h_change"] < 0
    nowhere = what_if_moved(frame, "A", Move(township="雾镇"), near=NEAR)
    assert nowhere.notes == ("placed_by_name", "no_markets")
    exact = what_if_moved(frame, "A", Move(lon=103.9, lat=28.9), near=NEAR)
    assert exact.own["h_after"] == 0.0


def test_a_stated_output_of_the_new_product_counts(frame, markets):
    hens = Move(product="potato", output_per_year=100.0, output_unit="t")
    effect = what_if_moved(frame, "C", hens, near=NEAR, tables={"markets": markets})
    assert effect.table.loc["A", "coverage_after"] == pytest.approx(200 / 500)
    assert effect.losers == ("A", "B")
    assert "output_unknown" not in effect.notes


def test_the_list_is_left_as_it_was_and_an_unknown_id_is_refused(frame):
    before = frame.copy()
    what_if_moved(frame, "A", Move(product="walnut", township="石镇"), near=NEAR)
    pd.testing.assert_frame_equal(frame, before)
    with pytest.raises(KeyError):
        what_if_moved(frame, "D", Move(), near=NEAR)
