"""Cells that people typed into a panel, one by one."""

import pytest

from evaluator.intake.panel_text import NO_START, read_typed, reader_of


@pytest.mark.parametrize(
    ("key", "cell", "value", "right"),
    [
        ("year", "2019年", 2019, True),
        ("year", "去年", None, False),
        ("first_year", "从未参加", 0, True),
        ("first_year", None, 0, True),
        ("first_year", float("inf"), 0, True),
        ("first_year", "2018年", 2018, True),
        ("first_year", "待查清", NO_START, False),
        ("outcome", "1.2万元", 12_000, True),
        ("outcome", "9,500", 9500, True),
        ("outcome", "-", None, True),
        ("outcome", "不少", None, False),
        ("below_line", "是", 1, True),
        ("below_line", "也许", None, False),
        ("trait_short_flat_fast", "否", 0, True),
        ("trait_short_flat_fast", 0.4, 0.4, True),
        ("trait_kind", "产业", "industry", True),
        ("trait_labour_state", "半工半农", "half-and-half", True),
        ("trait_labour_state", "other", "other", True),
        ("size", "large", None, False),
    ],
)
def test_a_cell_is_read(key, cell, value, right):
    assert reader_of(key)(cell) == (value, right)


def test_the_heading_of_incomes_gives_the_unit_of_bare_numbers():
    read = reader_of("outcome", factor=10_000)
    assert read("1.2") == (12_000, True)
    assert read("9500元") == (9500, True)


def test_faulty_cells_are_counted_with_row_and_examples_and_without_telephone_numbers():
    values, unread = read_typed(["5", "x", "y", "x", "致电13812345678"], reader_of("outcome"), rows=(2, 3, 4, 5, 6))
    assert values == [5, None, None, None, None]
    assert (unread.count, unread.rows, unread.row) == (4, 5, 3)
    assert unread.examples[:2] == ("x", "y")
    assert "138" not in unread.examples[2]
