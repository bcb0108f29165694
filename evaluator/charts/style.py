"""One look for all charts: colours that colour-blind readers tell apart in light and dark, and how a spec is kept."""

from typing import Any

import altair as alt

from evaluator.domain.settings import CRITERIA
from evaluator.flags import LEVELS
from evaluator.language import phrase

Spec = dict[str, Any]

LEVEL_COLOURS = {"none": "#2F7CB0", "watch": "#C27C0E", "flag": "#D1571B", "cannot_judge": "#84929B"}
LEVEL_SHAPES = {"none": "circle", "watch": "diamond", "flag": "triangle-up", "cannot_judge": "square"}
CRITERION_COLOURS = {"demand": "#2F7CB0", "homogeneity": "#0F9573", "payback": "#C27C0E", "advantage": "#B4649A"}
BAR, MUTED, GAIN, LOSS = "#2F7CB0", "#84929B", "#0F9573", "#D1571B"
INK = {"light": "#1A2730", "dark": "#E4ECF1"}
GROUND = {"light": "#FFFFFF", "dark": "#10181E"}
"""The page behind a chart, as in .streamlit/config.toml."""
WORDS = {"light": "#4A5963", "dark": "#B9C6CF"}
"""Words of axes and legends: 7:1 and more on the ground, where the library's own grey has 3.7:1 on white."""
WORD = 16
"""Size in pixels of every word of a chart on a screen; specs name none, so that a document sets its own."""
LETTER = {"en": 0.53, "zh": 1.0}
"""Width of a letter as a share of its size, to tell which words have room."""
ROW_HEIGHT = 26
LABEL_WIDTH = 180
"""Pixels for names down the side in a document; a screen gives as much as its larger words need, a phone its share."""
ON_SCREEN = "isNumber(windowSize()[0])"
"""Whether a chart is drawn in a window, as an expression of Vega; documents are drawn without one."""
ON_PHONE = "(windowSize()[0] < 640)"
"""Whether it is drawn in a window as narrow as a phone's."""


_CUT = r"/^(.{3}).*… \((.+)\)$/"
"""A name cut short and told apart by its id, of which a phone has room for the id and the first letters only."""


def keep(chart: alt.LayerChart | alt.FacetChart) -> Spec:
    """The chart as a plain spec without data, to be shown with any table that has its columns."""
    spec: Spec = chart.to_dict()
    bundled = spec.pop("datasets", {})
    spec.pop("config", None)
    spec.pop("$schema", None)
    for layer in (spec, *spec.get("layer", ())):
        rows = bundled.get(layer.pop("data", {}).get("name"), [{}])
        if rows != [{}]:  # a table of the chart's own, such as the shapes of a map
            layer["data"] = {"values": rows}
    return spec


def with_words(spec: Spec, theme: str = "light") -> Spec:
    """The spec with axes and legends that can be read on the screen's ground."""
    look = {"labelColor": WORDS[theme], "titleColor": WORDS[theme], "labelFontSize": WORD, "titleFontSize": WORD}
    end = {"titleAnchor": "end"}  # a title longer than its axis runs on over the names at the left, not off the screen
    last = {"labelFlush": WORD, "labelFlushOffset": -4}  # the last number is moved in, not cut by the edge
    config = {"axis": look, "axisX": end, "axisXQuantitative": last, "legend": look, "text": {"fontSize": WORD}}
    return {**spec, "padding": {"right": 4}, "config": config}  # room for the last letter, measured too narrow


def columns_of(most: int) -> dict[str, str]:
    """Columns of a legend, one below the other on a phone."""
    return {"expr": f"{ON_PHONE} ? 1 : {most}"}


def scale_before(words: int) -> alt.Scale:
    """A scale that leaves pixels for the words after the longest bar on a phone: a share of its axis is too little."""
    return alt.Scale(range=[0, {"expr": f"width - ({ON_PHONE} ? {words} : 0)"}])


def limit_of(width: int) -> dict[str, str]:
    """Pixels to which a word is cut, as an expression: ``width`` in a document, more on a screen, less on a phone."""
    return {"expr": f"{ON_SCREEN} ? min({round(width * 4 / 3)}, 0.42 * windowSize()[0]) : {width}"}


def level_scale() -> alt.Scale:
    """Colours of the flag levels."""
    return alt.Scale(domain=list(LEVELS), range=[LEVEL_COLOURS[level] for level in LEVELS])


def level_shapes() -> alt.Scale:
    """Shapes of the flag levels, so that colour is never alone."""
    return alt.Scale(domain=list(LEVELS), range=[LEVEL_SHAPES[level] for level in LEVELS])


def level_legend(language: str) -> alt.Legend:
    """A legend below the chart, in words."""
    words = {key: phrase(f"charts.level.{key}", language) for key in LEVELS}
    return alt.Legend(title=None, orient="bottom", labelExpr=_words(words), symbolSize=110, columns=columns_of(2))


def criterion_scale() -> alt.Scale:
    """Colours of the four criteria."""
    return alt.Scale(domain=list(CRITERIA), range=[CRITERION_COLOURS[key] for key in CRITERIA])


def _words(words: dict[str, str]) -> str:
    pairs = ", ".join(f"'{key}': '{text}'" for key, text in words.items())
    return f"({{{pairs}}})[datum.value] || datum.value"


def score_axis(language: str) -> alt.Axis:
    """An axis of scores 0-100."""
    return alt.Axis(title=phrase("charts.axis.score", language), values=[0, 20, 40, 60, 80, 100], grid=True)


def row_axis(width: int = LABEL_WIDTH) -> alt.Axis:
    """Names down the side, every one shown."""
    return alt.Axis(
        title=None,
        labelLimit=limit_of(width),
        labelOverlap=False,
        labelFlush=False,
        ticks=False,
        domain=False,
        labelPadding=8,
        labelExpr=f"{ON_PHONE} ? replace(datum.label, {_CUT}, '$1… $2') : datum.label",
    )
