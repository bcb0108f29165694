"""The readable rules in words: every rule and result in both languages, whose rule it is, and plain JSON."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.settings import PolicySettings, Settings
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.report import policy
from evaluator.report.console import say_scores
from evaluator.report.scored import describe_evaluation
from evaluator.report.tables import tabulate_results
from evaluator.rules import RULES, RuleResult

VALUES = {
    "fewer_links_than": 1.0,
    "same_year": 2026.0,
    "short_horizon": 2.0,
    "promised_income_outlives_asset": 0.05,
    "low_end": 800.0,
    "no_link": ("wage",),
    "dividend_only": ("dividend",),
    "no_operator_or_plan": ("plan", "operator"),
    "negative_list": ("办公楼",),
    "notice_incomplete": ("standard",),
}


def result_of(key, result, **changes):
    facts = {
        "key": key, "result": result, "value": VALUES.get(key), "threshold": 3.0, "missing": ("nature",),
        "clears": {"content": "without"} if result == "fail" else {}, "year": 2024, "place": "云岭县",
        "source": PolicySettings.__dataclass_fields__[key].metadata["rule"].source,
    }  # fmt: skip
    return RuleResult(**{**facts, **changes})


@pytest.fixture(scope="module")
def judged():
    table = pd.DataFrame(
        {
            "项目编号": ["A", "B"],
            "项目名称": ["花椒基地", "苦荞加工厂"],
            "项目类型": ["产业", "产业"],
            "产业": ["花椒", "苦荞加工"],
            "建设性质": ["新建", "新建"],
            "联农带农机制": ["分红", "务工"],
            "绩效目标": [None, "群众满意"],
            "持续受益年限": [1, 8],
        }
    )
    return evaluate(read_portfolio(table), as_of=date(2026, 6, 30))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("result", ["pass", "fail", "cannot_tell"])
@pytest.mark.parametrize("key", [rule.key for rule in RULES])
def test_every_result_of_every_rule_is_a_sentence(key, result, language):
    said = policy.say_rule(result_of(key, result), language)
    assert said.name
    assert said.reason
    assert "nan" not in said.reason.lower()
    assert "{" not in said.reason + said.clears + said.basis
    assert bool(said.clears) == (result == "fail")
    assert ("云岭县" in said.basis) and ("2024" in said.basis)


def test_a_rule_says_no_year_or_place_it_does_not_have():
    bare = policy.say_rule(result_of("same_year", "fail", year=0, place=""), "en")
    assert bare.basis == "opinion piece in the press; no law"
    default = PolicySettings().no_operator_or_plan_place
    assert "Pingjiang" in policy.say_rule(result_of("no_operator_or_plan", "fail", place=default), "en").basis


def test_failing_rules_stand_first_and_beside_the_flag(judged):
    said = policy.say_rules(judged, "A", "en")
    results = [rule.result for rule in said]
    assert results == sorted(results, key=["Fails", "Cannot be told", "Passes"].index)
    assert policy.say_also(judged, "A", "en").startswith("also: Dividend only, No performance target")
    assert policy.say_also(judged, "B", "zh") == ""
    text = say_scores(judged, "en")
    assert "Benefit too short: 1 project (A)" in text


def test_long_lists_of_ids_are_cut_and_counted():
    table = pd.DataFrame(
        {"项目编号": [f"A{i}" for i in range(20)], "项目名称": [f"{i}村花椒" for i in range(20)], "项目类型": "产业",
         "持续受益年限": 1}
    )  # fmt: skip
    lines = list(policy.say_rule_counts(evaluate(read_portfolio(table), as_of=date(2026, 6, 30)), "en"))
    assert any("20 projects (A0" in line and "and 8 projects more" in line for line in lines)


def test_the_json_of_a_rule_has_its_keys(judged):
    described = describe_evaluation(judged)
    json.dumps(described, allow_nan=False)
    rules = {rule["key"]: rule for rule in described["projects"][0]["flag"]["rules"]}
    keys = {"key", "result", "value", "threshold", "year", "place", "source", "reason", "clears", "changes", "missing"}
    assert all(set(rule) == keys for rule in rules.values())
    assert rules["short_horizon"] | {"reason": "", "clears": "", "source": ""} == {
        "key": "short_horizon", "result": "fail", "value": 1.0, "threshold": 3.0, "year": 2018, "place": None,
        "source": "", "reason": "", "clears": "", "changes": {"benefit_years": 3.0}, "missing": [],
    }  # fmt: skip


def test_money_is_said_in_the_list_s_currency():
    said = policy.say_rule(result_of("low_end", "fail"), "en", currency="PHP")
    assert "PHP" in said.reason
    assert np.isfinite(Settings().policy.low_end_yuan_per_household)


def test_the_flat_table_names_the_rules_that_fail(judged):
    table = tabulate_results(judged).set_index("project_id")
    assert set(table.loc["A", "rules_failed"].split()) >= {"dividend_only", "short_horizon"}
    assert table["p_failure"].dtype == "float64"
