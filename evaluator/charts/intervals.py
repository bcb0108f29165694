"""Numbers with their intervals, one below the other: estimators side by side, bounds, windows."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, INK, ROW_HEIGHT, Spec, keep, row_axis
from evaluator.language import phrase


@cache
def draw_intervals(language: str, unit: str, theme: str = "light") -> Spec:
    """Points with ranges beside a line at 0.

    Columns: ``label``, ``estimate`` (may be missing where there are only bounds), ``low``, ``high`` (in ``unit``),
    ``text``.
    """
    title = phrase("charts.income.effect", language, unit=unit)
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(
        y=alt.Y("label:N", sort=None, axis=row_axis(), title=None),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.income.what", language)),
            alt.Tooltip("text:N", title=phrase("charts.income.interval", language)),
        ],
    )
    axis = alt.Axis(title=title, tickCount=6)
    ranges = base.mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round", color=BAR).encode(
        x=alt.X("low:Q", axis=axis), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=90, opacity=1, color=BAR).encode(x=alt.X("estimate:Q", axis=axis))
    nothing = alt.Chart().mark_rule(color=INK[theme], strokeWidth=1).encode(x=alt.datum(0))
    return keep(alt.layer(nothing, ranges, points))
