"""Looks through an ods before its reader: repeats, extents, errors, formulas, percentages, merges."""

from evaluator.intake.archive import Archive, pack_parts
from evaluator.intake.guard import Limits, check_extent, refusal
from evaluator.intake.markup import Attributes, LocalNames, SheetFacts, elements, new_parser, run_parser, whole_number

_CELLS = ("table-cell", "covered-table-cell")
_ERROR_TEXTS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")
_MOST = 1 << 24


def look_through(archive: Archive, *, limits: Limits) -> tuple[tuple[SheetFacts, ...], bytes]:
    """The facts of every table of the document in order, and a clean zip that holds only what was looked at."""
    manifest = archive.parts.get("meta-inf/manifest.xml")
    if manifest and any(name == "encryption-data" for name, _ in elements(manifest)):
        raise refusal("E_ENCRYPTED")
    if "content.xml" not in archive.parts:
        raise refusal("E_XLSX_BROKEN", "content.xml")
    scan = _ContentScan()
    parser = new_parser(scan.start)
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.characters
    content = archive.parts["content.xml"]
    run_parser(parser, content)
    if len(scan.sheets) > limits.sheets:
        raise refusal("E_TOO_MANY_SHEETS", len(scan.sheets), limit=limits.sheets)
    room = limits.cells
    for facts in scan.sheets:
        room -= check_extent(facts.rows, facts.columns, sheet=facts.name, limits=limits)
    if room < 0:
        raise refusal("E_TOO_MANY_CELLS", limits.cells - room, limit=limits.cells)
    kept = {"mimetype": archive.parts["mimetype"], "META-INF/manifest.xml": manifest or b"", "content.xml": content}
    return tuple(scan.sheets), pack_parts(kept)


def _repeats(attributes: Attributes, key: str) -> int:
    return max(1, whole_number(attributes.get(f"table:number-{key}", "1"), most=_MOST))


class _ContentScan:
    """Walks ``content.xml``; blank cells, however often repeated, do not stretch a sheet's rectangle."""

    def __init__(self) -> None:
        self.names = LocalNames()
        self.sheets: list[SheetFacts] = []
        self.row, self.column, self.row_repeats = 0, 0, 1
        self.cell: Attributes | None = None
        self.text: list[str] = []
        self.row_width = 0
        self.depth = 0

    def start(self, raw_name: str, attributes: Attributes) -> None:
        name = self.names[raw_name]
        if name == "table" and raw_name.startswith("table:"):
            self.depth += 1
            self.sheets.append(SheetFacts(attributes.get("table:name", "")))
            self.row = 0
        elif not self.sheets:
            return
        elif name == "table-row":
            self.column, self.row_width = 0, 0
            self.row_repeats = _repeats(attributes, "rows-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                self.sheets[-1].hidden_rows += self.row_repeats
        elif name in _CELLS:
            self.cell, self.text = attributes, []

    def characters(self, text: str) -> None:
        if self.cell is not None:
            self.text.append(text)

    def end(self, raw_name: str) -> None:
        name = self.names[raw_name]
        if name in _CELLS and self.cell is not None:
            self._close_cell(self.cell, "".join(self.text).strip())
            self.cell = None
        elif name == "table-row" and self.sheets:
            if self.row_width:
                self.sheets[-1].reach(self.row + self.row_repeats - 1, self.row_width - 1)
            self.row += self.row_repeats

    def _close_cell(self, cell: Attributes, text: str) -> None:
        facts, here = self.sheets[-1], (self.row, self.column)
        repeats = _repeats(cell, "columns-repeated")
        down, across = _repeats(cell, "rows-spanned"), _repeats(cell, "columns-spanned")
        if down > 1 or across > 1:
            facts.merges.append((here[0], here[1], here[0] + down - 1, here[1] + across - 1))
        self.column += repeats
        kind = cell.get("office:value-type", "")
        if not kind and not text:
            return
        self.row_width = self.column
        if kind == "percentage":
            facts.percents.add(here)
        if "table:formula" in cell:
            facts.formulas.append(here)
        if cell.get("calcext:value-type") == "error" or ("table:formula" in cell and text.startswith(_ERROR_TEXTS)):
            facts.errors[here] = text[:20]
