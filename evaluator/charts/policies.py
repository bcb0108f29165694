"""Policy tests: what was found, how far it can reach where facts are missing, and what is needed."""

from functools import cache

import altair as alt

from evaluator.charts.style import GAIN, INK, LOSS, MUTED, Spec, columns_of, keep, row_axis
from evaluator.language import phrase

RESULT_COLOURS = {"pass": GAIN, "fail": LOSS, "cannot_tell": MUTED}
RESULT_SHAPES = {"pass": "circle", "fail": "triangle-up", "cannot_tell": "square"}


@cache
def draw_policies(language: str, theme: str = "light") -> Spec:
    """One row a test on a scale of shares.

    Columns: ``label``, ``found``, ``low``, ``high``, ``needed`` (0-1), ``result`` (``pass``, ``fail``,
    ``cannot_tell``), ``found_text``, ``needed_text``.
    """
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(title=phrase("charts.policies.share", language), format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    words = {key: phrase(f"charts.policies.{key}", language) for key in RESULT_COLOURS}
    named = ", ".join(f"'{key}': '{text}'" for key, text in words.items())
    legend = alt.Legend(
        title=None, orient="bottom", labelExpr=f"({{{named}}})[datum.value]", symbolSize=110, columns=columns_of(3)
    )
    base = alt.Chart(height=alt.Step(34)).encode(
        y=alt.Y("label:N", sort=None, axis=row_axis(190), title=None),
        tooltip=[
            alt.Tooltip("label:N", title=phrase("charts.policies.test", language)),
            alt.Tooltip("found_text:N", title=phrase("charts.policies.found", language)),
            alt.Tooltip("needed_text:N", title=phrase("charts.policies.needed", language)),
        ],
    )
    ranges = base.mark_rule(strokeWidth=6, opacity=0.35, color=MUTED, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    bounds = base.mark_tick(thickness=3, size=24, color=INK[theme]).encode(x=alt.X("needed:Q", scale=scale))
    points = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=alt.X("found:Q", scale=scale),
        color=alt.Color("result:N", scale=_scale(RESULT_COLOURS), legend=legend),
        shape=alt.Shape("result:N", scale=_scale(RESULT_SHAPES), legend=legend),
    )
    return keep(alt.layer(ranges, bounds, points))


def _scale(values: dict[str, str]) -> alt.Scale:
    return alt.Scale(domain=list(values), range=list(values.values()))
