"""Effects on income by year since the start, group by group, with what stands behind each year below it."""

from functools import cache

import altair as alt

from evaluator.charts.style import INK, MUTED, Spec, columns_of, keep, limit_of
from evaluator.language import phrase

GROUP_COLOURS = ("#2F7CB0", "#D1571B", "#0F9573", "#B4649A", "#C27C0E")
GROUP_SHAPES = ("circle", "triangle-up", "square", "diamond", "cross")
BAND = {"light": 0.22, "dark": 0.4}
"""How strongly the bands of all years together are drawn."""
HEIGHT, STRIP_ROW = 460, 28


def _scales(groups: tuple[str, ...]) -> tuple[alt.Color, alt.Shape]:
    size = len(groups)
    legend = alt.Legend(
        title=None, orient="bottom", symbolSize=110, symbolOpacity=1, labelLimit=limit_of(260), columns=columns_of(2)
    )
    return (
        alt.Color("name:N", scale=alt.Scale(domain=list(groups), range=list(GROUP_COLOURS[:size])), legend=legend),
        alt.Shape("name:N", scale=alt.Scale(domain=list(groups), range=list(GROUP_SHAPES[:size])), legend=legend),
    )


def _years(language: str, years: tuple[int, int]) -> alt.X:
    first, last = years
    title, ticks = phrase("charts.income.years", language), list(range(first, last + 1))
    return alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False),
        axis=alt.Axis(title=title, values=ticks, format="d", grid=False),
    )


@cache
def draw_event_study(
    language: str, unit: str, groups: tuple[str, ...], years: tuple[int, int], theme: str = "light"
) -> Spec:
    """Points with intervals (dark: each year alone; light: all years together) and a line a group.

    Columns: ``x`` (year since the start, groups set a little apart), ``name`` (of the group), ``estimate``, ``low``,
    ``high``, ``band_low``, ``band_high`` (in ``unit``), ``text``, ``band_text``, ``support``. ``groups`` are names in
    order of colour; ``years`` are the first and the last on the axis.
    """
    colour, shape = _scales(groups)
    x = _years(language, years)
    title = phrase("charts.income.effect", language, unit=unit)
    base = alt.Chart(height=HEIGHT).encode(x=x, color=colour)
    bands = base.mark_rule(strokeWidth=7, opacity=BAND[theme], strokeCap="round").encode(
        y=alt.Y("band_low:Q", axis=alt.Axis(title=title, tickCount=7)), y2="band_high:Q"
    )
    ranges = base.mark_rule(strokeWidth=2.5).encode(y="low:Q", y2="high:Q")
    lines = base.mark_line(strokeWidth=1.5, opacity=0.6).encode(y="estimate:Q")
    points = base.mark_point(filled=True, size=80, opacity=1).encode(
        y="estimate:Q",
        shape=shape,
        tooltip=[
            alt.Tooltip("name:N", title=phrase("charts.income.group", language)),
            alt.Tooltip("year:N", title=phrase("charts.income.year", language)),
            alt.Tooltip("text:N", title=phrase("charts.income.interval", language)),
            alt.Tooltip("band_text:N", title=phrase("charts.income.band", language)),
            alt.Tooltip("support:N", title=phrase("charts.income.support", language)),
        ],
    )
    nothing = alt.Chart().mark_rule(color=INK[theme], strokeWidth=1).encode(y=alt.datum(0))
    start = alt.Chart().mark_rule(color=MUTED, strokeDash=[5, 4]).encode(x=alt.datum(-0.5))
    return keep(alt.layer(nothing, start, bands, ranges, lines, points))


@cache
def draw_support(language: str, groups: tuple[str, ...], years: tuple[int, int], theme: str = "light") -> Spec:
    """How many villages stand behind each year, a row a group.

    Columns: ``x`` (year since the start), ``name``, ``clusters``, ``support``.
    """
    x = alt.X(
        "x:O",
        scale=alt.Scale(domain=list(range(years[0], years[1] + 1))),
        axis=alt.Axis(
            title=phrase("charts.income.years", language), labelAngle=0, labelExpr="replace(datum.label, '-', '−')"
        ),
    )
    y = alt.Y(
        "name:N", sort=list(groups), title=None, axis=alt.Axis(labelLimit=limit_of(150), ticks=False, domain=False)
    )
    base = alt.Chart(height=alt.Step(STRIP_ROW)).encode(x=x, y=y)
    cells = base.mark_rect(stroke=None, cornerRadius=3).encode(
        color=alt.Color("clusters:Q", scale=alt.Scale(scheme="blues", domainMin=0), legend=None),
        opacity=alt.value(0.55),
        tooltip=[
            alt.Tooltip("name:N", title=phrase("charts.income.group", language)),
            alt.Tooltip("year:N", title=phrase("charts.income.year", language)),
            alt.Tooltip("support:N", title=phrase("charts.income.support", language)),
        ],
    )
    counts = base.mark_text(color=INK[theme]).encode(text="clusters:Q")
    return keep(alt.layer(cells, counts))
