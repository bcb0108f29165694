"""The choice as text, JSON and files."""

import io
import json
import re

import pandas as pd
import pytest

from evaluator.report.export import write_json
from evaluator.report.funding import describe_choice, say_funding, tabulate_projects, write_choice
from tests.report.made_choice import TORN, selection


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_text_holds_everything(language):
    found, other = selection(), selection(1.2e7, "")
    said = say_funding(found, language, frontiers={"risk": found.frontier("risk")}, other=other)
    for project in found.chosen:
        assert project in said
    assert found.fingerprint in said and not re.search(r"\bnan\b", said)


def test_json_is_whole_and_in_list_order():
    found = selection()
    read = json.loads(write_json(describe_choice(found, other=selection(1.2e7, ""))))
    assert [row["project_id"] for row in read["projects"]] == list(found.evaluation.portfolio.frame.index)
    assert read["chosen"] == pytest.approx(found.shares)
    assert read["status"] == "optimal" and read["bound"] >= read["value"] and read["gap"] <= 1e-3
    assert all(rule["holds"] for rule in read["rules"])
    assert {habit["habit"] for habit in read["habits"]} == {"ratio", "rank", "listed"}
    assert read["against"]["gained"] and read["conflict"] is None


def test_json_of_a_conflict():
    read = json.loads(write_json(describe_choice(selection(3e5, "[fixed]\nin = ['MG2025-004']\n"))))
    assert read["status"] == "infeasible" and read["chosen"] == {} and read["value"] is None
    (changed,) = read["conflict"]["smallest"]
    assert (changed["kind"], changed["side"], changed["needed"]) == ("budget", "at_most", 950_000)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".csv", ".json", ".xlsx", ".parquet"])
@pytest.mark.parametrize("rules", ["", TORN])
def test_files_repeat_byte_for_byte(suffix, rules):
    found = selection(8e6, rules)
    one, other = (write_choice(found, suffix, "zh", frontiers={"risk": found.frontier("risk")}) for _ in range(2))
    assert one == other


def test_flat_files_hold_every_project_with_its_decision_or_reason():
    found = selection()
    table = pd.read_csv(io.BytesIO(write_choice(found, ".csv")), encoding="utf-8-sig")
    assert len(table) == len(found.evaluation.portfolio)
    assert table.loc[table["decision"] == "apart", "reason"].notna().all()
    assert table["funds_yuan"].sum() == pytest.approx(found.choice.funds)
    assert tabulate_projects(found)["cost_yuan"].notna().all()


def test_a_workbook_has_its_sheets():
    data = write_choice(selection(), ".xlsx", "zh", other=selection(1.2e7, ""))
    sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, engine="openpyxl")
    assert {"结论", "可选项目", "单列项目", "规则", "选择方式对照", "全部项目", "甲乙对比"} <= set(sheets)
