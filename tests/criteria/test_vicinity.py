"""Places by point and by name."""

import pandas as pd

from evaluator.criteria.vicinity import TOWNSHIP_ENDING, VILLAGE_ENDING, locate, name_codes, plain_name


def place(**columns):
    return locate(pd.DataFrame(columns), radius_km=30.0, adjacent={}, name_all=True)


def test_names_are_compared_without_their_endings():
    same = ("青石镇", "青石乡", "青石街道", "青石街道办事处", "青石办事处", " 青石镇 ")
    assert {plain_name(name, ending=TOWNSHIP_ENDING) for name in same} == {"青石"}
    assert plain_name("镇", ending=TOWNSHIP_ENDING) == "镇"
    assert plain_name("Blue Stone Township", ending=TOWNSHIP_ENDING) == "blue stone"
    assert {plain_name(name, ending=VILLAGE_ENDING) for name in ("下河村", "下河社区", "下河")} == {"下河"}


def test_codes_follow_the_names_not_the_rows():
    assert name_codes(pd.DataFrame({"t": ["b", None, "a", ""]}), "t")[0].tolist() == [1, -1, 0, -1]
    assert name_codes(pd.DataFrame({"t": ["b"]}), "absent")[0].tolist() == [-1]
    assert name_codes(pd.DataFrame({"t": [990001.0, 990001]}), "t")[0].tolist() == [0, 0]


def test_equal_coordinates_are_one_point_and_impossible_ones_none():
    found = place(lon=[102.0, 101.0, 102.0, None, 400.0, -0.0, 0.0], lat=[28.0, 28.0, 28.0, 28.0, 28.0, 1.0, 1.0])
    assert found.point.tolist() == [2, 1, 2, -1, -1, 0, 0]


def test_a_county_without_code_goes_by_its_name_and_an_unknown_one_is_its_own():
    found = place(place_code=["990001", None, None, None], place_name=["Upper", "Lower", "Lower", None])
    assert found.county[1] == found.county[2] != found.county[0]
    assert found.county[3] == 0
