"""The headline is the long-run contrast; the table of years is that of all treated units."""

from evaluator.income.effects import estimate_effects
from evaluator.income.findings import BY_YEAR, CONTRAST, tabulate_path
from tests.income.made import panel_of, world_frame

FOUND = estimate_effects(panel_of(world_frame()))


def test_the_headline_is_the_contrast_in_the_long_run():
    assert FOUND.headline is not None and FOUND.headline.name == f"{CONTRAST}_window_5_7"


def test_by_year_is_the_path_of_all():
    assert list(FOUND.by_year) == list(BY_YEAR)
    assert FOUND.by_year.equals(tabulate_path(FOUND.paths["all"]))
