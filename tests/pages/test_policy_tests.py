import pytest

from evaluator.language import catalogue
from evaluator.pages.text import unbroken
from evaluator.report.balanced import say_found, say_needed
from evaluator.report.wording import say_setting


def words(app):
    return " ".join(element.value.replace("\\", "") for element in (*app.markdown, *app.caption))


def test_every_test_says_found_needed_and_whose_rule(open_page, evaluation):
    shown = words(open_page("portfolio", part="tests"))
    for test in evaluation.balance.policies:
        assert say_setting(f"balance.{test.key}", "en") in shown
        assert unbroken(say_found(test, "en")) in shown
        assert unbroken(say_needed(test, "en")) in shown


def test_what_cannot_be_told_names_the_projects_that_leave_it_open(open_page, turn_to, upload):
    listed = "项目名称,项目类型,资金金额(万元),乡镇\n云顶村土豆种植,产业,50,云顶镇\n石坝村道路硬化,基础设施,,石坝镇\n"
    app = turn_to(upload(open_page("data"), "mine.csv", listed.encode()), "portfolio")
    app.button_group(key="part").set_value("tests").run()
    open_lines = [caption.value for caption in app.caption if caption.value.startswith("Left open by")]
    assert any("石坝村道路硬化" in line for line in open_lines)


@pytest.mark.slow
def test_no_test_switched_on_is_said(open_page):
    off = ["industry_share", "fee_share", "linked_share", "long_share"]
    off += [f"industry_share_{place}" for place in ("xizang", "inner_mongolia", "shaanxi")]
    app = open_page("portfolio", part="tests", set=[f"balance.{key}=false" for key in off])
    assert catalogue("en")["pages.tests.none"] in [info.value for info in app.info]
