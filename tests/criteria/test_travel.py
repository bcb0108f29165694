import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.travel import hours_between, locate, reach_weight, road_hours, straight_km
from evaluator.domain.places import Places


def test_one_degree_of_latitude_is_111_km():
    assert straight_km(*(np.array([x]) for x in (102.0, 27.0, 102.0, 28.0)))[0] == pytest.approx(111.195, abs=0.01)


def test_mountain_roads_take_km_times_1_6_over_40():
    assert road_hours(np.array([100.0]))[0] == pytest.approx(4.0)


@pytest.mark.parametrize(("hours", "weight"), [(0, 1), (3, 1), (7.5, 0.5), (12, 0), (30, 0), (np.nan, 0)])
def test_reach_falls_from_full_to_none(hours, weight):
    assert reach_weight(np.array([float(hours)]), full_hours=3.0, none_hours=12.0)[0] == pytest.approx(weight)


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 100), st.floats(0, 100))
def test_further_is_never_more_in_reach(one, other):
    near, far = sorted((one, other))
    weights = reach_weight(np.array([near, far]), full_hours=1.0, none_hours=4.0)
    assert weights[0] >= weights[1]


def test_a_reach_that_ends_where_it_is_full_is_a_step():
    assert reach_weight(np.array([1.0, 2.0, 2.1]), full_hours=2.0, none_hours=2.0).tolist()[::2] == [1.0, 0.0]


def test_a_row_stands_where_it_says_else_where_its_county_does():
    frame = pd.DataFrame(
        {"lon": [101.0, np.nan, np.nan, np.nan], "lat": [26.0, 26.0, np.nan, np.nan],
         "place_code": ["900001", "900001", "130125", None]}
    )  # fmt: skip
    table = Places(pd.DataFrame({"lon": [102.0], "lat": [27.0]}, index=["900001"]))
    lon, lat = locate(frame, places=table)
    assert lon[:2].tolist() == [101.0, 102.0]
    assert lat[:2].tolist() == [26.0, 27.0]
    assert lon[2] == pytest.approx(114.5, abs=0.5)  # the embedded county seat
    assert np.isnan(lon[3])


def test_stated_minutes_go_before_kilometres_where_they_are_known():
    origin = pd.DataFrame({"lon": [102.0, 102.0], "lat": [27.0, 27.0], "place_code": ["900001", "900002"]})
    target = pd.DataFrame({"lon": [102.0, np.nan], "lat": [28.0, np.nan]})
    hours = hours_between(origin, target, minutes={"900001": np.array([90.0, np.nan])}, detour=1.6, speed_km_hour=40.0)
    assert hours[0, 0] == pytest.approx(1.5)
    assert hours[1, 0] == pytest.approx(111.195 * 1.6 / 40, abs=0.01)
    assert np.isnan(hours[:, 1]).all()
