"""Merged texts are carried down, money never."""

import pandas as pd

from evaluator.intake.carry import carry_down, looks_like_village

HEADINGS = ("乡镇", "村", "项目名称", "金额")


def frame():
    return pd.DataFrame([["甲镇", "东村", "茶园", 20], [None, "西村", None, None]], columns=range(4), dtype=object)


def test_merged_cells_are_carried_and_amounts_bundled():
    spans = {(row, column): (5, column, 6, column) for row in (5, 6) for column in (0, 2, 3)}
    cells, filled, bundled = carry_down(frame(), [5, 6], spans, HEADINGS)
    assert cells.iloc[1].tolist()[:3] == ["甲镇", "西村", "茶园"]
    assert pd.isna(cells.iat[1, 3])
    assert (filled, bundled) == (frozenset(), {(0, 3): 2})


def test_blanks_of_a_file_without_merges_are_carried_and_said():
    cells, filled, _ = carry_down(frame(), [1, 2], {}, HEADINGS)
    assert cells.iloc[1].tolist()[:3] == ["甲镇", "西村", "茶园"]
    assert filled == {(1, 0), (1, 2)}
    assert pd.isna(cells.iat[1, 3])


def test_what_can_be_a_village():
    assert looks_like_village("石湾村")
    assert looks_like_village("五沙六沙片")
    assert not looks_like_village("小额信贷贴息")
