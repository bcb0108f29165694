"""A document as a Word file: A4, repeated header rows, page numbers, pictures with names; the same bytes each time.

The typefaces are the reader's own, so the file stays small and lacks no character.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from evaluator.language import phrase
from evaluator.report.document import (
    Block,
    Document,
    Figures,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Pictures,
    Table,
    visible,
)
from evaluator.report.pictures import draw_pictures
from evaluator.report.writers.word_style import TEXT_CM, dress, set_up, settle
from evaluator.report.writers.word_table import FILL, add_grid, add_table, fill, shade

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as Line

WARM = "FBF5EA"
STYLES = {"lead": "Lead", "note": "Small"}
Drawn = Iterator[bytes | None]
ALIGNED = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "centre": WD_ALIGN_PARAGRAPH.CENTER}


def write_docx(document: Document) -> bytes:
    """The document as a Word file."""
    word, drawn = docx.Document(), iter(draw_pictures(document, "png"))
    set_up(word, document)
    _write(_begin(word, "Title"), document.title)
    _write(_begin(word, "Small"), document.subtitle)
    for section in document.sections:
        if section.title != document.title:
            _head(word, section.title, 1, section.apart)
        for place, block in enumerate(section.blocks):
            _draw(word, block, drawn, document.language)
            if place < section.opening:
                word._body.paragraphs[-1].paragraph_format.keep_with_next = True
    target = BytesIO()
    word.save(target)
    return settle(target.getvalue())


def _draw(word: Word, block: Block, drawn: Drawn, language: str) -> None:
    match block:
        case Heading(text=text, level=level, apart=apart):
            _head(word, text, level, apart)
        case Paragraph(text=text, label=label, style=style):
            line = _begin(word, STYLES.get(style, "Normal"))
            if style in ALIGNED:
                line.alignment = ALIGNED[style]
            _write(line, text, label)
        case Listing(items=items, numbered=numbered):
            for number, item in enumerate(items, 1):
                line = _begin(word, "Point")
                line.add_run(f"{number}.\t" if numbered else "•\t")
                _write(line, item)
        case Table(title=title):
            if title:
                _write(_begin(word, "Caption"), title)
            add_table(word, block)
        case Pictures():
            _draw_pictures(word, block, drawn, language)
        case Figures():
            _draw_figures(word, block)
        case Notice(text=text, label=label):
            _, ((cell,),) = add_grid(word, 1, [1.0])
            shade(cell, WARM)
            _write(cell.paragraphs[0], text, label)
    if isinstance(block, Table | Pictures | Figures | Notice):
        _begin(word, "Gap")


def _begin(word: Word, style: str) -> Line:
    return dress(word.add_paragraph(), style)


def _head(word: Word, text: str, level: int, apart: bool) -> None:
    line = _begin(word, f"Heading {level}")
    line.paragraph_format.page_break_before = apart or None
    _write(line, text)


def _draw_pictures(word: Word, block: Pictures, drawn: Drawn, language: str) -> None:
    count = len(block.items)
    _, (cells,) = add_grid(word, 1, [1.0] * count)
    for cell, picture in zip(cells, block.items, strict=True):
        fill(cell, picture.title, "Caption")
        image = next(drawn)
        if image is not None:
            run = dress(cell.add_paragraph(), "Cell").add_run()
            shape = run.add_picture(BytesIO(image), width=Cm(TEXT_CM / count - 0.5))
            shape._inline.docPr.set("descr", visible(picture.title))
        note = picture.note if image is not None else phrase("document.no_picture", language)
        if note:
            _write(dress(cell.add_paragraph(), "Small"), note)


def _draw_figures(word: Word, block: Figures) -> None:
    _, (cells,) = add_grid(word, 1, [1.0] * len(block.items), lines=("insideV",), colour="FFFFFF")
    for cell, figure in zip(cells, block.items, strict=True):
        shade(cell, FILL)
        fill(cell, figure.label, "Small cell")
        _write(dress(cell.add_paragraph(), "Figure"), figure.value)
        _write(dress(cell.add_paragraph(), "Small cell"), figure.note)


def _write(line: Line, text: str, label: str = "") -> None:
    """Add a text to a paragraph, letter for letter; Word reads no marks in it."""
    if label:
        line.add_run(f"{visible(label)} " if label.endswith((" ", ".")) else visible(label)).bold = True
    line.add_run(visible(text))
