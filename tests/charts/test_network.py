import pytest

from evaluator.charts.network import draw_cluster_map, draw_network

NAMES = tuple(f"群{at}" for at in range(9))
COLUMNS = {"mark", "x", "y", "x2", "y2", "cluster", "weight", "size", "project", "label", "more"}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_points_have_colour_and_shape(check_spec, language):
    spec = draw_network(language, NAMES)
    check_spec(spec, COLUMNS)
    points = spec["layer"][1]["encoding"]
    assert points["color"]["field"] == points["shape"]["field"] == "cluster"
    assert points["color"]["scale"]["range"][-1] == points["color"]["scale"]["range"][7]


@pytest.mark.parametrize("counties", [frozenset({"513436"}), frozenset({"610102"}), frozenset()])
def test_the_map_stands_with_and_without_an_outline(check_spec, counties):
    spec = draw_cluster_map("zh", counties, NAMES[:3])
    properties = {f"properties.{name}" for name in ("name_zh", "lon", "lat")}
    check_spec(spec, {"lon", "lat", "cluster", "size", "project", "label", "more"} | properties)
