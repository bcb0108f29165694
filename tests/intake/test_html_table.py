"""Tables of web pages saved as .xls."""

import pytest

from evaluator.domain.errors import TableError
from evaluator.intake.guard import Limits
from evaluator.intake.html_table import read_tables


def read(page: str, encoding: str = "utf-8"):
    return read_tables(page.encode(encoding), limits=Limits())


def test_charset_spans_and_entities():
    page = (
        "<html><head><style>td{x}</style></head><meta charset=gb2312><!-- <td>no -->"
        "<table><tr><th rowspan=2>项目</th><th colspan='2'>资金</th></tr>"
        "<tr><td>中央</td><td>县</td></tr><tr><td>花椒&lt;厂&gt;<br>二期<td>1<td>2</tr></table>"
    )
    (table,) = read(page, "gb18030")
    assert table.grid() == [["项目", "资金", None], [None, "中央", "县"], ["花椒<厂>\n二期", "1", "2"]]
    assert table.merges == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_a_table_inside_a_layout_table_is_read_alone():
    (table,) = read("<table><tr><td><table><tr><td>项目<td>资金</table></td></tr></table>")
    assert table.grid() == [["项目", "资金"]]


def test_rowspan_beyond_the_table_is_cut():
    (table,) = read("<table><tr><td rowspan=99999>a<td>b<tr><td>c</table>")
    assert table.grid() == [["a", "b"], [None, "c"]]
    assert table.merges == [(0, 0, 1, 0)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body>no table</body></html>", "E_TYPE_HTML"),
        ("<table>" * 3000, "E_TYPE_HTML"),
        ("<table><tr><td colspan=100000>x</table>", "E_TOO_MANY_COLUMNS"),
        ("<table>" + "<tr><td>x" * 100_001, "E_TOO_MANY_ROWS"),
    ],
)
def test_pages_without_an_ordinary_table_are_refused(page: str, code: str):
    with pytest.raises(TableError) as caught:
        read(page)
    assert caught.value.issues[0].code == code


@pytest.mark.parametrize("unfinished", ["<", "<a ", "<!--", "<script>", "</a ", "<?", '<td a="', "&"])
def test_unfinished_markup_is_read_in_one_pass(unfinished: str):
    (table,) = read("<table><tr><td>项目" + unfinished * 100_000)
    assert table.cells[0, 0].startswith("项目")
