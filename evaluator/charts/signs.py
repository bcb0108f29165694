"""The six signs of one project and where each begins to count."""

from functools import cache

import altair as alt

from evaluator.charts.style import INK, LOSS, MUTED, Spec, keep, row_axis
from evaluator.language import phrase


@cache
def draw_signs(language: str, theme: str = "light") -> Spec:
    """Bars of degrees.

    Columns: ``label``, ``degree_or_zero`` (0-1), ``on`` (bool), ``text``, ``threshold``.
    """
    axis = alt.Axis(title=phrase("charts.axis.degree", language), values=[0, 0.25, 0.5, 0.75, 1], format=".0%")
    base = alt.Chart(height=alt.Step(30)).encode(y=alt.Y("label:N", sort=None, axis=row_axis(150), title=None))
    bars = base.mark_bar(size=14, cornerRadiusEnd=2).encode(
        x=alt.X("degree_or_zero:Q", scale=alt.Scale(domain=[0, 1]), axis=axis),
        color=alt.condition("datum.on", alt.value(LOSS), alt.value(MUTED)),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.sign", language)),
            alt.Tooltip("text:N", title=phrase("charts.axis.degree", language)),
        ],
    )
    line = (
        alt.Chart()
        .mark_rule(strokeDash=[4, 3], color=MUTED, strokeWidth=1.5)
        .encode(x=alt.X("threshold:Q", aggregate="max"))
    )
    texts = base.mark_text(align="left", dx=5, color=INK[theme]).encode(x="degree_or_zero:Q", text="text:N")
    return keep(alt.layer(bars, line, texts))
