"""What a sheet's cell may hold, and how its text is made safe to show without changing what it says."""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field

from evaluator.domain.errors import Issue


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds no value: a spreadsheet error (``#DIV/0!``) or, under ``E_…``, why its text was not read."""

    code: str


CellValue = str | float | int | bool | datetime.datetime | CellError | None
Row = tuple[CellValue, ...]
Merge = tuple[int, int, int, int]

FORMULA_WITHOUT_VALUE = CellError("E_FORMULA_NO_VALUE")
TEXT_TOO_LONG = CellError("E_TEXT_TOO_LONG")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as a rectangle of cells: row ``r`` of the file is ``cells[r - 1]``.

    ``merges`` are 0-based (top, left, bottom, right), inclusive; a merged area holds its value top left only.
    ``percents`` are 0-based (row, column) of the cells shown as a percentage, where the format is known.
    """

    name: str
    cells: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file's sheets in their order, and what is to be known about the reading of its bytes."""

    sheets: tuple[Sheet, ...]
    issues: tuple[Issue, ...] = ()


# A terminal escape is removed as a whole: without its first character it would leave "[31m" in a name.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n?|\x85")
_LINE_SEPARATORS = re.compile("[\u2028\u2029]")


def clean_text(text: str) -> tuple[str | None, bool]:
    """The text in NFC without invisible control characters (``None`` when blank), and whether any was removed.

    NFC and not NFKC: a name is shown letter for letter.
    """
    if not text.isprintable():
        plain = _LINE_ENDS.sub("\n", text)
        shown = _LINE_SEPARATORS.sub(" ", _INVISIBLE.sub("", _ESCAPES.sub("", plain)))
        removed = shown != plain
    else:
        shown, removed = text, False
    if not shown.strip():
        return None, removed
    return (shown if shown.isascii() else unicodedata.normalize("NFC", shown)), removed


def column_letters(column: int) -> str:
    """The spreadsheet's letters of a 0-based column: 0 is ``A``, 27 is ``AB``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address a person sees of a 0-based cell, e.g. ``F2``."""
    return f"{column_letters(column)}{row + 1}"


@dataclass(slots=True)
class Tidier:
    """Cleans the cells of one sheet and remembers where something was removed or refused."""

    characters: int
    cleaned: list[tuple[int, int]] = field(default_factory=list)
    too_long: list[tuple[int, int, int]] = field(default_factory=list)
    _known: dict[str, str | None] = field(default_factory=dict)

    def text(self, raw: str, row: int, column: int) -> CellValue:
        """The cleaned text of one cell, or the mark of a cell that is too long to be one."""
        known = self._known.get(raw, "")
        if known != "":
            return known
        if len(raw) > self.characters:
            self.too_long.append((row, column, len(raw)))
            return TEXT_TOO_LONG
        shown, removed = clean_text(raw)
        if removed:
            self.cleaned.append((row, column))
        else:
            self._known[raw] = shown
        return shown

    def rows(self, grid: list[list[object]]) -> list[list[CellValue]]:
        """The grid with every value as a ``CellValue``: whole numbers whole, dates as datetimes, blanks ``None``."""
        return [[self._value(value, r, c) for c, value in enumerate(row)] for r, row in enumerate(grid)]

    def _value(self, value: object, row: int, column: int) -> CellValue:
        kind = type(value)
        if kind is str:
            return self.text(value, row, column) if value else None  # type: ignore[arg-type]
        if kind is float:
            return int(value) if value.is_integer() and abs(value) < 1e15 else value  # type: ignore
        return _other_value(value)


def _other_value(value: object) -> CellValue:
    if value is None or isinstance(value, (bool, int, datetime.datetime, CellError)):
        return value
    if isinstance(value, datetime.date):
        return datetime.datetime(value.year, value.month, value.day)
    if isinstance(value, datetime.timedelta):
        return value.total_seconds() / 86400  # what the cell stores: days
    return str(value)
