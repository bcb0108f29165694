import pytest

from evaluator.language import catalogue
from evaluator.pages.text import unbroken
from evaluator.report.wording import say_sentences


def test_the_flagged_count_is_the_evaluations(open_page, evaluation):
    values = {metric.label: metric.value for metric in open_page().metric}
    assert values[catalogue("en")["pages.overview.flagged"]] == str(int((evaluation.flags.level == "flag").sum()))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_finding_says_flags_balance_and_what_to_ask(open_page, evaluation, language):
    app = open_page(lang=language)
    first, *rest = say_sentences(evaluation, language)
    assert app.header[0].value.replace("\\", "") == unbroken(first)
    assert len(rest) >= 2
    shown = [element.value.replace("\\", "") for element in app.markdown]
    assert unbroken("  \n".join(rest)) in shown


def test_charts_carry_a_name_for_those_who_do_not_see_them(open_page):
    charts = open_page(lang="zh").get("arrow_vega_lite_chart") or open_page(lang="zh").get("vega_lite_chart")
    assert len(charts) >= 3


def test_a_list_without_anything_to_score_says_so(open_page, turn_to, upload):
    roads = "项目名称,项目类型,资金金额(万元)\n云顶村通村公路硬化,乡村建设行动/农村基础设施/农村道路建设,50\n"
    app = turn_to(upload(open_page("data"), "roads.csv", roads.encode()), "overview")
    assert catalogue("en")["pages.overview.nothing_scored"] in [info.value for info in app.info]


def test_names_from_a_file_are_text(open_page, turn_to, upload, published_list):
    hostile = published_list.replace("云顶村养牛场", "![x](http://evil.test/a.png)<b>x</b>")
    app = turn_to(upload(open_page("data"), "mine.csv", hostile.encode()), "overview")
    shown = [element.value for element in (*app.markdown, *app.header, *app.caption)]
    assert not any("![" in text or "<b>" in text for text in shown)


def test_no_flag_is_not_read_as_all_clear(open_page, turn_to, upload, published_list):
    app = turn_to(upload(open_page("data"), "mine.csv", published_list.encode()), "overview")
    assert catalogue("en")["pages.overview.none_flagged"] not in [element.value for element in app.subheader]
    assert any("2 of 2" in element.value for element in app.subheader)
