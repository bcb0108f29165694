import pytest

from evaluator.charts.waterfall import draw_waterfall


@pytest.mark.parametrize(("language", "unit"), [("en", "million yuan"), ("zh", "万元")])
def test_steps_run_from_a_to_b(check_spec, language, unit):
    spec = draw_waterfall(language, unit, "dark")
    check_spec(spec, {"label", "start", "end", "right", "step", "text"})
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["more", "less", "whole"]
