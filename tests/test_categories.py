"""Four categories by the working definitions of one county, and "cannot be told" where they or the facts are silent."""

from datetime import date
from itertools import product

import pandas as pd
import pytest

import evaluator as ev
from evaluator.categories import BASE_RATES, CATEGORIES, ELEMENTS, sort_project

AS_OF = date(2026, 1, 1)
GOOD = {
    "name": "云岭村花椒基地", "kind": "industry", "product": "sichuan_pepper", "place_code": "513431",
    "status": "running",
    "start": "2021-03", "first_income": "2022-03", "asset_life_years": 15.0, "investment_yuan": 1e6,
    "yearly_benefit_yuan": 300_000.0, "link_mechanisms": "务工;订单", "signed_offtake_share": 0.9,
    "offtake_grade": "deposit", "outcome_3y": "是", "outcome_income_kept": "是",
}  # fmt: skip
PRICES = pd.DataFrame(
    {"product": "sichuan_pepper", "year": range(2014, 2026), "price_yuan": [100 * 1.06**i for i in range(12)],
     "volume": [50 + i % 3 for i in range(12)]}
)  # fmt: skip
MARKET = pd.DataFrame(
    [{"market_id": "M", "name": "市场", "lon": 102.84, "lat": 28.01, "product": "sichuan_pepper", "unit": "t"}]
)


def propose(demand=10_000.0, **facts):
    project = {**GOOD, "output_per_year": 100.0, "output_unit": "t", "lon": 102.84, "lat": 28.0, **facts}
    markets = ev.read_markets(MARKET.assign(yearly_demand=demand, supplied_elsewhere=500.0))
    prices = ev.read_prices(PRICES if demand > 1000 else PRICES.assign(price_yuan=PRICES["price_yuan"][::-1].tolist()))
    register = ev.read_portfolio(pd.DataFrame([project]))
    return ev.propose_categories(register, markets=markets, prices=prices, as_of=AS_OF).proposals[0]


LOW = {"demand": 10.0, "signed_offtake_share": 0.0, "offtake_grade": None}


@pytest.mark.parametrize(
    ("facts", "category", "decided"),
    [
        ({}, "consolidate", ELEMENTS),
        (LOW, "consolidate", ELEMENTS),
        ({"yearly_benefit_yuan": 40_000.0}, "upgrade", ("economics", "market")),
        ({"outcome_income_kept": "否"}, "upgrade", ("economics", "market")),
        ({"link_mechanisms": "分红"}, "upgrade", ("links", "market")),
        ({"start": "2005-03", "first_income": "2006-03"}, "upgrade", ("assets", "market")),
        ({"status": "idle"}, "revive", ("running", "market")),
        ({"outcome_3y": "否"}, "revive", ("running", "market")),
        ({"status": "ended", **LOW}, "adjust", ("running", "market")),
        ({"link_mechanisms": "分红", **LOW}, "cannot_tell", ("links",)),
        ({"asset_life_years": None}, "cannot_tell", ("assets",)),
        ({"link_mechanisms": None}, "cannot_tell", ("links",)),
    ],
)
def test_the_working_definitions_of_pingjiang_2024(facts, category, decided):
    found = propose(**facts)
    assert (found.category, found.decided_by) == (category, decided), found


def test_without_any_market_evidence_an_idle_project_cannot_be_told():
    bare = {key: GOOD[key] for key in ("name", "kind", "place_code")} | {"status": "idle"}
    found = ev.propose_categories(ev.read_portfolio(pd.DataFrame([bare])), as_of=AS_OF).proposals[0]
    assert (found.category, found.reason, found.decided_by) == ("cannot_tell", "missing", ("market",))


def test_every_combination_has_one_category_and_only_missing_facts_or_the_gap_leave_it_open():
    for states in product(("good", "weak", "unknown"), repeat=4):
        for market in ("middling", "low", "unknown"):
            elements = dict(zip(ELEMENTS, states, strict=True))
            if elements["running"] == "unknown":
                continue
            category, reason, decided = sort_project(elements, market)
            assert category in CATEGORIES
            assert decided
            if category == "cannot_tell":
                open_facts = market == "unknown" or "unknown" in states
                assert open_facts or (reason == "between" and market == "low")
            if category == "consolidate":
                assert set(states) == {"good"}


def test_a_better_market_never_lowers_a_category():
    rank = {"adjust": 0, "cannot_tell": 1, "revive": 1, "upgrade": 2, "consolidate": 3}
    for states in product(("good", "weak"), repeat=4):
        elements = dict(zip(ELEMENTS, states, strict=True))
        assert rank[sort_project(elements, "middling")[0]] >= rank[sort_project(elements, "low")[0]]


def test_only_existing_industry_and_employment_projects_are_sorted():
    rows = [GOOD, {**GOOD, "name": "拟建项目", "status": "proposed"}, {**GOOD, "name": "村道硬化", "kind": "other"}]
    found = ev.propose_categories(ev.read_portfolio(pd.DataFrame(rows)), as_of=AS_OF)
    assert (len(found.proposals), found.left_out) == (1, 2)
    assert sum(found.counts().values()) == 1


def test_the_reference_shares_are_those_published():
    """Pingjiang 2024: 49.3, 46.0, 3.2 and 1.5 % of 537."""
    shares = [round(100 * count / sum(BASE_RATES.values()), 1) for count in BASE_RATES.values()]
    assert sum(BASE_RATES.values()) == 537
    assert shares == [49.3, 46.0, 3.2, 1.5]


def test_nothing_existing_is_said_and_does_not_crash():
    found = ev.propose_categories(ev.read_portfolio(pd.DataFrame([{**GOOD, "status": "proposed"}])), as_of=AS_OF)
    assert found.proposals == ()
    assert found.left_out == 1
