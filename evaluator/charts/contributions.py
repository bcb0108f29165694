"""How a total comes about: what each criterion adds, one after the other."""

from functools import cache

import altair as alt

from evaluator.charts.style import INK, MUTED, Spec, criterion_scale, keep, row_axis
from evaluator.language import phrase

NARROW = 330
"""Pixels of the axis below which only the points are written, not how they come about."""


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
    return keep(alt.layer(bars, *_texts(base, theme)))


def _texts(base: alt.Chart, theme: str) -> list[alt.Chart]:
    """What each adds, where it has room: after a bar, before one that ends far right, within the total's."""
    text = {"expr": f"width < {NARROW} ? split(datum.text, /[ （]/)[0] : datum.text"}
    far, short = "datum.end > 60", "datum.start < 30"
    return [
        base.transform_filter(f"!({far})").mark_text(align="left", dx=6, color=INK[theme], text=text).encode(x="end:Q"),
        base.transform_filter(f"{far} && !({short})")
        .mark_text(align="right", dx=-6, color=INK[theme], text=text)
        .encode(x="start:Q"),
        base.transform_filter(f"{far} && {short}")
        .mark_text(align="right", dx=-8, color=INK["light"], text=text)
        .encode(x="end:Q"),
    ]
