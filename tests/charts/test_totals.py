import pytest

from evaluator.charts.totals import draw_totals


@pytest.mark.parametrize("language", ["en", "zh"])
def test_points_stand_on_their_ranges(check_spec, language):
    spec = draw_totals(language)
    check_spec(spec, {"label", "total", "low", "high", "level", "text", "rank"})
    assert spec["layer"][0]["mark"]["type"] == "rule"


def test_the_scale_is_always_the_whole_one():
    assert draw_totals("en")["layer"][1]["encoding"]["x"]["scale"]["domain"] == [0, 100]


def test_a_level_has_a_shape_and_a_colour():
    encoding = draw_totals("en")["layer"][1]["encoding"]
    assert encoding["shape"]["field"] == encoding["color"]["field"] == "level"
