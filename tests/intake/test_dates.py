"""Dates and periods in the styles of published lists."""

import datetime as dt

import pytest

from evaluator.intake.dates import read_date, read_period


def month(year, number):
    return dt.datetime(year, number, 1)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024年3月1日", month(2024, 3)),
        ("2024/4/15", month(2024, 4)),
        ("20240520", month(2024, 5)),
        ("2024.6", month(2024, 6)),
        (45397, month(2024, 4)),
        (2024.6, month(2024, 6)),
        ("15/04/2024", month(2024, 4)),
        ("June 2024", month(2024, 6)),
        ("2024年底", month(2024, 12)),
        ("2024年第二季度", month(2024, 4)),
    ],
)
def test_dates_are_read_and_said(cell, value):
    assert read_date(cell) == (value, "W_DATE_NORMALISED")


def test_plain_dates_are_not_remarked_on():
    assert read_date("2024-03-01") == (month(2024, 3), "")
    assert read_date(dt.datetime(2024, 3, 9)) == (month(2024, 3), "")


def test_day_and_month_in_doubt():
    assert read_date("03/04/2024").code == "E_DATE_AMBIGUOUS"
    assert read_date("04/04/2024").value == month(2024, 4)


def test_a_year_alone_is_its_first_or_last_month():
    assert read_date("2024年").value == month(2024, 1)
    assert read_date("2024年", is_end=True).value == month(2024, 12)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3月", "E_DATE"),
        ("2024-02-30", "E_DATE"),
        ("2024年13月1日", "E_DATE"),
        ("2024/2/31", "E_DATE"),
        ("尽快", "W_VALUE_UNREAD"),
        ("待定", ""),
    ],
)
def test_what_is_no_date(cell, code):
    assert read_date(cell) == (None, code)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2024年6月到12月", (2024, 6), (2024, 12)),
        ("2023年1月至2023年12月", (2023, 1), (2023, 12)),
        ("2024/06-2024/12", (2024, 6), (2024, 12)),
        ("2024.06-2025.03", (2024, 6), (2025, 3)),
        ("2024.3.1-2024.12.31", (2024, 3), (2024, 12)),
        ("2024年", (2024, 1), (2024, 12)),
        ("2024年1-12月", (2024, 1), (2024, 12)),
        ("January 2024 to December 2024", (2024, 1), (2024, 12)),
        ("202401-202412", (2024, 1), (2024, 12)),
    ],
)
def test_periods(cell, start, end):
    period = read_period(cell)
    assert (period.start, period.end) == (month(*start), month(*end))


def test_a_length_is_no_pair_of_dates():
    assert read_period("12个月").months == 12
    assert read_period("6", unit="月").months == 6
    assert read_period("2024年6月底前") == (None, month(2024, 6), None, "")
