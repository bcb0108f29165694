"""Looks through an xlsx before its reader: which sheets, how far they reach, formulas, errors, percentages, merges."""

import posixpath
import re
from xml.parsers import expat

from evaluator.intake.archive import Archive, pack_parts
from evaluator.intake.guard import Limits, check_extent, refusal
from evaluator.intake.markup import (
    Attributes,
    ColumnNumbers,
    LocalNames,
    SheetFacts,
    check_markup,
    elements,
    new_parser,
    run_parser,
    whole_number,
)

_LAST_ROW = 1_048_576
_ROOT = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="xl/workbook.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_BOOK, _LINKS, _STYLES, _STRINGS = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedstrings.xml",
)
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]|\|'")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_DIGITS = "0123456789"


def look_through(archive: Archive, *, limits: Limits) -> tuple[tuple[SheetFacts, ...], bytes]:
    """The facts of every worksheet in order, and a clean zip that holds only what was looked at."""
    book_path = _book_path(archive)
    folder, _, file = book_path.rpartition("/")
    book, links_part = _part(archive, book_path), _part(archive, f"{folder}/_rels/{file}.rels")
    entries = elements(book)
    sheets = [attributes for name, attributes in entries if name == "sheet"]
    if len(sheets) > limits.sheets:
        raise refusal("E_TOO_MANY_SHEETS", len(sheets), limit=limits.sheets)
    if not sheets:
        raise refusal("E_XLSX_BROKEN")
    links = {a.get("Id", ""): a for name, a in elements(links_part) if name == "Relationship"}
    kept = {"_rels/.rels": _ROOT, _BOOK: book, _LINKS: links_part}
    for optional in (_STYLES, _STRINGS):
        if optional in archive.parts:
            check_markup(archive.parts[optional])
            kept["xl/sharedStrings.xml" if optional == _STRINGS else optional] = archive.parts[optional]
    percents = _percent_styles(archive.parts.get(_STYLES))
    facts: list[SheetFacts] = []
    room = limits.cells
    for sheet in sheets:
        link = links.get(_relation(sheet))
        if link is None or not link.get("Type", "").endswith("/worksheet"):
            continue  # chart sheets hold no cells
        path = _target(link.get("Target", ""))
        fact = _scan(_part(archive, path), name=sheet.get("name", ""), percents=percents)
        fact.hidden = sheet.get("state", "visible") != "visible"
        room -= check_extent(fact.rows, fact.columns, sheet=fact.name, limits=limits)
        if room < 0:
            raise refusal("E_TOO_MANY_CELLS", f">{limits.cells}", limit=limits.cells)
        kept[path] = archive.parts[path.lower()]
        facts.append(fact)
    return tuple(facts), pack_parts(kept)


def _book_path(archive: Archive) -> str:
    """Where the package says its workbook is; some office servers number the part."""
    root = archive.parts.get("_rels/.rels")
    for name, link in elements(root) if root else ():
        if name == "Relationship" and link.get("Type", "").endswith("/officeDocument"):
            path = link.get("Target", "").lstrip("/")
            if path.lower() in archive.parts and path.lower().startswith("xl/"):
                return path
    return _BOOK


def _part(archive: Archive, name: str) -> bytes:
    if name.lower() not in archive.parts:
        raise refusal("E_XLSX_BROKEN", name[:80])
    return archive.parts[name.lower()]


def _relation(sheet: Attributes) -> str:
    return next((value for key, value in sheet.items() if key.rpartition(":")[2] == "id" and ":" in key), "")


def _target(target: str) -> str:
    path = target.replace("\\", "/")
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else f"xl/{path}")


def _percent_styles(styles: bytes | None) -> frozenset[str]:
    formats, in_cells, percents, index = {"9", "10"}, False, set(), 0
    for name, attributes in elements(styles) if styles else ():
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            in_cells = name == "cellXfs"
        elif name == "xf" and in_cells:
            if attributes.get("numFmtId") in formats:
                percents.add(str(index))
            index += 1
    return frozenset(percents)


def _scan(part: bytes, *, name: str, percents: frozenset[str]) -> SheetFacts:
    scan = _SheetScan(SheetFacts(name), percents)
    parser = scan.parser = new_parser(scan.start)
    run_parser(parser, part)
    scan.close_cell()
    return scan.facts


class _SheetScan:
    """Walks one worksheet's XML; cells that are only formatted do not stretch its rectangle."""

    parser: expat.XMLParserType

    def __init__(self, facts: SheetFacts, percents: frozenset[str]) -> None:
        self.facts, self.percents = facts, percents
        self.names, self.columns = LocalNames(), ColumnNumbers()
        self.row, self.column, self.row_text = -1, -1, ""
        self.cell: Attributes = {}
        self.placed = self.formula = self.valued = False
        self.text: list[str] = []

    def start(self, raw_name: str, attributes: Attributes) -> None:
        name = self.names[raw_name]
        if name == "c":
            if self.formula:
                self.close_cell()
            if "r" not in attributes:
                self._step()
            self.cell, self.placed = attributes, False
        elif name in ("v", "is", "f"):
            self._fill(name)
        elif name == "row":
            self._open_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _step(self) -> None:
        """A cell without an address follows the one before it, filled or not."""
        if not self.placed and "r" in self.cell:
            self.column = self.columns[self.cell["r"].rstrip(_DIGITS)]
        self.column += 1

    def _open_row(self, attributes: Attributes) -> None:
        self.close_cell()
        self.row_text = attributes.get("r", "")
        self.row = whole_number(self.row_text, least=1, most=_LAST_ROW) - 1 if self.row_text else self.row + 1
        self.column, self.cell = -1, {}
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden_rows += 1

    def _fill(self, name: str) -> None:
        if not self.placed:
            self._place()
        if name == "f":
            self.formula = True
            self._listen()
        elif name == "v" and (self.formula or self.cell.get("t") == "e"):
            self._listen()
        elif name == "is":
            self.valued = True

    def _place(self) -> None:
        place = self.cell.get("r")
        self.placed, self.valued = True, False
        if place:
            letters = place.rstrip(_DIGITS)
            self.column = self.columns[letters]
            row_text = place[len(letters) :]
            if row_text != self.row_text:
                self.row, self.row_text = whole_number(row_text, least=1, most=_LAST_ROW) - 1, row_text
        facts = self.facts
        if self.row >= facts.rows:
            facts.rows = self.row + 1
        if self.column >= facts.columns:
            facts.columns = self.column + 1
        if self.cell.get("s") in self.percents:
            facts.percents.add((self.row, self.column))

    def _listen(self) -> None:
        self.text = []
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EndElementHandler = self._end

    def _end(self, raw_name: str) -> None:
        name = self.names[raw_name]
        if name not in ("v", "f"):
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        text, here = "".join(self.text), (self.row, self.column)
        if name == "f":
            if _EXTERNAL.search(text):
                self.facts.external.append(here)
            return
        self.valued = bool(text) or self.cell.get("t") == "str"
        if self.cell.get("t") == "e":
            self.facts.errors[here] = text.strip()[:20]

    def close_cell(self) -> None:
        """Books the formula of the cell just left, with or without a stored value."""
        if self.formula:
            (self.facts.formulas if self.valued else self.facts.unvalued).append((self.row, self.column))
        self.formula = False

    def _merge(self, area: str) -> None:
        first, _, last = area.replace("$", "").partition(":")
        corners = [(c.rstrip(_DIGITS), c) for c in (first, last or first)]
        (top, left), (bottom, right) = (
            (whole_number(c[len(letters) :], least=1, most=_LAST_ROW) - 1, self.columns[letters])
            for letters, c in corners
        )
        self.facts.merges.append((top, left, bottom, right))
