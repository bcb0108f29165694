"""The balance in words, tables, JSON and files: every measure, group and test in both languages."""

import io
import json
import re

import pandas as pd
import pytest

from evaluator.balance import DIMENSIONS, MEASURES, compare_balances
from evaluator.report.balanced import (
    describe_balance,
    say_balance,
    say_balance_group,
    tabulate_comparison,
    tabulate_groups,
    tabulate_measures,
    tabulate_policies,
    tabulate_townships,
    write_balance,
)
from evaluator.report.export import write_json

HAN = re.compile("[一-鿿]")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_is_said_in_one_language(evaluation, language):
    balance = evaluation.balance
    said = say_balance(balance, language, network=evaluation.network(), comparison=compare_balances(balance, balance))
    assert len(tabulate_measures(balance, language)) == len(MEASURES)
    for name in DIMENSIONS:
        assert len(tabulate_groups(balance, name, language)) == (balance.by(name)["projects"] > 0).sum()
    compared = tabulate_comparison(compare_balances(balance, balance), language)
    assert compared.shape == (len(MEASURES), 4)
    assert {"0.0 points" if language == "en" else "0.0个百分点", "0"} <= set(compared.iloc[:, 3])
    titles = [*tabulate_measures(balance, language).iloc[:, 0], *tabulate_policies(balance, language).columns]
    assert all(bool(HAN.search(title)) == (language == "zh") for title in titles)
    assert "A2" in said or "石坝" in said
    assert not re.search(r"\bnan\b", said.lower())


def test_json_carries_every_part(evaluation):
    described = describe_balance(evaluation.balance, network=evaluation.network())
    read = json.loads(write_json(described))
    assert set(read["measures"]) == set(MEASURES)
    assert read["measures"]["gini"] is None
    assert read["reasons"]["gini"] == "no_household_table"
    assert set(read["groups"]) == set(DIMENSIONS)
    assert read["groups"]["kind"][0]["group"] == "industry"
    assert {"key", "result", "found", "needed", "basis"} <= set(read["policies"][0])
    assert [row["project_id"] for row in read["marginal"]] == ["A1", "A2", "A3", "A4", "A5"]
    assert read["network"]["clusters"][0]["members"] == ["A2", "A1"]
    assert read["missing"]["horizon"] == ["A5"]


@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx", ".parquet"])
def test_files_repeat_byte_for_byte(evaluation, suffix):
    one, other = (write_balance(evaluation.balance, suffix, "zh", network=evaluation.network()) for _ in range(2))
    assert one == other


def test_the_workbook_has_a_sheet_a_table(evaluation):
    balance = evaluation.balance
    made = write_balance(balance, ".xlsx", network=evaluation.network(), comparison=compare_balances(balance, balance))
    sheets = pd.read_excel(io.BytesIO(made), sheet_name=None, engine="calamine")
    assert list(sheets) == [
        "Measures", "Groups", "Policy tests", "Townships", "Clusters", "A and B", "One project more or less",
    ]  # fmt: skip
    assert sheets["Groups"]["Funds"].dtype.kind in "if"


def test_files_hold_what_the_screen_shows(evaluation):
    balance = evaluation.balance
    sheets = pd.read_excel(io.BytesIO(write_balance(balance, ".xlsx")), sheet_name=None, engine="calamine")
    for sheet, shown in (("Measures", tabulate_measures), ("Policy tests", tabulate_policies)):
        assert sheets[sheet].fillna("").map(str).values.tolist() == shown(balance, "en").map(str).values.tolist()
    read = json.loads(write_balance(balance, ".json"))
    assert {k: v for k, v in read["measures"].items() if v is not None} == {
        key: value for key, value in balance.measures.items() if key not in balance.reasons
    }
    flat = pd.read_csv(io.BytesIO(write_balance(balance, ".csv")))
    industries = flat[flat["By"] == "Industry"]
    assert industries["Funds"].tolist() == balance.by_industry["amount"].tolist()
    assert industries["Share"].tolist() == pytest.approx(balance.by_industry["share"].tolist())


def test_an_empty_list_is_said_plainly(empty_evaluation):
    said = say_balance(empty_evaluation.balance, "en", network=empty_evaluation.network())
    assert "no industry or employment project" in said
    assert "No two projects are near and alike." in said


def test_townships_without_a_table_are_an_empty_table(evaluation):
    assert tabulate_townships(evaluation.balance, "en").empty


def test_groups_are_words():
    assert say_balance_group("family", "coarse grain", "zh") != "coarse grain"
    assert say_balance_group("product", "unknown", "en") == "Not stated"
    assert say_balance_group("type", "产业发展", "en") == "产业发展"
