from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from evaluator.committee.opening import (
    admit,
    check_access,
    find_login,
    make_member,
    new_id,
    new_secret,
    open_round,
    read_round,
    round_of_link,
    write_link,
)
from evaluator.store.engine import sqlite_path

from .conftest import NOW, PROPOSALS


def test_a_link_lets_its_member_in_and_its_secret_is_not_kept(committee, refused):
    link = write_link("round", "secret r1")
    assert round_of_link(link) == "round"
    assert admit(committee.round, link, now=NOW).name == "r1"
    path = sqlite_path(committee.store.engine.url.render_as_string())
    assert b"secret r1" not in path.read_bytes()
    for wrong in ("round.", "round", "round.secret R1", ""):
        refused("link_unknown", lambda wrong=wrong: admit(committee.round, wrong, now=NOW))
    late = NOW + timedelta(days=90)
    refused("link_expired", lambda: check_access(committee.members["r1"], now=late))
    refused("link_revoked", lambda: check_access(replace(committee.members["r1"], revoked=True), now=NOW))


def test_secrets_cannot_be_guessed():
    assert len({new_secret() for _ in range(50)} | {new_id() for _ in range(50)}) == 100
    assert len(new_secret()) >= 32


def test_a_sign_in_finds_its_member(committee):
    member = make_member("x", "reviewer", secret="s", now=NOW, login=" Wang@County.Example ")
    round_ = replace(committee.round, members={member.id: member})
    assert find_login(round_, "wang@county.example") == member
    assert find_login(round_, "") is None
    assert find_login(committee.round, "") is None


def test_a_round_is_begun_once_and_needs_title_and_name(committee, refused):
    given = {"round_id": "other", "snapshot": "s", "fingerprint": "f", "rules": committee.round.rules, "listed": False}
    chair = committee.members["chair"]
    for _ in range(2):
        open_round(committee.store, PROPOSALS, title="第二批", chair=chair, now=NOW, **given)
    assert len(read_round(committee.store, "other").lines) == 1
    refused("no_title", lambda: open_round(committee.store, PROPOSALS, title=" ", chair=chair, now=NOW, **given))
    refused("no_name", lambda: make_member("  ", "chair", secret="s", now=NOW))
    refused("unknown_round", lambda: read_round(committee.store, "never"))


def test_what_was_read_before_is_read_on(committee):
    before = committee.round
    committee.to("discussion")
    assert read_round(committee.store, "round", known=before) == committee.round
    assert read_round(committee.store, "round", known=committee.round).phase == "discussion"
    other = replace(before, head="0" * 64, title="of another store")
    assert read_round(committee.store, "round", known=other) == committee.round


@pytest.mark.parametrize("field", ["title", "chair"])
def test_a_round_whose_log_was_changed_is_not_shown(committee, refused, field):
    committee.store.write(lambda c: c.execute(text("drop trigger committee_log_no_update")))
    spoil = text("update committee_log set body = replace(body, :field, 'x') where seq = 1")
    committee.store.write(lambda c: c.execute(spoil, {"field": field}))
    refused("log_damaged", lambda: committee.round)
