"""An appraised flows table as text, table and JSON, in both languages."""

import json
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from evaluator.criteria.flow_appraisal import appraise_flows
from evaluator.intake.flows import read_flows
from evaluator.report.appraised import (
    describe_appraisal,
    say_appraisal,
    say_rates,
    show_appraisal,
    tabulate_appraisal,
    write_appraisal,
)


@pytest.fixture(scope="module")
def found():
    wide = pd.DataFrame(
        {"project_id": ["=A1", "两率", "亏损"], 0: [-100, -100, -100], 1: [60, 230, 5], 2: [60, -132, 5]}
    )
    return appraise_flows(read_flows(wide))


@pytest.fixture(scope="module")
def full():
    table = pd.DataFrame(
        {"project_id": "甲", "period": [0, 1, 2], "costs": [100, 0, 0], "benefits": [0, 60, 60],
         "subsidies": [40, 0, 0], "household_benefit": [0, 20, 20]}
    )  # fmt: skip
    return appraise_flows(read_flows(table))


def test_json_keeps_order_all_rates_and_says_never(found):
    described = describe_appraisal(found)
    one, two, loss = (project["project"] for project in described["projects"])
    assert [project["project_id"] for project in described["projects"]] == ["=A1", "两率", "亏损"]
    assert one["irr_status"] == "one"
    assert two["irr_status"] == "several"
    assert two["irr"] is None
    assert two["all_irr"] == pytest.approx([0.1, 0.2])
    assert loss["payback_status"] == "never"
    assert loss["payback_years"] is None
    assert set(described["projects"][0]) == {"project_id", "last_year", "project"}  # no subsidy, no households
    assert json.loads(json.dumps(described, allow_nan=False)) == described


def test_three_views_where_three_are_known(full):
    (project,) = describe_appraisal(full)["projects"]
    assert project["project_with_subsidy"]["npv_yuan"] - project["project"]["npv_yuan"] == pytest.approx(40)
    assert project["household"]["benefit_years"] == 2
    assert "payback_years" not in project["household"]


@pytest.mark.parametrize(
    ("language", "never", "several"), [("en", "never", "not unique: 10 %"), ("zh", "收", "不唯一")]
)
def test_words(found, language, never, several):
    said = say_appraisal(found, language)
    assert never in said
    assert several in said
    assert "nan" not in said.lower()
    assert say_rates((), language) in ("none", "无")


def test_every_view_is_shown_and_titles_are_words(full):
    shown = show_appraisal(full, "zh")
    assert len(shown) == 3
    assert "视角" in shown.columns


def test_files(found, full):
    table = pd.read_parquet(BytesIO(write_appraisal(full, ".parquet", "en")))
    pd.testing.assert_frame_equal(table, tabulate_appraisal(full), check_dtype=False)
    assert "'=A1" in write_appraisal(found, ".csv", "en").decode("utf-8-sig")
    assert json.loads(write_appraisal(found, ".json", "en"))["gross"] is False
    sheet = openpyxl.load_workbook(BytesIO(write_appraisal(found, ".xlsx", "zh"))).active
    assert sheet["A2"].value == "=A1"
    assert sheet["A2"].data_type == "s"
    assert write_appraisal(found, ".xlsx", "zh") == write_appraisal(found, ".xlsx", "zh")
