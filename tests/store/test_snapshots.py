import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from evaluator.domain.case import lay_out_case
from evaluator.store import snapshots as room
from evaluator.store.engine import sqlite_path
from evaluator.store.faults import StoreError
from evaluator.store.schema import snapshots
from evaluator.store.snapshots import (
    ID,
    count_opening,
    list_snapshots,
    open_snapshot,
    save_snapshot,
    withdraw_snapshot,
    write_time,
)

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


def save(store, case, days=30):
    return save_snapshot(store, case, title="云岭县 2026", now=NOW, days=days)


def refused(code, ask):
    with pytest.raises(StoreError) as fault:
        ask()
    assert fault.value.code == code, fault.value


def test_a_snapshot_opens_as_it_was_saved(store, case):
    kept = save(store, case)
    found = open_snapshot(store, kept.id, now=NOW)
    assert lay_out_case(found.case) == lay_out_case(case)
    assert (found.created, found.expires) == ("2026-01-31T08:00:00Z", "2026-03-02T08:00:00Z")
    assert (found.version, found.fingerprint) == (case.version, case.fingerprint)


def test_ids_and_codes_cannot_be_guessed_and_the_code_is_not_kept(file_store, case):
    kept = [save(file_store, case) for _ in range(3)]
    assert len({one.id for one in kept}) == len({one.code for one in kept}) == 3
    assert all(ID.fullmatch(one.id) and len(one.code) >= 22 for one in kept)
    path = sqlite_path(file_store.engine.url.render_as_string())
    assert kept[0].code.encode() not in path.read_bytes()


@pytest.mark.parametrize("wrong", ["", "x", "../../etc", "a" * 22 + ".0123456789", "'; drop table snapshots; --"])
def test_an_unknown_id_is_said(store, wrong):
    refused("unknown", lambda: open_snapshot(store, wrong, now=NOW))


def test_a_snapshot_expires(store, case):
    kept, endless = save(store, case), save(store, case, days=None)
    open_snapshot(store, kept.id, now=NOW + timedelta(days=29))
    refused("expired", lambda: open_snapshot(store, kept.id, now=NOW + timedelta(days=30)))
    assert open_snapshot(store, endless.id, now=NOW + timedelta(days=9999)).expires is None


def test_what_expired_is_erased_when_the_next_is_saved(file_store, case):
    old = save(file_store, case, days=1)
    save_snapshot(file_store, case, title="", now=NOW + timedelta(days=2), days=1)
    later = NOW + timedelta(days=2)
    refused("expired", lambda: open_snapshot(file_store, old.id, now=later))
    assert {entry.id: entry.size for entry in list_snapshots(file_store, now=later)}[old.id] == 0


def test_a_snapshot_is_withdrawn_by_its_code_and_erased(file_store, case):
    kept = save(file_store, case)
    refused("wrong_code", lambda: withdraw_snapshot(file_store, kept.id, now=NOW, code="guess"))
    withdraw_snapshot(file_store, kept.id, now=NOW, code=f" {kept.code} ")
    refused("withdrawn", lambda: open_snapshot(file_store, kept.id, now=NOW))
    (entry,) = list_snapshots(file_store, now=NOW)
    assert (entry.state, entry.size) == ("withdrawn", 0)


def test_whoever_runs_the_store_withdraws_without_a_code(store, case):
    kept = save(store, case)
    withdraw_snapshot(store, kept.id, now=NOW, code=None)
    refused("withdrawn", lambda: open_snapshot(store, kept.id, now=NOW))


@pytest.mark.parametrize(
    "change",
    [{"title": "other"}, {"expires": None}, {"version": "0"}, {"fingerprint": "0"}, {"created": "2020"}],
    ids=lambda change: next(iter(change)),
)
def test_a_row_that_was_changed_is_not_shown(store, case, change):
    kept = save(store, case)
    store.write(lambda connection: connection.execute(update(snapshots).values(**change)))
    refused("damaged", lambda: open_snapshot(store, kept.id, now=NOW))


def test_a_row_exchanged_with_its_hash_is_noticed_by_the_link(store, case):
    first, second = save(store, case), save(store, case, days=5)
    rows = store.read(lambda c: {r["id"]: dict(r) for r in c.execute(snapshots.select()).mappings()})
    other = {key: rows[second.id][key] for key in ("expires", "content", "content_hash")}
    exchange = update(snapshots).where(snapshots.c.id == first.id).values(**other)
    store.write(lambda connection: connection.execute(exchange))
    refused("damaged", lambda: open_snapshot(store, first.id, now=NOW))


@pytest.mark.slow
def test_every_flipped_bit_of_what_is_stored_is_noticed(file_store, case):
    kept = save(file_store, case)
    content = open_content(file_store, kept.id)
    for place in range(0, len(content), max(1, len(content) // 200)):
        spoiled = bytearray(content)
        spoiled[place] ^= 1 << (place % 8)
        write_content(file_store, kept.id, bytes(spoiled))
        refused("damaged", lambda: open_snapshot(file_store, kept.id, now=NOW))
    write_content(file_store, kept.id, content)
    assert open_snapshot(file_store, kept.id, now=NOW).id == kept.id


def open_content(store, key):
    return bytes(
        store.read(lambda c: c.execute(snapshots.select().where(snapshots.c.id == key)).mappings().one())["content"]
    )


def write_content(store, key, content):
    store.write(lambda c: c.execute(update(snapshots).where(snapshots.c.id == key).values(content=content)))


def test_the_store_has_a_size(store, case, monkeypatch):
    save(store, case)
    monkeypatch.setattr(room, "MOST_STORED_BYTES", 1000)
    refused("full", lambda: save(store, case))


def test_visits_are_counted_and_the_list_says_what_there_is(store, case):
    kept = save(store, case)
    count_opening(store, kept.id)
    count_opening(store, kept.id)
    (entry,) = list_snapshots(store, now=NOW)
    assert (entry.id, entry.title, entry.opened, entry.state) == (kept.id, "云岭县 2026", 2, "kept")
    assert entry.size > 1000


def test_times_are_utc():
    eastern = datetime.fromisoformat("2026-01-31T16:00:00+08:00")
    assert write_time(eastern) == write_time(NOW) == "2026-01-31T08:00:00Z"


def test_no_household_row_reaches_the_file(file_store, case):
    """Whatever a visit holds of households, what is saved is the case, and a case has no room for a panel."""
    save(file_store, case)
    path = sqlite_path(file_store.engine.url.render_as_string())
    columns = {
        table[0]: [row[1] for row in sqlite3.connect(path).execute(f"pragma table_info({table[0]})")]
        for table in sqlite3.connect(path).execute("select name from sqlite_master where type = 'table'")
    }
    assert set(columns) == {"alembic_version", "committee_log", "snapshots"}
    laid_out = lay_out_case(case)
    assert not {"panel", "households"} & set(laid_out)
    heads = {str(head) for rows in laid_out.values() for head in rows[0]}
    assert not {"unit_id", "outcome", "income"} & heads
