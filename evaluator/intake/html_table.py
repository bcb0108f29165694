"""Tables of a web page, as office systems save them under the name .xls: cells, and merges from their spans."""

import re
from dataclasses import dataclass, field
from html import unescape

from evaluator.intake.cells import Merge
from evaluator.intake.guard import Limits, check_extent, refusal
from evaluator.intake.plain_text import decode_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ENCODINGS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "big5": "big5hkscs",
}
_UNSEEN = re.compile(r"<(?:!--|(script|style|head|title|noscript|template)\b)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,8})\b", re.IGNORECASE)
_BLANKS = re.compile(r"[\t\r\n ]+")
_BREAKS = frozenset({"br", "p", "div", "li"})


@dataclass(slots=True)
class HtmlTable:
    """One table of a page: text by 0-based (row, column), and its merged areas."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    rows: int = 0
    columns: int = 0

    def grid(self) -> list[list[object]]:
        """The table as a rectangle of texts."""
        return [[self.cells.get((row, column)) for column in range(self.columns)] for row in range(self.rows)]


def read_tables(data: bytes, *, limits: Limits) -> list[HtmlTable]:
    """Every table of the page that holds a row; raises ``TableError`` ``E_TYPE_HTML`` when there is none."""
    if len(data) > limits.html_bytes:
        raise refusal("E_TOO_LARGE", f"{len(data):,} B", limit=f"{limits.html_bytes:,} B")
    page = _Page(limits)
    page.feed(_seen(_decode(data)))
    tables = [table for table in page.tables if any(table.cells.values())]
    if not tables:
        raise refusal("E_TYPE_HTML")
    if len(tables) > limits.sheets:
        raise refusal("E_TOO_MANY_SHEETS", len(tables), limit=limits.sheets)
    cells = sum(table.rows * table.columns for table in tables)
    if cells > limits.cells:
        raise refusal("E_TOO_MANY_CELLS", cells, limit=limits.cells)
    return tables


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    encoding = _ENCODINGS.get(declared[1].decode("ascii").lower()) if declared else None
    if encoding and b"\x00" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass  # the page declares what it is not: told by content below
    return decode_text(data)[0]


@dataclass(slots=True)
class _Open:
    """A table being read: where the next cell goes, and which columns cells from above still cover."""

    table: HtmlTable = field(default_factory=HtmlTable)
    row: int = -1
    column: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    text: list[str] | None = None
    place: tuple[int, int] = (0, 0)


def _seen(text: str) -> str:
    """The page without comments, scripts, styles and head, in one pass."""
    kept, place, lower = [], 0, text.lower()
    unclosed: set[str] = set()
    while opening := _UNSEEN.search(text, place):
        kept.append(text[place : opening.start()])
        closing = f"</{opening[1].lower()}" if opening[1] else "-->"
        end = -1 if closing in unclosed else lower.find(closing, opening.end())
        if end < 0 and opening[1]:
            unclosed.add(closing)  # a head nobody closes hides nothing; to search again would take quadratic time
            place = opening.end()
            continue
        place = len(text) if end < 0 else end + len(closing)
    return "".join((*kept, text[place:]))


class _Page:
    """Collects the tables of a page; a table inside a cell is a table of its own.

    The standard library's parser takes quadratic time on unfinished tags, so tags are found here in one linear pass.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.tables: list[HtmlTable] = []
        self.open: list[_Open] = []

    def feed(self, text: str) -> None:
        place = 0
        for tag in _TAG.finditer(text):
            self._data(text[place : tag.start()])
            if tag[1]:
                self._end(tag[2].lower())
            else:
                self._start(tag[2].lower(), tag[3])
            place = tag.end()
        self._data(text[place:])
        while self.open:
            self._close_table()

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "table":
            if len(self.open) > 20:
                raise refusal("E_TYPE_HTML")
            self.open.append(_Open())
        elif not self.open:
            return
        elif tag == "tr":
            self._open_row(self.open[-1])
        elif tag in ("td", "th"):
            self._open_cell(self.open[-1], attributes)
        elif tag in _BREAKS and self.open[-1].text:
            self.open[-1].text.append("\n")

    def _end(self, tag: str) -> None:
        if self.open and tag in ("td", "th", "tr"):
            self._close_cell(self.open[-1])
        elif self.open and tag == "table":
            self._close_table()

    def _data(self, data: str) -> None:
        if data and self.open and self.open[-1].text is not None:
            self.open[-1].text.append(_BLANKS.sub(" ", unescape(data)))

    def _close_table(self) -> None:
        here = self.open.pop()
        self._close_cell(here)
        here.table.merges = [(t, le, min(b, here.table.rows - 1), r) for t, le, b, r in here.table.merges]
        check_extent(here.table.rows, here.table.columns, sheet="", limits=self.limits)
        self.tables.append(here.table)

    def _open_row(self, here: _Open) -> None:
        self._close_cell(here)
        here.row, here.column = here.row + 1, 0
        here.covered = {column: rows - 1 for column, rows in here.covered.items() if rows > 1}
        here.table.rows = here.row + 1

    def _open_cell(self, here: _Open, attributes: str) -> None:
        self._close_cell(here)
        if here.row < 0:
            self._open_row(here)
        while here.column in here.covered:
            here.column += 1
        spans = {name.lower(): max(1, int(number)) for name, number in _SPAN.findall(attributes)}
        across, down = spans.get("colspan", 1), spans.get("rowspan", 1)
        right = here.column + across - 1
        check_extent(here.row + 1, right + 1, sheet="", limits=self.limits)
        here.place, here.text = (here.row, here.column), []
        if across > 1 or down > 1:
            here.table.merges.append((here.row, here.column, here.row + down - 1, right))
        here.covered.update(dict.fromkeys(range(here.column, right + 1), down))
        here.table.columns = max(here.table.columns, right + 1)

    def _close_cell(self, here: _Open) -> None:
        if here.text is None:
            return
        lines = (line.strip(" ") for line in "".join(here.text).split("\n"))
        here.table.cells[here.place] = "\n".join(line for line in lines if line)
        here.text = None
