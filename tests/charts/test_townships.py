import pytest

from evaluator.charts.townships import draw_townships


@pytest.mark.parametrize(("language", "unit"), [("en", "yuan"), ("zh", "元")])
def test_bars_stand_beside_the_county_line(check_spec, language, unit):
    spec = draw_townships(language, unit)
    check_spec(spec, {"township", "value", "line", "clear", "room", "text", "more"})
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["bar", "rule", "text", "tick"]
    assert unit in str(spec)
