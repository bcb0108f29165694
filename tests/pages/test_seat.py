"""Who a link or a sign-in lets in, and that a message is sent once."""

from types import SimpleNamespace

import pytest
import streamlit as st

from evaluator.committee.acts import declare
from evaluator.committee.faults import RoundError
from evaluator.pages import basis, seat, state


@pytest.fixture
def visit(monkeypatch):
    """The memory of a visit, without one."""
    kept = {}
    monkeypatch.setattr(state, "remember", kept.__setitem__)
    monkeypatch.setattr(state, "recall", lambda name, default=None: kept.get(name, default))
    return kept


def test_a_link_a_round_or_nothing(committee, visit):
    assert seat.find_seat() is None
    visit["round"] = committee.id
    assert (seat.find_seat().round.id, seat.find_seat().member) == (committee.id, None)
    visit["member"] = committee.link(1)
    assert seat.find_seat().member.name == "委员乙"
    visit["member"] = "never.x"
    with pytest.raises(RoundError):
        seat.find_seat()


def test_a_sign_in_finds_its_round_once_the_address_is_checked(committee, visit, monkeypatch):
    from evaluator.committee.acts import invite
    from evaluator.committee.opening import make_member

    person = make_member("丁", "observer", secret="d", now=committee.now, login="ding@county.example")
    committee.act(0, invite, person)
    assert basis.signed_in() == ""  # nothing is configured

    monkeypatch.setattr(basis, "offers_sign_in", lambda: True)
    user = {"email": "Ding@county.example", "email_verified": True}
    shown = SimpleNamespace(is_logged_in=True, get=lambda key, default=None: user.get(key, default))
    monkeypatch.setattr(st, "user", shown)
    assert seat.find_seat().member == committee.round.members[person.id]
    user["email_verified"] = False
    assert seat.find_seat() is None


def test_a_refusal_is_kept_for_its_form_and_the_message_sent_again(committee, visit):
    committee.to("independent")
    here = seat.Seat(committee.round, committee.people[1])
    assert seat.attempt("form", here, declare, committee.keys[1], reason=" ") is None
    form, said = visit["review_refused"]
    assert (form, set(said)) == ("form", {"en", "zh"})
    message = visit["message_form"]
    assert seat.attempt("form", here, declare, committee.keys[1], reason="亲属") is not None
    assert visit["review_refused"] is None
    assert visit["message_form"] is None
    visit["message_form"] = message  # the answer was lost: the same message again, and then another content
    assert seat.attempt("form", here, declare, committee.keys[1], reason="亲属") is not None
    visit["message_form"] = message
    assert seat.attempt("form", here, declare, committee.keys[1], reason="另一原因") is None
    assert visit["message_form"] is None
    assert len([line for line in committee.round.lines if line[3] == "conflict"]) == 1
    assert seat.attempt("form", seat.Seat(committee.round, None), declare, committee.keys[1], reason="x") is None
