import pytest

from evaluator.charts.policies import draw_policies

COLUMNS = {"label", "found", "low", "high", "needed", "result", "found_text", "needed_text"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_results_have_colour_and_shape_and_the_range_is_drawn(check_spec, language, theme):
    spec = draw_policies(language, theme)
    check_spec(spec, COLUMNS)
    ranges, bounds, points = (layer["encoding"] for layer in spec["layer"])
    assert (ranges["x"]["field"], ranges["x2"]["field"]) == ("low", "high")
    assert bounds["x"]["field"] == "needed"
    assert points["color"]["scale"]["domain"] == points["shape"]["scale"]["domain"]
