import pytest

from evaluator.language import catalogue


def test_the_reading_says_sheet_unit_and_totals(open_page, sample):
    titles = {key: catalogue("en")[f"pages.reading.{key}"] for key in ("sheet", "unit", "rows", "total", "control")}
    read = next(table.value for table in open_page("data", at="reading").dataframe if titles["sheet"] in table.value)
    assert read[titles["unit"]].iloc[0] == "10,000 yuan"
    assert read[titles["rows"]].iloc[0] == str(len(sample.projects))
    assert read[titles["total"]].iloc[0] == read[titles["control"]].iloc[0]


def test_every_fault_stands_in_a_table(open_page, upload):
    faulty = "项目名称,项目类型,资金金额(万元)\n云顶村养牛场,产业,很多钱\n云顶村种茶,产业,40\n"
    app = upload(open_page("data"), "faulty.csv", faulty.encode())
    app.segmented_control(key="section").set_value("reading").run()
    assert not app.exception
    tables = [table.value for table in app.dataframe]
    assert any(table.astype(str).map(lambda text: "很多钱" in text).to_numpy().any() for table in tables)


@pytest.mark.slow
def test_every_fault_of_a_side_table_stands_in_a_table(open_page, upload):
    prices = "产品,年份,价格\n土豆,2020,2.1\n土豆,2021,-3\n不知名的东西,2021,5\n土豆,2020,2.2\n".encode()
    app = upload(open_page("data", lang="zh"), "prices.csv", prices, slot="prices")
    assert not app.error, [error.value for error in app.error]
    app.segmented_control(key="section").set_value("reading").run()
    assert not app.exception, app.exception
    said = " ".join(table.value.astype(str).to_csv() for table in app.dataframe)
    assert "不知名的东西" in said
    assert "-3" in said
