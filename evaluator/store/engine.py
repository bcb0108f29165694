"""Opening the store: SQLite in a file of its own or PostgreSQL by its address, brought up to date on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from evaluator.store.faults import StoreError
from evaluator.store.writer import Writer

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
SAFE_WAL = (3, 51, 3)
"""SQLite before this version may lose rows when a write-ahead log is reset: it keeps a rollback journal instead."""
BUSY_SECONDS = 10
_SQLITE = "sqlite:///"
_MIGRATING = 7_241_001  # any number: one process at a time migrates a PostgreSQL store


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. ``read`` and ``write`` take a function of a connection and return what it returns."""

    engine: Engine
    writer: Writer

    def read(self, query: Callable[[Connection], Result]) -> Result:
        """What ``query`` finds; raises ``StoreError`` when the database does not answer."""
        try:
            with self.engine.connect() as connection:
                return query(connection)
        except DBAPIError as fault:
            raise StoreError("unreachable") from fault

    def write(self, job: Callable[[Connection], Result]) -> Result:
        """What ``job`` returns, once it is committed; raises what ``job`` raises, or ``StoreError``."""
        return self.writer.write(job)

    def close(self) -> None:
        """End the writing thread and let the connections go."""
        self.writer.close()
        self.engine.dispose()


def open_store(address: str) -> Store:
    """Open a store and bring its tables up to date.

    Parameters
    ----------
    address
        A path of an SQLite file, made with its folder when it does not exist, or a database address
        (``postgresql://…``, ``sqlite:///…``).

    Raises
    ------
    StoreError
        ``address`` when it cannot be understood, ``driver`` when the package for it is missing, ``unreachable`` when
        nothing answers there, ``newer`` when a later version of the evaluator wrote it.
    """
    from alembic.util.exc import CommandError  # noqa: PLC0415 - 10 MB, loaded when a store is opened

    engine = _make_engine(address)
    try:
        _migrate(engine)
    except CommandError as fault:
        engine.dispose()
        raise StoreError("newer") from fault
    except (DBAPIError, OSError) as fault:
        engine.dispose()
        raise StoreError("unreachable") from fault
    return Store(engine, Writer(engine))


def has_rows(address: str) -> bool:
    """Whether there can be anything to read: false for an SQLite file that was never made."""
    path = sqlite_path(address)
    return path is None or path.is_file()


def sqlite_path(address: str) -> Path | None:
    """The file of an SQLite store; ``None`` for another database."""
    if "://" not in address:
        return Path(address).expanduser()
    return Path(address.removeprefix(_SQLITE)) if address.startswith(_SQLITE) else None


def _make_engine(address: str) -> Engine:
    try:
        path = sqlite_path(address)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _watch_sqlite(create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS}))
        url = make_url(address)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        options = {"connect_timeout": BUSY_SECONDS} if url.drivername == "postgresql+psycopg" else {}
        return create_engine(url, pool_pre_ping=True, connect_args=options)
    except (ArgumentError, NoSuchModuleError, ValueError) as fault:
        raise StoreError("address") from fault
    except ModuleNotFoundError as fault:
        raise StoreError("driver", package=fault.name or "psycopg") from fault
    except OSError as fault:
        raise StoreError("unreachable") from fault


def _watch_sqlite(engine: Engine) -> Engine:
    """Transactions are begun by us, and writing ones take the lock at once instead of failing half-way."""

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        journal = "wal" if sqlite3.sqlite_version_info >= SAFE_WAL else "truncate"
        for pragma in (f"journal_mode={journal}", "synchronous=full", "foreign_keys=on", "secure_delete=on"):
            connection.execute(f"pragma {pragma}")

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 - loaded when a store is opened

    with _alone(engine) as connection:
        command.upgrade(make_config(connection), "head")


def make_config(connection: Connection) -> Config:
    """The migrations of the package, to be run on this connection."""
    from alembic.config import Config  # noqa: PLC0415 - loaded when a store is opened

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Any]:
    """A transaction in which no other process migrates."""
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
        yield connection
