"""Headings as published become fields, parts, persons or nothing."""

import pytest

from evaluator.intake.columns import choice_words, find_field, is_heading, match_columns, tidy

PUBLISHED = {
    "1、项目名称": "name",
    "建设项目": "name",
    "合作社名称": "name",
    "Name of the Project": "name",
    "项目子类型": "project_type",
    "建设性质": "nature",
    "2、项目实施地点": "place_name",
    "乡镇、村": "place_name",
    "镇 街": "township",
    "示范村名称": "village",
    "实施期限(年/月-年/月)": "period",
    "5、实施部门及责任人": "operator",
    "PROJECT PROPONENT": "operator",
    "产出 指标": "content",
    "项目规模(亩)": "scale",
    "资金规模和筹措方式": "investment_yuan",
    "投资 规模": "investment_yuan",
    "本次分配金额(万元)": "investment_yuan",
    "4、项目金额及资金来源": "investment_yuan",
    "补助标准": "standard",
    "受益对象和联农带农机制": "beneficiaries",
    "满意度 指标": "performance_target",
    "7、项目带贫减贫机制": "link_mechanisms",
    "所在县（市）": "place_name",
    "其中:财政资金（万元）": "investment_yuan",
    "带动农户数（户）": "households",
    "计划开工日期": "start",
    "四、投资概算及资金来源": "investment_yuan",
}


@pytest.mark.parametrize(("heading", "key"), PUBLISHED.items())
def test_published_spellings(heading, key):
    assert match_columns([heading])[0].key == key


def test_spelled_as_in_the_table_is_certain_otherwise_not():
    assert match_columns(["投资规模 (万元)"])[0].certain
    assert not match_columns(["项目 编号"])[0].certain


def test_the_unit_is_split_off():
    column = match_columns(["投资规模 (万元)"])[0]
    assert (column.unit, column.money.factor) == ("万元", 1e4)
    assert match_columns(["Project Cost (Php)"])[0].money.currency == "PHP"


def test_parts_of_a_total_are_not_the_amount():
    headings = ["计划投入资金", "资金来源/中央衔接资金", "资金来源/其他 资金", "资金（万元）/总投资"]
    assert [column.role for column in match_columns(headings)] == ["ignored", "part", "part", "field"]


def test_a_grant_alone_is_the_amount_but_not_beside_one():
    assert match_columns(["补助资金"])[0].key == "investment_yuan"
    assert [c.key for c in match_columns(["总投资", "补助资金"])] == ["investment_yuan", "subsidy_yuan"]


@pytest.mark.parametrize("heading", ["责任人", "户主姓名", "身份证号", "联系电话", "Contact Person"])
def test_persons_stay_outside(heading):
    assert match_columns([heading])[0].role == "personal"


def test_a_mapping_has_the_last_word_but_opens_no_personal_column():
    columns = match_columns(["甲", "资金", "联系电话"], mapping={"甲": "name", "资金": None, "联系电话": "note"})
    assert [(c.role, c.key) for c in columns] == [("field", "name"), ("ignored", None), ("personal", None)]
    with pytest.raises(KeyError):
        match_columns(["甲"], mapping={"甲": "no_such_field"})


def test_near_misses_are_named_not_taken():
    column = match_columns(["备注甲"])[0]
    assert (column.role, column.suggestion) == ("ignored", "note")
    assert match_columns(["image"])[0].suggestion == ""


def test_of_two_columns_for_one_field_the_better_spelled_is_read():
    department, unit = match_columns(["部门", "责任单位"])
    assert (department.role, unit.role) == ("ignored", "field")
    assert all(c.role == "field" for c in match_columns(["项目类型", "项目子类型"])), "types are joined"


def test_bounds_of_a_number():
    low, high = match_columns(["households_low", "investment_yuan_high"])
    assert (low.role, low.key, high.role, high.key) == ("low", "households", "high", "investment_yuan")


def test_headings_are_told_from_values():
    assert is_heading("序号")
    assert is_heading("项目 名称")
    assert not is_heading("水果基地")
    assert tidy(" 1、项目 名称：") == "项目名称"
    assert find_field("回收期(年)") is None


def test_choice_words_put_the_longest_first():
    words = list(choice_words("nature"))
    assert words.index("改扩建") < words.index("扩建")
