"""The data dictionary on paper is the one in the program."""

from pathlib import Path

import pytest

from evaluator.domain.tables import TABLE_FIELDS
from evaluator.report.dictionary import tabulate_dictionary, write_dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_page_is_what_the_program_writes():
    assert PAGE.read_text("utf-8") == write_dictionary()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("table", TABLE_FIELDS)
def test_every_column_is_explained(table, language):
    dictionary = tabulate_dictionary(table, language)
    assert len(dictionary) == len(TABLE_FIELDS[table])
    assert (dictionary.iloc[:, [0, 1, 4, 6]] != "").all(axis=None)
