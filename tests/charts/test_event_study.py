import pytest

from evaluator.charts.event_study import GROUP_COLOURS, draw_event_study, draw_support

GROUPS = ("Flagged", "Not flagged")
COLUMNS = {"x", "year", "name", "estimate", "low", "high", "band_low", "band_high", "text", "band_text", "support"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_event_study_has_points_ranges_bands_and_a_line_at_nothing(check_spec, language, theme):
    spec = draw_event_study(language, "%", GROUPS, (-4, 8), theme)
    check_spec(spec, COLUMNS)
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["rule", "rule", "rule", "rule", "line", "point"]
    assert spec["layer"][0]["encoding"]["y"]["datum"] == 0
    assert spec["layer"][1]["encoding"]["x"]["datum"] == -0.5


def test_every_year_is_on_the_axis_and_a_group_has_colour_and_shape():
    point = draw_event_study("en", "%", GROUPS, (-2, 3))["layer"][-1]["encoding"]
    assert point["x"]["axis"]["values"] == [-2, -1, 0, 1, 2, 3]
    assert point["color"]["scale"]["range"] == list(GROUP_COLOURS[:2])
    assert len(set(point["shape"]["scale"]["range"])) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_support_says_its_counts(check_spec, language):
    spec = draw_support(language, GROUPS, (-2, 3))
    check_spec(spec, {"x", "year", "name", "clusters", "support"})
    assert spec["layer"][1]["encoding"]["text"]["field"] == "clusters"
