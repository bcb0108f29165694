"""Cells keep what they say, letter for letter, and lose only what cannot be seen."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.intake.cells import TEXT_TOO_LONG, Tidier, address, clean_text, column_letters


@pytest.mark.parametrize(
    ("raw", "shown", "removed"),
    [
        ("云岭花椒厂", "云岭花椒厂", False),
        ("加\u2f2f\u2f1a", "加\u2f2f\u2f1a", False),  # Kangxi radicals stay: the look-alike is for a later stage to say
        ("a\x1b[31mb\x07", "ab", True),
        ("a\u202eb\u200b", "ab", True),
        ("第一行\r\n第二行", "第一行\n第二行", False),
        ("上\u2028下", "上 下", True),
        ("e\u0301", "\u00e9", False),
        ("\u3000 \n", None, False),
        ("<script>x</script>=1+1", "<script>x</script>=1+1", False),
    ],
)
def test_clean_text(raw: str, shown: str | None, removed: bool):
    assert clean_text(raw) == (shown, removed)


@settings(max_examples=20)
@given(st.text())
def test_cleaning_twice_changes_nothing_more(raw: str):
    once, _ = clean_text(raw)
    assert once is None or clean_text(once) == (once, False)


@settings(max_examples=20)
@given(st.integers(0, 16_383))
def test_column_letters_count_like_a_spreadsheet(column: int):
    number = 0
    for letter in column_letters(column):
        number = number * 26 + ord(letter) - 64
    assert number == column + 1


def test_addresses():
    assert [address(1, 5), address(0, 26), address(1_048_575, 16_383)] == ["F2", "AA1", "XFD1048576"]


def test_values_become_plain():
    tidier = Tidier(10)
    day = datetime.date(2024, 3, 1)
    grid: list[list[object]] = [[210.0, 210.5, 7, True, day, datetime.timedelta(hours=36), "", "x" * 11, "a\x07"]]
    ((whole, part, count, flag, start, span, blank, long, bell),) = tidier.rows(grid)
    assert (whole, type(whole), part, count, flag) == (210, int, 210.5, 7, True)
    assert (start, span, blank, long, bell) == (datetime.datetime(2024, 3, 1), 1.5, None, TEXT_TOO_LONG, "a")
    assert tidier.too_long == [(0, 7, 11)]
    assert tidier.cleaned == [(0, 8)]
