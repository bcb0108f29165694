from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.tables import TABLE_FIELDS
from evaluator.intake.panel import read_panel
from evaluator.intake.read import read_portfolio
from evaluator.report.collection import say_steps
from evaluator.report.workbook import choice_word, heading_of, settle_bytes, write_template

EVERY = [(table, language) for table in TABLE_FIELDS for language in ("en", "zh")]


@pytest.mark.parametrize(("table", "language"), EVERY)
def test_template_has_a_heading_and_an_explanation_for_every_column(table, language):
    form, explained, *_ = openpyxl.load_workbook(BytesIO(write_template(table, language))).worksheets
    headings = [cell.value for cell in form[1]]
    assert headings == [heading_of(field, language) for field in TABLE_FIELDS[table]]
    assert len(set(headings)) == len(headings)
    assert form.max_row == 1
    rows = list(explained.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [f"{table}.{field.key}" for field in TABLE_FIELDS[table]]
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_filled_form_is_read_as_it_was_meant(language):
    book = openpyxl.load_workbook(BytesIO(write_template("projects", language)))
    form = book.worksheets[0]
    place = {field.key: number for number, field in enumerate(TABLE_FIELDS["projects"], start=1)}
    words = {"kind": choice_word("industry", language), "stage": choice_word("process", language), "start": "2025-03"}
    numbers = {"investment_yuan": 860_000, "signed_offtake_share": 0.6}
    facts = {"name": "苦荞加工厂", "place_code": "513436", **words, **numbers}
    for key, value in facts.items():
        form.cell(2, place[key], value)
    target = BytesIO()
    book.save(target)
    portfolio = read_portfolio(target.getvalue(), file_name="form.xlsx")
    assert len(portfolio) == 1
    row = portfolio.frame.iloc[0]
    assert (row["name"], row["kind"], row["stage"]) == ("苦荞加工厂", "industry", "process")
    assert row["investment_yuan"] == 860_000
    assert row["signed_offtake_share"] == 0.6
    assert str(row["start"].date()) == "2025-03-01"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_of_a_panel_says_what_to_collect_and_is_read_back(language):
    data = write_template("panel", language)
    book = openpyxl.load_workbook(BytesIO(data))
    texts = [cell for row in book.worksheets[2].iter_rows(values_only=True) for cell in row if cell]
    assert sum(text.replace(" ", "").rstrip("%").isdigit() for text in texts if text.endswith("%")) > 50
    assert [text.split(". ", 1)[1] for text in texts if ". " in text and text.split(".")[0].isdigit()] == list(
        say_steps(language)
    )
    with pytest.raises(TableError) as refused:
        read_panel(data, file_name="form.xlsx")
    assert [one.code for one in refused.value.issues] == ["E_PANEL_NO_ROWS"]
