"""Two to four projects side by side on the four criteria."""

from functools import cache

import altair as alt

from evaluator.charts.style import MUTED, Spec, keep, row_axis, score_axis
from evaluator.language import phrase


@cache
def draw_comparison(language: str) -> Spec:
    """Dots on one scale for each criterion.

    Columns: ``criterion`` (words), ``project``, ``order``, ``score``, ``low``, ``high``, ``text``.
    """
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("criterion:N", sort=None, axis=row_axis(150), title=None)
    offset = alt.YOffset("order:O")
    base = alt.Chart(height=alt.Step(62, **{"for": "position"})).encode(y=y, yOffset=offset)
    ranges = base.mark_rule(strokeWidth=4, opacity=0.35, color=MUTED).encode(
        x=alt.X("low:Q", scale=scale, axis=score_axis(language)), x2="high:Q"
    )
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=340)
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=alt.X("score:Q", scale=scale, axis=score_axis(language)),
        color=alt.Color("project:N", sort=None, legend=legend),
        shape=alt.Shape("project:N", sort=None, legend=legend),
        tooltip=[
            alt.Tooltip("project:N", title=phrase("charts.project", language)),
            alt.Tooltip("criterion:N", title=phrase("charts.criterion", language)),
            alt.Tooltip("text:N", title=phrase("charts.axis.score", language)),
        ],
    )
    return keep(alt.layer(ranges, points))
