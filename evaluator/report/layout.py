"""Tables as plain text: columns aligned also where characters are two cells wide."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    import pandas as pd

WIDEST_CELL = 36


@lru_cache(maxsize=100_000)
def measure_width(text: str) -> int:
    """How many terminal cells a text takes: Chinese characters take two, combining marks none."""
    return (
        len(text)
        if text.isascii()
        else sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
    )


def shorten(text: str, cells: int = WIDEST_CELL) -> str:
    """A text on one line that takes at most ``cells`` cells, cut with “…”."""
    printable = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    if measure_width(line) <= cells:
        return line
    kept, used = "", 1
    for character in line:
        used += measure_width(character)
        if used > cells:
            break
        kept += character
    return kept + "…"


def lay_out(table: pd.DataFrame, widest: int = WIDEST_CELL) -> str:
    """A frame of texts as aligned columns under its titles; columns of figures stand on the right."""
    columns = [(title, *table.iloc[:, i]) for i, title in enumerate(table.columns)]
    cells = [[shorten(str(value), widest) for value in column] for column in columns]
    widths = [max(map(measure_width, column)) for column in cells]
    right = [all(cell[:1].isdigit() or cell[:1] in "–−" for cell in column[1:]) for column in cells]
    lines = []
    for row in zip(*cells, strict=True):
        padded = [
            " " * (w - measure_width(c)) + c if r else c + " " * (w - measure_width(c))
            for c, w, r in zip(row, widths, right, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
