"""A log whose entries hold one another: each carries the hash of the one before, so that no change goes unnoticed.

What a chain cannot show is that its end was cut off or that all of it was written anew: for that its last hash must be
kept somewhere else, on paper or with another office.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal

BEGIN = "0" * 64
"""What the first entry names as the one before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes
    ----------
    seq
        1, 2, 3 … over the whole store, without a gap.
    round, kind, subject, version
        To which round it belongs, what was done, to what, and the how-many-eth entry about this it is.
    actor, at
        The member who did it, and when (UTC).
    token
        What the sender called this message: the same one is written once.
    body
        The content as canonical JSON.
    previous, hash
        Hash of the entry before, and of everything here but ``hash``.
    """

    seq: int
    round: str
    kind: str
    subject: str
    version: int
    actor: str
    at: str
    token: str
    body: str
    previous: str
    hash: str = ""

    @property
    def content(self) -> Any:  # noqa: ANN401 - what was written as JSON
        """The body, read."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry that cannot be as it was written: its content, its link to the one before, or its number."""

    seq: int
    what: Literal["content", "link", "number"]


def canonical(value: object) -> str:
    """A value as JSON in the one form that is hashed: keys in order, no spaces, no NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_entry(entry: Entry) -> str:
    """SHA-256 of everything an entry says, as 64 hexadecimal characters."""
    said = {key: value for key, value in asdict(entry).items() if key != "hash"}
    return sha256(canonical(said).encode()).hexdigest()


def find_break(entries: Iterable[Entry]) -> Break | None:
    """Where a whole log, in order, stops being one; ``None`` when it holds from its first to its last entry."""
    before = BEGIN
    for number, entry in enumerate(entries, 1):
        if hash_entry(entry) != entry.hash:
            return Break(entry.seq, "content")
        if entry.seq != number:
            return Break(entry.seq, "number")
        if entry.previous != before:
            return Break(entry.seq, "link")
        before = entry.hash
    return None
