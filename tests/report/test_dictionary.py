"""The data dictionary on paper is the one in the program."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from evaluator.domain.tables import TABLE_FIELDS
from evaluator.report.dictionary import tabulate_dictionary, write_dictionary, write_dictionary_book

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_page_is_what_the_program_writes():
    assert PAGE.read_text("utf-8") == write_dictionary()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("table", TABLE_FIELDS)
def test_every_column_is_explained(table, language):
    dictionary = tabulate_dictionary(table, language)
    assert len(dictionary) == len(TABLE_FIELDS[table])
    assert (dictionary.iloc[:, [0, 1, 4, 6]] != "").all(axis=None)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_dictionary_is_a_workbook_of_every_table(language):
    book = openpyxl.load_workbook(BytesIO(write_dictionary_book(language)))
    assert len(book.sheetnames) == len(TABLE_FIELDS)
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert first[0] == list(tabulate_dictionary("projects", language).columns)
    assert len(first) == 1 + len(TABLE_FIELDS["projects"])
    assert write_dictionary_book(language) == write_dictionary_book(language)
