"""Numbers with their intervals, one below the other: estimators side by side, bounds, windows."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, INK, ROW_HEIGHT, Spec, keep, row_axis
from evaluator.language import phrase

RANGE = {"light": 0.4, "dark": 0.65}
"""How strongly ranges are drawn."""
LABELS = 230
"""Width of the names in pixels."""


@cache
def draw_intervals(language: str, unit: str, theme: str = "light", ends: tuple[float, float] | None = None) -> Spec:
    """Points with ranges beside a line at 0; ``ends`` of the axis, at which wider ranges are cut.

    Columns: ``label``, ``estimate`` (may be missing where there are only bounds), ``low``, ``high`` (in ``unit``),
    ``text``.
    """
    title = phrase("charts.income.effect", language, unit=unit)
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(
        y=alt.Y("label:N", sort=None, axis=row_axis(LABELS), title=None),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.income.what", language)),
            alt.Tooltip("text:N", title=phrase("charts.income.interval", language)),
        ],
    )
    axis = alt.Axis(title=title, tickCount=6)
    scale = alt.Scale(domain=list(ends), clamp=True, nice=False) if ends else alt.Scale()
    ranges = base.mark_rule(strokeWidth=5, opacity=RANGE[theme], strokeCap="round", color=BAR).encode(
        x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=90, opacity=1, color=BAR).encode(
        x=alt.X("estimate:Q", axis=axis, scale=scale)
    )
    nothing = alt.Chart().mark_rule(color=INK[theme], strokeWidth=1).encode(x=alt.datum(0))
    return keep(alt.layer(nothing, ranges, points))
