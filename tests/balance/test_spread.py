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


def test_the_mosaic_adds_up_to_the_scored_funds():
    mosaic = balance().mosaic
    assert mosaic["amount"].sum() == 400_000
    cell = mosaic.set_index(["industry", "horizon"]).loc[("tuber", "up_to_1")]
    assert (cell["flagged"], cell["flagged_share"]) == (1, 1.0)


def test_each_dimension_has_its_concentration():
    found = balance().concentration
    assert found.loc["product", "largest"] == "walnut"
    assert found.loc["product", "hhi"] == pytest.approx(0.0625 + 0.5625)
    assert found.loc["township", "groups"] == 2


PUBLISHED = {
    "one county's plan of 2022": {
        "产业发展": (7939.58, 68.4), "乡村建设行动": (2468.16, 21.3), "金融类": (120, 1.0), "就业类": (480, 4.1),
        "教育类": (183.55, 1.6), "其它": (421, 3.6),
    },
    "the same county's plan of 2024": {
        "产业类": (8094.68, 68.4), "乡村建设行动": (2323.94, 19.64), "就业类": (915.66, 7.74), "教育类": (163.25, 1.38),
        "其它": (336, 2.84),
    },
}  # fmt: skip
"""Amounts in 10,000 yuan and percent recomputed from them; the 2022 page itself prints 4.2 and 1.5 for the two of
480 and 183.55, which its own amounts do not bear out."""


@pytest.mark.parametrize("plan", PUBLISHED)
def test_published_compositions_come_out_from_their_amounts(plan):
    rows = PUBLISHED[plan]
    table = pd.DataFrame(
        {"项目名称": list(rows), "项目类别": list(rows), "总投资(万元)": [a for a, _ in rows.values()]}
    )
    found = measure_balance(read_portfolio(table), groups={}, level=pd.Series(dtype=object)).by_type
    for name, (amount, percent) in rows.items():
        assert found.loc[name, "amount"] == pytest.approx(1e4 * amount)
        decimals = len(str(percent).split(".")[1])
        assert round(100 * found.loc[name, "share"], decimals) == percent


SECTIONS = {
    "a district's list of 2026": [17177.1233, 2212, 6567.654],
    "a city's library of 2025": [5311, 55, 483.6, 2353.78, 125],
    "a county's funds of 2021": [8041, 2600, 600, 150, 200, 110, 6875],
}


@pytest.mark.parametrize(("plan", "printed"), [("a district's list of 2026", 66.2), ("a city's library of 2025", 63.8), ("a county's funds of 2021", 43.3)])  # fmt: skip # noqa: E501
def test_the_share_for_industry_of_published_amounts(plan, printed):
    amounts = SECTIONS[plan]
    kinds = ["industry", *["other"] * (len(amounts) - 1)]
    table = pd.DataFrame({"name": [f"类{at}" for at in range(len(amounts))], "kind": kinds, "总投资(万元)": amounts})
    found = measure_balance(read_portfolio(table), groups={}, level=pd.Series(dtype=object))
    assert round(100 * found.measures["industry_share"], 1) == printed


def test_the_fee_that_a_publication_prints_as_one_percent():
    """A district's provincial funds of 2024: the heading of the last amount says "1 %"."""
    amounts = {
        "巩固脱贫攻坚成果": 1843.72, "产业发展": 2705.39, "数字乡村建设": 20, "乡村建设行动": 844.8, "乡村治理": 40,
        "项目管理费": 55.09,
    }  # fmt: skip
    table = pd.DataFrame({"项目名称": list(amounts), "总投资(万元)": list(amounts.values())})
    found = measure_balance(read_portfolio(table), groups={}, level=pd.Series(dtype=object))
    assert found.measures["fee_share"] == pytest.approx(0.01, abs=1e-12)
