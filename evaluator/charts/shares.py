"""How the money of a list is spread: one tidy bar a group with its share beside it."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, INK, MUTED, ROW_HEIGHT, Spec, keep, row_axis
from evaluator.language import phrase


@cache
def draw_shares(language: str, theme: str = "light") -> Spec:
    """Bars of shares.

    Columns: ``label``, ``share`` (0-1), ``text``, ``muted`` (bool), ``more``, ``room`` (where the axis ends).
    """
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(
        y=alt.Y("label:N", sort=None, axis=row_axis(130), title=None),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False)),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.shares.group", language)),
            alt.Tooltip("text:N", title=phrase("charts.shares.share", language)),
            alt.Tooltip("more:N", title=phrase("charts.shares.more", language)),
        ],
    )
    bars = base.mark_bar(size=14, cornerRadiusEnd=2).encode(
        color=alt.condition("datum.muted", alt.value(MUTED), alt.value(BAR))
    )
    texts = base.mark_text(align="left", dx=5, color=INK[theme]).encode(text="text:N")
    room = base.mark_tick(opacity=0).encode(x=alt.X("room:Q", axis=None))
    return keep(alt.layer(bars, texts, room))
