"""A document as a workbook: a sheet a section, every text as text, pictures, ready to print; no live formula.

Full tables of results (``Document.attached``) stand on sheets of their own, numbers as numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import xlsxwriter

from evaluator.language import phrase
from evaluator.report.console import measure_width
from evaluator.report.document import (
    Block,
    Document,
    Figures,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Table,
    visible,
)
from evaluator.report.pictures import PIXELS, draw_pictures
from evaluator.report.workbook import OPTIONS, settle_bytes

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PAGE, LONGEST, SHORTEST, LEAST = 110.0, 70.0, 7.0, 4
"""Characters a printed page is wide; a column at most and at least; columns a sheet has at least."""
SCREEN, ROW_PIXELS = 0.9, 20
"""Pixels of the screen for one of a drawing, and of a row."""
DOTS, SCREEN_DOTS = 72.0, 96.0
"""Dots an inch that a PNG of ours states, and that a screen has."""
NAME, CELL = 31, 32_700
"""Characters the name of a sheet and a cell may have."""
HEAD, SOFT, FILL, WARM, PALE = "#1F4E6E", "#4A5A66", "#EEF3F6", "#FBF5EA", "#C9D3DA"
TONES = {"▲": "#B3420F", "◆": "#8A5700", "●": "#1F6595", "■": "#56646E"}
_BARRED = re.compile(r"[\[\]:*?/\\']")
Formats = dict[str, "Format"]


def write_xlsx(document: Document) -> bytes:
    """The document as a workbook."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": visible(document.title), "created": datetime.combine(document.day, time())})
    formats, taken, drawn = _formats(book), set[str](), iter(draw_pictures(document, "png"))
    for name, blocks in _sheets(document):
        page = Page(book.add_worksheet(name_sheet(name, taken)), formats, _widths(blocks), drawn, document.language)
        page.set_up(document.stamp)
        for block in blocks:
            page.draw(block)
    for name, table in document.attached.items():
        _attach(book.add_worksheet(name_sheet(name, taken)), table, formats)
    if not taken:
        book.add_worksheet(name_sheet(document.title, taken))
    book.close()
    return settle_bytes(target.getvalue())


def _sheets(document: Document) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """A sheet a section under the title; a section that stands alone gets one for each heading set apart."""
    begins: tuple[Block, ...] = (Heading(document.title, 0), Paragraph(document.subtitle, style="note"))
    for section in document.sections:
        for name, blocks in _split(section) if len(document.sections) == 1 else ((section.title, section.blocks),):
            titled = () if name == document.title else (Heading(section.title, 1),)
            yield name, (*begins, *titled, *blocks)
        begins = ()


def _split(section: Section) -> Iterator[tuple[str, tuple[Block, ...]]]:
    name, blocks = section.title, list[Block]()
    for block in section.blocks:
        if isinstance(block, Heading) and block.apart and blocks:
            yield name, tuple(blocks)
            blocks = []
        if isinstance(block, Heading) and block.apart:
            name = block.text
        blocks.append(block)
    yield name, tuple(blocks)


def name_sheet(text: str, taken: set[str]) -> str:
    """A name a sheet may have, none twice; it is added to ``taken``."""
    base = _BARRED.sub(" ", visible(text)).strip()[:NAME] or "–"
    name, number = base, 2
    while name.casefold() in taken:
        mark = f" {number}"
        name, number = base[: NAME - len(mark)] + mark, number + 1
    taken.add(name.casefold())
    return name


def _widths(blocks: Sequence[Block]) -> list[float]:
    """The columns of a sheet, each as wide as the tables below each other need; at least a printed page in all."""
    wanted = [SHORTEST] * LEAST
    for block in blocks:
        if isinstance(block, Table):
            whole = sum(column.width for column in block.columns)
            needs = [
                min(1.1 * max(map(measure_width, cells)) + 2.0, PAGE * column.width / whole)
                for column, cells in zip(block.columns, _by_column(block), strict=True)
            ]
            wanted = [max(pair) for pair in zip_longest(wanted, needs, fillvalue=SHORTEST)]
    scale = max(1.0, PAGE / sum(wanted))
    return [min(scale * width, LONGEST) for width in wanted]


def _by_column(block: Table) -> list[tuple[str, ...]]:
    titles = tuple(column.title for column in block.columns)
    return list(zip(titles, *block.rows, strict=True))


@dataclass(slots=True)
class Page:
    """One sheet, drawn from the top; ``row`` is the next free one."""

    sheet: Worksheet
    formats: Formats
    widths: list[float]
    drawn: Iterator[bytes | None]
    language: str
    row: int = 0

    def set_up(self, stamp: str) -> None:
        """A4 upright, as wide as the page, with the stamp and the page number below."""
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.6, 0.6, 0.7, 0.7)
        self.sheet.hide_gridlines(2)
        self.sheet.set_footer("&L&8" + visible(stamp).replace("&", "&&") + "&R&8&P / &N")
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width)

    def draw(self, block: Block) -> None:
        """Add a block below what stands already."""
        match block:
            case Heading(text=text, level=level):
                self.row += 1 if level else 0
                self._write(self.row, 0, text, f"h{level}")
                self.sheet.set_row(self.row, (28, 22, 18, 16)[level])
                self.row += 1
            case Paragraph(text=text, label=label, style=style):
                self._across(f"{label} {text}".strip() if label.endswith(".") else label + text, style)
            case Listing(items=items, numbered=numbered):
                for number, item in enumerate(items, 1):
                    self._across(f"{number}. {item}" if numbered else f"• {item}", "body")
            case Table():
                self._table(block)
            case Pictures(items=items):
                for picture in items:
                    self._picture(picture, next(self.drawn))
            case Figures(items=items):
                self._lines([figure.label for figure in items], ["note"] * len(items))
                self._lines([figure.value for figure in items], ["value"] * len(items), 1.5)
                self._lines([figure.note for figure in items], ["note"] * len(items))
                self.row += 1
            case Notice(text=text, label=label):
                self._across(f"{label} {text}".strip(), "notice")

    def _write(self, row: int, column: int, text: str, look: str) -> None:
        self.sheet.write_string(row, column, visible(text)[:CELL], self.formats[look])

    def _across(self, text: str, look: str) -> None:
        """A text over the whole width, in a row high enough for it."""
        size = 1.25 if look == "lead" else 1.0
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", self.formats[look])
        self._write(self.row, 0, text, look)
        self.sheet.set_row(self.row, _height(text, sum(self.widths), size))
        self.row += 1

    def _lines(self, texts: Sequence[str], looks: Sequence[str], size: float = 1.0) -> None:
        """One row of cells, high enough for the longest."""
        for place, (text, look) in enumerate(zip(texts, looks, strict=True)):
            self._write(self.row, place, text, look)
        high = (_height(text, width, size) for text, width in zip(texts, self.widths, strict=False))
        self.sheet.set_row(self.row, max(high))
        self.row += 1

    def _table(self, block: Table) -> None:
        if block.title:
            self._write(self.row, 0, block.title, "h3")
            self.row += 1
        self._lines([column.title for column in block.columns], ["head"] * len(block.columns))
        plain = ["open" if block.open else "figure" if column.right else "cell" for column in block.columns]
        for row in block.rows:
            toned = zip(block.columns, row, plain, strict=True)
            self._lines(row, [t[:1] if column.toned and t[:1] in TONES else look for column, t, look in toned])
        self.row += 1

    def _picture(self, picture: Picture, image: bytes | None) -> None:
        self._write(self.row, 0, picture.title, "h3")
        if image is None:
            self.row += 1
            self._across(phrase("document.no_picture", self.language), "note")
            return
        shrunk = DOTS / SCREEN_DOTS / PIXELS * SCREEN  # the library draws a PNG at the dots an inch it states
        options = {
            "image_data": BytesIO(image),
            "x_scale": shrunk,
            "y_scale": shrunk,
            "description": visible(picture.title),
        }
        self.sheet.insert_image(self.row + 1, 0, "picture.png", options)
        high = int.from_bytes(image[20:24], "big") / PIXELS
        for _ in range(math.ceil(SCREEN * high / ROW_PIXELS) + 2):
            self.sheet.set_row(self.row, ROW_PIXELS * DOTS / SCREEN_DOTS)
            self.row += 1
        if picture.note:
            self._across(picture.note, "note")
        self.row += 1


def _height(text: str, width: float, size: float = 1.0) -> float:
    """Points a wrapped text needs in so many characters of width."""
    lines = math.ceil(1.08 * size * measure_width(visible(text)[:CELL]) / max(width - 1.0, 1.0))
    return min(14.0 * size * max(lines, 1) + 2.0, 400.0)


def _attach(sheet: Worksheet, table: pd.DataFrame, formats: Formats) -> None:
    """A full table: titles as they are, numbers as numbers, what is missing left empty."""
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    for place, name in enumerate(table.columns):
        sheet.write_string(0, place, visible(str(name)), formats["head"])
        sheet.set_column(place, place, 14)
        for row, value in enumerate(table[name].tolist(), 1):
            if isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif isinstance(value, int | float):
                if math.isfinite(value):
                    sheet.write_number(row, place, value)
            elif value is not None:
                sheet.write_string(row, place, visible(str(value))[:CELL])


def _formats(book: Any) -> Formats:  # noqa: ANN401 - a workbook of the library
    base = {"text_wrap": True, "valign": "top", "font_size": 10}
    looks: dict[str, dict[str, Any]] = {
        "h0": {"bold": True, "font_size": 18, "font_color": HEAD, "text_wrap": False},
        "h1": {"bold": True, "font_size": 14, "font_color": HEAD, "text_wrap": False, "bottom": 2},
        "h2": {"bold": True, "font_size": 12, "font_color": HEAD, "text_wrap": False},
        "h3": {"bold": True, "font_size": 10, "text_wrap": False},
        "body": {}, "lead": {"font_size": 12}, "note": {"font_size": 9, "font_color": SOFT},
        "right": {"align": "right"}, "centre": {"align": "center"}, "notice": {"bg_color": WARM},
        "head": {"bold": True, "bg_color": FILL, "bottom": 1, "bottom_color": HEAD},
        "cell": {"bottom": 1, "bottom_color": PALE},
        "figure": {"bottom": 1, "bottom_color": PALE, "align": "right", "indent": 1},
        "open": {"border": 1, "border_color": PALE}, "value": {"bold": True, "font_size": 14, "font_color": HEAD},
        **{mark: {"bottom": 1, "bottom_color": PALE, "bold": True, "font_color": tone} for mark, tone in TONES.items()},
    }  # fmt: skip
    return {name: book.add_format({**base, **look}) for name, look in looks.items()}
