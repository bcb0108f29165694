"""The headline is the long-run contrast; the table of years is that of all treated units."""

import pytest

from evaluator.income.findings import BY_YEAR, CONTRAST, tabulate_path
from tests.income.made import world_effects as shown


@pytest.mark.slow
def test_the_headline_is_the_contrast_in_the_long_run():
    assert shown().headline is not None and shown().headline.name == f"{CONTRAST}_window_5_7"


def test_by_year_is_the_path_of_all():
    assert list(shown().by_year) == list(BY_YEAR)
    assert shown().by_year.equals(tabulate_path(shown().paths["all"]))
