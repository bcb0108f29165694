import pytest

from evaluator.charts.contributions import draw_contributions


@pytest.mark.parametrize("language", ["en", "zh"])
def test_steps_run_from_start_to_end(check_spec, language):
    spec = draw_contributions(language)
    check_spec(spec, {"label", "start", "end", "key", "text"})
    assert spec["layer"][0]["encoding"]["x2"]["field"] == "end"
