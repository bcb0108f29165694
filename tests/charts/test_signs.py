import pytest

from evaluator.charts.signs import draw_signs


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_threshold_is_drawn(check_spec, language):
    spec = draw_signs(language)
    check_spec(spec, {"label", "degree_or_zero", "text", "threshold"})
    assert spec["layer"][1]["encoding"]["x"]["field"] == "threshold"
