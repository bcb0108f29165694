"""Rules that differ and facts edited by hand stand in every output."""

import json
from datetime import date
from io import BytesIO

import pandas as pd
import pytest

from evaluator.domain.edits import with_facts
from evaluator.domain.fields import FIELDS
from evaluator.domain.settings import Settings
from evaluator.evaluation import evaluate
from evaluator.language import phrase
from evaluator.report.changed import say_fact, say_setting_value, tabulate_differences, write_differences
from evaluator.report.console import say_scores
from evaluator.report.export import write_results

CHANGED = {"payback.rate": 0.05, "flags.degree": 0.6}


@pytest.fixture(scope="module")
def changed(evaluation):
    key = str(evaluation.scored[0])
    edited = with_facts(evaluation.portfolio, key, {"benefit_years": 7, "first_income": date(2027, 5, 1)})
    return evaluate(edited, settings=Settings().with_values(CHANGED), as_of=evaluation.as_of)


def read(data, suffix):
    return pd.read_csv(BytesIO(data)) if suffix == ".csv" else pd.read_parquet(BytesIO(data))


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_every_row_of_a_flat_table_carries_the_differences_and_its_own_edits(changed, suffix):
    table = read(write_results(changed, suffix), suffix)
    assert set(table["settings_changed"]) == {"payback.rate=0.05; flags.degree=0.6"}
    mine = table.set_index("project_id")["edited_by_hand"].fillna("")
    assert mine[str(changed.scored[0])] == "benefit_years first_income"
    assert (mine.drop(str(changed.scored[0])) == "").all()


def test_json_names_differences_and_edits(changed):
    found = json.loads(write_results(changed, ".json"))
    assert {entry["key"]: entry["value"] for entry in found["settings_differences"]} == CHANGED
    by_field = {edit["field"]: edit["edited"] for edit in found["edited_facts"]}
    assert by_field == {"benefit_years": 7.0, "first_income": "2027-05"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_has_a_sheet_for_each(changed, evaluation, language):
    sheets = pd.read_excel(BytesIO(write_results(changed, ".xlsx", language)), sheet_name=None, engine="calamine")
    assert sheets[phrase("changed.sheet.settings", language)].iloc[:, 0].tolist() == list(CHANGED)
    assert len(sheets[phrase("changed.sheet.facts", language)]) == 2
    plain = pd.read_excel(BytesIO(write_results(evaluation, ".xlsx", language)), sheet_name=None, engine="calamine")
    assert phrase("changed.none", language) in plain[phrase("changed.sheet.settings", language)].to_numpy()
    assert phrase("changed.sheet.facts", language) not in plain


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_console_says_both(changed, language):
    said = say_scores(changed, language)
    assert "payback.rate" in said
    assert FIELDS["benefit_years"].title(language) in said
    assert phrase("changed.console_fact", language, fact="")[:4] in said


def test_without_changes_nothing_is_claimed():
    assert write_differences(Settings()) == ""
    assert len(tabulate_differences(Settings(), "en")) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0015, "0.0015"),
        (-0.05, "−0.05"),
        (2019, "2019"),
        (10_000, "10,000"),
        (((-0.05, 0), (0.05, 100)), "−0.05→0  0.05→100"),
        ((0.5, 4.0), "0.5 – 4"),
        (True, "on"),
        ("", "–"),
    ],
)
def test_values_lose_no_digit(value, said):
    assert say_setting_value(value, "en") == said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("outcome_3y", True, "是"),
        ("offtake_grade", None, "–"),
        ("signed_offtake_share", 0.3, "30%"),
        ("name", "a", "a"),
    ],
)
def test_facts_of_every_kind_are_said(field, value, said):
    assert say_fact(FIELDS[field], value, "zh").replace(" ", "") == said
