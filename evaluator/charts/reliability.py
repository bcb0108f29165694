"""Whether stated chances of failure came true: forecasts against the failures counted, each with its interval."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, MUTED, Spec, keep
from evaluator.language import phrase


@cache
def draw_reliability(language: str) -> Spec:
    """Points near the diagonal are chances that came true.

    Columns: ``forecast``, ``failed``, ``low``, ``high`` (0-1, the same point without interval for the diagonal's ends),
    ``text``, ``point`` (bool: a group, not an end of the diagonal).
    """
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(height=280)
    titles = {key: phrase(f"charts.reliability.{key}", language) for key in ("forecast", "failed")}
    axes = {key: alt.Axis(title=title, format="%") for key, title in titles.items()}
    x = alt.X("forecast:Q", scale=scale, axis=axes["forecast"])
    y = alt.Y("failed:Q", scale=scale, axis=axes["failed"])
    line = base.transform_filter("!datum.point").mark_line(color=MUTED, strokeDash=[4, 4]).encode(x=x, y=y)
    groups = base.transform_filter("datum.point")
    ranges = groups.mark_rule(strokeWidth=4, opacity=0.35, color=MUTED).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    points = groups.mark_point(filled=True, size=110, opacity=1, color=BAR).encode(
        x=x, y=y, tooltip=[alt.Tooltip("text:N", title=phrase("charts.reliability.group", language))]
    )
    return keep(alt.layer(line, ranges, points))
