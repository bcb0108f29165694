"""The money of one project as rows: the flows of a table go before the level benefit, and every measure is shown."""

import pytest

from evaluator.pages import money_rows


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def by_flows(evaluation):
    return evaluation.appraise_project(str(evaluation.scored[evaluation.stated.rows[0]]))


def test_the_flows_of_the_table_are_drawn(evaluation, by_flows, language):
    rows = money_rows.flow_rows(by_flows, language)
    scale = money_rows.MONEY_SCALE[language]
    assert rows["flow"].tolist() == pytest.approx((by_flows.flows.net()[0][: len(rows)] / scale).tolist())
    assert rows["sum"].iloc[-1] == pytest.approx(rows["flow"].sum())
    assert len(rows) == by_flows.flows.last[0] + 1


def test_measures_at_three_rates_are_those_of_the_appraisal(evaluation, by_flows, language):
    table = money_rows.measure_rows(by_flows, evaluation.settings.payback.rate, language)
    assert table.shape == (len(money_rows.MEASURES), 3)
    row = int(evaluation.stated.rows[0])
    said = money_rows._format_measure("npv_yuan", evaluation.appraisal["npv_yuan"].iloc[row], language, "CNY")
    assert table.iloc[0, 1] == said


def test_another_rate_of_the_book_is_shown_beside(by_flows):
    assert money_rows.measure_rows(by_flows, 0.06, "en").shape[1] == 4


def test_every_view_with_both_conventions_and_all_rates(by_flows, language):
    views = money_rows.view_rows(by_flows, language)
    assert views.shape == (3, 10)
    assert views.notna().all().all()


def test_a_missing_fact_draws_no_flow(evaluation):
    for key in evaluation.scored:
        found = evaluation.appraise_project(str(key))
        if money_rows.flow_rows(found, "en").empty:
            assert "project" not in money_rows.view_rows(found, "en").iloc[:, :1].to_numpy()
            return
    pytest.fail("every project of the sample has a cash flow")
