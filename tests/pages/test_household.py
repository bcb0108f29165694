"""The household's view: gain, bad year and promises in words, in both languages."""

import pytest

from evaluator.pages.household import household_lines
from evaluator.report.household import say_household


@pytest.fixture(scope="module")
def downside(evaluation):
    return evaluation.downside()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_project_has_its_household_in_words(evaluation, downside, language):
    for key in evaluation.scored[::11]:
        lines = household_lines(evaluation, str(key), language, downside=downside)
        assert lines[0] == say_household(evaluation, str(key), language)
        assert len(lines) >= 2
        assert all(lines)
