"""Neighbours of one project: what this round adds is the difference of the two columns, and copies are named."""

from dataclasses import replace

import pytest

from evaluator.criteria.copies import CopyGroup
from evaluator.pages.alike import alike_lines, round_rivals


@pytest.mark.slow
def test_the_proposals_named_are_those_of_this_round(evaluation):
    listed = set(evaluation.scored)
    for row in range(0, len(evaluation.scored), 9):
        key = str(evaluation.scored[row])
        added = round_rivals(evaluation, key)
        assert {n.project_id for n in added} <= listed - {key}
        everyone = evaluation.round_neighbours(key)
        assert sum(n.share for n in everyone) == pytest.approx(evaluation.homogeneity_round.h[row], abs=1e-9)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_copied_text_names_the_others(evaluation, language):
    first, second = map(str, evaluation.scored[:2])
    copied = replace(evaluation, copies=(CopyGroup((first, second), 0.93),))
    said = alike_lines(copied, first, 0, language)
    assert str(evaluation.portfolio.frame["name"].loc[second]) in said[-1]
    assert "93" in said[-1]
    assert len(alike_lines(replace(evaluation, copies=()), first, 0, language)) == len(said) - 1


def test_a_likeness_that_the_round_lowers_says_why(evaluation):
    for row in range(0, len(evaluation.scored), 9):
        lower = evaluation.homogeneity_round.h[row] < evaluation.homogeneity.h[row]
        said = alike_lines(evaluation, str(evaluation.scored[row]), row, "en")[0]
        assert ("thin it out" in said) == lower
