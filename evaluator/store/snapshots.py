"""Snapshots: a view kept under an id nobody can guess, opened read-only, withdrawn by whoever saved it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from evaluator.store.faults import StoreError
from evaluator.store.packing import hash_parts, pack, unpack
from evaluator.store.schema import snapshots

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from evaluator.domain.case import Case
    from evaluator.store.engine import Store

MOST_STORED_BYTES = 1_000_000_000
"""Size of all snapshots together from which no new one is taken."""
MARK_LENGTH = 10
ID = re.compile(r"[A-Za-z0-9_-]{22}\.[0-9a-f]{10}")
_HASHED = ("created", "expires", "title", "version", "fingerprint", "content")


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot just saved: its id, the code that withdraws it, and when it expires."""

    id: str
    code: str
    expires: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as it was saved. Times are UTC, ``expires`` is ``None`` for one without an end."""

    id: str
    created: str
    expires: str | None
    version: str
    fingerprint: str
    case: Case


@dataclass(frozen=True, slots=True)
class SnapshotEntry:
    """One line of the list of snapshots; ``state`` is ``kept``, ``expired`` or ``withdrawn``."""

    id: str
    title: str
    created: str
    expires: str | None
    state: str
    version: str
    fingerprint: str
    size: int
    opened: int


def save_snapshot(store: Store, case: Case, *, title: str, now: datetime, days: int | None) -> Kept:
    """Keep a case; ``days`` is how long (``None``: without an end).

    The id ends in a part of the hash of what was saved: who holds the link notices when the row is exchanged. The code
    that withdraws it is kept as a hash only. Raises ``StoreError`` (``too_large``, ``full``, ``unreachable``).
    """
    content, code = pack(case), secrets.token_urlsafe(16)
    row: dict[str, Any] = {
        "created": write_time(now),
        "expires": None if days is None else write_time(now + timedelta(days=days)),
        "title": title,
        "version": case.version,
        "fingerprint": case.fingerprint,
        "content": content,
    }
    row["content_hash"] = _hash(row)
    row["id"] = f"{secrets.token_urlsafe(16)}.{row['content_hash'][:MARK_LENGTH]}"
    row |= {"revocation_hash": hash_parts(code), "size": len(content), "opened": 0}

    def insert(connection: Connection) -> None:
        _forget_expired(connection, write_time(now))
        stored = connection.scalar(select(func.coalesce(func.sum(snapshots.c.size), 0)))
        if int(stored or 0) + len(content) > MOST_STORED_BYTES:
            raise StoreError("full")
        connection.execute(snapshots.insert().values(**row))

    store.write(insert)
    return Kept(row["id"], code, row["expires"])


def open_snapshot(store: Store, snapshot_id: str, *, now: datetime) -> Snapshot:
    """The snapshot of this id.

    Raises
    ------
    StoreError
        ``unknown``, ``expired``, ``withdrawn``, ``damaged`` (what is stored is not what was saved), ``unreachable``.
    """
    row = _find(store, snapshot_id)
    if row["revoked"] is not None:
        raise StoreError("withdrawn", date=row["revoked"][:10])
    if row["expires"] is not None and row["expires"] <= write_time(now):
        raise StoreError("expired", date=row["expires"][:10])
    found = _hash(row)
    if found != row["content_hash"] or not snapshot_id.endswith(found[:MARK_LENGTH]):
        raise StoreError("damaged")
    case = unpack(bytes(row["content"]))
    return Snapshot(row["id"], row["created"], row["expires"], row["version"], row["fingerprint"], case)


def count_opening(store: Store, snapshot_id: str) -> None:
    """Count one more visit of a snapshot."""
    _change(store, snapshot_id, opened=snapshots.c.opened + 1)


def withdraw_snapshot(store: Store, snapshot_id: str, *, now: datetime, code: str | None) -> None:
    """Withdraw a snapshot for good: what it held is erased.

    ``code`` is the one handed out when it was saved; ``None`` is for whoever runs the store. Raises ``StoreError``
    (``unknown``, ``wrong_code``).
    """
    row = _find(store, snapshot_id)
    if code is not None and not compare_digest(hash_parts(code.strip()), row["revocation_hash"]):
        raise StoreError("wrong_code")
    if row["revoked"] is None:
        _change(store, snapshot_id, revoked=write_time(now), content=None, size=0)


def list_snapshots(store: Store, *, now: datetime) -> tuple[SnapshotEntry, ...]:
    """All snapshots, the latest first; what they hold is not read."""
    columns = [column for column in snapshots.c if column.name != "content"]
    order = (snapshots.c.created.desc(), snapshots.c.id)
    rows = store.read(lambda connection: connection.execute(select(*columns).order_by(*order)).mappings().all())
    keys = ("id", "title", "created", "expires", "version", "fingerprint", "size", "opened")
    return tuple(SnapshotEntry(**{key: row[key] for key in keys}, state=_state(row, write_time(now))) for row in rows)


def write_time(moment: datetime) -> str:
    """A moment as the store keeps it: UTC to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _state(row: RowMapping, now: str) -> str:
    if row["revoked"] is not None:
        return "withdrawn"
    return "expired" if row["expires"] is not None and row["expires"] <= now else "kept"


def _find(store: Store, snapshot_id: str) -> Mapping[str, Any]:
    if not ID.fullmatch(snapshot_id):
        raise StoreError("unknown")
    query = select(snapshots).where(snapshots.c.id == snapshot_id)
    row = store.read(lambda connection: connection.execute(query).mappings().first())
    if row is None:
        raise StoreError("unknown")
    return dict(row)


def _change(store: Store, snapshot_id: str, **values: object) -> None:
    statement = update(snapshots).where(snapshots.c.id == snapshot_id).values(**values)
    store.write(lambda connection: connection.execute(statement))


def _forget_expired(connection: Connection, now: str) -> None:
    """Erase what expired snapshots held; that there was one is remembered."""
    old = (snapshots.c.expires <= now) & snapshots.c.content.is_not(None)
    connection.execute(update(snapshots).where(old).values(content=None, size=0))


def _hash(row: Mapping[str, Any]) -> str:
    return hash_parts(*(row[key] for key in _HASHED))
