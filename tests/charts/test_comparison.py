import pytest

from evaluator.charts.comparison import draw_comparison


@pytest.mark.parametrize("language", ["en", "zh"])
def test_projects_differ_by_shape_and_colour(check_spec, language):
    spec = draw_comparison(language)
    check_spec(spec, {"criterion", "project", "order", "score", "low", "high", "text"})
    encoding = spec["layer"][1]["encoding"]
    assert encoding["shape"]["field"] == encoding["color"]["field"] == "project"
