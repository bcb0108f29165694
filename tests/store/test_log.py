from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from evaluator.store import log as room
from evaluator.store.chain import BEGIN, Break
from evaluator.store.faults import StoreError
from evaluator.store.log import Draft, append, has_head, list_rounds, read_log, verify_log

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


def write(store, subject="s", *, token, body=1, round_id="r", after=None, check=lambda _: None):
    draft = Draft("review", subject, body, "m", after)
    return append(store, round_id, draft, token=token, now=NOW, check=check)


def entries(store, since=0):
    return read_log(store, "r", lambda read: read(since))


def refused(code, ask):
    with pytest.raises(StoreError) as fault:
        ask()
    assert fault.value.code == code


def test_entries_are_numbered_and_chained_over_all_rounds(store):
    first, other, second = (write(store, token=str(n), round_id=r) for n, r in enumerate("rqr"))
    assert [e.seq for e in (first, other, second)] == [1, 2, 3]
    assert (first.previous, other.previous, second.previous) == (BEGIN, first.hash, other.hash)
    assert entries(store) == (first, second)
    assert entries(store, since=2) == (second,)
    assert (first.version, second.version) == (1, 2)
    assert list_rounds(store, most=9) == ("q", "r")
    found = verify_log(store)
    assert (found.entries, found.rounds, found.head, found.broken) == (3, 2, second.hash, None)
    assert has_head(store, first.hash)
    assert not has_head(store, "0" * 64)


def test_a_message_sent_again_is_written_once(store):
    assert write(store, token="t") == write(store, token="t")
    refused("sent_before", lambda: write(store, token="t", body=2))
    assert len(entries(store)) == 1


def test_many_at_once_are_each_written_once(store):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: write(store, f"s{n % 5}", token=str(n % 20)), range(40)))
    assert len(entries(store)) == 20
    assert verify_log(store).broken is None


def test_who_has_not_seen_the_last_entry_is_told(store):
    write(store, token="1", after=0)
    refused("overtaken", lambda: write(store, token="2", after=0))
    write(store, token="3", after=1)


def test_what_a_check_refuses_is_not_written(store):
    def check(_):
        raise StoreError("wrong_code")

    refused("wrong_code", lambda: write(store, token="1", check=check))
    assert entries(store) == ()


def test_an_entry_has_a_length(store, monkeypatch):
    monkeypatch.setattr(room, "LONGEST_BODY", 10)
    refused("too_long", lambda: write(store, token="1", body="x" * 20))


@pytest.mark.parametrize(
    "statement",
    [
        "update committee_log set body = '2'",
        "delete from committee_log",
        "insert or replace into committee_log select seq, round, kind, subject, version, actor, at, token, '2', "
        "previous, hash from committee_log",
        "truncate committee_log",
    ],
)
def test_the_database_itself_refuses_to_change_the_log(store, statement):
    engine = store.engine.dialect.name
    if (engine == "postgresql") == ("or replace" in statement) or (engine == "sqlite" and "truncate" in statement):
        pytest.skip("not a statement of this engine")
    write(store, token="1")
    with pytest.raises((DBAPIError, StoreError)):
        store.write(lambda connection: connection.execute(text(statement)))
    assert entries(store)[0].body == "1"


def test_a_log_changed_behind_the_triggers_is_found_and_not_shown(file_store):
    for number in range(3):
        write(file_store, token=str(number))
    file_store.write(lambda connection: connection.execute(text("drop trigger committee_log_no_update")))
    file_store.write(lambda connection: connection.execute(text("update committee_log set actor = 'x' where seq = 2")))
    assert verify_log(file_store).broken == Break(2, "content")
    refused("log_damaged", lambda: entries(file_store))
