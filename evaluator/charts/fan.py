"""One project's effect on incomes in years to come: what is expected, how sure, and where nobody has been yet."""

from functools import cache

import altair as alt
import pandas as pd

from evaluator.charts.style import BAR, INK, LOSS, MUTED, Spec, keep
from evaluator.language import phrase

BANDS = ("outer", "middle", "inner")
OPACITY = {"light": (0.16, 0.2, 0.28), "dark": (0.26, 0.3, 0.38)}
"""Of the bands, the widest first; they lie on one another."""
SHADE = {"light": 0.13, "dark": 0.22}
HEIGHT = 320


@cache
def draw_fan(language: str, unit: str, last: int, supported_to: int, theme: str = "light") -> Spec:
    """Bands of half, 8 and 9 of 10 cases around the expected effect; years that no older project was seen in shaded.

    Columns: ``year``, ``mean``, ``estimate`` (observed), ``outer_low``, ``outer_high``, ``middle_low``,
    ``middle_high``, ``inner_low``, ``inner_high`` (in ``unit``); ``mean_text``, ``estimate_text``, ``outer_text``,
    ``middle_text``, ``inner_text``, ``cohorts``. ``last`` is the last year on the axis; past ``supported_to`` the
    outer band is a bound.
    """
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[-0.4, last + 0.4], nice=False),
        axis=alt.Axis(title=phrase("charts.fan.years", language), values=list(range(last + 1)), format="d", grid=False),
    )
    title = phrase("charts.fan.effect", language, unit=unit)
    base = alt.Chart(height=HEIGHT).encode(x=x)
    fans = [
        base.mark_area(color=BAR, opacity=shade, interpolate="monotone").encode(
            y=alt.Y(f"{band}_low:Q", axis=alt.Axis(title=title, tickCount=7)), y2=f"{band}_high:Q"
        )
        for band, shade in zip(BANDS, OPACITY[theme], strict=True)
    ]
    nothing = alt.Chart().mark_rule(color=INK[theme], strokeWidth=1).encode(y=alt.datum(0))
    line = base.mark_line(color=BAR, strokeWidth=2.5, interpolate="monotone").encode(y="mean:Q")
    tips = [
        alt.Tooltip("year:Q", title=phrase("charts.fan.years", language)),
        alt.Tooltip("mean_text:N", title=phrase("charts.fan.expected", language)),
        *(alt.Tooltip(f"{band}_text:N", title=phrase(f"charts.fan.{band}", language)) for band in reversed(BANDS)),
        alt.Tooltip("estimate_text:N", title=phrase("charts.fan.observed", language)),
        alt.Tooltip("cohorts:N", title=phrase("charts.fan.cohorts", language)),
    ]
    reach = base.mark_rule(color=BAR, strokeWidth=16, opacity=0.001).encode(
        y="outer_low:Q", y2="outer_high:Q", tooltip=tips
    )
    points = base.mark_point(filled=True, color=BAR, size=60, opacity=1).encode(y="mean:Q", tooltip=tips)
    observed = base.mark_point(filled=True, color=LOSS, shape="diamond", size=90, opacity=1).encode(
        y="estimate:Q", tooltip=tips
    )
    layers = [*fans, nothing, line, reach, points, observed]
    if supported_to < last:
        layers = [*_shade(language, supported_to, last, theme), *layers]
    return keep(alt.layer(*layers))


def _shade(language: str, supported_to: int, last: int, theme: str) -> list[alt.Chart]:
    """The years that nobody has seen, and their words above them."""
    begin, end = supported_to + 0.5, last + 0.4
    one = alt.Chart(pd.DataFrame({"begin": [begin], "end": [end], "middle": [(begin + end) / 2]}))
    ground = one.mark_rect(color=MUTED, opacity=SHADE[theme]).encode(x=alt.X("begin:Q"), x2="end:Q")
    words = one.mark_text(text=phrase("charts.fan.unseen", language), color=INK[theme], baseline="top", dy=6).encode(
        x=alt.X("middle:Q"), y=alt.value(0)
    )
    return [ground, words]
