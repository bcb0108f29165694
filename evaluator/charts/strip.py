"""Marks of a committee: every member's total, their mean and the model's, one row a project."""

import json
from functools import cache

import altair as alt

from evaluator.charts.style import BAR, INK, MUTED, ROW_HEIGHT, Spec, columns_of, keep, row_axis, score_axis
from evaluator.language import phrase

KINDS = ("member", "mean", "model")
SHAPES = {"member": "circle", "mean": "M-0.15,-1L0.15,-1L0.15,1L-0.15,1Z", "model": "diamond"}
"""The mean is an upright bar, drawn as a path: Vega's own has no area to fill."""
ORANGE = "#C27C0E"


@cache
def draw_strip(language: str, theme: str = "light") -> Spec:
    """Points on one scale, 0-100. Columns: ``label``, ``total``, ``low``, ``high``, ``kind`` (``KINDS``), ``text``."""
    scale = alt.Scale(domain=[0, 100])
    words = json.dumps({kind: phrase(f"charts.strip.{kind}", language) for kind in KINDS}, ensure_ascii=False)
    legend = alt.Legend(
        title=None, orient="bottom", labelExpr=f"({words})[datum.value]", symbolSize=110, columns=columns_of(3)
    )
    colours = {"member": BAR, "mean": INK[theme], "model": ORANGE}
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(y=alt.Y("label:N", sort=None, axis=row_axis(), title=None))
    ranges = base.mark_rule(strokeWidth=4, opacity=0.3, color=MUTED, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=score_axis(language)), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=110, opacity=0.85, strokeWidth=0).encode(
        x=alt.X("total:Q", scale=scale, axis=score_axis(language)),
        color=alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(colours.values())), legend=legend),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(SHAPES.values())), legend=legend),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.project", language)),
            alt.Tooltip("text:N", title=phrase("charts.axis.score", language)),
        ],
    )
    return keep(alt.layer(ranges, points))
