"""Pictures of documents: a chart's spec with its rows becomes an SVG or a PNG, in light colours and our typeface."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evaluator.report.document import Pictures, visible
from evaluator.report.fonts import FAMILY, FOLDER
from evaluator.report.workshop import Spoilt, draw

if TYPE_CHECKING:
    from evaluator.report.document import Document, Picture

INK, SOFT, LINE = "#1A2730", "#4A5A66", "#D5DDE3"
WIDTH = 720
"""Pixels of a picture across the page; one of two side by side has half."""
PIXELS = 2.5
"""Pixels of a PNG for one of the drawing."""
CONFIG: dict[str, Any] = {
    "font": FAMILY,
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "titleColor": SOFT, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE,
        "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal",
    },
    "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 13, "titleFontSize": 13,
               "titleFontWeight": "normal"},
    "text": {"font": FAMILY, "fontSize": 13},
}  # fmt: skip


def draw_pictures(document: Document, form: str) -> list[bytes | None]:
    """Every picture of a document in its order as ``svg`` or ``png``; ``None`` for one that cannot be drawn.

    The same bytes for the same specs and rows. All are drawn in one process apart; should it fail, one by one.
    """
    blocks = [block for section in document.sections for block in section.blocks if isinstance(block, Pictures)]
    specs = [complete(picture, width_of(block)) for block in blocks for picture in block.items]
    if not specs:
        return []
    try:
        return list(_draw(specs, form))
    except Spoilt:
        return [_draw_alone(spec, form) for spec in specs]


def _draw_alone(spec: dict[str, Any], form: str) -> bytes | None:
    try:
        return _draw([spec], form)[0]
    except Spoilt:
        return None


def _draw(specs: Sequence[dict[str, Any]], form: str) -> list[bytes]:
    return draw(specs, fonts=FOLDER, form=form, scale=PIXELS)


def width_of(block: Pictures) -> int:
    """Pixels each picture of a row is wide."""
    return WIDTH // len(block.items)


def complete(picture: Picture, width: int) -> dict[str, Any]:
    """The spec with its rows, its width and the look of documents.

    Characters without a shape are taken out of the rows: the native library ends its process over some of them.
    """
    rows = [{key: _plain(value) for key, value in row.items()} for row in picture.rows]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        **picture.spec,
        "data": {"values": rows},
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - a number, a text or nothing
    """A value as JSON knows it."""
    item = value.item() if hasattr(value, "item") else value
    if isinstance(item, str):
        return visible(item)
    return None if isinstance(item, float) and not math.isfinite(item) else item
