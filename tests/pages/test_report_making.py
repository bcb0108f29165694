from datetime import date
from io import BytesIO

import docx
import pytest

from evaluator.domain.errors import TableError
from evaluator.evaluation import evaluate
from evaluator.pages.report_making import FORMS, KINDS, Asked, make_report, name_file
from evaluator.report.options import DOCUMENTS
from evaluator.report.ranking import say_firmness
from evaluator.report.sections import SECTIONS


def text(made):
    return "\n".join(line.text for line in docx.Document(BytesIO(made.data)).paragraphs)


def test_every_kind_has_known_sections_and_every_form_is_written():
    assert all(set(sections) <= set(SECTIONS) for sections in KINDS.values())
    assert [f".{form}" for form in FORMS] == sorted(DOCUMENTS, key=[f".{form}" for form in FORMS].index)


@pytest.mark.slow
def test_a_report_says_how_firm_the_order_is_although_the_screen_keeps_no_draws(sample, evaluation):
    made = make_report(evaluation, Asked(("ranking",), "en", "docx"))
    tables = {name: getattr(sample, name) for name in ("register", "places", "markets", "prices", "vacancies", "flows")}
    full = evaluate(sample.projects, **tables)
    assert all(line in text(made) for line in say_firmness(full, "en"))


@pytest.mark.slow
def test_a_budget_gives_a_choice_and_a_day_dates_the_notice(evaluation):
    asked = Asked(("choice", "notice"), "zh", "docx", plan=("budget:30000000",), notice_from=date(2026, 7, 1))
    said = text(make_report(evaluation, asked))
    assert "预算内择优" in said
    assert "2026年7月1日至2026年7月7日" in said


def test_rules_that_cannot_be_read_are_refused(evaluation):
    with pytest.raises(TableError):
        make_report(evaluation, Asked(("choice",), "en", "docx", plan=("budget:10000000",), rules="no = [rules"))


def test_a_file_has_a_name_every_system_takes():
    assert name_file('甲/乙:县 "2026" | 报告', "pdf") == "甲 乙 县 2026 报告.pdf"
    assert len(name_file("长" * 300, "docx")) == 85
