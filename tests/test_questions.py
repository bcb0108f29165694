"""The facts to ask for next: only what is missing, ordered by what it settles."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evaluator as ev
from evaluator.questions import chance_to_cross, lead_over_line

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


@pytest.mark.slow
def test_a_given_fact_is_not_asked_and_a_missing_one_is():
    assert "benefit_years" in asked()
    assert "benefit_years" not in asked(benefit_years=5)
    assert "investment_yuan" not in asked()


@pytest.mark.slow
def test_facts_that_settle_more_come_first():
    values = [question.value for question in asked().values()]
    assert values == sorted(values, reverse=True)
    assert max(question.gain for question in asked().values()) > 5
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


ANSWERS = {
    "benefit_years": 5,
    "yearly_benefit_yuan": 1e5,
    "yearly_household_benefit_yuan": 8e4,
    "signed_offtake_share": 0.4,
    "training_days": 10,
    "market_hours": 2,
    "local_history_years": 4,
    "value_added_share": 0.3,
    "evidence_grade": 2,
    "start": "2026-04",
    "first_income": "2027-04",
    "yearly_subsidy_yuan": 1e4,
    "output_per_year": 100,
    "labour_days_year": 400,
}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.sets(st.sampled_from(sorted(ANSWERS))))
def test_a_known_fact_is_never_asked_and_the_order_is_by_the_stated_value(known):
    questions = asked(**{key: ANSWERS[key] for key in known})
    assert not known & set(questions)
    values = [question.value for question in questions.values()]
    assert values == sorted(values, reverse=True)
    for question in questions.values():
        assert 0 <= question.decides <= question.value <= 1
        assert question.gain >= 0


def test_lead_is_measured_to_the_line_on_the_other_side():
    assert lead_over_line(np.array([70.0, 40.0, 60.0, 55.0]), 2).tolist() == [15.0, -20.0, 5.0, -5.0]
    assert np.isposinf(lead_over_line(np.array([70.0, 40.0]), 2)).all()


def test_chance_to_cross_equals_drawing_the_answer():
    """One part of 20 points a 100, the line 3 above, 3 below, out of reach, and behind what the cap leaves."""
    lead, points = np.array([-3.0, 3.0, -30.0, -3.0]), np.full(4, 0.2)
    chance = chance_to_cross(lead, points, room=np.array([20.0, 20.0, 20.0, 2.0]), missing_value=35.0)
    drawn = 0.2 * (100 * np.random.default_rng(1).uniform(size=200_000) ** (100 / 35 - 1) - 35)
    expected = [(drawn > 3).mean(), (drawn < -3).mean(), 0.0, 0.0]
    np.testing.assert_allclose(chance, expected, atol=0.004)


def test_a_fact_near_the_line_decides_and_one_far_from_it_does_not():
    near = pd.DataFrame([{**COMMON, "name": f"云岭{i}村基地", "training_days": 25} for i in range(4)])
    far = near.assign(yearly_benefit_yuan=[9e5, 1e5, 1e5, 1e5], yearly_household_benefit_yuan=[9e5, 1e5, 1e5, 1e5])
    far = far.assign(benefit_years=[12, 1, 1, 1])
    chances = []
    for table in (near, far):
        result = ev.evaluate(ev.read_portfolio(table), as_of=date(2026, 3, 1), top=1)
        last = result.questions[result.scored[-1]]
        chances.append(next(q.decides for q in last if q.field == "market_hours"))
    assert chances[0] > 0.1
    assert chances[1] == 0


def test_the_fact_that_lets_a_flag_be_judged_decides_and_others_do_not():
    """Flat and thin demand are on; whether the income is short is all that is missing to judge the project."""
    questions = asked(training_days=1, value_added_share=0.1, signed_offtake_share=0.0, evidence_grade=0)
    assert questions["benefit_years"].decides == 1.0, "whatever the answer, the project can then be judged"
    assert next(iter(questions)) == "benefit_years"
    assert questions["market_hours"].decides == 0
    assert 0 < questions["market_hours"].value < 1
