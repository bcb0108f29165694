import pytest

from evaluator.report.numbers import format_money, format_share
from evaluator.report.sections.headline import headline_figures


@pytest.mark.parametrize("language", ["en", "zh"])
def test_four_numbers_with_their_remarks(county, language):
    evaluation = county.evaluation
    scored, money, flagged, unjudged = headline_figures(evaluation, language)
    level = evaluation.flags.level
    assert scored.value == str(len(evaluation.scored))
    assert money.value == format_money(evaluation.portfolio.total, language)
    assert flagged.value == str((level == "flag").sum())
    assert unjudged.value == str((level == "cannot_judge").sum())
    assert format_share(float(evaluation.scorecard.coverage.mean()), language) in unjudged.note


def test_a_list_without_scored_projects_has_numbers_too(nothing):
    assert [figure.value for figure in headline_figures(nothing.evaluation, "zh")][::2] == ["0", "0"]
