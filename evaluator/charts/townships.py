"""Funds for each poor household, township by township, beside the county's line."""

from functools import cache

import altair as alt

from evaluator.charts.style import BAR, INK, LOSS, ROW_HEIGHT, Spec, keep, row_axis, scale_before
from evaluator.language import phrase


@cache
def draw_townships(language: str, unit: str, theme: str = "light") -> Spec:
    """Bars with a dashed line for the whole county.

    Columns: ``township``, ``value`` and ``line`` (in ``unit``), ``clear`` (where the text begins, right of the
    line), ``room`` (where the axis ends), ``text``, ``more``.
    """
    axis = alt.Axis(title=phrase("charts.balance.per_household", language, unit=unit), tickCount=5)
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(
        y=alt.Y("township:N", sort=None, axis=row_axis(130), title=None),
        tooltip=[
            alt.Tooltip("township:N", title=phrase("charts.balance.township", language)),
            alt.Tooltip("text:N", title=phrase("charts.balance.per_household_title", language)),
            alt.Tooltip("more:N", title=phrase("charts.shares.more", language)),
        ],
    )
    bars = base.mark_bar(size=14, cornerRadiusEnd=2, color=BAR).encode(
        x=alt.X("value:Q", axis=axis, scale=scale_before(36))
    )
    texts = base.mark_text(align="left", dx=5, color=INK[theme]).encode(x="clear:Q", text="text:N")
    line = alt.Chart().mark_rule(color=LOSS, strokeDash=[6, 4], strokeWidth=2).encode(
        x=alt.X("line:Q", aggregate="max"),
    )  # fmt: skip
    room = base.mark_tick(opacity=0).encode(x="room:Q")
    return keep(alt.layer(bars, line, texts, room))
