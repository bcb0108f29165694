"""Opening a round, reading it, and who a link or a sign-in lets in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING

from evaluator.committee.faults import RoundError
from evaluator.committee.folding import fold
from evaluator.committee.nouns import Member, Proposal, Round, Rules
from evaluator.store.log import Draft, Reader, append, read_log
from evaluator.store.snapshots import write_time

if TYPE_CHECKING:
    from evaluator.store.engine import Store

HOST = "host"
"""The actor of the entry that opens a round: whoever holds the key of the installation."""
LINK_DAYS = 90
LONGEST_NAME, LONGEST_TEXT = 80, 4000
_BYTES_ID, _BYTES_SECRET = 9, 24


def new_id() -> str:
    """A name nobody can guess, for a round or a message."""
    return secrets.token_urlsafe(_BYTES_ID)


def new_secret() -> str:
    """The secret part of a member's link."""
    return secrets.token_urlsafe(_BYTES_SECRET)


def hash_secret(secret: str) -> str:
    """How a secret is kept."""
    return sha256(secret.encode()).hexdigest()


def make_member(
    name: str, role: str, *, secret: str, now: datetime, unit: str = "", township: str = "", login: str = ""
) -> Member:
    """A member with a link of ``LINK_DAYS``; the id says nothing of the name. Raises ``RoundError`` (``no_name``)."""
    said = " ".join(name.split())[:LONGEST_NAME]
    if not said:
        raise RoundError("no_name")
    return Member(
        id=hash_secret(f"member {secret}")[:8],
        name=said,
        role=role,
        unit=" ".join(unit.split())[:LONGEST_NAME],
        township=" ".join(township.split())[:LONGEST_NAME],
        login=login.strip().casefold()[:LONGEST_NAME],
        link_hash=hash_secret(secret),
        expires=write_time(now + timedelta(days=LINK_DAYS)),
    )


def open_round(
    store: Store,
    proposals: Sequence[Proposal],
    *,
    round_id: str,
    title: str,
    snapshot: str,
    fingerprint: str,
    rules: Rules,
    chair: Member,
    listed: bool,
    now: datetime,
) -> Round:
    """Begin a round on the proposals of a snapshot; sent again with the same ``round_id``, it is begun once.

    Raises ``RoundError`` (``no_title``) or ``StoreError``.
    """
    said = " ".join(title.split())[:LONGEST_NAME]
    if not said:
        raise RoundError("no_title")
    body = {
        "title": said,
        "listed": listed,
        "rules": asdict(rules),
        "snapshot": snapshot,
        "fingerprint": fingerprint,
        "rows": [asdict(proposal) for proposal in proposals],
        "chair": asdict(chair),
    }
    draft = Draft("opened", "round", body, HOST)
    append(store, round_id, draft, token=f"open {round_id}", now=now, check=lambda _: None)
    return read_round(store, round_id)


def read_round(store: Store, round_id: str, *, known: Round | None = None) -> Round:
    """The round as it stands now; ``known`` saves reading again what was read.

    Raises ``RoundError`` (``unknown_round``) or ``StoreError``.
    """
    return read_log(store, round_id, lambda entries: catch_up(entries, round_id, known))


def catch_up(read: Reader, round_id: str, known: Round | None) -> Round:
    """The round with the entries written since it was read; all anew when the log is no longer the one it was."""
    if known is not None and known.seq:
        entries = read(known.seq)
        if entries and entries[0].hash == known.head:
            return fold(entries[1:], round_id, known=known) if len(entries) > 1 else known
    entries = read(0)
    if not entries or entries[0].kind != "opened":
        raise RoundError("unknown_round")
    return fold(entries, round_id)


def write_link(round_id: str, secret: str) -> str:
    """What stands after ``?member=`` in a member's link."""
    return f"{round_id}.{secret}"


def round_of_link(link: str) -> str:
    """The round a member's link belongs to."""
    return link.partition(".")[0]


def admit(round_: Round, link: str, *, now: datetime) -> Member:
    """The member whose link this is; raises ``RoundError`` (``link_unknown``, ``link_revoked``, ``link_expired``)."""
    given = hash_secret(link.partition(".")[2])
    for member in round_.members.values():
        if member.link_hash and compare_digest(given, member.link_hash):
            check_access(member, now=now)
            return member
    raise RoundError("link_unknown")


def check_access(member: Member, *, now: datetime) -> None:
    """Raises ``RoundError`` when the member's access was ended or has run out."""
    if member.revoked:
        raise RoundError("link_revoked")
    if member.expires <= write_time(now):
        raise RoundError("link_expired", date=member.expires[:10])


def find_login(round_: Round, login: str) -> Member | None:
    """The member who signs in under this address; ``None`` when there is none."""
    wanted = login.strip().casefold()
    found = (member for member in round_.members.values() if wanted and member.login == wanted)
    return next(found, None)
