"""Bytes to rows for comma, tab and other separated text: encoding, delimiter and quotes found, never assumed."""

import csv
import io
import re
from collections import Counter

from evaluator.domain.errors import Issue
from evaluator.intake.guard import Limits, check_extent, refusal

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DELIMITERS = (",", "\t", ";", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_SAMPLE_RECORDS = 200
# At least this share of the characters beyond ASCII must be everyday Chinese for a guess to stand.
_PLAUSIBLE_SHARE = 0.7


def everyday_share(text: str) -> float:
    """The share (0–1) of the characters beyond ASCII that everyday Chinese text uses; 1 when there are none.

    Everyday means: level 1 of GB 2312 (3,755 hanzi) and its punctuation. A wrong decoding scatters over the rare rest.
    """
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 1.0
    codes = "".join(beyond).encode("gb2312", "replace")
    everyday = lone = place = 0
    while place < len(codes):
        lead = codes[place]
        if lead < 0x80:
            lone += 1
            place += 1
            continue
        everyday += 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)
        place += 2
    return everyday / len(beyond)


def decode_text(data: bytes) -> tuple[str, tuple[Issue, ...]]:
    """The text of the bytes: by mark, as UTF-8, as UTF-16, as GB18030, each only when it makes sense.

    Raises
    ------
    TableError
        ``E_ENCODING_MIXED`` with the first line of a second encoding, ``E_BINARY``, ``E_ENCODING_UNKNOWN``.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding), ()
    if b"\x00" in data:
        return _decode_unmarked_utf16(data)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_gb18030(data)


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        if encoding == "utf-8":
            line = data[: fault.start].count(b"\n") + 1
            raise refusal("E_ENCODING_MIXED", "UTF-8", row=line, line=line) from fault
        raise refusal("E_ENCODING_UNKNOWN", encoding.upper()) from fault
    if "\x00" in text:
        raise refusal("E_BINARY", "NUL")
    return text


def _decode_unmarked_utf16(data: bytes) -> tuple[str, tuple[Issue, ...]]:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = "\n" in text or "\r" in text or any(mark in text for mark in _DELIMITERS)
        if "\x00" not in text and lines and everyday_share(text[:20_000]) >= _PLAUSIBLE_SHARE:
            return text, (Issue("W_ENCODING_GUESSED", "warning", found=encoding.upper()),)
    raise refusal("E_BINARY", "NUL")


def _decode_gb18030(data: bytes) -> tuple[str, tuple[Issue, ...]]:
    _refuse_mixed(data)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as fault:
        raise refusal("E_ENCODING_UNKNOWN") from fault
    if everyday_share(text[:200_000]) < _PLAUSIBLE_SHARE:
        raise refusal("E_ENCODING_UNKNOWN")
    return text, (Issue("W_ENCODING_GUESSED", "warning", found="GB18030"),)


def _refuse_mixed(data: bytes) -> None:
    """Refuses text whose lines beyond ASCII are partly UTF-8 and partly not.

    A short GB18030 line may be valid UTF-8 by chance, so a line counts as UTF-8 only when it reads better so.
    """
    first: str | None = None
    for number, line in enumerate(io.BytesIO(data), start=1):
        if line.isascii():
            continue
        encoding = _line_encoding(line)
        first = first or encoding
        if encoding != first:
            raise refusal("E_ENCODING_MIXED", first, row=number, line=number)


def _line_encoding(line: bytes) -> str:
    try:
        as_utf8 = line.decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    try:
        as_gb18030 = line.decode("gb18030")
    except UnicodeDecodeError:
        return "UTF-8"
    sample = 2_000
    better = everyday_share(as_utf8[:sample]) > everyday_share(as_gb18030[:sample])
    return "UTF-8" if better else "GB18030"


def read_rows(data: bytes, *, limits: Limits) -> tuple[list[list[str]], tuple[Issue, ...]]:
    """The records of separated text, padded to one width, blank lines kept so that row numbers stay the file's."""
    text, issues = decode_text(data)
    if not text.strip():
        raise refusal("E_FILE_EMPTY")
    named = _SEPARATOR_LINE.fullmatch(text[:20].splitlines()[0])
    delimiter = named[1] if named else find_delimiter(text)
    if delimiter != ",":
        issues = (*issues, Issue("W_DELIMITER_GUESSED", "warning", found={"\t": "TAB"}.get(delimiter, delimiter)))
    _refuse_endless_lines(text, delimiter, limits=limits)
    rows = _records(text, delimiter, limits=limits)
    if named:
        rows[0] = []
    width = max(map(len, rows), default=0)
    check_extent(len(rows), width, sheet="", limits=limits)
    return [row + [""] * (width - len(row)) for row in rows], issues


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the most records into the same number of fields; a comma when none cuts at all."""
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        counts: Counter[int] = Counter()
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            for _, record in zip(range(_SAMPLE_RECORDS), reader, strict=False):
                counts[len(record)] += 1
        except csv.Error:
            pass
        score = max(((number, width) for width, number in counts.items() if width > 1), default=(0, 0))
        if score > most:
            best, most = delimiter, score
    return best


def _refuse_endless_lines(text: str, delimiter: str, *, limits: Limits) -> None:
    """Refuses a line of far too many fields before the parser holds them all; prose may hold some delimiters."""
    if text.count(delimiter) <= 100 * limits.columns:
        return
    for line in io.StringIO(text, newline=""):
        if line.count(delimiter) > 100 * limits.columns:
            check_extent(1, line.count(delimiter) + 1, sheet="", limits=limits)


def _records(text: str, delimiter: str, *, limits: Limits) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    line = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return rows
        except csv.Error as fault:
            # A field beyond the module's own bound over several lines is an open quote as well.
            if "field larger" in str(fault) and reader.line_num <= line:
                raise refusal(
                    "E_TEXT_TOO_LONG", f"> {csv.field_size_limit()}", row=line, limit=limits.cell_characters
                ) from fault
            raise refusal("E_CSV_QUOTE", row=line, line=line) from fault
        line = reader.line_num + 1
        while record and not record[-1].strip():
            record.pop()
        if len(record) > limits.columns:
            check_extent(len(rows) + 1, len(record), sheet="", limits=limits)
        rows.append(record)
        if len(rows) > limits.rows:
            check_extent(text.count("\n") + 1, len(record), sheet="", limits=limits)
