"""The door: how large an input may be, and what it really is, told by its first bytes and never by its name."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from evaluator.domain.errors import Issue, TableError

Kind = Literal["zip", "xls", "html", "text"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold; checked before any reader opens it.

    ``cells`` bounds the rectangle of all sheets together, because readers fill the gaps between far cells.
    ``ratio`` is unzipped to zipped bytes of one part. ``cell_characters`` is Excel's own bound: a longer cell
    is marked and left out, the rest of the file is read.
    """

    file_bytes: int = 20_000_000
    unzipped_bytes: int = 80_000_000
    html_bytes: int = 5_000_000
    ratio: int = 200
    parts: int = 4_000
    sheets: int = 50
    rows: int = 100_000
    columns: int = 200
    cells: int = 2_000_000
    cell_characters: int = 32_767


def refusal(code: str, found: object = "", *, sheet: str = "", row: int | None = None, **values: object) -> TableError:
    """The error that refuses a whole file, with the one issue that says why."""
    return TableError(Issue(code, "error", sheet=sheet, row=row, found=str(found), values=values))


_TEXT_NAMES = frozenset({"csv", "tsv", "tab", "txt"})
_HTML_NAMES = frozenset({"htm", "html"})
_BOOK_NAMES = frozenset({"xlsx", "xlsm", "xltx", "xltm", "xls", "xlt", "et", "ett", "ods", "ots"})
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHER_FILES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"\x7fELF": "ELF",
    b"OggS": "Ogg",
}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)


def file_ending(file_name: str) -> str:
    """The letters after the last dot of a name, in small letters; empty when there is none."""
    plain = unicodedata.normalize("NFKC", file_name).strip().casefold()
    return plain.rpartition(".")[2] if "." in plain else ""


def find_kind(data: bytes, *, file_name: str, limits: Limits) -> Kind:
    """What the bytes are: a zip workbook, an old xls, a web page or text. Raises ``TableError`` for anything else."""
    if len(data) > limits.file_bytes:
        raise refusal("E_TOO_LARGE", f"{len(data):,} B", limit=f"{limits.file_bytes:,} B")
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xfe\xff"):
        raise refusal("E_FILE_EMPTY")
    ending = file_ending(file_name)
    if file_name and ending not in _TEXT_NAMES | _HTML_NAMES | _BOOK_NAMES:
        raise refusal("E_TYPE", ending or "?")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data.startswith((b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")):
        return "xls"
    _refuse_other_files(data, ending)
    return "html" if _HTML.match(data[:4096].replace(b"\x00", b"")) else "text"


def _ole_kind(data: bytes) -> Kind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise refusal("E_ENCRYPTED")
    for stream, found in (("WordDocument", "DOC"), ("PowerPoint Document", "PPT")):
        if holds(stream) and not holds("Workbook"):
            raise refusal("E_TYPE", found)
    return "xls"


def _refuse_other_files(data: bytes, ending: str) -> None:
    for signature, found in _OTHER_FILES.items():
        if data.startswith(signature):
            raise refusal("E_BINARY" if ending in _TEXT_NAMES else "E_TYPE", found)
    head = data[:4096].replace(b"\x00", b"")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and not _HTML.match(head):
        raise refusal("E_TYPE", "XML 2003")
    if head.lstrip()[:13].lower() == b"mime-version:":
        raise refusal("E_TYPE", "MHTML")


def name_doubts(kind: str, *, file_name: str) -> tuple[Issue, ...]:
    """A warning when the name promises another kind of file than the bytes hold (``kind``: a file ending)."""
    ending = file_ending(file_name)
    families = (_TEXT_NAMES, _HTML_NAMES, {"xls", "xlt", "et", "ett"}, {"ods", "ots"}, {"xlsx", "xlsm", "xltx", "xltm"})
    code = "W_TYPE_CSV" if kind == "csv" else f"W_TYPE_{kind.upper()}"
    same = any(ending in family and kind in family for family in families)
    return () if same or not file_name else (Issue(code, "warning", found=f".{ending}"),)


def check_extent(rows: int, columns: int, *, sheet: str, limits: Limits) -> int:
    """The number of cells of a sheet's rectangle; raises ``TableError`` when it is beyond reason."""
    facts = {"rows": rows, "columns": columns, "max_rows": limits.rows, "max_columns": limits.columns}
    if (rows > limits.rows and columns > limits.columns) or (
        rows * columns > limits.cells and rows <= limits.rows and columns <= limits.columns
    ):
        raise refusal("E_TOO_LARGE", f"{rows} × {columns}", sheet=sheet, limit=f"{limits.rows} × {limits.columns}")
    if rows > limits.rows:
        raise refusal("E_TOO_MANY_ROWS", rows, sheet=sheet, **facts)
    if columns > limits.columns:
        raise refusal("E_TOO_MANY_COLUMNS", columns, sheet=sheet, **facts)
    return rows * columns
