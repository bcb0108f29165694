"""From one list's funds to another's, industry by industry."""

from functools import cache

import altair as alt

from evaluator.charts.style import GAIN, INK, LOSS, MUTED, Spec, keep, row_axis, scale_before
from evaluator.language import phrase


@cache
def draw_waterfall(language: str, unit: str, theme: str = "light") -> Spec:
    """A waterfall from A to B.

    Columns: ``label``, ``start``, ``end``, ``right`` (the larger of the two, in ``unit``), ``step`` (``more``,
    ``less`` or ``whole``), ``text``.
    """
    axis = alt.Axis(title=phrase("charts.balance.funds_in", language, unit=unit), tickCount=5)
    base = alt.Chart(height=alt.Step(30)).encode(y=alt.Y("label:N", sort=None, axis=row_axis(150), title=None))
    scale = alt.Scale(domain=["more", "less", "whole"], range=[GAIN, LOSS, MUTED])
    bars = base.mark_bar(size=16, cornerRadius=2).encode(
        x=alt.X("start:Q", axis=axis, scale=scale_before(124)),
        x2="end:Q",
        color=alt.Color("step:N", scale=scale, legend=None),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.shares.group", language)),
            alt.Tooltip("text:N", title=phrase("charts.balance.money", language)),
        ],
    )
    texts = base.mark_text(align="left", dx=6, color=INK[theme]).encode(x="right:Q", text="text:N")
    return keep(alt.layer(bars, texts))
