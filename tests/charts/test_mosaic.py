import pytest

from evaluator.charts.mosaic import draw_mosaic

COLUMNS = {
    "industry",
    "horizon",
    "x",
    "x2",
    "y",
    "y2",
    "middle",
    "centre",
    "label",
    "cell",
    "flagged",
    "money",
    "share",
}
COLUMNS |= {"flagged_text"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_areas_are_funds_and_colour_is_flagged(check_spec, language, theme):
    spec = draw_mosaic(language, theme)
    check_spec(spec, COLUMNS)
    unjudged, cell = spec["layer"][0], spec["layer"][1]["encoding"]
    assert "!isValid" in unjudged["transform"][0]["filter"]
    assert "fill" in unjudged["mark"]
    assert {cell[side]["field"] for side in ("x", "x2", "y", "y2")} == {"x", "x2", "y", "y2"}
    assert "flagged" in str(cell["color"])
