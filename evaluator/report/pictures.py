"""Pictures of documents: a chart's spec with its rows becomes an SVG or a PNG, in light colours and our own typeface.

``vl_convert`` costs a second and some 60 MB when first used, so it is loaded only when a document has a picture.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from evaluator.report.fonts import FAMILY, FOLDER

if TYPE_CHECKING:
    from types import ModuleType

    from evaluator.report.document import Picture

INK, SOFT, LINE = "#1A2730", "#4A5A66", "#D5DDE3"
WIDTH = 640
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
    "text": {"font": FAMILY},
}  # fmt: skip


@cache
def _converter() -> ModuleType:
    import vl_convert  # noqa: PLC0415 - heavy, and only for documents with pictures

    vl_convert.register_font_directory(str(FOLDER))
    return vl_convert


def draw_svg(picture: Picture, width: int = WIDTH) -> str:
    """The picture as SVG; the same text for the same spec and rows."""
    return str(_converter().vegalite_to_svg(complete(picture, width)))


def draw_png(picture: Picture, width: int = WIDTH) -> bytes:
    """The picture as PNG, fine enough for print."""
    return bytes(_converter().vegalite_to_png(complete(picture, width), scale=PIXELS))


def complete(picture: Picture, width: int) -> dict[str, Any]:
    """The spec with its rows, its width and the look of documents."""
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
    return None if isinstance(item, float) and not math.isfinite(item) else item
