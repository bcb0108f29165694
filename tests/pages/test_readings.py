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
