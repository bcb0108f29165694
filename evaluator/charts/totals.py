"""Totals of many projects with their ranges, best first."""

from functools import cache

import altair as alt

from evaluator.charts.style import (
    MUTED,
    ROW_HEIGHT,
    Spec,
    keep,
    level_legend,
    level_scale,
    level_shapes,
    row_axis,
    score_axis,
)
from evaluator.language import phrase


@cache
def draw_totals(language: str) -> Spec:
    """Points with ranges. Columns: ``label``, ``total``, ``low``, ``high`` (0-100), ``level``, ``text``, ``rank``."""
    y = alt.Y("label:N", sort=None, axis=row_axis(), title=None)
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(y=y)
    ranges = base.mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round", color=MUTED).encode(
        x=alt.X("low:Q", scale=scale, axis=score_axis(language)), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("total:Q", scale=scale, axis=score_axis(language)),
        color=alt.Color("level:N", scale=level_scale(), legend=level_legend(language)),
        shape=alt.Shape("level:N", scale=level_shapes(), legend=level_legend(language)),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.project", language)),
            alt.Tooltip("text:N", title=phrase("criterion.total", language)),
            alt.Tooltip("rank:N", title=phrase("charts.rank", language)),
        ],
    )
    return keep(alt.layer(ranges, points))
