"""A case as bytes for the store: canonical JSON, compressed; and its hash."""

import json
import zlib
from hashlib import sha256

from evaluator.domain.case import Case, lay_out_case, read_case
from evaluator.store.faults import StoreError

MOST_BYTES = 5_000_000
"""Packed size up to which a case is kept: some 20,000 projects with a register."""
MOST_UNPACKED = 200_000_000


def pack(case: Case) -> bytes:
    """The case as bytes; the same case gives the same bytes. Raises ``StoreError`` (``too_large``)."""
    text = json.dumps(lay_out_case(case), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    packed = zlib.compress(text.encode(), level=6)
    if len(packed) > MOST_BYTES:
        raise StoreError("too_large", limit=f"{MOST_BYTES / 1e6:.0f}")
    return packed


def unpack(packed: bytes) -> Case:
    """The case that ``pack`` packed; raises ``StoreError`` (``damaged``) or ``TableError``."""
    try:
        opener = zlib.decompressobj()
        text = opener.decompress(packed, MOST_UNPACKED)
        if not opener.eof:
            raise StoreError("damaged")
        sheets = json.loads(text)
    except (zlib.error, ValueError) as fault:
        if isinstance(fault, StoreError):
            raise
        raise StoreError("damaged") from fault
    return read_case(sheets)


def hash_parts(*parts: bytes | str | None) -> str:
    """Hash of several values that cannot be mistaken for one another, as 64 hexadecimal characters."""
    digest = sha256()
    for part in parts:
        data = b"" if part is None else part.encode() if isinstance(part, str) else part
        digest.update(b"-" if part is None else f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()
