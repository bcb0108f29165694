"""Files: every text as text, the same numbers in every format, the same bytes for the same evaluation."""

import csv
import io
import json

import openpyxl
import pandas as pd
import pytest

from evaluator.domain.errors import EvaluatorError
from evaluator.report.export import disarm, write_json, write_results, write_workbook
from evaluator.report.options import OUTPUTS

HOSTILE = "A5"


@pytest.mark.slow
@pytest.mark.parametrize("suffix", OUTPUTS)
def test_the_same_evaluation_gives_the_same_bytes(evaluation, suffix):
    assert write_results(evaluation, suffix, "zh") == write_results(evaluation, suffix, "zh")


def test_csv_opens_in_spreadsheets_and_runs_nothing(evaluation, portfolio):
    data = write_results(evaluation, ".csv", "zh")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["project_id"] for row in rows] == list(portfolio.frame.index)
    assert rows[4]["name"] == "'" + portfolio.frame["name"].loc[HOSTILE]
    assert not any(cell.startswith(("=", "+", "@", "\t")) for row in rows for cell in row.values())
    assert float(rows[0]["total"]) == evaluation.scorecard.total[0]


def test_negative_numbers_stay_numbers(evaluation):
    rows = list(csv.DictReader(io.StringIO(write_results(evaluation, ".csv").decode("utf-8-sig"))))
    assert float(rows[0]["npv_yuan"]) < 0


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_live_beginnings_are_disarmed(text):
    assert disarm(text) == "'" + text


@pytest.mark.parametrize("value", ["花椒", "", "a=b", None, -3.5, True])
def test_everything_else_is_left_alone(value):
    assert disarm(value) is value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_workbook_has_no_formula_and_keeps_names_letter_for_letter(evaluation, portfolio, language):
    book = openpyxl.load_workbook(io.BytesIO(write_results(evaluation, ".xlsx", language)))
    assert len(book.worksheets) == 4
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    names = {cell.value for cell in cells}
    assert portfolio.frame["name"].loc[HOSTILE] in names


def test_workbook_numbers_are_numbers():
    data = write_workbook({"a": pd.DataFrame({"id": ["x"], "n": [1.5], "t": ["=1"], "m": [float("nan")]})})
    sheet = openpyxl.load_workbook(io.BytesIO(data))["a"]
    assert sheet["B2"].value == 1.5
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1", "s")
    assert sheet["D2"].value in (None, "")


def test_parquet_and_json_agree(evaluation):
    table = pd.read_parquet(io.BytesIO(write_results(evaluation, ".parquet")))
    described = json.loads(write_results(evaluation, ".json"))
    assert table["project_id"].tolist() == [p["project_id"] for p in described["projects"]]
    assert table["total"].iloc[0] == described["projects"][0]["total"]


def test_nothing_scored_can_be_written(empty_evaluation):
    for suffix in OUTPUTS:
        assert write_results(empty_evaluation, suffix)


def test_unknown_endings_and_nan_are_refused(evaluation):
    with pytest.raises(EvaluatorError, match=r"\.pdf"):
        write_results(evaluation, ".pdf")
    with pytest.raises(ValueError, match="JSON"):
        write_json({"x": float("nan")})
