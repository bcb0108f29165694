from dataclasses import replace

import pytest

from evaluator.committee.acts import declare
from evaluator.committee.quorum import take_standing


def named(committee, ids):
    return {member.name for member in committee.members.values() if member.id in ids}


def test_marked_abstained_absent_and_recused_differ(committee):
    committee.to("independent").mark("r1", "A")
    committee.mark("chair", "A", (None,) * 4, vote="abstain", comment="")
    standing = take_standing(committee.round, "A")
    assert named(committee, standing.marked) == {"r1"}
    assert named(committee, standing.abstained) == {"chair"}
    assert named(committee, standing.absent) == {"r2"}
    assert named(committee, standing.recused) == {"r3"}  # the project is in their township
    assert (standing.needed, standing.present) == (2, 2)  # two thirds of three
    assert standing.refusal() == ("few_reviews", {"marked": 1, "needed": 2})


@pytest.mark.parametrize(("share", "needed"), [((1, 2), 2), ((2, 3), 3), ((3, 4), 3), ((1, 1), 4), ((1, 9), 1)])
def test_the_quorum_is_rounded_up(committee, share, needed):
    round_ = committee.round
    round_ = replace(round_, rules=replace(round_.rules, quorum=share))
    assert take_standing(round_, "C").needed == needed  # four members without a conflict


def test_without_quorum_the_refusal_says_who_is_missing(committee):
    committee.to("independent").mark("r1", "C")
    standing = take_standing(committee.round, "C")
    assert standing.refusal() == ("no_quorum", {"present": 1, "able": 4, "needed": 3})


def test_conflicts_leave_the_quorum(committee):
    committee.to("independent")
    for name in ("r1", "chair", "r3"):
        committee.act(name, declare, "C", reason="亲属")
    assert take_standing(committee.round, "C").refusal() == ("few_able", {"able": 1, "needed": 2, "recused": 3})


def test_a_review_of_an_older_text_does_not_count(committee):
    committee.to("independent").mark("r1", "C")
    round_ = committee.round
    changed = {**round_.proposals, "C": replace(round_.proposals["C"], content_hash="0" * 64)}
    assert take_standing(replace(round_, proposals=changed), "C").marked == ()
    assert len(take_standing(round_, "C").marked) == 1
