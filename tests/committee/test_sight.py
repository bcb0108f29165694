import pytest

from evaluator.committee.acts import declare
from evaluator.committee.sight import (
    count_own,
    discussion,
    may,
    progress,
    sees_reviews,
    visible_decisions,
    visible_reviews,
)


def seen(committee, name, project):
    viewer = committee.members.get(name)
    ids = {member.id: member.name for member in committee.members.values()}
    return {ids[review.member] for review in visible_reviews(committee.round, viewer, project)}


@pytest.fixture
def marked(committee):
    committee.to("independent")
    for name, project, score in (("r1", "C", 40), ("chair", "C", 60), ("r2", "A", 50), ("r3", "B", 30)):
        committee.mark(name, project, (score,) * 4)
    return committee


def test_while_reviewing_independently_everyone_sees_their_own_only(marked):
    assert seen(marked, "r1", "C") == {"r1"}
    for name in ("r2", "r3", "secretary", "observer", "applicant", "nobody"):
        assert seen(marked, name, "C") == set()
    assert seen(marked, "chair", "C") == {"chair"}
    assert discussion(marked.round, marked.members["chair"]) == ()
    assert visible_decisions(marked.round, marked.members["chair"]) == {}


def test_in_discussion_others_are_seen_once_ones_own_is_in(marked):
    marked.to("discussion")
    assert seen(marked, "r1", "C") == {"r1", "chair"}
    assert seen(marked, "r2", "C") == set()
    assert seen(marked, "observer", "C") == seen(marked, "secretary", "C") == {"r1", "chair"}
    assert seen(marked, "applicant", "C") == seen(marked, "nobody", "C") == set()
    marked.mark("r2", "C")
    assert seen(marked, "r2", "C") == {"r1", "r2", "chair"}


@pytest.mark.parametrize("phase", ["independent", "discussion", "decision", "closed"])
def test_who_has_a_conflict_sees_nothing_of_the_projects_reviews_ever(marked, phase):
    marked.act("r1", declare, "C", reason="亲属参股")
    marked.to(phase)
    assert seen(marked, "r1", "C") == set()
    assert seen(marked, "r3", "A") == set()
    assert not sees_reviews(marked.round, marked.members["r3"], "A")
    assert "C" not in {one.project for one in discussion(marked.round, marked.members["r1"])}


def test_reviews_of_who_has_a_conflict_count_for_nobody(marked):
    marked.act("r1", declare, "C", reason="亲属参股")
    marked.to("closed")
    assert seen(marked, "observer", "C") == {"chair"}
    (found,) = (one for one in discussion(marked.round, marked.members["observer"]) if one.project == "C")
    assert list(found.totals) == [marked.members["chair"].id]


def test_progress_is_for_chair_and_secretary_and_leaves_out_their_own_conflicts(marked):
    round_, people = marked.round, marked.members
    assert progress(round_, people["r1"]) == progress(round_, people["observer"]) == progress(round_, None) == {}
    assert progress(round_, people["secretary"])[people["r1"].id] == (1, 3)
    assert progress(round_, people["secretary"])[people["r2"].id] == (1, 2)
    round_ = marked.act("chair", declare, "C", reason="亲属")
    assert progress(round_, people["chair"])[people["r1"].id] == (0, 2)
    assert count_own(round_, people["r1"]) == (1, 3)


def test_what_a_blind_member_sees_does_not_depend_on_the_others_marks(committee):
    """The same view whether the other member was generous, harsh or silent."""
    committee.to("independent").mark("r1", "C", (40,) * 4)

    def view():
        round_, viewer = committee.round, committee.members["r1"]
        lists = [visible_reviews(round_, viewer, project) for project in round_.proposals]
        return (lists, discussion(round_, viewer), progress(round_, viewer), visible_decisions(round_, viewer))

    before = view()
    committee.mark("chair", "C", (90,) * 4)
    committee.mark("r2", "C", (0,) * 4, vote="reject")
    assert view() == before


def test_the_public_sees_decisions_of_closed_rounds_only(marked):
    for phase in ("independent", "discussion", "decision"):
        assert not may(marked.to(phase).round, None, "see_decisions")
    assert visible_decisions(marked.to("closed").round, None) == {"A": None, "B": None, "C": None}
