"""Tables of a Word file: as wide as the text, rows kept whole, headings repeated, lines and shades."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor

from evaluator.report.document import Table, visible
from evaluator.report.fitting import fit_widths
from evaluator.report.writers.word_style import TEXT_CM, dress

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell

PALE, FILL = "C9D3DA", "EEF3F6"
TONES = {"▲": "B3420F", "◆": "8A5700", "●": "1F6595", "■": "56646E"}
ROWS, BOX = ("top", "bottom", "insideH"), ("top", "left", "bottom", "right", "insideH", "insideV")


def add_grid(word: Word, rows: int, widths: list[float], *, lines: tuple[str, ...] = (), colour: str = PALE) -> Any:  # noqa: ANN401
    """An empty table with columns of these relative widths, as the cells of each row; ``lines`` are drawn."""
    table = word.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    share = [Cm(TEXT_CM * width / sum(widths)) for width in widths]
    for column, width in zip(table.columns, share, strict=True):
        column.width = width
    grid = []
    for row in table.rows:
        _mark(row, "cantSplit")
        grid.append(list(row.cells))
        for cell, width in zip(grid[-1], share, strict=True):
            cell.width = width
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="70", type="dxa"))
    table._tbl.tblPr.append(margins)
    if lines:
        borders = OxmlElement("w:tblBorders")
        for name in lines:
            borders.append(_element(f"w:{name}", val="single", sz="4", space="0", color=colour))
        table._tbl.tblPr.append(borders)
    return table, grid


def add_table(word: Word, block: Table) -> None:
    """A table of texts with its repeated header row."""
    table, grid = add_grid(word, len(block.rows) + 1, list(fit_widths(block)), lines=BOX if block.open else ROWS)
    style = "Small cell" if block.small else "Cell"
    _mark(table.rows[0], "tblHeader")
    for column, cell in zip(block.columns, grid[0], strict=True):
        shade(cell, FILL)
        fill(cell, column.title, "Small head" if block.small else style, right=column.right, bold=True)
    for row, cells in zip(block.rows, grid[1:], strict=True):
        for column, cell, text in zip(block.columns, cells, row, strict=True):
            tone = TONES.get(text[:1], "") if column.toned else ""
            fill(cell, text, style, right=column.right, tone=tone, bold=bool(tone))
    for cells in grid[:-1] if block.short else ():
        for cell in cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for place, rows in enumerate(block.spans()):
        if rows != 1:
            merge = _element("w:vMerge", **({"val": "restart"} if rows else {}))
            grid[place + 1][0]._tc.get_or_add_tcPr().append(merge)


def fill(cell: _Cell, text: str, style: str, *, right: bool = False, tone: str = "", bold: bool = False) -> None:
    """Write a text into a cell, letter for letter."""
    line = dress(cell.paragraphs[0], style)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run(visible(text))
    if bold:
        run.bold = True
    if tone:
        run.font.color.rgb = RGBColor.from_string(tone)


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell with a colour."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=colour))


def _mark(row: Any, name: str) -> None:  # noqa: ANN401 - a row of the library
    """Say of a row that it is never torn (``cantSplit``), or printed again on each page (``tblHeader``)."""
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - an XML element
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
