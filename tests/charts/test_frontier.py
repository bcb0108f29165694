import pytest

from evaluator.charts.frontier import draw_frontier

COLUMNS = {"found", "value", "here", "label", "found_text", "value_text", "projects"}


@pytest.mark.parametrize("measure", ["risk", "flagged"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_value_stands_over_what_it_costs(check_spec, measure, language):
    spec = draw_frontier(language, measure, "dark")
    check_spec(spec, COLUMNS - {"here"})
    points = spec["layer"][1]["encoding"]
    assert (points["x"]["field"], points["y"]["field"]) == ("found", "value")
    assert "datum.here" in str(points["shape"])


def test_the_two_measures_have_their_own_axis():
    assert draw_frontier("en", "risk") != draw_frontier("en", "flagged")
