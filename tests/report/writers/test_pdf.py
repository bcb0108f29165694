import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from evaluator.report.document import Paragraph, Section, visible
from evaluator.report.fonts import covered
from evaluator.report.writers.pdf import write_pdf

ROOT = Path(__file__).parents[3]
SPACES = re.compile(r"[\s\u200b]+")


def read(data):
    return PdfReader(BytesIO(data))


def words(data):
    """The letters of all pages without spaces: a line may break anywhere in Chinese."""
    return SPACES.sub("", "".join(page.extract_text() for page in read(data).pages))


def squeezed(text):
    return SPACES.sub("", visible(text))


@pytest.mark.slow
def test_all_texts_of_a_report_can_be_read_out_and_equal_the_screen(reports, written):
    """Cells are read line by line across columns, so long texts are compared by their letters, short ones whole."""
    for document in reports.values():
        shown = words(written(document, ".pdf"))
        texts = [squeezed(text) for text in document.texts()]
        assert not [text for text in texts if len(text) <= 4 and text not in shown]
        assert not [text for text in texts if len(text) > 4 and set(text) - set(shown)]


@pytest.mark.slow
def test_numbers_of_the_ranking_stand_in_their_rows(reports, written):
    document = reports["zh"]
    table = next(block for block in {s.key: s for s in document.sections}["ranking"].blocks if hasattr(block, "rows"))
    shown = words(written(document, ".pdf"))
    assert all("".join(map(squeezed, row)) in shown for row in table.rows if len(row[1]) < 12)


@pytest.mark.slow
def test_every_chinese_character_of_the_typeface_is_read_out_right(document):
    letters = "".join(sorted(letter for letter in covered() if "\u4e00" <= letter <= "\u9fff"))
    lines = tuple(Paragraph(letters[at : at + 40]) for at in range(0, len(letters), 40))
    shown = words(write_pdf(replace(document, sections=(Section("k", "s", lines),))))
    assert len(letters) > 7_900
    assert letters in re.sub(r"第\d+页共\d+页|评估报告|版本0\.1\.0·指纹abc", "", shown)


def test_hostile_names_are_set_letter_for_letter(document, hostile):
    plain = [name for name in hostile if not {"𠮷", "ꀀ"} & set(name)] + ["很长的名称" * 120, "a" * 400]
    lines = tuple(Paragraph(name) for name in plain)
    shown = words(write_pdf(replace(document, sections=(Section("k", "s", lines),))))
    assert all(squeezed(name) in shown for name in plain if len(name) < 200)
    assert shown.count("很长的名称") == 120
    assert "a" * 400 in shown


@pytest.mark.slow
def test_a_report_of_hostile_names_has_no_link_and_no_action(hostile_report, written):
    pdf = read(written(hostile_report, ".pdf"))
    assert not [page for page in pdf.pages if "/Annots" in page]
    root = pdf.trailer["/Root"]
    assert "/OpenAction" not in root
    assert "/Names" not in root or "/JavaScript" not in root["/Names"]


def test_what_no_font_has_is_printed_as_its_code_and_named(document, monkeypatch):
    monkeypatch.setattr("evaluator.report.writers.pdf.find_undrawable", lambda letters, fonts, family: ["𠮷"])
    lines = (Paragraph("𠮷田村养牛"),)
    shown = words(write_pdf(replace(document, sections=(Section("k", "s", lines),))))
    assert "[U+20BB7]田村养牛" in shown
    assert "未能显示的字符" in shown


def test_pages_are_a4_numbered_and_stamped(reports, written):
    pdf = read(written(reports["zh"], ".pdf"))
    for number, page in enumerate(pdf.pages, 1):
        box = page.mediabox
        assert (round(float(box.width)), round(float(box.height))) == (595, 842)
        text = SPACES.sub("", page.extract_text())
        assert f"第{number}页共{len(pdf.pages)}页" in text
        assert squeezed(reports["zh"].stamp) in text


def test_header_rows_are_repeated_on_the_next_page(document, blocks):
    table = next(block for block in blocks if getattr(block, "title", "") == "表题")
    long = replace(table, rows=table.rows * 60, grouped=False)
    pages = read(write_pdf(replace(document, sections=(Section("k", "s", (long,)),)))).pages
    assert len(pages) > 2
    assert all("得分" in page.extract_text() for page in pages)


@pytest.mark.slow
def test_no_heading_stands_alone_at_the_foot_of_a_page(reports, written):
    for language, document in reports.items():
        titles = {squeezed(text) for section in document.sections for text in (section.title,)}
        for page in read(written(document, ".pdf")).pages:
            lines = [SPACES.sub("", line) for line in page.extract_text().splitlines() if line.strip()]
            body = [line for line in lines if squeezed(document.stamp) not in line and "页" not in line[:3]]
            assert body[-1] not in titles, language


@pytest.mark.slow
def test_a_report_keeps_to_the_standards_for_archives_and_for_the_blind(reports, written):
    """PDF/A-2a and PDF/UA-1: tagged, with a language, and pictures that have names."""
    for language, document in reports.items():
        pdf = read(written(document, ".pdf"))
        root = pdf.trailer["/Root"]
        told = root["/Metadata"].get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in told
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in told
        assert "<pdfuaid:part>1</pdfuaid:part>" in told
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith(language)


@pytest.mark.slow
def test_the_date_is_that_of_the_content_and_the_title_is_told(document, written):
    facts = read(written(document, ".pdf")).metadata
    assert facts.title == "评估报告"
    assert facts.creation_date.replace(tzinfo=None) == datetime(2026, 6, 30)


def test_the_same_document_has_the_same_bytes(document, written):
    assert write_pdf(document) == written(document, ".pdf")


SCRIPT = """
import hashlib
from datetime import date
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.report.compose import make_document, write_document
from evaluator.report.sections.material import Material
result = evaluate(read_portfolio("sample_projects/county/projects_en.csv"), as_of=date(2026, 6, 30))
for suffix in (".pdf", ".docx", ".html", ".xlsx"):
    document = make_document(Material(result), "zh", ("summary",), attach=suffix == ".xlsx")
    print(suffix, hashlib.sha256(write_document(document, suffix)).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_write_the_same_bytes():
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE, text=True,
        )
        for seed in ("1", "2")
    ]  # fmt: skip
    first, second = (process.communicate()[0] for process in started)
    assert first.count("\n") == 4
    assert first == second


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_left_in_the_other_language(language, reports, written):
    from evaluator.language import catalogue

    shown = words(written(reports[language], ".pdf"))
    other = catalogue({"en": "zh", "zh": "en"}[language])
    here = "".join(catalogue(language).values())
    titles = [text for key, text in other.items() if key.startswith(("document.section.", "document.column."))]
    assert not [text for text in titles if squeezed(text) in shown and text not in here and len(text) > 3]
