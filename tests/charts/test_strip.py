import pytest

from evaluator.charts.strip import KINDS, draw_strip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_members_mean_and_model_are_told_apart_by_shape_and_colour(check_spec, language, theme):
    spec = draw_strip(language, theme)
    check_spec(spec, {"label", "total", "low", "high", "kind", "text"})
    assert '"member"' in spec["layer"][1]["encoding"]["shape"]["legend"]["labelExpr"]  # words may hold an apostrophe
    ranges, points = (layer["encoding"] for layer in spec["layer"])
    assert (ranges["x"]["field"], ranges["x2"]["field"]) == ("low", "high")
    assert points["color"]["scale"]["domain"] == points["shape"]["scale"]["domain"] == list(KINDS)
    assert len(set(points["color"]["scale"]["range"])) == len(set(points["shape"]["scale"]["range"])) == 3
