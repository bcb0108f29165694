import pytest

from evaluator.charts.moves import draw_moves


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_line_runs_from_before_to_after(check_spec, language):
    spec = draw_moves(language)
    check_spec(spec, {"label", "before", "after", "right", "better", "text", "room"})
    line = spec["layer"][0]["encoding"]
    assert (line["x"]["field"], line["x2"]["field"]) == ("before", "after")
    assert line["color"]["scale"]["domain"] == ["yes", "no", "same"]
