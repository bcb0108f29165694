from evaluator.domain.tables import TABLE_FIELDS
from evaluator.report.dictionary import tabulate_dictionary


def test_the_columns_of_every_table_can_be_read(open_page):
    app = open_page("data", at="fields", lang="zh")
    chooser = app.selectbox(key="dictionary_table")
    assert len(chooser.options) == len(TABLE_FIELDS)
    chooser.set_value("markets").run()
    assert not app.exception
    shown = next(table.value for table in app.dataframe if len(table.value.columns) == 7)
    assert shown.to_numpy().tolist() == tabulate_dictionary("markets", "zh").to_numpy().tolist()
