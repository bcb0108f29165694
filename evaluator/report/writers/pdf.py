"""A document as PDF: A4, our own typeface, the same bytes each time; set by Typst from data, never from markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evaluator.language import phrase
from evaluator.report.document import Block, Notice, Pictures, Section, visible
from evaluator.report.fonts import FAMILY, FOLDER, uncovered
from evaluator.report.pictures import WIDTH, draw_svg

if TYPE_CHECKING:
    from evaluator.report.document import Document

_LONG = re.compile(r"[^\s\u2e80-\uffef]{24,}")
"""A run without a place to break: it gets one after every letter, or it would run out of its cell."""
_PROBE = "#set text(font: ({family}))\n#json(bytes(sys.inputs.text))"
GAP = "\u200b"


def write_pdf(document: Document) -> bytes:
    """The document as PDF. A character no font has is printed as its code and named on the last page."""
    lacking = uncovered("".join({letter for text in document.texts() for letter in visible(text)}))
    undrawn = tuple(letter for letter in lacking if not _drawn_here(letter))
    codes = {ord(letter): f"[U+{ord(letter):04X}]" for letter in undrawn}
    day = document.day
    data = {
        "title": _text(document.title, codes),
        "subtitle": _text(document.subtitle, codes),
        "language": document.language,
        "font": [FAMILY],
        "day": [day.year, day.month, day.day],
        "stamp": document.stamp,
        "page": phrase("document.page", document.language, page="{page}", pages="{pages}"),
        "sections": [_section(section, codes) for section in (*document.sections, *_name_undrawn(codes, document))],
    }
    return _compile(
        files(__package__).joinpath("report.typ").read_bytes(),
        {"document": json.dumps(data, ensure_ascii=False)},
        system=len(undrawn) < len(lacking),
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


def _section(section: Section, codes: dict[int, str]) -> dict[str, Any]:
    blocks = [{"kind": type(block).__name__.lower(), **_plain(block, codes)} for block in section.blocks]
    return {"title": _text(section.title, codes), "apart": section.apart, "blocks": blocks}


def _plain(block: Block, codes: dict[int, str]) -> dict[str, Any]:
    """A block as JSON; pictures drawn."""
    if isinstance(block, Pictures):
        width = WIDTH if len(block.items) == 1 else WIDTH // 2
        return {
            "items": [
                {"title": _text(p.title, codes), "note": _text(p.note, codes), "svg": draw_svg(p, width)}
                for p in block.items
            ]
        }
    found: dict[str, Any] = _clean(asdict(block), codes)
    return found


def _clean(value: Any, codes: dict[int, str]) -> Any:  # noqa: ANN401 - whatever a block holds
    if isinstance(value, str):
        return _text(value, codes)
    if isinstance(value, list | tuple):
        return [_clean(item, codes) for item in value]
    if isinstance(value, dict):
        return {key: item if key == "style" else _clean(item, codes) for key, item in value.items()}
    return value


def _text(text: str, codes: dict[int, str]) -> str:
    """A text as it is printed: shapeless characters and those no font has replaced, long runs breakable."""
    line = visible(text)
    line = line + " " if text.endswith(" ") else line
    line = line.translate(codes) if codes else line
    return _LONG.sub(lambda run: GAP.join(run[0]), line)


def _name_undrawn(codes: dict[int, str], document: Document) -> Iterator[Section]:
    if codes:
        said = phrase("document.undrawn", document.language, codes=" ".join(codes.values()))
        label = phrase("document.undrawn_label", document.language)
        yield Section("undrawn", label, (Notice(said),))


@cache
def _fonts(system: bool) -> Any:  # noqa: ANN401 - typst is loaded when first used
    import typst  # noqa: PLC0415 - only for a PDF

    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[str(FOLDER)])


@cache
def _drawn_here(letter: str) -> bool:
    """Whether some font of this machine has a character: the archive standard refuses a text that none has."""
    import typst  # noqa: PLC0415 - only for a PDF

    try:
        _compile(_PROBE.format(family=f'"{FAMILY}",').encode(), {"text": json.dumps(letter)}, system=True, archive=True)
    except typst.TypstError:
        return False
    return True


def _compile(
    source: bytes, inputs: dict[str, str], *, system: bool, archive: bool = False, timestamp: datetime | None = None
) -> bytes:
    """Set a source; fonts of the machine are looked at only when ``system`` says so."""
    import typst  # noqa: PLC0415 - only for a PDF

    compiler = typst.Compiler(source, font_paths=_fonts(system), ignore_system_fonts=not system, sys_inputs=inputs)
    set_ = compiler.compile(
        format="pdf", timestamp=timestamp or datetime(2025, 1, 1, tzinfo=UTC), pdf_standards="a-2b" if archive else []
    )
    assert isinstance(set_, bytes)
    return set_
