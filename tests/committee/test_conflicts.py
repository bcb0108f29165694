from dataclasses import replace

import pytest

from evaluator.committee.acts import declare
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.nouns import Member


@pytest.mark.parametrize(
    ("name", "project", "found"),
    [
        ("r1", "A", None),
        ("r1", "B", None),
        ("r2", "B", "unit"),  # one of two units in the cell
        ("r2", "A", None),
        ("r3", "A", "township"),
        ("r3", "B", None),
        ("applicant", "A", "unit"),
        ("chair", "C", None),  # an empty unit is nobody's
    ],
)
def test_who_works_where_the_project_is_made_has_a_conflict(committee, name, project, found):
    assert find_conflict(committee.round, committee.members[name], project) == found


def test_names_are_compared_whatever_their_width_and_spaces(committee):
    member = Member("x", "x", "reviewer", unit="Ｃounty  Bureau")
    round_ = committee.round
    proposal = replace(round_.proposals["C"], unit="county bureau；other")
    assert find_conflict(replace(round_, proposals={"C": proposal}), member, "C") == "unit"
    part = replace(proposal, unit="county bureau of farms")
    assert find_conflict(replace(round_, proposals={"C": part}), member, "C") is None


def test_a_declared_conflict_holds(committee):
    committee.to("independent")
    round_ = committee.act("r1", declare, "C", reason="亲属参股")
    assert find_conflict(round_, committee.members["r1"], "C") == "declared"
    assert find_conflict(round_, committee.members["chair"], "C") is None
