"""A document as one web page: no script, nothing asked of any other place; it prints as a report does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from evaluator.language import phrase
from evaluator.report.document import (
    Block,
    Column,
    Document,
    Figures,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Table,
    visible,
)
from evaluator.report.fitting import fit_widths
from evaluator.report.fonts import FAMILY
from evaluator.report.pictures import draw_pictures

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The browser itself refuses every script and every request."""
READERS_FONTS = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
LOCALES = {"en": "en", "zh": "zh-CN"}
MANY = 5
"""Columns from which a table rather scrolls than shrinks on a phone."""
TONES = {"▲": "flag", "◆": "watch", "●": "none", "■": "unknown"}
_NAMESPACES = re.compile(r' xmlns(:xlink)?="[^"]*"')
_FAMILY = re.compile(rf'font-family="[^"]*{FAMILY}[^"]*"')


def write_html(document: Document) -> bytes:
    """The document as a web page."""
    return "\n".join(_lines(document)).encode() + b"\n"


def _lines(document: Document) -> Iterator[str]:
    title = _text(document.title)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{LOCALES[document.language]}"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>"
    yield f"<style>{files(__package__).joinpath('report.css').read_text('utf-8')}</style></head>"
    yield f"<body><header><h1>{title}</h1><p class=note>{_text(document.subtitle)}</p>"
    titled = [section for section in document.sections if section.title != document.title]
    if len(titled) > 1:
        yield f'<nav aria-label="{_text(phrase("document.contents", document.language))}"><ul>'
        yield from (f'<li><a href="#{section.key}">{_text(section.title)}</a></li>' for section in titled)
        yield "</ul></nav>"
    yield "</header><main>"
    drawn = iter(draw_pictures(document, "svg"))
    for section in document.sections:
        yield from _section(section, document, drawn)
    yield f"</main><footer><p class=note>{_text(document.stamp)}</p></footer></body></html>"


def _section(section: Section, document: Document, drawn: Iterator[bytes | None]) -> Iterator[str]:
    yield f'<section id="{section.key}"{" class=apart" if section.apart else ""}>'
    if section.title != document.title:
        yield f"<h2>{_text(section.title)}</h2>"
    for block in section.blocks:
        yield from _draw(block, drawn, document.language)
    yield "</section>"


def _draw(block: Block, drawn: Iterator[bytes | None], language: str) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level, apart=apart):
            yield f"<h{level + 1}{' class=apart' if apart else ''}>{_text(text)}</h{level + 1}>"
        case Paragraph(text=text, label=label, style=style):
            yield f'<p class="{style}">{_label(label)}{_text(text)}</p>'
        case Listing(items=items, numbered=numbered):
            tag = "ol" if numbered else "ul"
            yield f"<{tag}>" + "".join(f"<li>{_text(item)}</li>" for item in items) + f"</{tag}>"
        case Table():
            yield from _table(block)
        case Pictures(items=items):
            yield '<div class="pictures">' + "".join(_picture(p, next(drawn), language) for p in items) + "</div>"
        case Figures(items=items):
            cells = (
                f"<div><dt>{_text(f.label)}</dt><dd>{_text(f.value)}</dd><dd class=note>{_text(f.note)}</dd></div>"
                for f in items
            )
            yield '<dl class="figures">' + "".join(cells) + "</dl>"
        case Notice(text=text, label=label):
            yield f"<aside>{_label(label)}{_text(text)}</aside>"


def _table(block: Table) -> Iterator[str]:
    names = " ".join(name for name in ("small", "open") if getattr(block, name))
    names += " many" if len(block.columns) >= MANY else ""
    yield f'<div class="wide"><table class="{names}">'
    if block.title:
        yield f"<caption>{_text(block.title)}</caption>"
    yield (
        "<colgroup>" + "".join(f'<col style="width:{100 * width:.1f}%">' for width in fit_widths(block)) + "</colgroup>"
    )
    yield (
        "<thead><tr>"
        + "".join(f"<th scope=col{_side(c)}>{_text(c.title)}</th>" for c in block.columns)
        + "</tr></thead><tbody>"
    )
    for row, rows in zip(block.rows, block.spans(), strict=True):
        cells = []
        for place, (column, text) in enumerate(zip(block.columns, row, strict=True)):
            if place == 0 and rows == 0:
                continue
            span = f" rowspan={rows}" if place == 0 and rows > 1 else ""
            cells.append(f"<td{_side(column, text)}{span}>{_text(text)}</td>")
        yield "<tr>" + "".join(cells) + "</tr>"
    yield "</tbody></table></div>"


def _side(column: Column, text: str = "") -> str:
    names = ["right"] if column.right else []
    names += [f"tone-{TONES[text[:1]]}"] if column.toned and text[:1] in TONES else []
    return f' class="{" ".join(names)}"' if names else ""


def _picture(picture: Picture, svg: bytes | None, language: str) -> str:
    """The drawing itself stands in the page, in the reader's own fonts."""
    drawn = _NAMESPACES.sub("", (svg or b"").decode())
    drawn = _FAMILY.sub(f'font-family="{READERS_FONTS}"', drawn)
    drawn = drawn.replace("<svg ", f'<svg role="img" aria-label="{_text(picture.title)}" ', 1)
    said = picture.note if svg else phrase("document.no_picture", language)
    note = f"<p class=note>{_text(said)}</p>" if said else ""
    return f"<figure><figcaption>{_text(picture.title)}</figcaption>{drawn}{note}</figure>"


def _label(label: str) -> str:
    return f"<strong>{_text(label)}</strong>{' ' if label.endswith((' ', '.')) else ''}" if label else ""


def _text(text: str) -> str:
    return escape(visible(text))
