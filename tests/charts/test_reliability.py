import pytest

from evaluator.charts.reliability import draw_reliability


@pytest.mark.parametrize("language", ["en", "zh"])
def test_points_stand_over_a_diagonal(check_spec, language):
    spec = draw_reliability(language)
    check_spec(spec, {"forecast", "failed", "low", "high", "text", "point"})
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["line", "rule", "point"]
    assert draw_reliability(language) is spec
