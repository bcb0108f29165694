"""Where the projects stand: the counties of the prefecture, and a point for each place with projects."""

from functools import cache
from typing import Any

import altair as alt

from evaluator.charts.style import INK, MUTED, Spec, keep, level_legend, level_scale, level_shapes
from evaluator.language import phrase
from evaluator.reference.places import adjacent, liangshan_geojson


@cache
def draw_map(language: str, counties: frozenset[str], theme: str = "light") -> Spec:
    """The counties (six digits) with their neighbours, and points on them.

    Columns: ``lon``, ``lat``, ``place``, ``level``, ``projects``, ``flagged``.
    """
    land, names = draw_land(language, counties, theme)
    points = (
        alt.Chart()
        .mark_point(filled=True, size=95, opacity=0.9)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            color=alt.Color("level:N", scale=level_scale(), legend=level_legend(language)),
            shape=alt.Shape("level:N", scale=level_shapes(), legend=level_legend(language)),
            tooltip=[
                alt.Tooltip("place:N", title=phrase("charts.map.place", language)),
                alt.Tooltip("projects:Q", title=phrase("charts.map.projects", language)),
                alt.Tooltip("flagged:Q", title=phrase("charts.map.flagged", language)),
            ],
        )
    )
    return keep(alt.layer(land, names, points).project(type="mercator").properties(height=340))


def draw_land(
    language: str, counties: frozenset[str], theme: str = "light", *, room: str = "true"
) -> tuple[alt.Chart, alt.Chart]:
    """The outlines of the counties and their neighbours, and the neighbours' names, as layers of a map.

    ``room``: an expression of whether there is room for names, which stand at the edge where a map is near.
    """
    shown = counties.union(*(adjacent(code) for code in counties))
    shapes = alt.InlineData(
        values=[
            _mark(feature, counties)
            for feature in liangshan_geojson()["features"]
            if feature["properties"]["code"] in shown
        ]
    )
    land = (
        alt.Chart(shapes)
        .mark_geoshape(strokeWidth=1, stroke=MUTED, clip=True)
        .encode(
            fill=alt.condition("datum.properties.listed", alt.value("#7FB2D1"), alt.value("#9DAAB2")),
            fillOpacity=alt.condition("datum.properties.listed", alt.value(0.35), alt.value(0.12)),
            tooltip=[alt.Tooltip(f"properties.name_{language}:N", title=phrase("charts.map.county", language))],
        )
    )
    names = (
        alt.Chart(shapes)
        .transform_filter("!datum.properties.listed")
        .mark_text(
            opacity=0.75,
            color=INK[theme],
            clip=True,
            text={"expr": f"{room} ? datum.properties.name_{language} : ''"},
        )
        .encode(longitude="properties.lon:Q", latitude="properties.lat:Q")
    )
    return land, names


def _mark(feature: dict[str, Any], listed: frozenset[str]) -> dict[str, Any]:
    """A county of the map with whether it is the list's own, and where its name stands."""
    properties = feature["properties"]
    ring = max((polygon[0] for polygon in polygons(feature["geometry"])), key=len)
    lon, lat = (sum(point[axis] for point in ring) / len(ring) for axis in (0, 1))
    return {**feature, "properties": {**properties, "listed": properties["code"] in listed, "lon": lon, "lat": lat}}


def polygons(geometry: dict[str, Any]) -> list[Any]:
    """The polygons of a shape: each a list of rings, the outer one first."""
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
