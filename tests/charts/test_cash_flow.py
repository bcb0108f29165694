import pytest

from evaluator.charts.cash_flow import draw_cash_flow


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_axis_names_its_unit(check_spec, language):
    spec = draw_cash_flow(language, "千元")
    check_spec(spec, {"year", "flow", "sum", "flow_text", "sum_text"})
    assert "千元" in spec["layer"][0]["encoding"]["y"]["axis"]["title"]


def test_money_out_has_another_colour_than_money_in():
    colour = draw_cash_flow("en", "yuan")["layer"][0]["encoding"]["color"]
    assert colour["condition"]["value"] != colour["value"]
