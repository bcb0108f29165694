"""Before and after: how alike its neighbours each project is when one of them moves."""

from functools import cache

import altair as alt

from evaluator.charts.style import GAIN, INK, LOSS, MUTED, ROW_HEIGHT, Spec, keep, row_axis, scale_before
from evaluator.language import phrase


@cache
def draw_moves(language: str, theme: str = "light") -> Spec:
    """A line from before to after for each project.

    Columns: ``label``, ``before``, ``after`` (0-1), ``right`` (the larger), ``better`` (``yes``, ``no``, ``same``),
    ``text``, ``room`` (where the axis ends).
    """
    axis = alt.Axis(title=phrase("charts.moves.likeness", language), format=".0%", tickCount=5)
    base = alt.Chart(height=alt.Step(ROW_HEIGHT)).encode(
        y=alt.Y("label:N", sort=None, axis=row_axis(150), title=None),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.project", language)),
            alt.Tooltip("text:N", title=phrase("charts.moves.likeness", language)),
        ],
    )
    colour = alt.Color(
        "better:N", scale=alt.Scale(domain=["yes", "no", "same"], range=[GAIN, LOSS, MUTED]), legend=None
    )
    lines = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("before:Q", axis=axis, scale=scale_before(50)), x2="after:Q", color=colour
    )
    before = base.mark_point(filled=False, size=70, strokeWidth=2, opacity=1).encode(x="before:Q", color=colour)
    after = base.mark_point(filled=True, size=90, opacity=1).encode(x="after:Q", color=colour)
    texts = base.mark_text(align="left", dx=9, color=INK[theme]).encode(x="right:Q", text="text:N")
    room = base.mark_tick(opacity=0).encode(x="room:Q")
    return keep(alt.layer(lines, before, after, texts, room))
