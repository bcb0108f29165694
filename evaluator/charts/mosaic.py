"""Industry by horizon: areas are funds, colour is the share flagged."""

import re
from functools import cache
from typing import Any

import altair as alt

from evaluator.charts.style import GROUND, INK, LETTER, ON_PHONE, ON_SCREEN, WORD, Spec, keep
from evaluator.language import phrase

NAMES_WIDTH = {"en": (0.36, 0.62), "zh": (0.36, 0.42)}
"""Room for the names of the industries, as a share of the width of the cells; on a phone."""
FLAGGED_RANGE = ("#C9DCE8", "#E0763F")
UNJUDGED = "#C4CCD1"
PRINTED = 12
"""Size of the words in the cells of a document, in pixels."""


@cache
def draw_mosaic(language: str, theme: str = "light", *, height: int = 660, by: str = "amount") -> Spec:
    """A mosaic: rows are industries, as tall as their funds; cells are horizons, as wide as their share of them.

    ``by``: what areas are of, ``amount`` or ``projects``.

    Columns: ``industry``, ``horizon`` (words), ``x``, ``x2``, ``y``, ``y2`` (0-1, y from the top), ``middle`` (of the
    row, 0-1), ``centre`` (of the cell, 0-1), ``label`` (on the first cell of a row, else empty), ``cell`` (words inside
    a cell that has room, else empty), ``flagged`` (share of its funds, empty where it cannot be judged), ``money``,
    ``share`` and ``flagged_text`` (texts).
    """
    of = "" if by == "amount" else "_projects"
    wide, phone = NAMES_WIDTH[language]
    names_width, size = f"({ON_PHONE} ? {phone} : {wide})", f"({ON_SCREEN} ? {WORD} : {PRINTED})"
    across = alt.Scale(domain=[{"expr": f"-{names_width}"}, 1], nice=False)
    down = alt.Scale(domain=[1, 0], nice=False)
    axis = alt.Axis(
        title=phrase(f"charts.balance.horizon{of}", language),
        values=[0, 0.25, 0.5, 0.75, 1],
        format=".0%",
        grid=False,
        domain=False,
    )
    base = alt.Chart(height=height).encode(
        x=alt.X("x:Q", scale=across, axis=axis),
        x2="x2:Q",
        y=alt.Y("y:Q", scale=down, axis=None),
        y2="y2:Q",
        tooltip=[
            alt.Tooltip("industry:N", title=phrase("charts.shares.group", language)),
            alt.Tooltip("horizon:N", title=phrase("balance.dimension.horizon", language)),
            alt.Tooltip("money:N", title=phrase("charts.balance.money", language)),
            alt.Tooltip("share:N", title=phrase("charts.shares.share", language)),
            alt.Tooltip("flagged_text:N", title=phrase("charts.balance.flagged", language)),
        ],
    )
    outline: dict[str, Any] = {"stroke": GROUND[theme], "strokeWidth": 2}
    judged = base.transform_filter("isValid(datum.flagged)").mark_rect(**outline).encode(color=_colour(language, of))
    unjudged = base.transform_filter("!isValid(datum.flagged)").mark_rect(fill=UNJUDGED, **outline)
    room = {"expr": f"width * {names_width} / (1 + {names_width}) - 8"}
    names = (
        alt.Chart()
        .mark_text(align="right", dx=-6, color=INK[theme], limit=room)
        .encode(x=alt.datum(0), y=alt.Y("middle:Q", scale=down), text="label:N")
    )
    tall = f"abs(datum.y2 - datum.y) * height >= {size}"
    cell = f"(datum.x2 - datum.x) * width / (1 + {names_width})"
    fits = f"{tall} && {cell} > 12 + {LETTER[language]} * {size} * length(datum.cell)"
    inside = (
        alt.Chart()
        .mark_text(fontSize={"expr": size}, color=INK["light"], text={"expr": f"{fits} ? datum.cell : ''"})
        .encode(x=alt.X("centre:Q", scale=across), y=alt.Y("middle:Q", scale=down))
    )
    return keep(alt.layer(unjudged, judged, names, inside))


def _colour(language: str, of: str) -> alt.Color:
    title = _lines_of(phrase(f"charts.balance.flagged_or_not{of}", language))
    return alt.Color(
        "flagged:Q",
        scale=alt.Scale(domain=[0, 1], range=list(FLAGGED_RANGE), interpolate="rgb"),
        legend=alt.Legend(title=title, titleLimit=340, orient="bottom", format=".0%", values=[0, 0.5, 1]),
    )


def _lines_of(title: str) -> list[str]:
    """A title with what stands in brackets on a line of its own, as a phone is not wide enough for both."""
    return re.sub(r"\s*([(（])", r"\n\1", title).split("\n")
