import pytest

from evaluator.balance import compare_balances
from evaluator.language import catalogue
from evaluator.pages import answers
from evaluator.pages.comparing import say_plan
from evaluator.pages.plan import Plan, read_plan
from evaluator.pages.text import unbroken
from evaluator.report import chosen as words
from evaluator.report.balanced import tabulate_comparison

A, B = ["budget:20000000"], ["budget:30000000", "flagged:5"]


def said(app):
    return " ".join(element.value.replace("\\", "") for element in (*app.subheader, *app.markdown, *app.caption))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_portfolios_of_a_link_stand_side_by_side(open_page, evaluation, shows, language):
    app = open_page("portfolio", lang=language, part="compare", plana=A, plan=B)
    a, b = (answers.choose_plan(evaluation, read_plan(texts)[0], "", language) for texts in (A, B))
    shown = said(app)
    assert all(line in shown for line in words.say_comparison(a, b, language))
    comparison = compare_balances(a.balance(), b.balance())
    assert shows(app, tabulate_comparison(comparison, language))


def test_without_a_kept_portfolio_a_is_the_same_question_with_less_money(open_page):
    app = open_page("portfolio", part="compare", plan=["budget:30000000"])
    shown = said(app)
    assert unbroken(catalogue("en")["pages.compare.a_assumed"]) in shown
    assert "24 million yuan" in shown


def test_swapping_turns_a_and_b_round(open_page):
    app = open_page("portfolio", part="compare", plana=A, plan=B)
    next(button for button in app.button if button.label == catalogue("en")["pages.compare.swap"]).click().run()
    assert not app.exception
    assert "budget:30000000" in app.query_params["plana"]
    assert "budget:20000000" in app.query_params["plan"]
    next(button for button in app.button if button.label == catalogue("en")["pages.compare.forget"]).click().run()
    assert "plana" not in app.query_params


def test_a_side_that_cannot_be_is_said(open_page):
    app = open_page("portfolio", part="compare", plana=["budget:0"], plan=B)
    assert len(app.error) == 1
    assert catalogue("en")["pages.compare.cannot"] in [info.value for info in app.info]


def test_a_plan_is_one_line(evaluation):
    key = str(evaluation.scored[0])
    plan = Plan(budget=5e6, value="score", flagged=10, continuing=True, fixed_in=(key,))
    line = say_plan(plan, "", evaluation, "en")
    for part in (
        "5 million yuan",
        "Sum of scores",
        "flagged ≤ 10 %",
        "Continuing",
        str(evaluation.portfolio.labels[key]),
    ):
        assert unbroken(part) in line
    assert "rules from a file" in say_plan(plan, "[fixed]", evaluation, "en")
