"""Household, downside and promises in keys and words."""

from datetime import date

import pandas as pd
import pytest

from evaluator.domain.settings import Settings
from evaluator.evaluation import evaluate
from evaluator.intake.flows import read_flows
from evaluator.intake.read import read_portfolio
from evaluator.report.household import describe_households, no_household, say_downside, say_household, say_promises
from evaluator.report.tables import describe_evaluation

LIST = pd.DataFrame(
    {
        "project_id": ["A", "B", "C"],
        "name": ["云岭花椒基地", "石坝光伏入股", "高坪养鸡"],
        "kind": "industry",
        "product": ["sichuan_pepper", None, "chicken"],
        "households": [50, 40, None],
        "persons": [200, None, None],
        "investment_yuan": [1e6, 1e6, 2e5],
        "yearly_benefit_yuan": [2.5e5, 4e4, None],
        "yearly_household_benefit_yuan": [1e5, 5e4, None],
        "yearly_subsidy_yuan": [2e4, None, None],
        "benefit_years": [8, None, None],
        "asset_life_years": [10, 10, None],
        "promised_asset_income_share": [None, 0.05, None],
        "insured_share": [0.5, None, None],
    }
)
FLOWS = pd.DataFrame(
    {"project_id": "A", "period": range(4), "costs": [900000, 0, 0, 0], "benefits": [0, 5e5, 5e5, 5e5],
     "household_benefit": [0, 8e4, 8e4, 8e4]}
)  # fmt: skip
AS_OF = date(2026, 1, 1)


@pytest.fixture(scope="module")
def evaluation():
    rules = Settings().with_values({"payback.poverty_line_yuan": 4000, "payback.poverty_line_year": 2020})
    return evaluate(read_portfolio(LIST), settings=rules, as_of=AS_OF)


def test_households_in_words(evaluation):
    said = say_household(evaluation, "A", "en")
    assert "2,000 yuan a year" in said
    assert "1,600 yuan" in said
    assert "line of 2020" in said
    assert "is not known" in say_household(evaluation, "C", "en")
    assert "persons are missing" in say_household(evaluation, "B", "en")
    for project in LIST["project_id"]:
        assert "nan" not in say_household(evaluation, project, "zh").lower()


def test_downside_in_words(evaluation):
    downside = evaluation.downside()
    said = say_downside(evaluation, downside, "A", "en")
    assert "worst 5 % of years" in said
    assert "50 % of a loss" in said
    assert "元" in say_downside(evaluation, downside, "A", "zh")
    assert "nan" not in say_downside(evaluation, downside, "C", "en").lower()
    assert "Insurance counted" in said and "Nothing is insured" in say_downside(evaluation, downside, "C", "en")


def test_a_promise_of_five_percent_outlives_the_asset(evaluation):
    said = say_promises(evaluation, "B", "en")
    assert any("The promise outlives the asset: 5 % a year is a payback of 20 years" in line for line in said)
    assert any("more than the project says it earns" in line for line in said)
    assert any("within the life" in line for line in say_promises(evaluation, "A", "en"))
    assert say_promises(evaluation, "C", "zh") == []


def test_keys_stand_under_payback(evaluation):
    described = describe_evaluation(evaluation)["projects"]
    first = described[0]["payback"]
    assert first["household"]["yearly"] == 2000
    assert first["promises"]["pays_back_in_life_state"] == "holds"
    assert 0 < first["downside"]["low"] < first["downside"]["low_insured"]
    assert first["from_flows"] is False
    assert described[1]["payback"]["downside"]["loss_assumed"]
    assert set(no_household()) <= set(first)
    assert len(list(describe_households(evaluation, evaluation.downside()))) == 3


@pytest.mark.slow
def test_stated_flows_change_their_project_and_no_other(evaluation):
    stated = evaluate(read_portfolio(LIST), flows=read_flows(FLOWS), settings=evaluation.settings, as_of=AS_OF)
    before, after = (describe_evaluation(result)["projects"] for result in (evaluation, stated))
    assert after[0]["payback"]["from_flows"] is True
    assert after[0]["payback"]["payback_years"] == pytest.approx(1.8)
    assert after[0]["payback"]["lasting_years"] == 3
    assert after[0]["payback"]["score"] != before[0]["payback"]["score"]
    assert "yearly flows" in say_household(stated, "A", "en")
    for old, new in zip(before[1:], after[1:], strict=True):
        assert old["payback"] == new["payback"]
        assert old["total"] == new["total"]
        assert old["flag"] == new["flag"]
    assert stated.fingerprint != evaluation.fingerprint


def test_flows_of_strangers_change_nothing(evaluation):
    others = read_flows(FLOWS.assign(project_id="X"))
    found = evaluate(read_portfolio(LIST), flows=others, settings=evaluation.settings, as_of=AS_OF)
    assert found.stated is None
    assert "flows_unknown" in found.cautions
    assert "flows_unknown" not in evaluation.cautions
    pd.testing.assert_frame_equal(found.appraisal, evaluation.appraisal)
