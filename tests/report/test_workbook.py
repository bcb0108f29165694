from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest

from evaluator.domain.tables import TABLE_FIELDS
from evaluator.report.workbook import choice_word, heading_of, settle_bytes, write_template

EVERY = [(table, language) for table in TABLE_FIELDS for language in ("en", "zh")]


@pytest.mark.parametrize(("table", "language"), EVERY)
def test_template_has_a_heading_and_an_explanation_for_every_column(table, language):
    form, explained = openpyxl.load_workbook(BytesIO(write_template(table, language))).worksheets
    headings = [cell.value for cell in form[1]]
    assert headings == [heading_of(field, language) for field in TABLE_FIELDS[table]]
    assert len(set(headings)) == len(headings)
    assert form.max_row == 1
    rows = list(explained.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == [field.key for field in TABLE_FIELDS[table]]
    assert all(row[0] and row[4] and row[6] for row in rows)


def test_template_is_the_same_file_every_time():
    assert write_template("projects", "zh") == write_template("projects", "zh")


def test_money_headings_say_yuan():
    assert "总投资(元)" in [heading_of(field, "zh") for field in TABLE_FIELDS["projects"]]
    assert "Investment (yuan)" in [heading_of(field, "en") for field in TABLE_FIELDS["projects"]]


def test_choices_are_offered_as_lists():
    form = openpyxl.load_workbook(BytesIO(write_template("projects", "zh"))).worksheets[0]
    offered = {rule.formula1 for rule in form.data_validations.dataValidation}
    assert '"产业,就业,其他"' in offered
    assert choice_word("raise", "en") == "raise"


def test_unknown_table_or_language_fails():
    with pytest.raises(KeyError):
        write_template("projcts", "zh")
    with pytest.raises(KeyError):
        write_template("projects", "fr")


def test_parts_are_stored_without_dates():
    with ZipFile(BytesIO(settle_bytes(write_template("flows", "en")))) as packed:
        assert {(part.compress_type, part.date_time[0]) for part in packed.infolist()} == {(ZIP_STORED, 1980)}
