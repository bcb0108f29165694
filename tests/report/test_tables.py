"""Tables of results: full-width titles, list order, one type a column."""

import pytest

from evaluator.report.tables import tabulate_issues, tabulate_ranking, tabulate_results


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_ranking_has_one_text_row_a_scored_project(evaluation, language):
    table = tabulate_ranking(evaluation, language)
    assert list(table.index) == list(evaluation.scored)
    assert table.map(lambda cell: isinstance(cell, str) and cell != "").all(axis=None)
    assert table.columns.is_unique


def test_without_ranges_the_criteria_are_whole_numbers(evaluation):
    table = tabulate_ranking(evaluation, "en", ranges=False)
    assert table["Market demand"].str.fullmatch(r"\d+|–").all()
    assert table["Total"].str.contains("–").any()


def test_results_are_flat_and_keep_list_order(evaluation, portfolio):
    table = tabulate_results(evaluation)
    assert list(table["project_id"]) == list(portfolio.frame.index)
    assert table.columns.is_unique
    assert all(column.isascii() and column == column.lower() for column in table.columns)
    assert table["total"].dtype == "float64"
    assert table.loc[~table["scored"], "total"].isna().all()
    assert table["total"].tolist()[:3] == evaluation.scorecard.total[:3].tolist()


def test_results_have_the_same_columns_when_nothing_is_scored(evaluation, empty_evaluation):
    assert list(tabulate_results(empty_evaluation).columns) == list(tabulate_results(evaluation).columns)
    assert len(tabulate_ranking(empty_evaluation, "zh")) == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_issues_have_words(portfolio, language):
    table = tabulate_issues(portfolio.issues, language)
    assert len(table) == len(portfolio.issues)
    assert len(table.columns) == 6
