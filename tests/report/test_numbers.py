"""Figures as people read them: units, rounding, missing, and the same number in both languages."""

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.report import numbers as say

NAN = math.nan


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [
        (0, "0 yuan", "0元"),
        (800, "800 yuan", "800元"),
        (600_000, "600,000 yuan", "60万元"),
        (613_500, "613,500 yuan", "61.35万元"),
        (1_250_000, "1.25 million yuan", "125万元"),
        (260_000_000, "260 million yuan", "2.6亿元"),
        (-50_000, "−50,000 yuan", "−5万元"),
        (None, "–", "–"),
        (NAN, "–", "–"),
    ],
)
def test_money(amount, english, chinese):
    assert say.format_money(amount, "en") == english
    assert say.format_money(amount, "zh") == chinese


def test_money_of_another_currency_names_it():
    assert say.format_money(2.5e6, "en", "PHP") == "PHP 2.5 million"
    assert "PHP" in say.format_money(2.5e6, "zh", "PHP")


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.004, "<1 %"), (0.64, "64 %"), (0.999, ">99 %"), (1, "100 %"), (NAN, "–"), (-0.1, "−10 %")],
)
def test_shares_are_whole_percents_and_never_hide_a_trace(share, said):
    assert say.format_share(share, "en") == said


def test_percents_keep_one_decimal_where_there_is_one():
    assert say.format_percent(0.275, "en") == "27.5 %"
    assert say.format_percent(0.30, "zh") == "30%"


@pytest.mark.parametrize(
    ("years", "said"), [(0.8, "0.8 years"), (1, "1 year"), (1.04, "1 year"), (math.inf, "never"), (NAN, "–")]
)
def test_years(years, said):
    assert say.format_years(years, "en") == said


def test_interval_is_dropped_when_it_has_no_width():
    assert say.format_interval(54.2, 41.3, 66.1) == "54 (41–66)"
    assert say.format_interval(54.2, 41.3, 66.1, "zh") == "54（41–66）"
    assert say.format_interval(54.2, 54.2, 54.2) == "54"
    assert say.format_interval(NAN, 1, 2) == "–"


def test_no_point_rank_without_enough_facts():
    assert say.format_rank(3, 2, 5, True) == "3 (2–5)"
    assert say.format_rank(3, 2, 5, False) == "2–5"
    assert say.format_rank(1, 1, 1, True) == "1"


def test_days_and_months():
    assert say.format_date(date(2026, 12, 31), "en") == "31 December 2026"
    assert say.format_date(date(2026, 12, 31), "zh") == "2026年12月31日"
    assert say.format_month(date(2026, 3, 1), "zh") == "2026年3月"
    assert say.format_month(None, "en") == "–"


@settings(max_examples=20)
@given(st.floats(allow_nan=True, allow_infinity=True, width=32))
def test_any_number_can_be_said(value):
    for language in ("en", "zh"):
        for text in (
            say.format_number(value, language),
            say.format_years(value, language),
            say.format_money(value, language) if math.isfinite(value) else "x",
            say.format_share(value, language) if math.isfinite(value) else "x",
        ):
            assert text
            assert "nan" not in text


def test_zero_has_no_sign():
    assert say.format_number(-0.001, "en") == "0"
    assert say.format_number(-0.2, "en", decimals=0) == "0"
