import pytest

from evaluator.charts.fan import draw_fan

COLUMNS = {"year", "mean", "estimate", "mean_text", "estimate_text", "cohorts"} | {
    f"{band}_{part}" for band in ("inner", "middle", "outer") for part in ("low", "high", "text")
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_fan_has_three_bands_a_line_and_a_line_at_nothing(check_spec, language, theme):
    spec = draw_fan(language, "%", 9, 9, theme)
    check_spec(spec, COLUMNS)
    assert [layer["mark"]["type"] for layer in spec["layer"]] == [*["area"] * 3, "rule", "line", "rule", *["point"] * 2]
    bands = [layer["encoding"]["y"]["field"] for layer in spec["layer"][:3]]
    assert bands == ["outer_low", "middle_low", "inner_low"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_years_nobody_has_seen_are_shaded_and_named(check_spec, language):
    spec = draw_fan(language, "%", 7, 4, "light")
    check_spec(spec, COLUMNS | {"begin", "end", "middle"})
    ground, words = spec["layer"][:2]
    assert ground["mark"]["type"] == "rect"
    assert ground["data"]["values"] == [{"begin": 4.5, "end": 7.4, "middle": 5.95}]
    assert words["mark"]["text"] in {"not seen yet", "尚无观察"}
