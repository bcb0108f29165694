import pytest

from evaluator.charts.map import draw_map
from evaluator.reference.places import adjacent, liangshan_geojson

MEIGU = "513436"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_map_draws_points_on_bundled_counties(check_spec, language):
    spec = draw_map(language, frozenset({MEIGU}))
    names = {"properties.name_en", "properties.name_zh", "properties.lon", "properties.lat"}
    check_spec(spec, {"lon", "lat", "place", "level", "projects", "flagged"} | names)
    assert spec["layer"][-1]["mark"]["type"] == "point"


def test_a_county_is_drawn_with_its_neighbours_only():
    shown = {shape["properties"]["code"] for shape in draw_map("en", frozenset({MEIGU}))["layer"][0]["data"]["values"]}
    known = {shape["properties"]["code"] for shape in liangshan_geojson()["features"]}
    assert shown == ({MEIGU} | adjacent(MEIGU)) & known


def test_the_counties_of_the_list_are_marked():
    shapes = draw_map("en", frozenset({MEIGU}))["layer"][0]["data"]["values"]
    assert [shape["properties"]["code"] for shape in shapes if shape["properties"]["listed"]] == [MEIGU]


def test_the_bundled_map_stays_as_it_is():
    draw_map("en", frozenset({MEIGU}))
    assert "listed" not in liangshan_geojson()["features"][0]["properties"]
