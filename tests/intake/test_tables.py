import io

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.demand import measure_demand
from evaluator.domain.errors import TableError
from evaluator.domain.table_fields import MARKET_FIELDS, PLACE_FIELDS, PRICE_FIELDS, VACANCY_FIELDS
from evaluator.intake.tables import read_markets, read_places, read_prices, read_vacancies

READERS = {
    read_places: PLACE_FIELDS, read_markets: MARKET_FIELDS, read_prices: PRICE_FIELDS, read_vacancies: VACANCY_FIELDS,
}  # fmt: skip


def csv(*lines, encoding="utf-8"):
    return "\n".join(lines).encode(encoding)


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def codes(table):
    return sorted(issue.code for issue in table.issues)


def rows_of(table, code):
    return [issue.row for issue in table.issues if issue.code == code]


def test_a_chinese_market_table_with_title_total_and_unit_in_the_heading():
    table = read_markets(xlsx(
        ["青坡县主要销售市场情况表"],
        ["市场名称", "品种", "年需求量（吨）", "外部供应量", "经度", "纬度", "到513423分钟"],
        ["河东批发市场", "土豆", "1.2万", 300, 102.2, 27.9, 95],
        ["河东批发市场", "苹果", "８００", 0, 102.2, 27.9, "1.5小时"],
        ["合计", None, 12800, None, None, None, None],
    ), file_name="markets.xlsx")  # fmt: skip
    assert table.frame["product"].tolist() == ["potato", "apple"]
    assert table.frame["yearly_demand"].tolist() == [12000.0, 800.0]
    assert table.frame["unit"].tolist() == ["吨", "吨"]
    assert table.frame["minutes_513423"].tolist() == [95.0, 90.0]
    assert codes(table) == []


def test_the_same_table_in_gb18030_and_english():
    chinese = csv("市场,产品,年需求量,单位,经度,纬度,外部供应量", "河东,马铃薯,12,吨,102,27,0", encoding="gb18030")
    english = csv("market,commodity,annual demand,unit,longitude,latitude,other supply", "East,potato,12,t,102,27,0")
    one, other = (read_markets(data, file_name="m.csv").frame for data in (chinese, english))
    columns = ["product", "yearly_demand", "supplied_elsewhere", "lon", "lat"]
    pd.testing.assert_frame_equal(one[columns], other[columns])


@pytest.mark.parametrize(("reader", "fields"), READERS.items())
@pytest.mark.parametrize("language", ["en", "zh", "key"])
def test_the_headings_of_the_template_are_understood(reader, fields, language):
    headings = [field.key if language == "key" else field.title(language) for field in fields]
    table = reader(xlsx(headings, [None] * len(headings)), file_name="t.xlsx")
    assert len(table) == 0
    assert codes(table) in (["W_SIDE_NO_ROWS"], ["E_SIDE_PLACE"])


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_no_such_table_says_what_is_needed(reader):
    for data in (csv("a,b", "1,2"), csv("诗,词", "床前明月光,疑是地上霜")):
        with pytest.raises(TableError) as refused:
            reader(data, file_name="poem.csv")
        assert [issue.code for issue in refused.value.issues] == ["E_SIDE_HEADER"]
        for language in ("en", "zh"):
            assert all(refused.value.lines(language))
    with pytest.raises(TableError):
        reader(b"", file_name="empty.csv")
    with pytest.raises(TableError):
        reader("no/such/file.csv")


def test_every_missing_column_is_named_with_its_near_miss():
    with pytest.raises(TableError) as refused:
        read_prices(csv("品种,市场,年份表,平均价各", "苹果,河东,2020,3"), file_name="p.csv")
    assert [issue.found for issue in refused.value.issues] == ["年份表", "平均价各"]
    assert "价格" in refused.value.lines("zh")[-1]
    with pytest.raises(TableError) as refused:
        read_prices(csv("品种,市场", "苹果,河东"), file_name="p.csv")
    assert [issue.code for issue in refused.value.issues] == ["E_SIDE_COLUMN"] * 2


def test_every_fault_is_listed_and_the_rows_left_out_are_named():
    table = read_markets(csv(
        "market,product,yearly demand,unit,longitude,latitude,supplied elsewhere",
        "East,apple,100,t,102,27,0",
        "East,apple,90,t,102,27,0",
        "East,moon dust,100,t,102,27,0",
        "East,potato,-5,t,102,27,0",
        "East,tea,many,t,102,27,0",
        "East,,50,t,102,27,0",
        "West,walnut,50,,190,27,",
    ), file_name="m.csv")  # fmt: skip
    assert table.frame["product"].tolist() == ["apple", "walnut"]
    assert table.frame["yearly_demand"].tolist() == [100.0, 50.0]
    assert rows_of(table, "E_SIDE_DOUBLE") == [3]
    assert rows_of(table, "E_SIDE_PRODUCT") == [4]
    assert (rows_of(table, "E_SIDE_RANGE"), rows_of(table, "E_SIDE_RANGE_CELL")) == ([5], [8])
    assert rows_of(table, "E_SIDE_VALUE") == [6]
    assert rows_of(table, "E_SIDE_EMPTY") == [7]
    assert rows_of(table, "W_SIDE_UNIT") == [8]
    assert rows_of(table, "W_SIDE_NOWHERE") == [8]
    assert rows_of(table, "N_SIDE_ELSEWHERE") == [None]
    assert [issue.row for issue in table.issues if issue.severity == "error"] == [3, 4, 5, 6, 7, 8], "by row"
    for issue in table.issues:
        for language in ("en", "zh"):
            said = (issue.message(language), issue.needed(language), issue.remedy(language))
            assert all(said)
            assert "{" not in "".join(said)


def test_a_market_named_after_one_county_stands_at_its_seat_and_says_so():
    table = read_markets(csv("市场,产品,年需求量,单位", "盐源县苹果交易市场,苹果,100,吨"), file_name="m.csv")
    assert table.frame[["lon", "lat"]].notna().all().all()
    assert "N_SIDE_PLACED" in codes(table)


def test_prices_by_month_with_gaps_jumps_and_doubles():
    lines = [f"苹果,河东,{year}年,{3 + year % 2}" for year in (2015, 2016, 2017, 2019, 2020)]
    strange = ["苹果,河东,2020年,4", "苹果,河西,2020年,7000", "苹果,河东,2014,0", "梨,河东,2020-05,2.5"]
    table = read_prices(csv("品种,市场,年份,平均价格(元)", *lines, *strange), file_name="p.csv")
    assert rows_of(table, "E_SIDE_DOUBLE") == [7]
    assert rows_of(table, "W_SIDE_PRICE") == [8]
    assert rows_of(table, "E_SIDE_FREE") == [9]
    years = next(issue for issue in table.issues if issue.code == "W_SIDE_YEARS")
    assert years.found == "2018"
    assert "苹果" in years.message("zh")
    assert "N_SIDE_SHORT" in codes(table)
    pear = table.frame[table.frame["product"] == "pear"].iloc[0]
    assert (pear["year"], pear["month"], pear["price_yuan"]) == (2020.0, 5.0, 2.5)


def test_prices_in_a_frame_of_dates():
    frame = pd.DataFrame(
        {"product": ["apple"] * 2, "year": pd.to_datetime(["2020-03-01", "2021-03-01"]), "price": [3, 4]}
    )
    table = read_prices(frame)
    assert table.frame["year"].tolist() == [2020.0, 2021.0]
    assert table.frame["month"].tolist() == [3.0, 3.0]


def test_vacancies_with_words_for_yes_wage_units_and_unknown_trades():
    table = read_vacancies(xlsx(
        ["企业", "地点", "岗位名称", "招聘人数", "月工资(元)", "合同期", "路程(分钟)", "是否核实", "行业"],
        ["甲服装厂", "河东", "缝纫工", "20人", 3500, "1年", "0.5小时", "是", "服装"],
        ["乙服务队", "河东", "保洁", 5, "3千", 6, 40, "否", None],
        ["丙公司", "河东", "技工", 8, 4000, 12, 30, "也许", "月球采矿"],
    ), file_name="v.xlsx")  # fmt: skip
    assert table.frame["posts"].tolist() == [20.0, 5.0]
    assert table.frame["months"].tolist() == [12.0, 6.0]
    assert table.frame["minutes"].tolist() == [30.0, 40.0]
    assert table.frame["verified"].tolist() == [True, False]
    assert table.frame["product"].tolist()[1] is None
    assert {"E_SIDE_PRODUCT", "W_SIDE_FLAG"} <= set(codes(table))


def test_places_with_lists_in_words():
    table = read_places(xlsx(
        ["县代码", "县", "邻县", "脱贫户数", "年均气温", "降水量", "分产品年产值(万元)", "加工能力", "地理标志"],
        [513423, "盐源县", "513422:120;西昌市", "河东镇=210;河西乡=95", 12.6, "776mm", "苹果=120000;洋芋=3亿元;云彩=5",
         "水果=60000", "苹果=县;马铃薯=州"],
        ["西昌市", None, "513423", "x", 17.2, 1013, "葡萄=0", "", "葡萄=银河"],
        ["没有这个县", None, None, None, 1, 1, None, None, None],
    ), file_name="places.xlsx")  # fmt: skip
    assert table.frame.index.tolist() == ["513423", "513401"]
    assert table.frame["rain_mm"].tolist() == [776.0, 1013.0]
    assert table.numbers("yearly_output_yuan") == {"513423": {"apple": 1.2e9, "potato": 3e8}, "513401": {"grape": 0.0}}
    assert table.numbers("processors") == {"513423": {"fruit": 60000.0}}
    assert table.numbers("poor_households") == {"513423": {"河东镇": 210.0, "河西乡": 95.0}}
    assert table.lists("brands") == {"513423": {"apple": "county", "potato": "prefecture"}}
    assert table.adjacent()["513423"] == {"513422", "513401"}
    assert codes(table) == ["E_SIDE_PART", "E_SIDE_PART", "E_SIDE_PART_PRODUCT", "E_SIDE_PLACE"]


def test_what_was_read_can_be_measured():
    markets = read_markets(
        csv("市场,产品,年需求量,单位,经度,纬度,外部供应量", "河东,苹果,150,吨,102.1,27,0"), file_name="m.csv"
    )
    frame = pd.DataFrame(
        {"kind": ["industry"], "product": ["apple"], "lon": [102.0], "lat": [27.0], "output_per_year": [100.0],
         "output_unit": ["吨"]}, index=["P1"],
    )  # fmt: skip
    assert measure_demand(frame, markets=markets).parts["coverage"].point[0] == pytest.approx(1.5)


STRANGE = ["", "苹果", "-5", "1e400", "#DIV/0!", "x" * 40, "=1+1", "2020", "３", "是", "nan", "1;2=3"]


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(STRANGE), min_size=8, max_size=40))
def test_no_cell_crashes_a_reader(cells):
    for reader, fields in READERS.items():
        headings = [field.key for field in fields]
        rows = [cells[at : at + len(headings)] for at in range(0, len(cells), len(headings))]
        frame = pd.DataFrame([row + [""] * (len(headings) - len(row)) for row in rows], columns=headings)
        table = reader(frame)
        assert len(table) <= len(rows)
        for issue in table.issues:
            assert issue.message("en")
            assert issue.message("zh")
        numbers = table.frame.select_dtypes("number").to_numpy()
        assert np.isfinite(numbers[~np.isnan(numbers)]).all()
