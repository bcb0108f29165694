"""Township × category tables, whole or without their blanks."""

import pytest

from evaluator.intake.cells import Sheet
from evaluator.intake.layouts import read_listings
from evaluator.intake.matrix import find_matrix, solve_places


def amounts(*rows):
    width = max(map(len, rows))
    (listing,) = read_listings(Sheet("s", tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)))
    return listing, dict(zip(listing.cells[1], listing.cells[3], strict=True))


HEAD = ["乡镇", "种植", "养殖", "合计"]


def test_a_whole_matrix_is_one_row_an_amount():
    listing, found = amounts(HEAD, ["东镇", 10, None, 10], ["西镇", 5, 7, 12], ["合计", 15, 7, 22])
    assert found == {"东镇种植": 10, "西镇种植": 5, "西镇养殖": 7}
    assert (listing.layout, listing.issues) == ("matrix", ())


def test_lost_blanks_are_put_back_when_only_one_way_fits():
    listing, found = amounts(HEAD, ["东镇", 10, 10], ["南镇", 7, 7], ["西镇", 5, 3, 8], ["合计", 15, 10, 25])
    assert found == {"东镇种植": 10, "南镇养殖": 7, "西镇种植": 5, "西镇养殖": 3}
    assert [issue.code for issue in listing.issues] == ["W_MATRIX_PLACED"]


def test_when_several_ways_fit_each_place_keeps_its_total():
    listing, found = amounts(HEAD, ["东镇", 10, 10], ["南镇", 10, 10], ["合计", 10, 10, 20])
    assert list(found.values()) == [10, 10]
    assert [issue.code for issue in listing.issues] == ["W_MATRIX_UNPLACED"]


def test_solving_is_exact():
    assert solve_places([[1.0], [2.0, 3.0]], [3.0, 3.0]) == [(0,), (0, 1)]
    assert solve_places([[1.0], [1.0]], [1.0, 1.0]) is None
    assert solve_places([[1.0]], [2.0]) is None


@pytest.mark.parametrize(
    "headings", [("项目名称", "乡镇", "金额"), ("乡镇", "项目名称", "建设内容", "金额"), ("乡镇", "合计")]
)
def test_lists_are_no_matrices(headings):
    assert find_matrix(headings) is None
