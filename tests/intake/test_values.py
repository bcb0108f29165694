"""Numbers, counts, shares and durations as people write them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.intake.values import (
    fold,
    is_missing,
    read_chinese_number,
    read_count,
    read_months,
    read_number,
    read_share,
    read_years,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,320.5", 1320.5),
        ("1，180", 1180),
        ("１２３", 123),
        ("11.3006万羽", 113006),
        ("100人以上", 100),
        ("约20", 20),
        ("一百二十户", 120),
        ("(60)", -60),
        ("-5", -5),
        (12, 12),
    ],
)
def test_numbers_are_read(cell, value):
    assert read_number(cell).value == pytest.approx(value)


@pytest.mark.parametrize("cell", ["9'500", "1.234.567,8", "1,5", "inf", "12-13-14", "3..4"])
def test_unclear_numbers_are_refused(cell):
    number = read_number(cell)
    assert number.code == "E_NUMBER"
    assert math.isnan(number.value)


@pytest.mark.parametrize("cell", ["-", "无", "待定", "N/A", "／", "—", "暂无", "", None, math.nan, "nan", "　"])
def test_placeholders_are_missing_never_zero(cell):
    assert is_missing(cell)
    assert math.isnan(read_number(cell).value)
    assert read_number(cell).code == ""


def test_a_range_keeps_both_ends():
    number = read_number("3-5")
    assert (number.low, number.value, number.high, number.code) == (3, 4, 5, "W_RANGE_READ")


def test_counts_are_whole():
    assert read_count("210.5").code == "E_NOT_INTEGER"
    assert read_count("50户").value == 50


@pytest.mark.parametrize(
    ("cell", "share", "code"),
    [
        ("85%", 0.85, ""),
        ("85％", 0.85, ""),
        ("0.85", 0.85, ""),
        ("85", 0.85, "W_PERCENT_SUSPECT"),
        ("八成五", 0.85, "W_UNIT_CONVERTED"),
        ("不低于5%", 0.05, ""),
        ("120%", 1.2, ""),
    ],
)
def test_shares(cell, share, code):
    assert read_share(cell).value == pytest.approx(share)
    assert read_share(cell).code == code


def test_a_percent_cell_above_one_is_no_doubt():
    assert read_share(1.2, is_percent=True).code == ""


@pytest.mark.parametrize(("cell", "months"), [("半月", 0.5), ("20年", 240), ("3个月", 3), ("12", 12), ("半年", 6)])
def test_durations_in_months(cell, months):
    assert read_months(cell).value == pytest.approx(months)


def test_durations_in_years():
    assert read_years("18个月").value == pytest.approx(1.5)
    assert read_years(3).value == 3


def test_chinese_numerals():
    assert read_chinese_number("两千零三十") == 2030
    assert read_chinese_number("十万") == 100_000
    assert math.isnan(read_chinese_number("村"))


def test_look_alike_characters_fold_together():
    assert fold("花椒初加⼯⼚") == fold("花椒初加工厂")


@given(st.floats(-1e9, 1e9, allow_nan=False))
@settings(max_examples=20)
def test_separators_change_nothing(number):
    written = f"{number:,.4f}"
    assert read_number(written).value == pytest.approx(round(number, 4), abs=1e-9)
    wide = written.translate(str.maketrans("0123456789,.-", "０１２３４５６７８９，．－"))
    assert read_number(wide).value == read_number(written).value
