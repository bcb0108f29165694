"""Months of harvest from what forms say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.criteria.seasons import YEAR, harvests_apart, read_months


def months(*named):
    return sum(1 << (month - 1) for month in named)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8-10", months(8, 9, 10)),
        ("8月-10月", months(8, 9, 10)),
        ("８－１０月", months(8, 9, 10)),
        ("11月至次年2月", months(11, 12, 1, 2)),
        ("11-2", months(11, 12, 1, 2)),
        ("6、9月", months(6, 9)),
        ("3-4, 8", months(3, 4, 8)),
        ("5 to 6", months(5, 6)),
        ("全年", YEAR),
        ("2025", 0),
        ("13-14", 0),
        ("秋季", 0),
        (None, 0),
        (8.0, 0),
    ],
)
def test_months_are_read(text, expected):
    assert read_months(text) == expected


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_span_holds_its_ends_and_runs_forward(first, last):
    found = read_months(f"{first}-{last}")
    assert found & months(first)
    assert found & months(last)
    assert found.bit_count() == (last - first) % 12 + 1


def test_harvests_are_apart_only_when_both_are_known():
    assert harvests_apart(months(3), months(4))
    assert not harvests_apart(months(3, 4), months(4))
    assert not harvests_apart(months(3), 0)
