"""The report taken from the app in a real browser: made when asked, downloaded, read back; print points to it."""

import docx
import openpyxl
import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser


def choose(visit, form, kind=0, language=None):
    """Open the dialog, tick, make and download."""
    page = visit.page
    page.locator(".st-key-report_open button").click()
    visit.settle()
    page.locator(".st-key-report_kind [role=radiogroup] label").nth(kind).click()
    visit.settle()
    page.locator(".st-key-report_form button", has_text=form).click()
    visit.settle()
    if language:
        page.locator(".st-key-report_language button", has_text=language).click()
        visit.settle()
    page.locator(".st-key-report_make button").click()
    button = page.locator(".st-key-report_download button")
    button.wait_for(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    return download.value


def test_a_pdf_says_what_the_screen_says(visit, tmp_path):
    here = visit().open("/?lang=zh")
    heading = here.heading()
    taken = choose(here, "PDF")
    assert taken.suggested_filename == "美姑县2025年产业就业项目评估报告.pdf"
    path = tmp_path / "r.pdf"
    taken.save_as(path)
    text = "".join(PdfReader(path).pages[0].extract_text().split())
    assert "".join(heading.split())[:40] in text


def test_the_report_follows_the_weights_and_speaks_the_language_asked_for(visit, tmp_path):
    here = visit().open("/ranking?lang=zh&w=100-0-0-0")
    path = tmp_path / "r.docx"
    choose(here, "Word", language="English").save_as(path)
    word = docx.Document(path)
    assert "Ranking" in [line.text for line in word.paragraphs]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert "weights.demand" in cells


def test_the_list_for_the_townships_is_a_workbook_of_sheets(visit, tmp_path):
    path = tmp_path / "ask.xlsx"
    choose(visit().open("/?lang=zh"), "Excel", kind=1).save_as(path)
    assert len(openpyxl.load_workbook(path).sheetnames) > 5


def test_what_is_printed_points_to_the_report(visit):
    here = visit().open("/?lang=zh")
    note = here.page.locator(".print-note").first
    assert not note.is_visible()
    here.page.emulate_media(media="print")
    assert note.is_visible()
    assert "报告" in note.inner_text()


@pytest.mark.parametrize("width", [390, 1024])
def test_the_dialog_fits_narrow_screens(visit, width):
    here = visit(width=width, height=844).open("/?lang=zh")
    here.page.locator(".st-key-report_open button").click()
    here.settle()
    box = here.page.locator("[role=dialog]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert here.page.locator(".st-key-report_make button").is_visible()
