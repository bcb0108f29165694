import pytest

from evaluator.charts.intervals import draw_intervals


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_points_stand_on_their_ranges_beside_nothing(check_spec, language, theme):
    spec = draw_intervals(language, "%", theme)
    check_spec(spec, {"label", "estimate", "low", "high", "text"})
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rule", "rule", "point"]
    assert spec["layer"][0]["encoding"]["x"]["datum"] == 0


def test_an_axis_may_be_cut_so_that_narrow_ranges_can_be_read():
    ranges = draw_intervals("en", "%", "light", (-40.0, 20.0))["layer"][1]["encoding"]["x"]
    assert ranges["scale"] == {"clamp": True, "domain": [-40.0, 20.0], "nice": False}
