"""Where the projects stand: the counties of the prefecture, and a point for each place with projects."""

from functools import cache

import altair as alt

from evaluator.charts.style import MUTED, Spec, keep, level_legend, level_scale, level_shapes
from evaluator.language import phrase
from evaluator.reference.places import liangshan_geojson


@cache
def draw_map(language: str, county: str = "") -> Spec:
    """Counties with points. Columns: ``lon``, ``lat``, ``place``, ``level``, ``projects``, ``flagged``. ``county`` (six digits) is outlined."""
    shapes = alt.Data(values=liangshan_geojson()["features"])
    counties = (
        alt.Chart(shapes)
        .mark_geoshape(strokeWidth=0.8, stroke=MUTED)
        .encode(
            fill=alt.condition(f"datum.properties.code == '{county}'", alt.value("#9FC3DA"), alt.value("#DCE5EA")),
            fillOpacity=alt.condition(f"datum.properties.code == '{county}'", alt.value(0.55), alt.value(0.35)),
            tooltip=[alt.Tooltip(f"properties.name_{language}:N", title=phrase("charts.map.county", language))],
        )
    )
    points = (
        alt.Chart()
        .mark_point(filled=True, opacity=0.9, stroke="#FFFFFF", strokeWidth=0.6)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("projects:Q", scale=alt.Scale(range=[50, 420], domainMin=1), legend=None),
            color=alt.Color("level:N", scale=level_scale(), legend=level_legend(language)),
            shape=alt.Shape("level:N", scale=level_shapes(), legend=level_legend(language)),
            tooltip=[
                alt.Tooltip("place:N", title=phrase("charts.map.place", language)),
                alt.Tooltip("projects:Q", title=phrase("charts.map.projects", language)),
                alt.Tooltip("flagged:Q", title=phrase("charts.map.flagged", language)),
            ],
        )
    )
    return keep(alt.layer(counties, points).project(type="mercator").properties(height=380))
