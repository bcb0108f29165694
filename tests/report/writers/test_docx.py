import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from evaluator.report.document import visible
from evaluator.report.writers.docx import write_docx


def read(data):
    return docx.Document(BytesIO(data))


def words(document):
    """Every text of the body in the order of the page, tables included."""
    for element in document.element.body.iter(qn("w:p")):
        yield "".join(node.text or "" for node in element.iter(qn("w:t")))


@pytest.mark.slow
def test_every_text_is_there_in_its_order(document, written):
    found = list(words(read(written(document, ".docx"))))
    at = 0
    for text in (
        "评估报告",
        "副题",
        "第一部分",
        "二级标题",
        "标签：正文一段。",
        "结论一句。",
        "•第一点",
        "1.其一",
        "项目",
        "93（92–95）",
    ):
        wanted = text.replace("•", "•").replace("1.", "1.")
        at = found.index(wanted, at)


@pytest.mark.slow
def test_all_texts_of_a_report_are_shown_and_equal_the_screen(reports, written):
    for document in reports.values():
        shown = "\n".join(words(read(written(document, ".docx"))))
        titles = {section.title for section in document.sections}
        missing = [text for text in document.texts() if visible(text) not in shown and text != document.stamp]
        assert not missing
        assert titles


def test_tables_repeat_their_header_and_keep_their_rows_whole(document, written):
    table = next(t for t in read(written(document, ".docx")).tables if t.cell(0, 0).text == "项目")
    first = table.rows[0]._tr.trPr
    assert first.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[1].cells[2].paragraphs[0].runs[0].font.color.rgb is not None


def test_grouped_cells_are_merged(document, written):
    table = next(t for t in read(written(document, ".docx")).tables if t.cell(0, 0).text == "项目")
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(3, 0).text == "乙"


def test_pages_are_a4_with_stamp_page_and_pages(document, written):
    word = read(written(document, ".docx"))
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    for foot in (section.footer, section.first_page_footer):
        xml = foot._element.xml
        assert "指纹 abc" in xml
        assert 'w:instr="PAGE"' in xml
        assert 'w:instr="NUMPAGES"' in xml
    assert "评估报告" in section.header.paragraphs[0].text


def test_pictures_have_names(document, written):
    word = read(written(document, ".docx"))
    names = [node.get("descr") for node in word.element.body.iter(qn("wp:docPr"))]
    assert names == ["左图", "左图", "右图"]
    assert len(word.inline_shapes) == 3


def test_headings_set_apart_begin_a_page(document, written):
    lines = {line.text: line for line in read(written(document, ".docx")).paragraphs}
    assert lines["第二部分"].paragraph_format.page_break_before
    assert lines["另起一页"].paragraph_format.page_break_before
    assert not lines["第一部分"].paragraph_format.page_break_before
    assert lines["第一部分"].style.name == "Heading 1"


def test_the_file_tells_nothing_of_who_made_it_and_when(document, written):
    facts = read(written(document, ".docx")).core_properties
    assert (facts.title, facts.author, facts.last_modified_by, facts.comments) == ("评估报告", "", "", "")
    assert facts.created == facts.modified
    assert facts.created.date() == document.day


def test_the_same_document_has_the_same_bytes(document, written):
    data = written(document, ".docx")
    assert write_docx(document) == data
    assert {part.date_time for part in ZipFile(BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_hostile_names_are_shown_letter_for_letter_and_nothing_more(hostile_report, hostile, written):
    data = written(hostile_report, ".docx")
    shown = "\n".join(words(read(data)))
    assert all(visible(name) in shown for name in hostile)
    parts = ZipFile(BytesIO(data))
    links = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))
    assert "example.invalid" not in links
    assert not re.search(r"w:hyperlink|w:instrText", parts.read("word/document.xml").decode())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_field_is_left_in_the_other_language(language, reports, written):
    shown = "\n".join(words(read(written(reports[language], ".docx"))))
    strange = {"en": "名次", "zh": "Ranking"}[language]
    assert strange not in shown
