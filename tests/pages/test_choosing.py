"""Choosing on screen: the same answer as the room gives, and plain answers where there is none."""

import json

import pytest

from evaluator.__main__ import main
from evaluator.language import catalogue
from evaluator.pages import answers
from evaluator.pages.inputs import SAMPLE
from evaluator.pages.plan import read_plan
from evaluator.pages.text import unbroken
from evaluator.report import chosen as words

TABLES = ("register", "places", "markets", "prices", "vacancies", "flows")
PLAN = ["budget:30000000", "industry:30"]


def said(app):
    shown = (*app.subheader, *app.markdown, *app.caption, *app.info, *app.error)
    return " ".join(element.value.replace("\\", "") for element in shown)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_answer_its_gap_and_what_binds_are_said(open_page, evaluation, language):
    app = open_page("portfolio", lang=language, part="choose", plan=PLAN)
    selection = answers.choose_plan(evaluation, read_plan(PLAN)[0], "", language)
    shown = said(app)
    assert words.say_selection(selection, language) in shown
    assert unbroken(words.say_gap(selection, language)) in shown
    assert all(unbroken(line) in shown for line in words.say_sensitivity(selection, language))


@pytest.mark.slow
def test_without_a_budget_there_is_an_answer_and_it_says_what_was_assumed(open_page):
    app = open_page("portfolio", part="choose")
    assert catalogue("en")["pages.choose.assumed"] in said(app)
    assert any(element.value.startswith("Fund ") for element in app.subheader)
    assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) >= 1


@pytest.mark.parametrize("budget", ["0", "-5"])
def test_no_amount_to_spend_is_answered_plainly(open_page, budget):
    app = open_page("portfolio", part="choose", plan=f"budget:{budget}")
    assert len(app.error) == 1
    assert "no amount to spend" in app.error[0].value
    assert "budget_yuan" not in app.error[0].value


@pytest.mark.slow
def test_a_budget_above_the_sum_funds_all_and_says_so(open_page):
    app = open_page("portfolio", part="choose", plan="budget:9000000000")
    assert "covers everything" in said(app)


def test_rules_that_contradict_each_other_say_which_and_the_smallest_change(open_page, evaluation):
    key = str(evaluation.portfolio.frame.loc[evaluation.scored, "investment_yuan"].idxmax())
    app = open_page("portfolio", part="choose", plan=["budget:1000000", f"in:{key}"])
    shown = said(app)
    assert catalogue("en")["chosen.infeasible"] in shown
    assert "cannot all hold" in shown
    assert str(evaluation.portfolio.frame.loc[key, "name"]) in shown
    assert any("Budget" in str(table.value.iloc[0, 0]) for table in app.dataframe if len(table.value))


def test_narrowing_the_table_shows_the_borderline(open_page):
    app = open_page("portfolio", part="choose")
    app.button_group(key="choice_shown").set_value("borderline").run()
    assert not app.exception
    places = [table.value["Place"] for table in app.dataframe if "Place" in table.value]
    assert places[0].str.startswith("Borderline").all()


@pytest.mark.slow
def test_projects_without_an_amount_stand_apart(open_page, turn_to, upload):
    listed = "项目名称,项目类型,资金金额(万元),乡镇\n云顶村土豆种植,产业,50,云顶镇\n石坝村养牛场,产业,,石坝镇\n"
    app = turn_to(upload(open_page("data"), "mine.csv", listed.encode()), "portfolio")
    app.button_group(key="part").set_value("choose").run()
    assert not app.exception, app.exception
    apart = [table.value for table in app.dataframe if "Reason" in table.value]
    assert apart
    assert "石坝村养牛场" in list(apart[0]["Project"])


def test_keeping_a_portfolio_as_a_puts_it_into_the_link(open_page):
    app = open_page("portfolio", part="choose", plan=PLAN)
    next(button for button in app.button if button.label == catalogue("en")["pages.choose.pin"]).click().run()
    assert not app.exception
    assert "budget:30000000" in app.query_params["plana"]


@pytest.mark.slow
def test_screen_and_file_say_what_the_command_line_says(evaluation, tmp_path):
    rules, out = tmp_path / "rules.toml", tmp_path / "choice.json"
    plan = read_plan(PLAN)[0]
    rules.write_text(answers.rules_of(plan, "en"), "utf-8")
    tables = [part for name in TABLES for part in (f"--{name}", str(SAMPLE / f"{name}.csv"))]
    asked = ["--budget", "30000000", "--rules", str(rules), "--frontier", "-o", str(out)]
    assert main(["choose", str(SAMPLE / "projects.xlsx"), *tables, *asked]) == 0
    printed = json.loads(out.read_text("utf-8"))
    selection = answers.choose_plan(evaluation, plan, "", "en")
    firm = answers.measure_firmness(selection)
    assert dict(selection.shares) == printed["chosen"]
    assert selection.choice.gap == printed["gap"]
    assert firm.core.place == printed["core"]["places"]
    written = json.loads(answers.write_files(selection, firm, ".json", "en"))
    for key in ("projects", "rules", "frontiers", "price", "habits", "sensitivity", "findings"):
        assert written[key] == printed[key], key
