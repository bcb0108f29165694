import sqlite3

import pytest
from sqlalchemy import select, text

from evaluator.store import engine as engine_room
from evaluator.store.engine import has_rows, make_config, open_store, sqlite_path
from evaluator.store.faults import StoreError
from evaluator.store.schema import snapshots


def test_a_store_opens_empty_and_opens_again(address):
    for _ in range(2):
        store = open_store(address)
        assert store.read(lambda connection: connection.execute(select(snapshots.c.id)).all()) == []
        store.close()


def test_an_sqlite_store_waits_for_its_turn_and_keeps_a_safe_journal(file_store):
    def pragma(name):
        return file_store.read(lambda connection: connection.execute(text(f"pragma {name}")).scalar())

    safe = sqlite3.sqlite_version_info >= engine_room.SAFE_WAL
    assert pragma("journal_mode") == ("wal" if safe else "truncate")
    assert pragma("synchronous") == 2
    assert pragma("secure_delete") == 1
    assert pragma("busy_timeout") == 1000 * engine_room.BUSY_SECONDS


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nonsense://x", "address"),
        ("postgresql://127.0.0.1:bad/x", "address"),
        ("postgresql://postgres@127.0.0.1:9/nothing", "unreachable"),
        ("/proc/nowhere/store.sqlite", "unreachable"),
        ("mysql+pymysql://u@127.0.0.1/x", "driver"),
    ],
)
def test_an_address_that_cannot_be_used_is_said(address, code):
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as refused:
        open_store(address)
    assert refused.value.code == code
    assert refused.value.message("zh") != refused.value.message("en")


def test_a_file_that_is_no_database_is_said(tmp_path):
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="does not answer"):
        open_store(str(path))


def test_a_store_of_a_later_version_is_refused(address):
    store = open_store(address)
    store.write(lambda connection: connection.execute(text("update alembic_version set version_num = '9999'")))
    store.close()
    with pytest.raises(StoreError, match="later version"):
        open_store(address)


def test_an_sqlite_store_that_was_never_made_has_no_rows(tmp_path):
    path = tmp_path / "store.sqlite"
    assert not has_rows(str(path))
    assert not has_rows(f"sqlite:///{path}")
    open_store(str(path)).close()
    assert has_rows(str(path))
    assert has_rows("postgresql://somewhere/x")
    assert sqlite_path(f"sqlite:///{path}") == path


def test_the_migrations_are_part_of_the_package(file_store):
    with file_store.engine.connect() as connection:
        config = make_config(connection)
    assert config.get_main_option("script_location").endswith("migrations")
