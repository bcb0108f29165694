import pytest

from evaluator.charts.intervals import draw_intervals


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_points_stand_on_their_ranges_beside_nothing(check_spec, language, theme):
    spec = draw_intervals(language, "%", theme)
    check_spec(spec, {"label", "estimate", "low", "high", "text"})
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rule", "rule", "point"]
    assert spec["layer"][0]["encoding"]["x"]["datum"] == 0
