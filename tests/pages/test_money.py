import numpy as np

from evaluator.language import catalogue


def test_a_project_shows_when_its_money_is_back_and_every_view(open_page, evaluation):
    key = str(evaluation.scored[evaluation.stated.rows[0]])
    app = open_page("project", p=key, lang="zh")
    titles = catalogue("zh")
    tables = [table.value for table in app.dataframe]
    assert any(titles["appraised.title.npv_spreadsheet"] in table.columns for table in tables)
    assert any(titles["pages.measure.mirr"] in table.value.index for table in app.table)
    assert any(c.value.startswith("内部收益率") and "–" not in c.value for c in app.caption), "only what is known"


def test_where_the_cash_flow_cannot_be_drawn_it_is_said(open_page, evaluation):
    row = next(row for row, years in enumerate(evaluation.appraisal["payback_years"]) if np.isnan(years))
    app = open_page("project", p=str(evaluation.scored[row]))
    assert catalogue("en")["pages.money.unknown"] in [title.value for title in app.subheader]
