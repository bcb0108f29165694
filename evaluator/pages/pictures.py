"""A picture with what it says above it and its table twin below it."""

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evaluator.charts.style import Spec, with_words
from evaluator.pages import state
from evaluator.pages.text import plain, say

ROW, HEADER = 42, 45
"""Height of a row of a table, and of its headings with the frame, in pixels at the theme's base size of 19."""
LINE = 24
"""Height of each further line of text in a row."""
TALLEST = HEADER + 10 * ROW
"""Height of a table in pixels from which it scrolls."""
FEW, OUTLIER = 5, 1.5
"""A column of this many cells is given room of its own where one is this many times as long as the mean."""
_FIGURE = re.compile(r"[+−–<>]?[\d∞]|–$")


def show_picture(
    finding: str,
    rows: pd.DataFrame,
    spec: Spec,
    *,
    key: str,
    language: str,
    twin: pd.DataFrame | None = None,
    caption: str = "",
    heading: bool = True,
) -> None:
    """Draw a picture under the sentence it shows; ``twin`` is the same as a table, folded away."""
    if heading:
        st.markdown(f"**{plain(finding)}**")
    if caption:
        st.caption(plain(caption))
    show_chart(rows, spec, alt=finding, key=f"picture_{key}")
    if twin is not None:
        show_twin(twin, finding, key=key, language=language)


def show_chart(rows: pd.DataFrame, spec: Spec, *, alt: str, key: str) -> None:
    """Draw a picture alone; ``alt`` is what it says, for those who do not see it."""
    st.vega_lite_chart(rows, with_words(spec, state.theme()), alt=alt, key=key)


def show_twin(table: pd.DataFrame, finding: str, *, key: str, language: str) -> None:
    """The table of a picture, folded away."""
    with st.expander(say("twin.title", language), icon=":material/table_rows:"):
        show_table(table, finding, key=key)


def show_table(
    table: pd.DataFrame, name: str, *, key: str, figures: bool = True, lines: int = 1, widths: Sequence[int] = ()
) -> None:
    """A table people read; columns of figures, if it has any, stand to the right, a long table scrolls.

    ``lines`` of text a row has room for; ``widths`` of its columns in pixels, where their texts would run on.
    """
    row = ROW + LINE * (lines - 1)
    st.dataframe(
        table,
        hide_index=True,
        key=f"table_{key}",
        alt=name,
        height=min(height_of(len(table), row), TALLEST * (1 if lines == 1 else 2)),
        row_height=row,
        placeholder="–",
        column_config={
            str(column): st.column_config.TextColumn(width=width) for column, width in zip(table, widths, strict=False)
        }
        or {
            column: st.column_config.TextColumn(alignment="right", width=room_of(table[column]))
            for column in table.columns[1:]
            if figures and _is_figures(table[column])
        },
    )


def height_of(rows: int, row: int = ROW) -> int:
    """Height in pixels of a table that shows this many rows; an empty one says so in one."""
    return HEADER + row * max(rows, 1)


def room_of(cells: pd.Series) -> int | None:
    """Pixels for figures of which one is far longer than the rest: the table's own guess would cut its first digits."""
    widths = [_width_of(str(cell)) for cell in cells]
    if len(widths) < FEW or max(widths) < max(OUTLIER * sum(widths) / len(widths), _width_of(str(cells.name))):
        return None
    return max(widths) + 20


def _width_of(text: str) -> int:
    """Width of a text in pixels at the size of a table."""
    return sum(17 if ord(letter) > 0x2E7F else 9 for letter in text)


def _is_figures(cells: pd.Series) -> bool:
    return len(cells) > 0 and all(_FIGURE.match(str(cell)) for cell in cells)
