"""Look-alike projects: as a network, and as clusters on the map."""

from functools import lru_cache
from typing import Any

import altair as alt

from evaluator.charts.map import draw_land, polygons
from evaluator.charts.style import GROUND, INK, LETTER, MUTED, ON_PHONE, WORD, Spec, keep
from evaluator.language import phrase
from evaluator.reference.places import liangshan_geojson

CLUSTER_COLOURS = ("#2F7CB0", "#D1571B", "#0F9573", "#B4649A", "#C27C0E", "#5B6FB5", "#84929B")
CLUSTER_SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down", "triangle-right")
"""Colour and shape of the six largest clusters, and of all others together: colour is never alone."""

MARGIN = 0.05
LABEL = {"expr": f"datum.wide && {ON_PHONE} ? '' : datum.label"}
HEIGHT = 580
"""Pixels of a picture with its legend."""


@lru_cache(maxsize=48)
def draw_network(language: str, names: tuple[str, ...], theme: str = "light") -> Spec:
    """Projects as points and their links as lines; ``names`` are the clusters shown, the last one all others.

    Columns: ``mark`` (``link``, ``project``, or ``name`` of a cluster), ``x``, ``y``, ``x2``, ``y2`` (-1…1),
    ``cluster`` (one of ``names``), ``weight`` (0-1), ``size`` (0-1), ``project``, ``label`` (of names), ``more``,
    ``wide`` (bool: the label has room in a wide window only).
    """
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    links = (
        alt.Chart(height=HEIGHT)
        .transform_filter("datum.mark == 'link'")
        .mark_rule(color=MUTED)
        .encode(
            x=alt.X("x:Q", axis=hidden),
            y=alt.Y("y:Q", axis=hidden),
            x2="x2:Q",
            y2="y2:Q",
            opacity=alt.Opacity("weight:Q", scale=alt.Scale(domain=[0, 1], range=[0.08, 0.7]), legend=None),
        )
    )
    base = alt.Chart().transform_filter("datum.mark == 'project'")
    points = base.mark_point(filled=True, opacity=0.95).encode(
        x=alt.X("x:Q", axis=hidden), y=alt.Y("y:Q", axis=hidden), **_cluster_channels(names),
        size=alt.Size("size:Q", scale=alt.Scale(domain=[0, 1], range=[60, 500]), legend=None),
        tooltip=_tooltips(language),
    )  # fmt: skip
    named = alt.Chart().transform_filter("datum.mark == 'name'").encode(x="x:Q", y="y:Q")
    look = _labelled(language)
    halo = named.mark_text(**look, color=GROUND[theme], stroke=GROUND[theme], strokeWidth=4)
    words = named.mark_text(**look, color=INK[theme])
    return keep(alt.layer(links, points, halo, words))


@lru_cache(maxsize=48)
def draw_cluster_map(language: str, counties: frozenset[str], names: tuple[str, ...], theme: str = "light") -> Spec:
    """Clusters over the outline of the counties that have one; elsewhere labelled points alone.

    Columns: ``lon``, ``lat``, ``cluster`` (one of ``names``), ``size`` (0-1), ``project``, ``label``, ``more``,
    ``wide`` (bool: the label has room in a wide window only).
    """
    base = alt.Chart()
    points = base.mark_point(filled=True, opacity=0.85).encode(
        longitude="lon:Q", latitude="lat:Q", **_cluster_channels(names),
        size=alt.Size("size:Q", scale=alt.Scale(domain=[0, 1], range=[50, 400]), legend=None),
        tooltip=_tooltips(language),
    )  # fmt: skip
    words = base.mark_text(dy=-18, color=INK[theme], limit=220, text=LABEL).encode(longitude="lon:Q", latitude="lat:Q")
    land, around = draw_land(language, counties, theme, room=f"!{ON_PHONE}")
    layers = (land, around, points, words)
    box = _box_around(counties)
    corners = {"type": "MultiPoint", "coordinates": box}
    near: dict[str, Any] = {"fit": {"type": "Feature", "properties": {}, "geometry": corners}} if box else {}
    return keep(alt.layer(*layers).project(type="mercator", **near).properties(height=HEIGHT))


def _labelled(language: str) -> dict[str, Any]:
    """The look of a label above its point, which begins or ends there where the picture does."""
    at, half = "scale('x', datum.x)", f"{WORD * LETTER[language] / 2} * length(datum.label)"
    align = {"expr": f"{at} < {half} ? 'left' : {at} > width - {half} ? 'right' : 'center'"}
    return {"dy": -18, "limit": 260, "align": align, "text": LABEL}


def _box_around(counties: frozenset[str]) -> list[list[float]]:
    """South-west and north-east corner of the counties that have an outline, with a margin."""
    shapes = [
        feature["geometry"] for feature in liangshan_geojson()["features"] if feature["properties"]["code"] in counties
    ]
    spots = [spot for shape in shapes for polygon in polygons(shape) for spot in polygon[0]]
    if not spots:
        return []
    low, high = ([pick(spot[axis] for spot in spots) for axis in (0, 1)] for pick in (min, max))
    return [
        [low[axis] - MARGIN * (high[axis] - low[axis]) for axis in (0, 1)],
        [high[axis] + MARGIN * (high[axis] - low[axis]) for axis in (0, 1)],
    ]


def _cluster_channels(names: tuple[str, ...]) -> dict[str, alt.Color | alt.Shape]:
    last = len(CLUSTER_COLOURS) - 1
    places = [min(at, last) if at < len(names) - 1 else last for at in range(len(names))]
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=330, symbolSize=110)
    colours = alt.Scale(domain=list(names), range=[CLUSTER_COLOURS[at] for at in places])
    shapes = alt.Scale(domain=list(names), range=[CLUSTER_SHAPES[at] for at in places])
    return {
        "color": alt.Color("cluster:N", scale=colours, legend=legend),
        "shape": alt.Shape("cluster:N", scale=shapes, legend=legend),
    }


def _tooltips(language: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("project:N", title=phrase("charts.project", language)),
        alt.Tooltip("cluster:N", title=phrase("charts.balance.cluster", language)),
        alt.Tooltip("more:N", title=phrase("charts.shares.more", language)),
    ]
