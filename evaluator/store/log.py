"""The committee's log in the store: written at its end only, each message once, checked as it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import and_, func, select
from sqlalchemy.exc import DBAPIError

from evaluator.store.chain import BEGIN, Break, Entry, canonical, find_break, hash_entry
from evaluator.store.faults import StoreError
from evaluator.store.schema import committee_log as table
from evaluator.store.snapshots import write_time

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from evaluator.store.engine import Store

Result = TypeVar("Result")
Reader = Callable[[int], tuple[Entry, ...]]
"""The entries of one round from a number on."""
LONGEST_BODY = 2_000_000
"""Characters of one entry: some 5,000 proposals."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written: the kind of act, what it is about, its content.

    ``after`` is how many entries about the same thing the writer had seen; ``None`` when that does not matter.
    """

    kind: str
    subject: str
    body: object
    actor: str
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole log found: entries and rounds in it, its last hash, and where it breaks, if it does."""

    entries: int
    rounds: int
    head: str
    broken: Break | None


def append(
    store: Store, round_id: str, draft: Draft, *, token: str, now: datetime, check: Callable[[Reader], None]
) -> Entry:
    """Write one entry at the end of the log.

    Parameters
    ----------
    token
        What the sender calls this message; sent again, the entry that was written is handed back.
    check
        Raises when the act is not allowed; handed the reader of the round, run while nobody else writes.

    Raises
    ------
    StoreError
        ``sent_before`` for a token already used for another content, ``overtaken`` when someone else wrote about the
        same thing since, ``too_long``, ``unreachable``.
    """
    body = canonical(draft.body)
    if len(body) > LONGEST_BODY:
        raise StoreError("too_long")

    def job(connection: Connection) -> Entry:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("lock table committee_log in exclusive mode")
        known = connection.execute(select(table).where(table.c.token == token)).mappings().first()
        if known is not None:
            found = Entry(**known)
            if (found.round, found.kind, found.subject, found.actor, found.body) != (
                round_id, draft.kind, draft.subject, draft.actor, body,
            ):  # fmt: skip
                raise StoreError("sent_before")
            return found
        check(partial(read_entries, connection, round_id))
        seq, previous = _end(connection)
        version = _version(connection, round_id, draft)
        said = (round_id, draft.kind, draft.subject, version, draft.actor, write_time(now), token, body)
        entry = Entry(seq, *said, previous)
        entry = replace(entry, hash=hash_entry(entry))
        connection.execute(table.insert().values({column.name: getattr(entry, column.name) for column in table.c}))
        return entry

    try:
        return store.write(job)
    except DBAPIError as fault:
        raise StoreError("unreachable") from fault


def _end(connection: Connection) -> tuple[int, str]:
    """Number and link of the next entry."""
    last = connection.execute(select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)).first()
    return (1, BEGIN) if last is None else (last.seq + 1, last.hash)


def _version(connection: Connection, round_id: str, draft: Draft) -> int:
    same = and_(table.c.round == round_id, table.c.subject == draft.subject)
    seen = connection.scalar(select(func.coalesce(func.max(table.c.version), 0)).where(same)) or 0
    if draft.after is not None and draft.after != seen:
        raise StoreError("overtaken")
    return seen + 1


def read_entries(connection: Connection, round_id: str, since: int = 0) -> tuple[Entry, ...]:
    """The entries of one round from number ``since`` on; raises ``StoreError`` (``log_damaged``)."""
    wanted = and_(table.c.round == round_id, table.c.seq >= since)
    rows = connection.execute(select(table).where(wanted).order_by(table.c.seq)).mappings()
    entries = tuple(Entry(**row) for row in rows)
    for entry in entries:
        if hash_entry(entry) != entry.hash:
            raise StoreError("log_damaged", seq=entry.seq)
    return entries


def read_log(store: Store, round_id: str, take: Callable[[Reader], Result]) -> Result:
    """What ``take`` makes of one round's entries, read in one go."""
    return store.read(lambda connection: take(partial(read_entries, connection, round_id)))


def list_rounds(store: Store, *, most: int) -> tuple[str, ...]:
    """The rounds begun last, the latest first."""
    begun = func.min(table.c.seq)
    query = select(table.c.round).group_by(table.c.round).order_by(begun.desc()).limit(most)
    return tuple(store.read(lambda connection: connection.execute(query).scalars().all()))


def verify_log(store: Store) -> Verified:
    """Check every entry of the store from the first to the last."""

    def query(connection: Connection) -> Verified:
        entries = [Entry(**row) for row in connection.execute(select(table).order_by(table.c.seq)).mappings()]
        head = entries[-1].hash if entries else BEGIN
        return Verified(len(entries), len({entry.round for entry in entries}), head, find_break(entries))

    return store.read(query)


def has_head(store: Store, head: str) -> bool:
    """Whether an entry with this hash is in the log: what was noted elsewhere is still part of it."""
    query = select(func.count()).select_from(table).where(table.c.hash == head)
    return bool(store.read(lambda connection: connection.scalar(query)))
