"""Tables as text: columns aligned with wide characters, one line a cell."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.report.layout import lay_out, measure_width, shorten


def test_chinese_characters_take_two_cells():
    assert measure_width("花椒ab") == 6
    assert measure_width("e\u0301") == 1


def test_columns_align_with_wide_characters():
    lines = lay_out(pd.DataFrame({"项目": ["花椒", "a"], "分": ["5", "10"]})).split("\n")
    assert [measure_width(line) for line in lines] == [8, 8, 8]
    assert lines[1].endswith(" 5")


@settings(max_examples=20)
@given(st.text(max_size=80), st.integers(3, 40))
def test_a_cell_is_one_printable_line_of_its_width(text, cells):
    short = shorten(text, cells)
    assert measure_width(short) <= cells
    assert "\n" not in short
    assert all(c.isprintable() for c in short)
