"""How a total comes about: what each criterion adds, one after the other."""

from functools import cache

import altair as alt

from evaluator.charts.style import INK, MUTED, Spec, criterion_scale, keep, row_axis
from evaluator.language import phrase


@cache
def draw_contributions(language: str, theme: str = "light") -> Spec:
    """A waterfall.

    Columns: ``label``, ``start``, ``end`` (points of the total), ``key`` (criterion or total), ``text``.
    """
    axis = alt.Axis(title=phrase("charts.axis.points", language), values=[0, 20, 40, 60, 80, 100])
    base = alt.Chart(height=alt.Step(34)).encode(y=alt.Y("label:N", sort=None, axis=row_axis(170), title=None))
    scale = criterion_scale()
    colours = alt.Scale(domain=[*scale.domain, "total"], range=[*scale.range, MUTED])
    bars = base.mark_bar(size=18, cornerRadius=2).encode(
        x=alt.X("start:Q", scale=alt.Scale(domain=[0, 100]), axis=axis),
        x2="end:Q",
        color=alt.Color("key:N", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.criterion", language)),
            alt.Tooltip("text:N", title=phrase("charts.contribution", language)),
        ],
    )
    texts = base.mark_text(align="left", dx=6, fontSize=13, color=INK[theme]).encode(x="end:Q", text="text:N")
    return keep(alt.layer(bars, texts))
