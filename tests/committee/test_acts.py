from dataclasses import replace
from datetime import timedelta

import pytest

from evaluator.committee.acts import (
    answer,
    decide,
    declare,
    dissent,
    invite,
    move_on,
    remove,
    renew,
    reopen,
    replace_proposals,
    revoke,
)
from evaluator.committee.capability import CAPABILITIES
from evaluator.committee.nouns import Condition
from evaluator.committee.opening import admit, make_member, write_link
from evaluator.store.log import verify_log

from .conftest import NOW, PROPOSALS


def ready(committee, project="C"):
    """The project marked by enough members, in the phase of decisions."""
    committee.to("independent")
    for name in ("chair", "r1", "r2"):
        committee.mark(name, project)
    return committee.to("decision")


def test_a_review_is_given_and_changed_with_its_history_in_the_log(committee, refused):
    committee.to("independent").mark("r1", "C")
    round_ = committee.mark("r1", "C", (60, None, 50, 50))
    held = round_.review(committee.members["r1"].id, "C")
    assert (held.version, held.scores) == (2, (60.0, None, 50.0, 50.0))
    refused("overtaken", lambda: committee.mark("r1", "C", after=1))
    assert [line[3] for line in round_.lines].count("review") == 2


def test_sent_twice_it_is_written_once(committee):
    committee.to("independent")
    for _ in range(3):
        committee.mark("r1", "C", token="one", after=0)
    assert committee.round.reviews[committee.members["r1"].id, "C"].version == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"scores": (50, 50, 50, 101)}, "bad_marks"),
        ({"scores": (50, 50, 50)}, "bad_marks"),
        ({"vote": "perhaps"}, "bad_marks"),
        ({"scores": (None,) * 4}, "no_marks"),
        ({"vote": "abstain"}, "abstain_marks"),
        ({"vote": "reject", "comment": " "}, "reason_reject"),
        ({"scores": (80,) * 4, "comment": ""}, "reason_far"),
        ({"content_hash": "0" * 64}, "changed"),
    ],
)
def test_a_review_that_does_not_hold_is_refused(committee, refused, given, code):
    committee.to("independent")
    refused(code, lambda: committee.mark("r1", "C", **given))
    assert committee.round.reviews == {}


def test_who_has_a_conflict_neither_reviews_nor_decides_nor_dissents(committee, refused):
    committee.to("independent")
    refused("conflict", lambda: committee.mark("r3", "A"))
    committee.act("chair", declare, "C", reason="亲属")
    for name in ("r1", "r2", "r3"):
        committee.mark(name, "C")
    committee.to("decision")
    refused("conflict", lambda: committee.act("chair", decide, "C", verdict="approve", **committee.decided("C")))
    refused("conflict", lambda: committee.act("chair", dissent, "C", text="x"))
    refused("conflict", lambda: committee.act("chair", answer, "C", sign="fast", text="x"))


def test_a_changed_proposal_asks_again(committee, refused):
    ready(committee)
    committee.act("chair", decide, "C", verdict="approve", **committee.decided("C"))
    changed = [replace(p, content_hash="d" * 64) if p.id == "C" else p for p in PROPOSALS]
    round_ = committee.act("chair", replace_proposals, changed, snapshot="later", fingerprint="e" * 16)
    assert round_.decision("C") is None
    assert round_.review(committee.members["r1"].id, "C") is None
    assert len(round_.decisions["C"]) == 1
    asked = committee.decided("C")
    refused("no_quorum", lambda: committee.act("chair", decide, "C", verdict="approve", **asked))
    fewer = {"snapshot": "x", "fingerprint": "x"}
    refused("other_list", lambda: committee.act("chair", replace_proposals, changed[:2], **fewer))


def test_a_decision_needs_quorum_conditions_and_reasons(committee, refused):
    committee.to("decision")
    asked = committee.decided("C")
    refused("no_quorum", lambda: committee.act("chair", decide, "C", verdict="approve", **asked))


def test_decisions_carry_conditions_dissent_and_answers(committee, refused):
    asked = ready(committee).decided("C")

    def decided(verdict, **given):
        return lambda: committee.act("chair", decide, "C", verdict=verdict, **(asked | given))

    refused("no_decision", lambda: committee.act("r1", dissent, "C", text="不同意见"))
    refused("no_conditions", decided("conditions"))
    refused("bad_condition", decided("conditions", conditions=[Condition("签订单", "soon", "王某")]))
    refused("reason_decision", decided("return"))
    refused("bad_marks", decided("abstain"))
    round_ = decided("conditions", conditions=[Condition(" 签订单 ", "2026-06-30", "丙乡政府")])()
    assert round_.decision("C").conditions == (Condition("签订单", "2026-06-30", "丙乡政府"),)
    refused("overtaken", decided("approve"))
    round_ = committee.act("r1", dissent, "C", text="市场依据不足")
    assert [remark.text for remark in round_.dissents.values()] == ["市场依据不足"]
    round_ = committee.act("secretary", answer, "C", sign="fast", text="培训延长至20天")
    assert round_.answers["C", "fast"].text == "培训延长至20天"
    refused("unknown_project", lambda: committee.act("secretary", answer, "C", sign="short", text="x"))
    refused("no_reason", lambda: committee.act("secretary", answer, "C", sign="fast", text=" "))


def test_reopening_is_a_new_entry_and_the_earlier_decision_stays(committee, refused):
    ready(committee)
    committee.act("chair", decide, "C", verdict="approve", **committee.decided("C"))
    committee.to("closed")
    refused("not_allowed", lambda: committee.act("chair", decide, "C", verdict="approve", **committee.decided("C")))
    refused("no_reason", lambda: committee.act("chair", reopen, reason=""))
    committee.act("chair", reopen, reason="异议成立")
    given = {**committee.decided("C"), "reason": "公示期异议成立"}
    round_ = committee.act("chair", decide, "C", verdict="return", **given)
    assert [one.verdict for one in round_.decisions["C"]] == ["approve", "return"]
    assert [step.phase for step in round_.steps][-2:] == ["closed", "decision"]
    assert verify_log(committee.store).broken is None


def test_links_expire_are_ended_and_given_anew(committee, refused):
    late = NOW + timedelta(days=91)
    committee.to("independent")
    refused("link_expired", lambda: committee.mark("r1", "C", now=late))
    committee.act("secretary", revoke, committee.members["r1"].id)
    refused("link_revoked", lambda: committee.mark("r1", "C"))
    round_ = committee.act("secretary", renew, committee.members["r1"].id, secret="anew")
    assert admit(round_, write_link("round", "anew"), now=NOW).name == "r1"
    refused("link_unknown", lambda: admit(round_, write_link("round", "secret r1"), now=NOW))
    committee.mark("r1", "C")


def test_a_secretary_makes_no_chair_and_nobody_ends_their_own_access(committee, refused):
    other = make_member("副主任", "chair", secret="deputy", now=NOW, login="A@B.example")
    refused("chair_only", lambda: committee.act("secretary", invite, other))
    refused("chair_only", lambda: committee.act("secretary", renew, committee.members["chair"].id, secret="x"))
    refused("not_self", lambda: committee.act("chair", revoke, committee.members["chair"].id))
    committee.act("chair", invite, other)
    again = make_member("同名", "reviewer", secret="third", now=NOW, login="a@b.example")
    refused("login_taken", lambda: committee.act("chair", invite, again))
    bad = replace(again, role="public", login="")
    refused("bad_role", lambda: committee.act("chair", invite, bad))
    refused("unknown_member", lambda: committee.act("chair", revoke, "nobody"))


def test_a_member_is_taken_out_only_before_the_round_has_begun(committee, refused):
    round_ = committee.act("secretary", remove, committee.members["r3"].id)
    assert committee.members["r3"].id not in round_.members
    refused("link_unknown", lambda: committee.mark("r3", "C"))
    committee.to("independent")
    refused("not_allowed", lambda: committee.act("secretary", remove, committee.members["r2"].id))


def test_a_round_needs_members_before_it_begins_and_moves_one_phase_at_a_time(committee, refused):
    for name in ("r1", "r2", "r3"):
        committee.act("chair", remove, committee.members[name].id)
    refused("few_members", lambda: committee.act("chair", move_on))
    committee.act("chair", invite, make_member("新委员", "reviewer", secret="new", now=NOW))
    stale = committee.desk("chair")
    committee.act("chair", move_on)
    refused("moved", lambda: move_on(stale))
    assert committee.round.phase == "independent"


@pytest.mark.slow
def test_every_act_asks_the_table(committee, refused):
    """Each act, tried by each member in each phase, is refused just where the table does not allow it."""
    acts = {
        "review": lambda name: committee.mark(name, "C"),
        "declare": lambda name: committee.act(name, declare, "B", reason="x"),
        "dissent": lambda name: committee.act(name, dissent, "C", text="x"),
        "answer": lambda name: committee.act(name, answer, "C", sign="fast", text="x"),
        "decide": lambda name: committee.act(name, decide, "C", verdict="approve", **committee.decided("C")),
        "invite": lambda name: committee.act(name, renew, committee.members["r3"].id, secret=name),
        "revoke": lambda name: committee.act(name, revoke, committee.members["applicant"].id),
        "replace": lambda name: committee.act(name, replace_proposals, PROPOSALS, snapshot="s", fingerprint="f"),
    }
    for phase in ("draft", "independent", "discussion", "decision", "closed"):
        committee.to(phase)
        for action, do in acts.items():
            for name, member in committee.members.items():
                if name == "applicant" and member.role == "applicant":
                    continue  # their access has been ended by then
                if phase not in CAPABILITIES[action].get(member.role, ()):
                    refused("not_allowed", lambda do=do, name=name: do(name))
                elif action in ("review", "invite", "revoke", "replace"):
                    do(name)
