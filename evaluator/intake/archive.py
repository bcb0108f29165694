"""Opens a zipped workbook without believing what its directory says: every byte is counted while it streams."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from evaluator.domain.errors import Issue
from evaluator.intake.cells import clean_text
from evaluator.intake.guard import Limits, refusal

_CHUNK_BYTES = 1 << 20
_UNSAFE = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|[\x00-\x1f]")
_KEPT = (".xml", ".rels", "mimetype")


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a workbook that a reader needs, whole, checked and unzipped; names in small letters."""

    parts: dict[str, bytes]
    names: frozenset[str]
    issues: tuple[Issue, ...] = ()


def open_archive(data: bytes, *, limits: Limits) -> Archive:
    """Unzips the XML parts of a workbook in memory and counts the others.

    Raises
    ------
    TableError
        ``E_ZIP_BROKEN`` (damaged or cut off), ``E_ZIP_RATIO`` (grows beyond reason), ``E_ENCRYPTED``.
    """
    entries = _directory(data)
    if len(entries) > limits.parts:
        raise refusal("E_ZIP_RATIO", len(entries))
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    unsafe: list[str] = []
    room = limits.unzipped_bytes
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        keep = name.lower().endswith(_KEPT) and not _UNSAFE.search(name)
        content, size = _stream(data, entry, keep=keep, room=room, ratio=limits.ratio)
        room -= size
        if _UNSAFE.search(name):
            unsafe.append(clean_text(entry.filename)[0] or "?")
            continue
        if name.lower() in seen:
            raise refusal("E_ZIP_BROKEN", clean_text(name)[0])
        seen.add(name.lower())
        if keep:
            parts[name.lower()] = content
    issues = (Issue("W_ZIP_NAMES", "warning", found=unsafe[0][:80], values={"count": len(unsafe)}),) if unsafe else ()
    return Archive(parts, frozenset(seen), issues)


def pack_parts(parts: dict[str, bytes]) -> bytes:
    """A new zip of checked parts: the reader gets this and not the upload, so it meets nothing that was not checked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error) as fault:
        raise refusal("E_ZIP_BROKEN") from fault


def _stream(data: bytes, entry: zipfile.ZipInfo, *, keep: bool, room: int, ratio: int) -> tuple[bytes, int]:
    packed = _packed(data, entry)
    most = min(room, max(_CHUNK_BYTES, ratio * len(packed)))
    if entry.compress_type == zipfile.ZIP_STORED:
        chunks, size, check = [bytes(packed)] if keep else [], len(packed), zlib.crc32(packed)
    else:
        chunks, size, check = _inflate(packed, keep=keep, most=most)
    if size > most:
        raise refusal("E_ZIP_RATIO")
    # A directory that understates a part is the mark of a bomb; any other difference is damage.
    if size > entry.file_size:
        raise refusal("E_ZIP_RATIO")
    if size != entry.file_size or check != entry.CRC:
        raise refusal("E_ZIP_BROKEN")
    return b"".join(chunks), size


def _packed(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    if entry.flag_bits & 1:
        raise refusal("E_ENCRYPTED")
    start = entry.header_offset
    if (
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or data[start : start + 4] != b"PK\x03\x04"
    ):
        raise refusal("E_ZIP_BROKEN")
    header = data[start + 26 : start + 30]
    if len(header) < 4:
        raise refusal("E_ZIP_BROKEN")
    name_bytes, extra_bytes = struct.unpack("<HH", header)
    start += 30 + name_bytes + extra_bytes
    if start + entry.compress_size > len(data):
        raise refusal("E_ZIP_BROKEN")
    return memoryview(data)[start : start + entry.compress_size]


def _inflate(packed: memoryview, *, keep: bool, most: int) -> tuple[list[bytes], int, int]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    chunks: list[bytes] = []
    size = check = 0
    for start in range(0, len(packed), _CHUNK_BYTES >> 2):
        pending: bytes | memoryview = packed[start : start + (_CHUNK_BYTES >> 2)]
        while pending and not inflater.eof:
            try:
                chunk = inflater.decompress(pending, _CHUNK_BYTES)
            except zlib.error as fault:
                raise refusal("E_ZIP_BROKEN") from fault
            pending = inflater.unconsumed_tail
            size += len(chunk)
            if size > most:
                raise refusal("E_ZIP_RATIO")
            check = zlib.crc32(chunk, check)
            if keep:
                chunks.append(chunk)
    if not inflater.eof:
        raise refusal("E_ZIP_BROKEN")
    return chunks, size, check
