"""Shares of a list by industry, horizon and township."""

import pandas as pd
import pytest

from evaluator.balance import HORIZONS, measure_balance
from evaluator.intake.read import read_portfolio

TABLE = pd.DataFrame(
    {
        "name": ["洋芋基地", "核桃基地", "村道硬化", "护工培训"],
        "kind": ["industry", "industry", "other", "employment"],
        "product": ["potato", "walnut", None, None],
        "township": ["甲镇", "乙镇", "甲镇", None],
        "investment_yuan": [100_000.0, 300_000.0, 600_000.0, None],
        "benefit_years": [1, 8, None, 3],
    }
)


def balance():
    portfolio = read_portfolio(TABLE)
    level = pd.Series(["flag", "none", "none"], index=portfolio.frame.index[[0, 1, 3]])
    return measure_balance(portfolio, groups={"potato": "tuber", "walnut": "nut"}, level=level)


def test_money_projects_and_flags_by_group():
    industry = balance().by_industry
    assert industry.loc["other", ["projects", "amount", "share"]].tolist() == [1, 600_000, 0.6]
    assert industry.loc["tuber", ["projects", "amount", "share", "flagged"]].tolist() == [1, 100_000, 0.1, 1]
    assert industry.loc["employment", "amount"] == 0
    assert industry["share"].sum() == pytest.approx(1)
    assert balance().without_amount == 1


def test_horizons_stand_in_order_and_count_scored_projects_only():
    horizon = balance().by_horizon
    assert list(horizon.index) == list(HORIZONS)
    assert horizon["projects"].tolist() == [1, 1, 0, 1, 0]


def test_townships_and_kinds():
    assert balance().by_township.loc["甲镇", "amount"] == 700_000
    assert balance().by_kind["projects"].to_dict() == {"industry": 2, "other": 1, "employment": 1}


def test_without_any_amount_shares_are_of_projects():
    portfolio = read_portfolio(TABLE.drop(columns="investment_yuan"))
    shares = measure_balance(portfolio, groups={}, level=pd.Series(dtype=object)).by_kind["share"]
    assert shares["industry"] == 0.5
