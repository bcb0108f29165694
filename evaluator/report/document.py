"""A document as blocks, before it is a Word file, a PDF, a web page or a workbook.

Sections are built once from the numbers (``report.sections``); four writers (``report.writers``) draw the same blocks.
Every text is plain: no writer reads marks in it, so a name from a file is shown letter for letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

import pandas as pd

SHORT_ROWS, SHORT_CELL = 9, 300
"""Rows of a table, and characters of each cell, up to which it is never torn over two pages."""
STRANGE = "〓"
"""What stands for a character that has no shape: control characters, marks that turn the direction of writing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; level 2 or 3, since the section's own is level 1. ``apart`` begins a new page."""

    text: str
    level: int = 2
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``label`` stands before it in bold, ``lead`` is a finding, ``note`` is small print."""

    text: str
    label: str = ""
    style: Literal["body", "lead", "note", "centre", "right"] = "body"


@dataclass(frozen=True, slots=True)
class Listing:
    """Points one below the other."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its width beside the others, and whether its cells are figures.

    ``toned`` columns hold flag levels, each with its symbol in front; writers colour them by it.
    """

    title: str
    width: float = 1.0
    right: bool = False
    toned: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; ``title`` is what it says or holds. ``small`` is set smaller, ``open`` has room for a pen.

    In a ``grouped`` table an empty first cell belongs to the one above it.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    small: bool = False
    open: bool = False
    grouped: bool = False

    @property
    def short(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        return len(self.rows) <= SHORT_ROWS and all(len(cell) <= SHORT_CELL for row in self.rows for cell in row)

    def spans(self) -> tuple[int, ...]:
        """How many rows the first cell of each row covers; 0 where it belongs to the one above."""
        if not self.grouped or not self.rows:
            return (1,) * len(self.rows)
        begins = [place for place, row in enumerate(self.rows) if row[0] or place == 0]
        ends = dict(zip(begins, [*begins[1:], len(self.rows)], strict=True))
        return tuple(ends[place] - place if place in ends else 0 for place in range(len(self.rows)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: a Vega-Lite spec (``charts``) with its rows, under a finding that is also its name for the blind."""

    spec: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """One picture, or two side by side."""

    items: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that matters, with its name and a remark."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of numbers that matter."""

    items: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark in a frame."""

    text: str
    label: str = ""


Block: TypeAlias = Heading | Paragraph | Listing | Table | Pictures | Figures | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part; ``apart`` begins it on a new page."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    apart: bool = False

    @property
    def opening(self) -> int:
        """How many paragraphs stand between the title and what they introduce: they stay on its page."""
        kinds = [isinstance(block, Paragraph) for block in self.blocks]
        return kinds.index(False) if False in kinds else 0


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes
    ----------
    day
        Date of appraisal; also the date in the file's properties, so that the same content has the same bytes.
    stamp
        Version, date and fingerprint, on every page.
    attached
        Full tables that only a workbook carries: sheet name to frame, numbers as numbers.
    """

    title: str
    subtitle: str
    language: str
    day: date
    stamp: str
    sections: tuple[Section, ...]
    attached: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def texts(self) -> Iterator[str]:
        """Every text a writer prints but those of pictures."""
        yield from (self.title, self.subtitle, self.stamp)
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block but those inside pictures."""
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(text=text, label=label) | Notice(text=text, label=label):
            yield from filter(None, (label, text))
        case Listing(items=items):
            yield from items
        case Table(columns=columns, rows=rows, title=title):
            yield from filter(None, (title, *(column.title for column in columns)))
            for row in rows:
                yield from row
        case Pictures(items=pictures):
            for picture in pictures:
                yield from filter(None, (picture.title, picture.note))
        case Figures(items=figures):
            for figure in figures:
                yield from filter(None, (figure.label, figure.value, figure.note))


def visible(text: object) -> str:
    """A text on one line with nothing in it that has no shape: spaces are one space, the shapeless becomes 〓."""
    line = " ".join(str(text).split())
    return line if line.isprintable() else "".join(_shape(character) for character in line)


def _shape(character: str) -> str:
    return STRANGE if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") else character


def tabulated(table: pd.DataFrame, widths: Mapping[int, float] | None = None, **options: Any) -> Table:  # noqa: ANN401
    """A frame of texts as a table; columns of figures stand on the right. ``widths`` by place, 1 unless given."""
    cells = [[str(value) for value in table.iloc[:, place]] for place in range(table.shape[1])]
    columns = tuple(
        Column(str(title), (widths or {}).get(place, 1.0), right=_are_figures(cells[place]))
        for place, title in enumerate(table.columns)
    )
    return Table(columns, tuple(zip(*cells, strict=True)), **options)


def _are_figures(cells: list[str]) -> bool:
    stated = [cell for cell in cells if cell not in ("", "–")]
    return (
        bool(stated) and all(cell[:1].isdigit() or cell[:1] in "−<>+" for cell in stated) and max(map(len, stated)) < 24
    )
