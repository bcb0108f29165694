"""``evaluator report`` as a person meets it: sections, languages, files, a budget, kind refusals."""

import io
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from evaluator import __main__ as command
from evaluator.__main__ import main
from evaluator.report.sections import SECTIONS

COUNTY = Path(__file__).parents[1] / "sample_projects" / "county"


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "名录.csv"
    path.write_bytes((COUNTY / "projects.csv").read_bytes())
    return path


def run(capsys, *words):
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.slow
def test_a_report_is_written_in_chinese(capsys, listed, tmp_path):
    out = tmp_path / "报告.docx"
    code, printed, err = run(capsys, "report", listed, "-o", out, "--language", "zh")
    assert (code, printed) == (0, "")
    assert "已写入" in err
    heads = [line.text for line in docx.Document(out).paragraphs if line.style.name == "Heading 1"]
    assert heads[:2] == ["评审摘要", "项目排名"]
    assert "项目评估单" not in heads


@pytest.mark.slow
def test_only_the_sections_asked_for_stand_in_the_pdf(capsys, listed, tmp_path):
    out = tmp_path / "report.pdf"
    assert run(capsys, "report", listed, "-o", out, "--sections", "summary,method")[0] == 0
    text = "".join(page.extract_text() for page in PdfReader(out).pages)
    assert "Summary for the committee" in text
    assert "Method and limits" in text
    assert "Policy tests" not in text


@pytest.mark.slow
def test_a_budget_adds_the_choice_and_a_day_dates_the_notice(capsys, listed, tmp_path):
    out = tmp_path / "r.html"
    options = ("--sections", "choice,notice", "--budget", "3000万", "--notice-from", "2026-07-01", "--language", "zh")
    assert run(capsys, "report", listed, "-o", out, *options)[0] == 0
    page = out.read_text("utf-8")
    assert "预算内择优" in page
    assert "2026年7月1日至2026年7月7日" in page


@pytest.mark.slow
def test_the_questions_are_a_workbook_with_a_sheet_a_township(capsys, listed, tmp_path):
    out = tmp_path / "ask.xlsx"
    assert run(capsys, "report", listed, "-o", out, "--sections", "questions", "--language", "zh")[0] == 0
    names = openpyxl.load_workbook(out).sheetnames
    assert any(name.startswith("巴普镇") for name in names)


@pytest.mark.slow
def test_the_options_of_score_change_the_report(capsys, listed, tmp_path):
    out = tmp_path / "r.html"
    options = ("--register", COUNTY / "register.csv", "--weights", "4,3,2,1", "--as-of", "2026-06-30", "--top", "3")
    assert run(capsys, "report", listed, "-o", out, *options)[0] == 0
    page = out.read_text("utf-8")
    assert "In top 3" in page
    assert "30 June 2026" in page
    assert "weights.demand" in page


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".xlsx"])
def test_the_same_command_writes_the_same_bytes(capsys, listed, tmp_path, suffix):
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    for out in (first, second):
        assert run(capsys, "report", listed, "-o", out, "--sections", "summary,flags")[0] == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "r.odt"), ".docx .pdf .html .xlsx"),
        (("-o", "r.pdf", "--sections", "pictures"), ", ".join(list(SECTIONS)[:3])),
        (("-o", "r.pdf", "--notice-from", "tomorrow"), "YYYY-MM-DD"),
        (("-o", "r.pdf", "--budget", "much"), "much"),
        (("-o", "r.pdf", "--rules", "none.toml"), "none.toml"),
        (("-o", "nowhere/r.pdf"), "nowhere"),
    ],
)
def test_what_cannot_be_used_is_refused_before_the_work(capsys, listed, monkeypatch, options, said):
    monkeypatch.chdir(listed.parent)
    monkeypatch.setattr(command, "_evaluate", lambda _: pytest.fail("the work has begun"))
    code, out, err = run(capsys, "report", listed, *options)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert [path.name for path in listed.parent.iterdir()] == ["名录.csv"]


@pytest.mark.slow
def test_a_budget_that_nothing_fits_is_a_report_too(capsys, listed, tmp_path):
    out = tmp_path / "r.docx"
    assert run(capsys, "report", listed, "-o", out, "--sections", "choice", "--budget", "1")[0] == 0
    assert docx.Document(out).paragraphs


@pytest.mark.slow
def test_progress_is_said_when_it_takes_long(capsys, listed, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "PROGRESS_SECONDS", 0.0)
    err = run(capsys, "report", listed, "-o", tmp_path / "r.docx", "--sections", "method")[2]
    assert "Writing the report" in err


@pytest.mark.slow
def test_a_word_file_is_a_whole_archive(capsys, listed, tmp_path):
    out = tmp_path / "r.docx"
    run(capsys, "report", listed, "-o", out, "--sections", "issues")
    assert ZipFile(io.BytesIO(out.read_bytes())).testzip() is None
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
