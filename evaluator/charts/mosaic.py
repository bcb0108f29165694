"""Industry by horizon: areas are funds, colour is the share flagged."""

from functools import cache

import altair as alt

from evaluator.charts.style import INK, MUTED, Spec, keep
from evaluator.language import phrase


@cache
def draw_mosaic(language: str, theme: str = "light") -> Spec:
    """A mosaic: columns are industries, as wide as their funds; cells are horizons, as tall as their share of them.

    Columns: ``industry``, ``horizon`` (words), ``x``, ``x2``, ``y``, ``y2`` (0-1), ``middle`` (of the column, 0-1),
    ``label`` (on the first cell of a wide column, else empty), ``flagged`` (share of its funds, empty where it has
    none), ``money``, ``share`` and ``flagged_text`` (texts).
    """
    scale = alt.Scale(domain=[0, 1])
    colour = alt.Color(
        "flagged:Q",
        scale=alt.Scale(domain=[0, 1], range=["#C9DCE8", "#D1571B"]),
        legend=alt.Legend(title=phrase("charts.balance.flagged", language), orient="bottom", format=".0%"),
    )
    cells = (
        alt.Chart(height=340)
        .mark_rect(stroke="white" if theme == "light" else "#1A2730", strokeWidth=1.5)
        .encode(
            x=alt.X("x:Q", scale=scale, axis=alt.Axis(title=phrase("charts.balance.funds", language), format=".0%")),
            x2="x2:Q",
            y=alt.Y("y:Q", scale=scale, axis=alt.Axis(title=phrase("charts.balance.horizon", language), format=".0%")),
            y2="y2:Q",
            color=alt.condition("isValid(datum.flagged)", colour, alt.value(MUTED)),
            tooltip=[
                alt.Tooltip("industry:N", title=phrase("charts.shares.group", language)),
                alt.Tooltip("horizon:N", title=phrase("charts.balance.horizon", language)),
                alt.Tooltip("money:N", title=phrase("charts.balance.money", language)),
                alt.Tooltip("share:N", title=phrase("charts.shares.share", language)),
                alt.Tooltip("flagged_text:N", title=phrase("charts.balance.flagged", language)),
            ],
        )
    )
    names = (
        alt.Chart()
        .mark_text(baseline="bottom", dy=-4, fontSize=13, color=INK[theme], limit=110)
        .encode(x=alt.X("middle:Q", scale=scale), y=alt.datum(1), text="label:N")
    )
    return keep(alt.layer(cells, names))
