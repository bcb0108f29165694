"""Amounts with their units, wherever the unit stands."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.intake.money import find_unit, find_unit_line, read_money


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("20万元", 200_000),
        ("10(其中,灾情因素6万元)", 100_000),
        ("73.5", 735_000),
        ("1.5亿元", 150_000_000),
        ("衔接资金575.038908万元。", 5_750_389.08),
        ("总投资120万元,其中财政资金100万元,自筹20万元", 1_200_000),
        ("50万元，中央衔接资金", 500_000),
        ("(60)", -600_000),
        ("-20万元", -200_000),
        ("3000元", 3000),
    ],
)
def test_amounts_in_a_column_of_10k_yuan(cell, yuan):
    assert read_money(cell, factor=1e4).value == pytest.approx(yuan)


def test_fund_shares_without_a_whole_are_summed_and_said():
    money = read_money("中央资金50万元,省级资金30万元", factor=1e4)
    assert (money.value, money.code) == (800_000, "W_AMOUNT_SUMMED")


def test_the_public_part_of_a_sentence_is_kept():
    assert read_money("总投资120万元,其中财政资金100万元,自筹20万元").subsidy == 1_000_000


@pytest.mark.parametrize("cell", ["P3,431,397.20", "₱3,431,397.20", "Php 3,431,397.20", "PHP3431397.2"])
def test_pesos(cell):
    money = read_money(cell)
    assert (money.value, money.currency) == (pytest.approx(3_431_397.2), "PHP")


def test_a_price_a_mu_is_no_amount():
    assert math.isnan(read_money("每亩补助800元/亩").value)


def test_a_range_of_money():
    money = read_money("5-8万元", factor=1e4)
    assert (money.low, money.value, money.high) == (50_000, 65_000, 80_000)


def test_units_are_found_in_brackets_and_lines():
    assert find_unit("万元").factor == 1e4
    assert find_unit("Php").currency == "PHP"
    assert find_unit("亩") is None
    assert find_unit_line("填报单位：乡村振兴局 单位：万元").factor == 1e4
    assert find_unit_line("二〇三〇年") is None


@given(st.integers(1, 10**7))
@settings(max_examples=20)
def test_yuan_or_10k_yuan_changes_nothing(yuan):
    assert read_money(f"{yuan}元", factor=1e4).value == pytest.approx(read_money(f"{yuan / 1e4:.4f}万元").value)
