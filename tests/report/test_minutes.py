"""Minutes hold what their reader may see, and have the same bytes each time."""

from datetime import UTC, datetime
from itertools import count

import pytest

from evaluator.committee.acts import Desk, answer, decide, dissent, invite, move_on, review
from evaluator.committee.nouns import Condition, Proposal, Rules
from evaluator.committee.opening import make_member, open_round, read_round
from evaluator.report.compose import write_document
from evaluator.report.minutes import make_minutes
from evaluator.store.engine import open_store

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOSTILE = '=HYPERLINK("http://example.invalid")'


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A closed round of two projects: one decided, one left open; the second lies in the second reviewer's township."""
    store = open_store(str(tmp_path_factory.mktemp("minutes") / "store.sqlite"))
    scores = (60.0, 50.0, 70.0, 40.0)
    proposals = (
        Proposal("A", "甲村苦荞加工厂", "甲乡", "", "a" * 64, scores, 55.0, "flag", ("short",)),
        Proposal("B", HOSTILE, "乙镇", "", "b" * 64, (30.0, 20.0, 40.0, 30.0), 30.0, "none"),
    )
    people = [
        make_member("主任委员甲", "chair", secret="1", now=NOW),
        make_member("委员乙", "reviewer", secret="2", now=NOW),
        make_member("委员丙", "reviewer", secret="3", now=NOW, township="乙镇"),
    ]
    open_round(
        store, proposals, round_id="r", title="第一批", snapshot="snap", fingerprint="f" * 16,
        rules=Rules(minimum_reviews=2), chair=people[0], listed=True, now=NOW,
    )  # fmt: skip
    numbers = count()

    def act(who, do, *values, **given):
        desk = Desk(store, read_round(store, "r"), people[who].id, NOW, f"t{next(numbers)}")
        return do(desk, *values, **given)

    act(0, invite, people[1])
    act(0, invite, people[2])
    act(0, move_on)
    for who, points in ((0, 40.0), (1, 60.0), (2, 80.0)):
        given = {"vote": "approve", "comment": f"评语{who}", "content_hash": "a" * 64, "after": 0}
        act(who, review, "A", scores=(points,) * 4, **given)
    for who, points in ((0, 30.0), (1, 35.0)):
        given = {"vote": "return", "comment": f"乙项评语{who}", "content_hash": "b" * 64, "after": 0}
        act(who, review, "B", scores=(points,) * 4, **given)
    act(0, move_on)
    act(0, move_on)
    given = {"reason": "", "content_hash": "a" * 64, "after": 0}
    act(
        0, decide, "A", verdict="conditions", conditions=(Condition("签订收购合同", "2026-06-30", "甲乡政府"),), **given
    )
    act(1, dissent, "A", text="市场依据不足")
    act(0, answer, "A", sign="short", text="已要求延长受益年限")
    round_ = act(0, move_on)
    yield round_, people
    store.close()


def text(document):
    return "\n".join(document.texts())


def test_the_minutes_of_the_chair_hold_everything(closed):
    round_, people = closed
    said = text(make_minutes(round_, people[0], "zh"))
    for wanted in (
        "甲村苦荞加工厂", "签订收购合同", "2026-06-30", "委员乙的不同意见", "市场依据不足", "评语2", "乙项评语1",
        "已要求延长受益年限", "有条件同意1个、未作结论1个", round_.head, "20.0", "+5.0", "委员丙",
    ):  # fmt: skip
        assert wanted in said, wanted
    assert [section.key for section in make_minutes(round_, people[0], "en").sections] == [
        "decisions", "members", "marks", "projects", "record",
    ]  # fmt: skip


def test_who_has_a_conflict_reads_nothing_of_that_projects_reviews(closed):
    round_, people = closed
    said = text(make_minutes(round_, people[2], "zh"))
    assert "评语0" in said
    assert "乙项评语" not in said


def test_the_public_reads_decisions_and_no_name(closed):
    round_, people = closed
    said = text(make_minutes(round_, None, "zh"))
    assert "签订收购合同" in said
    assert round_.head in said
    assert not any(person.name in said for person in people)
    assert "评语" not in said


@pytest.mark.parametrize("form", [".docx", ".pdf", ".html", ".xlsx"])
def test_the_same_round_gives_the_same_bytes(closed, form):
    """Of the public's minutes, which have no picture: drawing one takes seconds and is tested with the writers."""
    round_, people = closed
    first, second = (write_document(make_minutes(round_, None, "zh"), form) for _ in range(2))
    assert first == second
    assert len(first) > 2000
    for language in ("en", "zh"):
        assert make_minutes(round_, people[0], language) == make_minutes(round_, people[0], language)
