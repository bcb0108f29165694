"""Policy tests: found, needed, and no verdict where what is missing could turn it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.balance.policies import share_range
from evaluator.domain.settings import BalanceSettings


def held(balance):
    return {test.key: test for test in balance.policies}


def test_found_needed_and_source(balance):
    """4 of 5 million; the course without amount may have up to 3 million: 4/8 to 4/5."""
    industry = held(balance)["industry_share"]
    assert (industry.found, industry.low, industry.high) == pytest.approx((0.8, 0.5, 0.8))
    assert (industry.result, industry.needed, industry.missing) == ("cannot_tell", 0.6, ("D",))
    assert (industry.year, industry.place) == (2023, "全国")
    assert industry.source


def test_a_full_list_passes_or_fails(make_balance, table):
    full = held(make_balance(table.assign(investment_yuan=table["investment_yuan"].fillna(200_000))))
    assert full["industry_share"].result == "pass"
    assert full["fee_share"].result == "fail"
    assert full["linked_share"].result == "fail"
    assert full["linked_share"].found == 0.5
    assert full["long_share"].result == "pass"


def test_no_column_for_links_cannot_be_told(make_balance, table):
    assert held(make_balance(table.drop(columns="link_mechanisms")))["linked_share"].result == "cannot_tell"


def test_another_places_rule_is_not_here(balance, make_balance, table):
    assert held(balance)["industry_share_shaanxi"].result == "not_here"
    shaanxi = held(make_balance(table.assign(place_code="610102"), places=None))
    assert shaanxi["industry_share_shaanxi"].result in ("pass", "cannot_tell")
    assert shaanxi["industry_share_xizang"].result == "not_here"


@pytest.mark.parametrize(("floor", "result"), [(0.5, "pass"), (0.55, "cannot_tell"), (0.85, "fail")])
def test_the_floor_is_a_setting(make_balance, floor, result):
    rules = BalanceSettings(industry_share_least=floor)
    assert held(make_balance(settings=rules))["industry_share"].result == result


def test_a_test_switched_off_is_not_held(make_balance):
    rules = BalanceSettings(fee_share=False, flagged_share=True, product_share=True)
    found = held(make_balance(settings=rules))
    assert "fee_share" not in found
    assert found["flagged_share"].ceiling
    assert found["product_share"].found == pytest.approx(0.75)


def test_nothing_stated_is_no_verdict(make_balance, table):
    unpaid = held(make_balance(table.drop(columns="investment_yuan")))
    assert unpaid["industry_share"].result == "cannot_tell"
    assert np.isnan(unpaid["industry_share"].found)


@given(st.lists(st.tuples(st.floats(0, 100) | st.just(np.nan), st.sampled_from([0.0, 1.0, np.nan])), max_size=9))
def test_the_range_holds_the_point_and_every_filling(rows):
    amount = np.array([a for a, _ in rows], dtype=float)
    member = np.array([m for _, m in rows], dtype=float)
    _, low, high = share_range(amount, member, counted=np.ones(len(rows), dtype=bool))
    if np.isnan(low):
        return
    assert -1e-9 <= low <= high + 1e-9 <= 1 + 2e-9
    for fill, guess in ((0.0, 0.0), (0.0, 1.0), (np.nanmax(amount), 0.0), (np.nanmax(amount), 1.0)):
        full = np.where(np.isnan(amount), fill, amount)
        inside = np.where(np.isnan(member), guess, member) == 1
        assert low - 1e-9 <= full[inside].sum() / full.sum() <= high + 1e-9
