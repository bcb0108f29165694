import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.domain.case_portfolio import lay_out_portfolio, read_portfolio_tables, read_spans, write_spans
from evaluator.domain.portfolio import Evidence


@given(st.sets(st.integers(1, 500)).map(sorted))
def test_row_numbers_return_from_their_spans(numbers):
    assert read_spans(write_spans(numbers)) == tuple(numbers)


@pytest.mark.parametrize(("numbers", "text"), [((), None), ((3, 4, 9), "3-4 9"), ((7,), "7")])
def test_spans_are_short(numbers, text):
    assert write_spans(numbers) == text


def test_columns_nobody_filled_are_left_out(case):
    head = lay_out_portfolio(case.projects, "projects")["projects"][0]
    empty = [key for key in case.projects.frame if case.projects.frame[key].isna().all()]
    assert empty
    assert not set(empty) & set(head)


def test_a_fact_filled_in_later_counts_as_given(case):
    sheets = lay_out_portfolio(case.projects, "projects")
    head, *rows = sheets["projects"]
    at = head.index("benefit_years")
    row = next(row for row in rows if row[at] is None)
    row[at] = 4
    back = read_portfolio_tables(sheets, "projects")
    assert back.frame.at[row[0], "benefit_years"] == 4
    assert back.evidence.at[row[0], "benefit_years"] == Evidence.GIVEN


def test_words_of_facts_read_from_prose_return(case):
    quotes = read_portfolio_tables(lay_out_portfolio(case.projects, "projects"), "projects").quotes
    assert quotes == case.projects.quotes
    assert quotes
