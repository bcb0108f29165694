import pytest
from streamlit.testing.v1 import AppTest

from evaluator.domain.errors import EvaluatorError
from evaluator.pages import report_dialog
from evaluator.pages.report_making import KINDS, Made


def dialog():
    """The dialog alone: a test's click runs the whole page, which would close it."""
    from evaluator.pages import report_dialog, state

    state.begin()
    report_dialog.show_dialog()


@pytest.fixture
def opened():
    def open_(language="en", **link):
        app = AppTest.from_function(dialog, default_timeout=60)
        for key, value in {"lang": language, **link}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_


@pytest.fixture
def seen(monkeypatch):
    """What a report was asked for, without building one."""
    asked = []

    def make(evaluation, wanted, income):
        assert (income is not None) == ("effects" in wanted.sections)
        asked.append((len(evaluation.scored), wanted))
        return Made("report.docx", b"x" * 3000, wanted.form)

    monkeypatch.setattr(report_dialog, "make_report", make)
    monkeypatch.setattr(report_dialog.panels, "effects", lambda **_: "what was found")
    return asked


@pytest.mark.slow
@pytest.mark.parametrize("page", ["overview", "ranking", "project", "neighbours", "portfolio", "income", "data"])
def test_every_page_has_the_button_and_builds_nothing_by_itself(open_page, seen, page):
    app = open_page(page)
    assert app.button(key="report_open").label == "Report"
    assert not seen
    app.button(key="report_open").click().run()
    assert not app.exception, app.exception
    assert app.radio(key="report_kind").value == "committee"
    assert not seen


def test_the_dialog_follows_the_language_of_the_screen(opened, seen):
    app = opened("zh")
    assert app.radio(key="report_kind").options == [
        "评审报告",
        "待补资料清单（分乡镇）",
        "项目评估单",
        "公示文稿",
        "自选内容",
    ]
    app.button(key="report_make").click().run()
    assert seen[0][1].language == "zh"


def test_what_was_asked_for_is_made_and_handed_out(opened, seen):
    app = opened()
    app.button(key="report_make").click().run()
    assert not app.exception, app.exception
    ((scored, asked),) = seen
    assert scored == 44
    assert (asked.sections, asked.language, asked.form) == (KINDS["committee"], "en", "docx")
    assert any("3 KB" in box.value for box in app.success)


def test_another_wish_takes_the_made_file_away(opened, seen):
    app = opened()
    app.button(key="report_make").click().run()
    app.radio(key="report_kind").set_value("questions").run()
    assert not app.success
    app.button(key="report_make").click().run()
    assert seen[-1][1].sections == ("questions",)


def test_own_sections_are_ticked_and_none_makes_no_report(opened, seen):
    app = opened()
    app.radio(key="report_kind").set_value("own").run()
    app.button_group(key="report_sections").set_value(["method", "summary"]).run()
    app.button(key="report_make").click().run()
    assert seen[-1][1].sections == ("summary", "method")
    app.button_group(key="report_sections").set_value([]).run()
    assert app.button(key="report_make").disabled


def test_a_budget_is_in_ten_thousand_yuan_and_a_day_only_of_the_notice(opened, seen):
    app = opened("zh")
    app.radio(key="report_kind").set_value("notice").run()
    app.number_input(key="report_budget").set_value(3000.0).run()
    app.button(key="report_make").click().run()
    assert seen[-1][1].plan == ("budget:30000000",)
    assert seen[-1][1].notice_from is None
    app.radio(key="report_kind").set_value("sheets").run()
    assert not app.number_input


def test_the_choice_on_screen_is_the_choice_of_the_report(opened, seen):
    plan = ["budget:12345678.9", "flagged:10", "in:MG2025-003"]
    app = opened(plan=plan)
    assert app.number_input(key="report_budget").value == pytest.approx(1234.5679)
    app.button(key="report_make").click().run()
    assert seen[-1][1].plan == tuple(plan)
    assert opened().number_input(key="report_budget").value is None
    assert opened(part="choose").number_input(key="report_budget").value > 0


@pytest.mark.slow
def test_what_cannot_be_used_is_said_and_hands_out_nothing(opened, monkeypatch):
    def refuse(*_):
        raise EvaluatorError("The budget is <b>too small</b>.")

    monkeypatch.setattr(report_dialog, "make_report", refuse)
    app = opened()
    app.button(key="report_make").click().run()
    assert not app.exception
    assert "The budget is" in app.error[0].value
    assert "<b>" not in app.error[0].value
    assert not app.success
