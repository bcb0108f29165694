"""Rows that say two things at once, as published lists do."""

import numpy as np
import pytest

from evaluator.intake.contradictions import find_contradictions
from evaluator.intake.draft import Draft


def found(**values):
    draft = Draft(rows=np.array([7]))
    for key, value in values.items():
        draft.column(key)[0] = value
    find_contradictions(draft)
    return {issue.code: issue for issue in draft.issues}


def test_areas_of_name_and_target_are_quoted_side_by_side():
    issue = found(name="8060亩桑树管护项目", performance_target="完成918亩构树管护")["W_CONTRADICTION"]
    assert ("8060亩" in issue.found) and ("918亩" in issue.values["other"])
    assert not found(name="种桑500亩", content="种桑500亩,其中新种200亩")


def test_a_share_that_does_not_follow_from_its_own_figures():
    issue = found(performance_target="年收益8万元,其中70%分配给64户低收入户,每户每年612元")["W_ARITHMETIC"]
    assert (issue.values["stated"], issue.values["computed"]) == (612, 875)
    assert not found(performance_target="年收益8万元,其中70%分配给64户低收入户,每户每年875元")


def test_a_village_road_of_thousands_of_kilometres():
    assert "W_LENGTH_SUSPECT" in found(content="硬化道路长2950千米")
    assert "W_LENGTH_SUSPECT" not in found(content="硬化道路长2.95千米")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"poor_households": 50, "households": 40}, "W_POOR_EXCEED"),
        ({"subsidy_yuan": 2e5, "investment_yuan": 1e5}, "W_SUBSIDY_EXCEEDS"),
        ({"start": np.datetime64("2031-06-01"), "end": np.datetime64("2031-01-01")}, "W_DATES_REVERSED"),
        ({"start": np.datetime64("2031-06-01"), "first_income": np.datetime64("2031-01-01")}, "W_INCOME_BEFORE_START"),
    ],
)
def test_pairs_that_cannot_be(values, code):
    assert set(found(**values)) == {code}


def test_many_rows_with_one_fault_are_said_together():
    draft = Draft(rows=np.arange(2, 102))
    draft.column("poor_households")[:] = 5
    draft.column("households")[:] = 4
    find_contradictions(draft)
    assert len(draft.issues) == 1
    assert draft.issues[0].values["count"] == 100
