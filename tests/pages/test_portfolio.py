"""The portfolio page: its numbers are those of the command line, and every gap in a list is said, never a crash."""

import json

import pytest

from evaluator.__main__ import main
from evaluator.language import catalogue
from evaluator.pages.inputs import SAMPLE
from evaluator.pages.link_portfolio import PARTS
from evaluator.report.balanced import format_measure
from evaluator.report.wording import say_level

FIGURES = ("amount", "effective_types", "flagged_share", "long_share", "gini")
ROADS = "项目名称,项目类型,资金金额(万元)\n云顶村通村公路硬化,乡村建设行动/农村基础设施/农村道路建设,50\n"
LISTS = {
    "no_amounts": "项目名称,项目类型,乡镇\n云顶村土豆种植,产业,云顶镇\n石坝村养牛场,产业,石坝镇\n",
    "no_townships": "项目名称,项目类型,资金金额(万元)\n土豆种植,产业,50\n养牛场,产业,80\n",
    "one_project": "项目名称,项目类型,资金金额(万元),乡镇\n土豆种植,产业,50,云顶镇\n",
    "some_without_amount": "项目名称,项目类型,资金金额(万元),乡镇\n土豆种植,产业,50,云顶镇\n养牛场,产业,,云顶镇\n",
    "roads": ROADS,
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The balance of the sample county as the command line writes it."""
    out = tmp_path_factory.mktemp("balance") / "balance.json"
    tables = [
        word for name in ("markets", "prices", "vacancies") for word in (f"--{name}", str(SAMPLE / f"{name}.csv"))
    ]
    files = [
        str(SAMPLE / "projects.xlsx"),
        "--register",
        str(SAMPLE / "register.csv"),
        "--places",
        str(SAMPLE / "places.csv"),
    ]
    assert main(["balance", *files, *tables, "-o", str(out)]) == 0
    return json.loads(out.read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_figures_are_those_of_the_command_line(open_page, printed, language):
    app = open_page("portfolio", lang=language)
    shown = {metric.label: metric.value for metric in app.metric}
    for key in FIGURES:
        title = catalogue(language)[f"pages.portfolio.figure.{key}"]
        assert shown[title] == format_measure(key, printed["measures"][key], language)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_section_opens(open_page, language):
    app = open_page("portfolio", lang=language, part=PARTS[-1])
    for part in PARTS:
        app.button_group(key="part").set_value(part).run()
        assert not app.exception, app.exception
        assert app.button_group(key="part").value == part
        assert len(app.header) == 1
        assert not app.error


@pytest.mark.slow
@pytest.mark.parametrize("name", list(LISTS))
def test_lists_with_gaps_are_answered_in_every_section(open_page, turn_to, upload, name):
    app = turn_to(upload(open_page("data"), "mine.csv", LISTS[name].encode()), "portfolio")
    for part in PARTS:
        app.button_group(key="part").set_value(part).run()
        assert not app.exception, app.exception
        shown = " ".join(element.value for element in (*app.header, *app.markdown, *app.caption))
        assert "nan" not in shown.lower()
        if name == "no_amounts" and part in ("choose", "compare"):
            said = [element.value for element in (*app.subheader, *app.info)]
            assert any("can be chosen" in text or "nothing to compare" in text for text in said), said


def test_what_is_not_stated_stands_apart_by_name(open_page, turn_to, upload):
    app = turn_to(upload(open_page("data"), "mine.csv", LISTS["some_without_amount"].encode()), "portfolio")
    apart = next(element for element in app.expander if element.label == catalogue("en")["pages.portfolio.apart"])
    assert any("养牛场" in line.value and "Amount" in line.value for line in apart.markdown)


def test_the_section_goes_into_the_link(open_page):
    app = open_page("portfolio")
    app.button_group(key="part").set_value("tests").run()
    assert app.query_params["part"] in ("tests", ["tests"])
    app.button_group(key="part").set_value(PARTS[0]).run()
    assert "part" not in app.query_params


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_none_of_which_can_be_judged_is_not_praised_with_no_flag(open_page, turn_to, upload, language):
    """0 flagged of nothing judged is no good news."""
    app = turn_to(upload(open_page("data", lang=language), "bare.csv", LISTS["no_townships"].encode()), "portfolio")
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown[catalogue(language)["pages.portfolio.figure.flagged_share"]] == say_level("cannot_judge", language)
