"""The facts to ask for next: only what is missing, ordered by what it settles."""

from datetime import date

import pandas as pd

import evaluator as ev

COMMON = {
    "name": "云岭洋芋基地",
    "kind": "industry",
    "product": "potato",
    "place_code": "513431",
    "township": "云岭镇",
    "investment_yuan": 5e5,
}


def asked(**facts):
    result = ev.evaluate(ev.read_portfolio(pd.DataFrame([{**COMMON, **facts}])), as_of=date(2026, 3, 1))
    return {question.field: question for question in result.questions[result.scored[0]]}


def test_a_given_fact_is_not_asked_and_a_missing_one_is():
    assert "benefit_years" in asked()
    assert "benefit_years" not in asked(benefit_years=5)
    assert "investment_yuan" not in asked()


def test_facts_that_settle_more_come_first():
    gains = [question.gain for question in asked().values()]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 5
    assert asked()["benefit_years"].gain > asked()["market_hours"].gain > 0


def test_a_fact_only_a_sign_needs_comes_with_no_gain():
    question = asked()["training_days"]
    assert (question.why, question.gain) == ("flag.flat", 0.0)


def test_evidence_is_asked_where_it_would_lift_the_cap():
    assert asked(signed_offtake_share=1.0)["evidence_grade"].gain > 0


def test_a_foreign_list_is_not_asked_for_the_investment_it_states():
    table = pd.DataFrame({"Project Title": ["Goat raising"], "Project Cost (PHP)": ["P500,000"]})
    portfolio = ev.read_portfolio(table.to_csv(index=False).encode(), file_name="list.csv")
    result = ev.evaluate(portfolio, as_of=date(2026, 3, 1))
    assert portfolio.currency == "PHP"
    assert "investment_yuan" not in {question.field for question in result.questions[result.scored[0]]}
