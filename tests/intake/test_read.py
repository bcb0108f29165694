"""A file in any of the published shapes becomes one portfolio."""

import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.domain.errors import TableError
from evaluator.domain.fields import FIELD_KEYS, FIELDS, MONEY_FIELDS
from evaluator.domain.portfolio import Evidence
from evaluator.intake.read import read_portfolio
from tests.intake.published import (
    BLANK_NAMES,
    BLANK_SERIALS,
    ENGLISH_HEADS,
    ENGLISH_PROFILE,
    KEY_VALUES,
    LOST_BLANKS,
    MERGES,
    SUBTOTALS,
    TWO_ROW_HEADER,
    UNIT_IN_CELLS,
    workbook,
)

FORM = """项目编号,项目名称,县,乡镇,产业,总投资(万元),财政资金(万元),带动户数,建设周期(月),回收期(年),开工日期
P001,花椒初加工厂,昭觉县,甲乡,花椒,320.5,150,210,12,4.5,2024-03-01
P002,马铃薯原种基地,布拖县,乙乡,马铃薯,180,90,160,18,5,2024-04-15
P003,养猪小区,美姑县,丙镇,养殖,95,60,75,8,2.5,2024-05-20
"""


def codes(portfolio):
    return {issue.code for issue in portfolio.issues}


def read(text, **options):
    return read_portfolio(text.encode(), file_name="list.csv", **options)


def wan(portfolio):
    return [round(value / 1e4, 6) for value in portfolio.frame["investment_yuan"]]


@pytest.fixture(params=["csv", "xlsx"])
def published(request):
    def read_shape(name):
        text, merges = MERGES[name]
        data = text.encode() if request.param == "csv" else workbook(text, merges)
        return read_portfolio(data, file_name=f"list.{request.param}")

    return read_shape


def test_two_row_header(published):
    portfolio = published("two-row header")
    row = portfolio.frame.iloc[0]
    assert (row["township"], row["village"], row["project_type"]) == ("云岭镇", "上坪村", "种植业基地")
    assert (row["investment_yuan"], row["subsidy_yuan"]) == (3_205_000, 2_000_000)
    assert (str(row["start"])[:7], str(row["end"])[:7]) == ("2031-06", "2031-12")
    assert row["link_mechanisms"] == ("own work", "wage", "land rent")
    assert portfolio.control_total == portfolio.total == 3_205_000
    assert portfolio.readings[0].header_rows == (3, 4)
    assert {"W_HEADER_MERGED", "W_PERSONAL_DATA", "W_TYPE_CONTENT"} <= codes(portfolio)
    assert row["stage"] == "process"


def test_subtotals_and_a_name_in_the_wrong_column(published):
    portfolio = published("subtotals")
    assert wan(portfolio) == [20, 30, 10, 16, 12]
    assert portfolio.control_total == portfolio.total == 880_000
    assert list(portfolio.frame["name"])[-1] == "小额信贷贴息"
    assert portfolio.frame["village"].iloc[-1] is None
    assert list(portfolio.frame["nature"])[:4] == ["continuing", "new", "continuing", "continuing"]
    assert list(portfolio.frame["kind"])[-2:] == ["other", "other"]
    assert {"W_NAME_MOVED", "N_TOTAL_MET"} <= codes(portfolio)
    assert not {"W_SUBTOTAL_DIFFERS", "W_TOTAL_DIFFERS"} & codes(portfolio)


def test_serials_blank_under_merged_cells(published):
    portfolio = published("blank serials")
    assert wan(portfolio) == [67.90712, 336.64, 5]
    assert portfolio.control_total is None
    assert list(portfolio.frame["kind"]) == ["other", "industry", "other"]


def test_units_inside_cells(published):
    portfolio = published("unit in cells")
    assert wan(portfolio) == [20, 73.5]
    assert list(portfolio.frame["township"]) == ["青山办事处", "柏树镇"]
    assert list(portfolio.frame["village"]) == ["周庄村", "后林村"]


def test_key_value_pages(published):
    portfolio = published("key values")
    first, second = (row for _, row in portfolio.frame.iterrows())
    assert (first["investment_yuan"], first["jobs"], first["persons"]) == (5_750_389.08, 100, 100)
    assert first["wage_yuan_month"] == pytest.approx(20_000 / 12)
    assert np.isnan(second["investment_yuan"])
    assert second["kind"] == "other", "a bridge filed under industry"
    assert portfolio.quotes[portfolio.frame.index[0], "jobs"] == "务工100人以上"
    assert portfolio.evidence["jobs"].iloc[0] is Evidence.TEXT


def test_a_matrix_that_lost_its_blanks(published):
    portfolio = published("lost blanks")
    assert sorted(wan(portfolio)) == [18.5, 32.25, 63.2, 107.25, 151, 350]
    assert portfolio.control_total == portfolio.total == 7_222_000
    assert dict(zip(portfolio.frame["name"], wan(portfolio), strict=True))["金沙基础设施"] == 18.5
    assert {"W_MATRIX_PLACED", "W_UNIT_ASSUMED"} <= codes(portfolio)


def test_names_and_targets_merged_over_rows(published):
    portfolio = published("blank names")
    assert list(portfolio.frame["name"]) == ["人居环境整治"] * 3
    assert list(portfolio.frame["performance_target"]) == ["完成示范村建设。"] * 3
    assert list(portfolio.frame["township"]) == ["云山街道", "云山街道", "南街道"]
    assert np.isnan(portfolio.frame["investment_yuan"].iloc[2]), "a lost amount is kept as missing"
    assumed = portfolio.evidence["name"].iloc[1] is Evidence.ASSUMED
    assert assumed == ("W_FILLED_DOWN" in codes(portfolio)), "a merged cell is given, a blank one assumed"


def test_english_profiles(published):
    profile, heads = published("English profile"), published("English heads")
    assert (profile.currency, profile.total, profile.total_yuan) == ("PHP", 3_431_397.2, None)
    row = heads.frame.iloc[0]
    assert (heads.total, row["households"], row["area_mu"]) == (500_000, 50, 75)
    assert (row["village"], row["kind"]) == ("Barangay 9", "industry")


def test_every_shape_gives_the_frame_its_docstring_promises():
    for name, (text, _) in MERGES.items():
        portfolio = read(text)
        assert [key for key in portfolio.frame if not key.endswith(("_low", "_high"))] == list(FIELD_KEYS[1:]), name
        assert list(portfolio.amounts) == list(MONEY_FIELDS)
        assert list(portfolio.evidence) == list(FIELD_KEYS[1:])
        assert portfolio.frame.index.name == "project_id"
        assert portfolio.frame.index.is_unique
        for key in FIELD_KEYS[1:]:
            values, evidence = portfolio.frame[key], portfolio.evidence[key]
            kind = "f" if FIELDS[key].is_number else "M" if FIELDS[key].kind == "date" else "O"
            assert values.dtype.kind == kind, key
            if portfolio.currency == "CNY":
                assert (values.isna() == (evidence == Evidence.MISSING)).all(), (name, key)


def test_a_rate_fills_the_yuan_columns():
    portfolio = read(ENGLISH_HEADS, yuan_per_unit=0.125)
    assert portfolio.total_yuan == 62_500
    assert portfolio.total == 500_000


def test_the_plain_form_is_read_without_a_warning():
    portfolio = read(FORM)
    assert not [issue for issue in portfolio.issues if issue.severity != "note"]
    assert list(portfolio.frame.index) == ["P001", "P002", "P003"]
    assert list(portfolio.frame["place_code"]) == ["513431", "513429", "513436"]
    assert list(portfolio.frame["households"]) == [210, 160, 75]
    assert portfolio.readings[0].columns["回收期(年)"] is None


@pytest.mark.parametrize(
    ("old", "new", "code", "kept"),
    [
        ("180,90", "9'500,90", "E_NUMBER", 2),
        ("180,90", "-180,90", "E_RANGE", 2),
        ("180,90", "(180),90", "E_RANGE", 2),
        ("180,90", "1e308,90", "E_RANGE", 2),
        ("160,18", "160.5,18", "E_NOT_INTEGER", 2),
        ("160,18", "-5,18", "E_RANGE", 2),
        ("18,5,", "18,-1,", "E_RANGE", 2),
        ("2024-04-15", "03/04/2024", "E_DATE_AMBIGUOUS", 2),
        ("马铃薯原种基地", "长" * 300, "E_TEXT_TOO_LONG", 2),
        ("180,90", "待定,90", "W_MISSING_VALUE", 3),
        ("180,90", '"1，180",90', "W_NUMBER_NORMALISED", 3),
        ("18,5,", "240,5,", "W_RANGE_SUSPECT", 3),
        ("18,5,", "18个月,5,", "W_UNIT_CONVERTED", 3),
        ("18,5,", "18,120,", "W_RANGE_SUSPECT", 3),
        ("180,90", "1800000元,90", "W_UNIT_CONVERTED", 3),
        ("2024-04-15", "2024.4", "W_DATE_NORMALISED", 3),
        ("180,90", "180,900", "W_SUBSIDY_EXCEEDS", 3),
    ],
)
def test_one_fault_one_code(old, new, code, kept):
    portfolio = read(FORM.replace(old, new))
    assert code in codes(portfolio)
    assert len(portfolio) == kept
    assert portfolio.readings[0].left_out == (() if kept == 3 else (3,))


def test_every_issue_speaks_both_languages():
    text = FORM.replace("180,90", "9'500,90").replace("75,8", "75,240").replace("95,60", "无,60")
    for issue in read(text + "P001,另一个,昭觉县,甲乡,花椒,1,1,1,1,1,2024-01-01\n").issues:
        for language in ("en", "zh"):
            assert issue.message(language) and issue.needed(language) is not None and issue.remedy(language) is not None


def test_one_id_for_two_projects_is_refused_never_settled_silently():
    portfolio = read(FORM + "P001,另一个项目,美姑县,丙镇,养殖,500,200,30,5,1,2024-01-01\n")
    assert [issue.row for issue in portfolio.issues if issue.code == "E_DUPLICATE_ID"] == [2, 5]
    assert list(portfolio.frame.index) == ["P002", "P003"]


def test_look_alike_names_are_asked_about_not_merged():
    portfolio = read(FORM + "P005,花椒初加⼯⼚,昭觉县,甲乡,花椒,320.5,150,210,12,4.5,2024-03-01\n")
    assert "W_NEAR_DUPLICATE" in codes(portfolio)
    assert len(portfolio) == 4


def test_amounts_ten_thousand_times_the_rest_are_doubted_with_both_totals():
    portfolio = read(FORM.replace("320.5,", "3205000,"))
    (issue,) = (issue for issue in portfolio.issues if issue.code == "W_UNIT_SUSPECT")
    assert issue.values["total"] == 5_955_000
    assert issue.values["other_total"] == pytest.approx(32_052_750_000)
    assert portfolio.evidence["investment_yuan"].iloc[0] is Evidence.ASSUMED


def test_personal_columns_leave_no_trace():
    rows = FORM.splitlines()
    text = "\n".join([rows[0] + ",户主姓名,身份证号,联系电话", rows[1] + ",测试甲,513431199001010015,13800000000"])
    portfolio = read(text)
    assert "W_PERSONAL_DATA" in codes(portfolio)
    kept = portfolio.frame.to_csv() + repr(portfolio.issues) + repr(portfolio.readings) + repr(portfolio.quotes)
    assert not any(secret in kept for secret in ("测试甲", "513431199001010015", "13800000000"))


@pytest.mark.parametrize("text", ["P001,花椒,320.5\nP002,苦荞,180\n", "甲,乙\n1,2\n"])
def test_a_table_without_headings_is_refused(text):
    with pytest.raises(TableError) as refusal:
        read(text)
    assert refusal.value.issues[0].code == "E_HEADER_MISSING"


def test_two_sheets_of_one_form_are_read_together_and_said():
    portfolio = read_portfolio(workbook(FORM.replace("P00", "Q"), sheets=2), file_name="two.xlsx")
    assert "W_SHEET_AMBIGUOUS" in codes(portfolio)
    assert len(portfolio) == 6
    assert portfolio.frame.index.is_unique
    one = read_portfolio(workbook(FORM, sheets=2), file_name="two.xlsx", sheet="表2")
    assert (len(one), one.readings[0].sheet) == (3, "表2")
    with pytest.raises(TableError):
        read_portfolio(workbook(FORM), file_name="one.xlsx", sheet="无此表")


def test_an_amount_merged_over_rows_is_a_bundle():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["乡镇", "项目名称", "资金(万元)"],
        ["甲镇", "茶园", 270],
        [None, "核桃", None],
        ["乙镇", "黄牛养殖", 130],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:C3")
    stream = io.BytesIO()
    book.save(stream)
    portfolio = read_portfolio(stream.getvalue(), file_name="bundle.xlsx")
    assert list(portfolio.frame["township"]) == ["甲镇", "甲镇", "乙镇"]
    assert portfolio.frame["investment_yuan"].fillna(0).tolist() == [2_700_000, 0, 1_300_000]
    assert "W_AMOUNT_BUNDLE" in codes(portfolio)


def test_frames_are_read_like_files_and_left_unchanged():
    frame = pd.read_csv(io.StringIO(FORM))
    before = frame.copy()
    portfolio = read_portfolio(frame)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(portfolio.frame, read(FORM).frame)
    form = pd.DataFrame({"name": ["甲", "乙"], "investment_yuan": [1000.0, 2000.0], "households_low": [3, 4]})
    portfolio = read_portfolio(form)
    assert portfolio.total_yuan == 3000
    assert list(portfolio.frame["households_low"]) == [3, 4]
    assert "W_UNIT_ASSUMED" not in codes(portfolio)


def test_several_sources_are_one_portfolio():
    portfolio = read_portfolio([pd.read_csv(io.StringIO(FORM)), pd.read_csv(io.StringIO(FORM))])
    assert len(portfolio) == 6
    assert portfolio.frame.index.is_unique
    assert len(portfolio.readings) == 2


def test_a_mapping_overrides_the_automatic_reading():
    portfolio = read(FORM, mapping={"产业": None, "回收期(年)": "benefit_years"})
    assert portfolio.frame["benefit_years"].tolist() == [4.5, 5, 2.5]
    assert portfolio.readings[0].columns["产业"] is None


def test_a_place_may_be_stated():
    portfolio = read(BLANK_SERIALS, place="昭觉县")
    assert (portfolio.place_code, portfolio.year) == ("513431", 2030)
    assert set(portfolio.frame["place_name"]) == {"昭觉县"}
    assert read(SUBTOTALS, place="513431").place_name == "昭觉县"


@pytest.mark.slow
@given(st.permutations(range(6)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_changes_nothing(order):
    lines = ["项目名称,乡镇,村,金额(万元)", *(f"果园{n % 3},甲镇,村{n},{10 + n}" for n in range(6))]
    plain = read("\n".join(lines)).frame
    mixed = read("\n".join([lines[0], *(lines[1 + n] for n in order)])).frame
    assert set(plain.index) == set(mixed.index)
    pd.testing.assert_frame_equal(plain, mixed.loc[plain.index])


@pytest.mark.parametrize(
    "text", [TWO_ROW_HEADER, SUBTOTALS, UNIT_IN_CELLS, KEY_VALUES, LOST_BLANKS, BLANK_NAMES, ENGLISH_PROFILE]
)
def test_a_file_cut_anywhere_is_read_or_refused(text):
    for end in range(0, len(text), 37):
        try:
            read(text[:end])
        except TableError as refusal:
            assert refusal.lines("zh")


def test_headings_without_projects_are_refused():
    with pytest.raises(TableError) as refusal:
        read(FORM.splitlines()[0] + "\n合计,,,,,0\n")
    assert refusal.value.issues[0].code == "E_NO_ROWS"


def test_a_hidden_copy_is_left_aside():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("旧")):
        for row in (["项目名称", "乡镇", "金额(万元)"], ["茶园", "甲镇", 20]):
            sheet.append(row)
    book["旧"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    assert len(read_portfolio(stream.getvalue(), file_name="hidden.xlsx")) == 1


def test_a_heading_that_occurs_twice_is_read_once():
    portfolio = read("项目名称,金额(万元),金额(万元)\n茶园,20,25\n")
    assert portfolio.total == 200_000
    assert portfolio.readings[0].columns["金额(万元)"] == "investment_yuan"
    assert "W_COLUMN_DOUBLED" in codes(portfolio)


def test_a_glossary_of_the_form_beside_the_list_is_no_list():
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "乡镇", "总投资(元)", "受益户数", "建设内容"])
    book.active.append(["茶园", "甲镇", 200_000, 30, "种茶"])
    glossary = book.create_sheet("说明")
    for row in (["名称", "单位", "说明"], *([f"列{n}", "元", f"第{n}列的含义"] for n in range(20))):
        glossary.append(row)
    stream = io.BytesIO()
    book.save(stream)
    portfolio = read_portfolio(stream.getvalue(), file_name="form.xlsx")
    assert list(portfolio.frame["name"]) == ["茶园"]
    assert "W_SHEET_AMBIGUOUS" not in codes(portfolio)
