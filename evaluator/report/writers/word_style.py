"""The page and the styles of a Word file: A4, typefaces for Latin and Chinese, title above and page number below."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluator.language import phrase
from evaluator.report.document import visible

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as Line

    from evaluator.report.document import Document

TEXT_CM, MARGIN_CM = 17.4, 1.8
HEAD, SOFT, INK = "1F4E6E", "4A5A66", "1A2730"
FONTS = {"en": ("Calibri", "宋体", "黑体"), "zh": ("Times New Roman", "宋体", "黑体")}
"""Latin letters, Chinese text, Chinese headings: names that Word and WPS have."""
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
STORED = (1980, 1, 1, 0, 0, 0)
OWN = {  # points, bold, colour, space before and after in points
    "Lead": (11.5, False, INK, 0, 8), "Small": (8.5, False, SOFT, 2, 4), "Point": (9.5, False, INK, 0, 1),
    "Cell": (9, False, INK, 1, 1), "Small cell": (8, False, INK, 1, 1), "Small head": (7.5, True, INK, 1, 1),
    "Figure": (14, True, HEAD, 0, 0), "Gap": (3, False, INK, 0, 0),
}  # fmt: skip
GIVEN = {
    "Normal": (10, False, INK, 0, 5), "Title": (19, True, HEAD, 0, 4), "Heading 1": (14, True, HEAD, 12, 5),
    "Heading 2": (11.5, True, HEAD, 9, 4), "Heading 3": (10, True, INK, 10, 4), "Caption": (9.5, True, INK, 6, 3),
}  # fmt: skip


def set_up(word: Word, document: Document) -> None:
    """Give an empty Word file its page, styles, running head and foot, and properties."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(2.0)
    section.header_distance = section.footer_distance = Cm(1.0)
    for name, look in {**GIVEN, **OWN}.items():
        _set_style(word, name, look, document.language)
    _set_language(word, LOCALES[document.language])
    section.different_first_page_header_footer = True
    running = dress(section.header.paragraphs[0], "Small")
    running.add_run(visible(document.title))
    for foot in (section.footer, section.first_page_footer):
        _set_foot(foot.paragraphs[0], document)
    _set_properties(word, document)


def dress(line: Line, style: str) -> Line:
    """Give a paragraph a style by its name; the library's own way searches all styles each time."""
    line._p.style = style.replace(" ", "")
    return line


def _set_style(word: Word, name: str, look: tuple[float, bool, str, float, float], language: str) -> None:
    points, bold, colour, before, after = look
    styles: Any = word.styles
    style = styles[name] if name in GIVEN else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name in OWN:
        style.base_style = styles["Normal"]
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic, font.color.rgb = Pt(points), bold, False, RGBColor.from_string(colour)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.1
    if name == "Point":
        shape.left_indent, shape.first_line_indent = Cm(0.6), Cm(-0.6)
        shape.tab_stops.add_tab_stop(Cm(0.6))
    if name in ("Cell", "Small cell", "Small head", "Figure", "Gap"):
        shape.line_spacing = 1.0
    if name == "Caption":
        shape.keep_with_next = True
    latin, text, heading = FONTS[language]
    headed = name == "Title" or name.startswith("Heading")
    _set_fonts(style.element.get_or_add_rPr(), latin, heading if headed or bold else text)
    for border in style.element.iter(qn("w:pBdr")):  # the line the library draws under a title
        border.getparent().remove(border)
        break


def _set_fonts(properties: Any, latin: str, chinese: str) -> None:  # noqa: ANN401 - an XML element
    """Name the typefaces outright; a theme's would win over them."""
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key, name in {"ascii": latin, "hAnsi": latin, "cs": latin, "eastAsia": chinese}.items():
        fonts.set(qn(f"w:{key}"), name)


def _set_language(word: Word, locale: str) -> None:
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale if locale.startswith("en") else "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_foot(line: Line, document: Document) -> None:
    """What identifies the result on the left, page and pages on the right."""
    dress(line, "Small").paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{visible(document.stamp)}\t")
    said = phrase("document.page", document.language, page="\x00", pages="\x01")
    for part in said.replace("\x00", "\x02PAGE\x02").replace("\x01", "\x02NUMPAGES\x02").split("\x02"):
        if part in ("PAGE", "NUMPAGES"):
            _add_field(line, part)
        elif part:
            line.add_run(part)


def _add_field(line: Line, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)


def _set_properties(word: Word, document: Document) -> None:
    """Title and dates of the content; nothing of the machine or the person that made the file."""
    made, facts = datetime.combine(document.day, time()), word.core_properties
    facts.title, facts.language = visible(document.title), LOCALES[document.language]
    facts.author = facts.last_modified_by = facts.comments = facts.keywords = facts.subject = facts.category = ""
    facts.created = facts.modified = made
    facts.revision = 1


def settle(data: bytes) -> bytes:
    """The same file with undated parts, so that the same content gives the same bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            part = ZipInfo(name, STORED)
            part.compress_type = ZIP_DEFLATED
            packed.writestr(part, source.read(name))
    return target.getvalue()
