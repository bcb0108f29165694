"""Pages of heading–value pairs, with one project or several."""

from evaluator.intake.cells import Sheet
from evaluator.intake.keyvalue import pairs_of, read_key_values
from tests.intake.published import MERGES, SUBTOTALS, grid


def page(*rows):
    width = max(map(len, rows))
    return Sheet("页", tuple(tuple(row) + (None,) * (width - len(row)) for row in rows))


def test_several_projects_on_one_page():
    sheet = page(*([cell or None for cell in row] for row in grid(MERGES["key values"][0])))
    listing = read_key_values(sheet)
    assert listing.layout == "key-value"
    assert listing.rows.tolist() == [2, 11]
    assert listing.cells[0].tolist() == ["农产品种植产业园项目", "小型水利桥梁建设项目"]


def test_numbered_keys_and_values_in_one_cell():
    rows = [
        "1、项目名称：羊场",
        "2、项目实施地点：石桥镇",
        "3、项目建设内容：羊舍",
        "1、项目名称：果园",
        "2、项目实施地点：东河镇",
    ]
    listing = read_key_values(page(*([row] for row in rows)))
    assert listing.headings == ("1、项目名称", "2、项目实施地点", "3、项目建设内容")
    assert listing.cells[1].tolist() == ["石桥镇", "东河镇"]
    assert listing.cells.iat[1, 2] is None


def test_two_pairs_in_a_row():
    assert pairs_of(["项目名称", "羊场", "项目类型", "养殖业"]) == [("项目名称", "羊场"), ("项目类型", "养殖业")]


def test_a_caption_names_a_page_without_a_name():
    listing = read_key_values(
        page(["(一)羊场项目"], ["实施地点", "石桥镇"], ["建设任务", "羊舍"], ["时间进度", "2031年"])
    )
    assert listing.cells.iloc[0].tolist()[-1] == "羊场项目"


def test_unknown_keys_are_kept_as_columns():
    listing = read_key_values(
        page(["Project Title", "Swine"], ["Location", "Santa Clara"], ["Market Demand", "High"], ["Proponent", "A"])
    )
    assert "Market Demand" in listing.headings


def test_a_label_no_form_knows_opens_no_project():
    rows = [
        "一、项目名称：茶园",
        "二、建设地点：东村",
        "三、审批文号情况：无",
        "四、投资概算及资金来源：总投资60万元",
        "五、建设期限：2031年",
    ]
    listing = read_key_values(page(*([row] for row in rows)))
    assert len(listing.rows) == 1
    assert "三、审批文号情况" in listing.headings


def test_a_table_is_no_page():
    assert read_key_values(page(*([cell or None for cell in row] for row in grid(SUBTOTALS)))) is None
