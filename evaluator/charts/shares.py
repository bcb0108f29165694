"""How the money of a list is spread: one tidy bar a group with its share beside it."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, MUTED, ROW_HEIGHT, Spec, keep, row_axis
from evaluator.language import phrase


@cache
def draw_shares(language: str) -> Spec:
    """Bars of shares. Columns of the table: ``label``, ``share`` (0-1), ``text``, ``muted`` (bool), ``position``, ``more``."""
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(
        y=alt.Y("label:N", sort=alt.SortField("position"), axis=row_axis(130), title=None),
        x=alt.X("share:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False, padding=46)),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.shares.group", language)),
            alt.Tooltip("text:N", title=phrase("charts.shares.share", language)),
            alt.Tooltip("more:N", title=phrase("charts.shares.more", language)),
        ],
    )
    bars = base.mark_bar(size=14, cornerRadiusEnd=2).encode(color=alt.condition("datum.muted", alt.value(MUTED), alt.value(BAR)))
    texts = base.mark_text(align="left", dx=5, fontSize=13).encode(text="text:N")
    return keep(alt.layer(bars, texts))
