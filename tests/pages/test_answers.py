import pandas as pd
import pytest

import evaluator as ev
from evaluator.domain.errors import TableError
from evaluator.pages import answers
from evaluator.pages.plan import Plan


@pytest.fixture(scope="module")
def selection(evaluation):
    return answers.choose_plan(evaluation, Plan(budget=20_000_000, industry=40), "", "en")


def test_without_a_budget_half_of_what_is_asked_for_is_taken(evaluation):
    asked = evaluation.portfolio.frame.loc[evaluation.scored, "investment_yuan"].sum()
    assumed = answers.assumed_budget(evaluation)
    assert assumed <= asked / 2 < assumed + 10_000
    assert answers.complete(Plan(), evaluation).budget == assumed
    single = ev.evaluate(ev.read_portfolio(pd.DataFrame({"name": ["土豆种植"], "总投资(万元)": [50.3]})))
    assert answers.assumed_budget(single) == 510_000  # the only project can be chosen at all
    assert answers.complete(Plan(budget=0.0), evaluation).budget == 0


def test_the_portfolio_keeps_budget_and_rules(selection):
    assert selection.choice.funds <= 20_000_000
    assert all(standing.holds for standing in selection.choice.rules)
    assert any(standing.line.name == "Cap on one industry" for standing in selection.choice.rules)


@pytest.mark.parametrize("budget", [0.0, -5.0])
def test_a_budget_that_cannot_be_spent_is_a_fault(evaluation, budget):
    found = answers.choose_plan(evaluation, Plan(budget=budget), "", "en")
    assert isinstance(found, TableError)
    assert [issue.code for issue in found.issues] == ["E_CHOICE_BUDGET"]


def test_a_rules_file_goes_before_the_simple_rules(evaluation):
    toml = '[[limit]]\nname = "three"\nmeasure = "projects"\nat_most = 3\n'
    found = answers.choose_plan(evaluation, Plan(budget=20_000_000, industry=40), toml, "en")
    assert len(found.chosen) == 3
    assert not any(standing.line.name == "Cap on one industry" for standing in found.choice.rules)


def test_every_fault_of_a_rules_file_is_handed_back(evaluation):
    found = answers.choose_plan(evaluation, Plan(budget=1e7), '[[limit]]\nname = "x"\n[fixed]\nin = ["nobody"]\n', "en")
    assert isinstance(found, TableError)
    assert {issue.code for issue in found.issues} == {"E_RULES_NO_BOUND", "E_RULES_PROJECT"}


def test_firmness_tells_places_and_frontiers_and_keeps_few_draws(selection):
    firm = answers.measure_firmness(selection)
    assert firm.core.draws == 200
    assert set(firm.core.place) == set(selection.problem.candidates.ids)
    assert set(firm.frontiers) == {"risk", "flagged"}
    most = selection.evaluation.settings.score.range_draws
    for points in firm.frontiers.values():
        for point in points:
            card = point.choice.problem.scorecard
            assert all(score.draws.shape[1] <= most for score in card.criteria.values())


def test_the_balance_is_that_of_the_chosen(selection):
    assert selection.balance().measures["amount"] == pytest.approx(selection.choice.funds)
