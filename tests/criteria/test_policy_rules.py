"""Each readable rule on invented rows: who passes, who fails, for whom it cannot be told."""

import numpy as np
import pandas as pd
import pytest

import evaluator as ev
from evaluator.rules import find_rules

SOUND = {
    "name": "云岭村花椒基地",
    "kind": "industry",
    "product": "sichuan_pepper",
    "stage": "grow",
    "nature": "new",
    "status": "proposed",
    "content": "花椒基地200亩",
    "link_mechanisms": "务工;订单",
    "performance_target": "群众满意",
    "operator": "云岭花椒专业合作社",
    "plan": "县花椒产业规划",
    "start": "2026-03",
    "end": "2026-10",
    "first_income": "2028-09",
    "benefit_years": 8.0,
    "asset_life_years": 10.0,
    "promised_asset_income_share": np.nan,
    "training_days": np.nan,
    "jobs": np.nan,
    "households": 80.0,
    "investment_yuan": 2e6,
    "fund_source": "衔接资金",
    "standard": "每亩1000元",
    "place_code": "513431",
}
HENS = {"name": "土鸡养殖", "product": "chicken", "stage": "raise", "content": "发放鸡苗", "operator": "县农业农村局",
        "link_mechanisms": "自主发展", "investment_yuan": 80_000.0}  # fmt: skip


def result_of(rule, *, without=(), on=(), **facts):
    """The result of one rule on the sound project with some facts changed; columns ``without`` are not in the list."""
    table = pd.DataFrame([{**SOUND, **facts}]).drop(columns=list(without))
    portfolio = ev.read_portfolio(table)
    settings = ev.Settings().with_values({f"policy.{key}": True for key in on}).policy
    results = find_rules(portfolio, portfolio.frame.index, settings=settings).of(portfolio.frame.index[0])
    return next((found for found in results if found.key == rule), None)


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("dividend_only", {}, "pass"),
        ("dividend_only", {"link_mechanisms": "分红"}, "fail"),
        ("dividend_only", {"link_mechanisms": "分红;务工"}, "pass"),
        ("dividend_only", {"link_mechanisms": "分红", "training_days": 5.0}, "pass"),
        ("dividend_only", {"link_mechanisms": "分红", "fund_source": "衔接资金，农户自筹"}, "pass"),
        ("dividend_only", {"link_mechanisms": None}, "cannot_tell"),
        ("no_link", {}, "pass"),
        ("no_link", {"link_mechanisms": None}, "fail"),
        ("no_link", {"link_mechanisms": None, "nature": None}, "cannot_tell"),
        ("no_link", {"nature": None, "link_mechanisms": "务工"}, "pass"),
        ("no_performance_target", {}, "pass"),
        ("no_performance_target", {"performance_target": None}, "fail"),
        ("no_operator_or_plan", {}, "pass"),
        ("no_operator_or_plan", {"plan": "否"}, "fail"),
        ("no_operator_or_plan", {"plan": "否", "nature": None}, "cannot_tell"),
        ("same_year", {}, "pass"),
        ("same_year", {"first_income": "2026-11"}, "fail"),
        ("same_year", {"first_income": None}, "cannot_tell"),
        ("same_year", {"end": None}, "pass"),
        ("short_horizon", {}, "pass"),
        ("short_horizon", {"benefit_years": 2.9}, "fail"),
        ("short_horizon", {"benefit_years": 3.0}, "pass"),
        ("short_horizon", {"benefit_years": np.nan}, "cannot_tell"),
        ("promised_income_outlives_asset", {"promised_asset_income_share": 0.05}, "fail"),
        ("promised_income_outlives_asset", {"promised_asset_income_share": 0.1}, "pass"),
        (
            "promised_income_outlives_asset",
            {"promised_asset_income_share": 0.05, "asset_life_years": np.nan},
            "cannot_tell",
        ),
        ("negative_list", {}, "pass"),
        ("negative_list", {"content": "新建办公楼一栋，购置车辆2台"}, "fail"),
        ("negative_list", {"content": "新建基地；资金不得用于偿还债务和发放奖金"}, "pass"),
        ("negative_list", {"content": None}, "cannot_tell"),
        ("low_end", {}, "pass"),
        ("low_end", HENS, "fail"),
        ("low_end", {**HENS, "content": "发放鸡苗，统一屠宰加工"}, "pass"),
        ("low_end", {**HENS, "operator": "云岭养鸡专业合作社"}, "pass"),
        ("low_end", {**HENS, "link_mechanisms": "自主发展;订单"}, "pass"),
        ("low_end", {**HENS, "investment_yuan": 3e6}, "pass"),
        ("low_end", {**HENS, "households": np.nan}, "cannot_tell"),
        ("notice_incomplete", {"status": "approved", "place_name": "昭觉县"}, "pass"),
        ("notice_incomplete", {"status": "approved", "place_name": "昭觉县", "standard": None}, "fail"),
    ],
)
def test_each_rule(rule, facts, expected):
    assert result_of(rule, **facts).result == expected


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("no_link", {"nature": "continuing"}),
        ("no_operator_or_plan", {"nature": "continuing"}),
        ("no_operator_or_plan", {"nature": None, "status": "running"}),
        ("promised_income_outlives_asset", {}),
        ("notice_incomplete", {}),
        ("fewer_links_than", {}),
    ],
)
def test_rules_that_do_not_apply_or_are_off_say_nothing(rule, facts):
    assert result_of(rule, **facts) is None


def two_rows(**facts):
    return ev.read_portfolio(pd.DataFrame([SOUND, {**SOUND, "name": "石坝村花椒基地", **facts}]))


def test_an_empty_cell_in_a_column_the_list_has_fails_and_a_list_without_the_column_cannot_be_told():
    portfolio = two_rows(link_mechanisms=None, performance_target=None)
    results = find_rules(portfolio, portfolio.frame.index, settings=ev.Settings().policy)
    second = {found.key: found.result for found in results.of(portfolio.frame.index[1])}
    assert second["no_link"] == "fail"
    assert second["no_performance_target"] == "fail"
    assert second["no_operator_or_plan"] == "fail"
    assert second["dividend_only"] == "cannot_tell"
    for rule, column in (("no_link", "link_mechanisms"), ("no_performance_target", "performance_target")):
        found = result_of(rule, without=(column,))
        assert found.result == "cannot_tell"
        assert found.missing == (column,)


def test_fewer_links_is_off_until_a_county_wants_it():
    assert result_of("fewer_links_than", link_mechanisms="务工", on=("fewer_links_than",)).result == "fail"
    assert result_of("fewer_links_than", on=("fewer_links_than",)).result == "pass"


def test_barred_words_are_quoted():
    assert result_of("negative_list", content="新建办公楼一栋，购置车辆2台").value == ("办公楼", "购置车辆")


def test_a_promise_of_five_percent_is_a_twenty_year_payback():
    """The reading of the published promises: 5 % a year against farm machines of 8 to 12 years."""
    for life, expected in ((12.0, "fail"), (20.0, "pass"), (19.9, "fail")):
        found = result_of("promised_income_outlives_asset", promised_asset_income_share=0.05, asset_life_years=life)
        assert found.result == expected
        assert found.threshold == pytest.approx(1 / life)
