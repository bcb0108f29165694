"""Money in and out of one project year by year, and where the sum crosses zero."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, GAIN, LOSS, MUTED, Spec, keep
from evaluator.language import phrase


@cache
def draw_cash_flow(language: str, unit: str) -> Spec:
    """Bars of yearly net flows and the line of their sum.

    Columns: ``year``, ``flow``, ``sum`` (in ``unit``), ``flow_text``, ``sum_text``.
    """
    amount = alt.Axis(title=phrase("charts.axis.money", language, unit=unit), tickCount=5)
    base = alt.Chart(height=300).encode(
        x=alt.X("year:O", axis=alt.Axis(title=phrase("charts.axis.year", language), labelAngle=0)),
        tooltip=[
            alt.Tooltip("year:O", title=phrase("charts.axis.year", language)),
            alt.Tooltip("flow_text:N", title=phrase("charts.flow.year", language)),
            alt.Tooltip("sum_text:N", title=phrase("charts.flow.sum", language)),
        ],
    )
    bars = base.mark_bar(size=16, cornerRadius=2).encode(
        y=alt.Y("flow:Q", axis=amount), color=alt.condition("datum.flow < 0", alt.value(LOSS), alt.value(GAIN))
    )
    zero = alt.Chart().mark_rule(color=MUTED).encode(y=alt.datum(0))
    line = base.mark_line(color=BAR, strokeWidth=2, point=alt.OverlayMarkDef(color=BAR, size=40)).encode(y="sum:Q")
    return keep(alt.layer(bars, zero, line))
