from evaluator.language import catalogue


def test_the_reading_says_sheet_unit_and_totals(open_page, sample):
    shown = " ".join(element.value for element in open_page("data").markdown)
    for key in ("sheet", "unit", "total", "control"):
        assert catalogue("en")[f"pages.reading.{key}"] in shown


def test_every_fault_stands_in_a_table(open_page, upload):
    faulty = "项目名称,项目类型,资金金额(万元)\n云顶村养牛场,产业,很多钱\n云顶村种茶,产业,40\n"
    app = upload(open_page("data"), "faulty.csv", faulty.encode())
    assert not app.exception
    tables = [table.value for table in app.dataframe]
    assert any(table.astype(str).map(lambda text: "很多钱" in text).to_numpy().any() for table in tables)
