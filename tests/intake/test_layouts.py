"""Tables are lifted out of their titles, totals, groups and footers."""

from evaluator.intake.cells import Sheet
from evaluator.intake.layouts import read_listings
from tests.intake.published import MERGES, grid


def listing_of(*rows, merges=(), percents=frozenset()):
    width = max(map(len, rows))
    cells = tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)
    (listing,) = read_listings(Sheet("表", cells, merges=merges, percents=percents))
    return listing


HEAD = ["序号", "项目名称", "建设内容", "金额(万元)"]


def test_totals_first_between_and_last():
    listing = listing_of(
        HEAD,
        [None, "合计", None, 60],
        [1, "茶", "a", 10],
        [2, "果", "b", 20],
        ["小计", None, None, 30],
        [3, "桑", "c", 30],
    )
    assert listing.cells[1].tolist() == ["茶", "果", "桑"]
    assert [(t.level, t.first, t.last) for t in listing.totals] == [("total", 0, 3), ("subtotal", 0, 2)]


def test_a_group_s_sum_is_a_subtotal_and_names_its_rows():
    listing = listing_of(
        HEAD,
        ["一", "产业类", None, 30],
        [1, "茶", "a", 10],
        [2, "果", "b", 20],
        ["二", "道路类", None, 5],
        [3, "路", "c", 5],
    )
    assert listing.sections == ("产业类", "产业类", "道路类")
    assert [(t.level, t.first, t.last) for t in listing.totals] == [("subtotal", 0, 2), ("subtotal", 2, 3)]


def test_lone_texts_open_groups_and_footers_close():
    listing = listing_of(HEAD, ["一、产业类"], [1, "茶", "a", 10], ["注：金额为暂定"], ["填表人：某"])
    assert listing.sections == ("产业类",)
    assert len(listing.rows) == 1
    assert "注：金额为暂定" in listing.title


def test_a_header_repeated_on_the_next_page_is_no_project():
    listing = listing_of(HEAD, [1, "茶", "a", 10], HEAD, [2, "果", "b", 20])
    assert listing.rows.tolist() == [2, 4]


def test_percent_cells_follow_their_rows():
    listing = listing_of(["项目名称", "订单比例"], ["合计", None], ["茶", 0.8], percents=frozenset({(2, 1)}))
    assert listing.percents == {(0, 1)}


def test_blank_headings_get_letters_and_rows_their_numbers():
    sheet = Sheet("s", tuple(tuple(cell or None for cell in row) for row in grid(MERGES["blank names"][0])))
    (listing,) = read_listings(sheet)
    assert listing.headings[3] == "D"
    assert listing.rows.tolist() == [3, 4, 5]
    assert listing.issues[0].code == "W_ROWS_SKIPPED"


def test_a_sheet_without_a_list_gives_none():
    assert read_listings(Sheet("s", (("说明", None), ("本表由各县填报", None)))) == ()


def test_two_tables_one_under_the_other():
    rows = (
        ["一批资金表", None, None],
        ["序号", "项目名称", "金额(万元)"],
        [1, "茶园", 10],
        ["合计", None, 10],
        ["二批资金表", None, None],
        ["序号", "建设地点", "项目名称", "资金(元)"],
        [1, "甲镇", "果园", 200_000],
    )
    width = 4
    cells = tuple(tuple(row) + (None,) * (width - len(row)) for row in rows)
    first, second = read_listings(Sheet("表", cells))
    assert (first.rows.tolist(), second.rows.tolist()) == ([3], [7])
    assert second.headings == ("序号", "建设地点", "项目名称", "资金(元)")
    assert second.title == ("二批资金表",)


def test_a_remark_below_the_list_is_no_project():
    listing = listing_of(HEAD, [1, "茶", "a", 10], ["公示期7天。监督电话另附"])
    assert len(listing.rows) == 1
