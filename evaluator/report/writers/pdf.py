"""A document as PDF: A4, our own typeface, the same bytes each time; set by Typst from data, never from markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evaluator.domain.errors import EvaluatorError
from evaluator.language import phrase
from evaluator.report.document import Block, Notice, Picture, Pictures, Section, Table, visible
from evaluator.report.fitting import fit_widths
from evaluator.report.fonts import FAMILY, FOLDER, uncovered
from evaluator.report.pictures import draw_pictures
from evaluator.report.workshop import Spoilt, find_undrawable, set_pages

if TYPE_CHECKING:
    from evaluator.report.document import Document

GAP = "\u200b"
_LONG = re.compile(r"[^\s\u2e80-\uffef]{24,}")
"""A run without a place to break: it gets one after every letter, or it would run out of its cell."""
Codes = dict[int, str]


def write_pdf(document: Document) -> bytes:
    """The document as PDF. A character no font has is printed as its code and named on the last page.

    Raises ``EvaluatorError`` when the library that sets pages fails.
    """
    lacking = uncovered("".join(dict.fromkeys(letter for text in document.texts() for letter in visible(text))))
    day, drawn = document.day, iter(draw_pictures(document, "svg"))
    try:
        undrawn = find_undrawable(lacking, fonts=FOLDER, family=FAMILY) if lacking else []
        codes = {ord(letter): f"[U+{ord(letter):04X}]" for letter in undrawn}
        sections = (*document.sections, *_name_undrawn(codes, document))
        data = {
            "title": _text(document.title, codes),
            "subtitle": _text(document.subtitle, codes),
            "language": document.language,
            "font": [FAMILY],
            "day": [day.year, day.month, day.day],
            "stamp": document.stamp,
            "page": phrase("document.page", document.language, page="{page}", pages="{pages}"),
            "sections": [_section(section, codes, drawn, document.language) for section in sections],
        }
        return set_pages(
            files(__package__).joinpath("report.typ").read_text("utf-8"),
            {"document": json.dumps(data, ensure_ascii=False)},
            fonts=FOLDER,
            system_fonts=len(undrawn) < len(lacking),
            timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
        )
    except Spoilt as fault:
        raise EvaluatorError(phrase("document.not_set", document.language, why=str(fault)[:300])) from fault


def _section(section: Section, codes: Codes, drawn: Iterator[bytes | None], language: str) -> dict[str, Any]:
    blocks = [
        {"kind": type(block).__name__.lower(), **_plain(block, codes, drawn, language)} for block in section.blocks
    ]
    for block in blocks[: section.opening]:
        block["sticky"] = True
    return {"title": _text(section.title, codes), "apart": section.apart, "blocks": blocks}


def _plain(block: Block, codes: Codes, drawn: Iterator[bytes | None], language: str) -> dict[str, Any]:
    """A block as JSON; pictures drawn."""
    if isinstance(block, Pictures):
        return {"items": [_picture(picture, codes, next(drawn), language) for picture in block.items]}
    found: dict[str, Any] = _clean(asdict(block), codes)
    if isinstance(block, Table):
        return {**found, "short": block.short, "widths": fit_widths(block)}
    return found


def _picture(picture: Picture, codes: Codes, drawn: bytes | None, language: str) -> dict[str, str]:
    note = picture.note if drawn else phrase("document.no_picture", language)
    return {
        "title": _text(picture.title, codes),
        "note": _text(note, codes),
        "svg": "" if drawn is None else drawn.decode(),
    }


def _clean(value: Any, codes: Codes) -> Any:  # noqa: ANN401 - whatever a block holds
    if isinstance(value, str):
        return _text(value, codes)
    if isinstance(value, list | tuple):
        return [_clean(item, codes) for item in value]
    if isinstance(value, dict):
        return {key: item if key == "style" else _clean(item, codes) for key, item in value.items()}
    return value


def _text(text: str, codes: Codes) -> str:
    """A text as it is printed: shapeless characters and those no font has replaced, long runs breakable."""
    line = visible(text).translate(codes)
    line = line + " " if text.endswith(" ") else line
    return _LONG.sub(lambda run: GAP.join(run[0]), line)


def _name_undrawn(codes: Codes, document: Document) -> Iterator[Section]:
    if codes:
        said = phrase("document.undrawn", document.language, codes=" ".join(codes.values()))
        label = phrase("document.undrawn_label", document.language)
        yield Section("undrawn", label, (Notice(said),))
