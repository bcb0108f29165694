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
ROW_HEIGHT = 26
LABEL_WIDTH = 180


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
    ink = {"labelColor": WORDS[theme], "titleColor": WORDS[theme]}
    return {**spec, "config": {"axis": ink, "legend": ink}}


def level_scale() -> alt.Scale:
    """Colours of the flag levels."""
    return alt.Scale(domain=list(LEVELS), range=[LEVEL_COLOURS[level] for level in LEVELS])


def level_shapes() -> alt.Scale:
    """Shapes of the flag levels, so that colour is never alone."""
    return alt.Scale(domain=list(LEVELS), range=[LEVEL_SHAPES[level] for level in LEVELS])


def level_legend(language: str) -> alt.Legend:
    """A legend below the chart, in words."""
    words = {key: phrase(f"charts.level.{key}", language) for key in LEVELS}
    return alt.Legend(title=None, orient="bottom", labelExpr=_words(words), symbolSize=110, columns=2)


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
        title=None, labelLimit=width, labelOverlap=False, labelFlush=False, ticks=False, domain=False, labelPadding=8
    )
