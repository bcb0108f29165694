"""What safety costs: the largest value at each share of risk or of flagged funds."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, INK, LOSS, MUTED, Spec, keep
from evaluator.language import phrase


@cache
def draw_frontier(language: str, measure: str, theme: str = "light") -> Spec:
    """A frontier; ``measure`` is ``risk`` or ``flagged``.

    Columns: ``found`` (share 0-1), ``value`` (share of the largest value, 0-1), ``here`` (bool: the portfolio
    chosen), ``label`` (beside the chosen one, else empty), ``found_text``, ``value_text``, ``projects``.
    """
    base = alt.Chart(height=370).encode(
        x=alt.X(
            "found:Q",
            scale=alt.Scale(zero=False, nice=True, padding=34),
            axis=alt.Axis(title=phrase(f"charts.frontier.{measure}", language), format=".2~%", tickCount=4),
        ),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(zero=False, nice=True, padding=34),
            axis=alt.Axis(title=phrase("charts.frontier.value", language), format=".2~%", tickCount=5),
        ),
    )
    line = base.mark_line(color=MUTED, strokeWidth=2, interpolate="step-after")
    points = base.mark_point(filled=True, opacity=1).encode(
        color=alt.condition("datum.here", alt.value(LOSS), alt.value(BAR)),
        shape=alt.condition("datum.here", alt.value("diamond"), alt.value("circle")),
        size=alt.condition("datum.here", alt.value(190), alt.value(90)),
        tooltip=[
            alt.Tooltip("found_text:N", title=phrase(f"charts.frontier.{measure}", language)),
            alt.Tooltip("value_text:N", title=phrase("charts.frontier.value", language)),
            alt.Tooltip("projects:N", title=phrase("charts.frontier.projects", language)),
        ],
    )
    words = base.mark_text(align="center", dy=-20, color=INK[theme]).encode(text="label:N")
    return keep(alt.layer(line, points, words))
