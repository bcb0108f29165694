"""The JSON of check: the promised keys, each fact with where it came from, no NaN."""

import json

import pytest

from evaluator.domain.fields import FIELD_KEYS
from evaluator.report.checked import describe_portfolio

CHECK_KEYS = {
    "rows",
    "total_yuan",
    "control_total_yuan",
    "total",
    "control_total",
    "currency",
    "columns",
    "issues",
    "projects",
}
PROJECT_KEYS = {
    "project_id",
    "name",
    "kind",
    "project_type",
    "place",
    "township",
    "village",
    "content",
    "investment_yuan",
    "households",
    "poor_households",
    "jobs",
    "annual_income_yuan",
    "product",
    "stage",
    "start",
    "end",
    "evidence",
    "quotes",
    "amounts",
}


@pytest.fixture(scope="module")
def checked(portfolio):
    return describe_portfolio(portfolio)


def test_check_has_the_promised_keys(checked):
    assert set(checked) >= CHECK_KEYS
    assert checked["rows"] == 5
    assert checked["total_yuan"] == 5_800_000
    assert checked["control_total_yuan"] is None
    assert checked["columns"]["总投资(万元)"] == "investment_yuan"
    for project in checked["projects"]:
        assert set(project) >= PROJECT_KEYS | set(FIELD_KEYS)
        assert set(project["evidence"].values()) <= {"given", "text", "assumed", "missing"}


def test_check_reads_one_project_whole(checked):
    first = checked["projects"][0]
    assert first["annual_income_yuan"] == first["yearly_benefit_yuan"] == 250_000
    assert first["start"] == "2026-03"
    assert first["place"] == "昭觉县"
    assert first["product"] == "sichuan_pepper"
    assert first["amounts"]["investment_yuan"] == 600_000
    assert first["evidence"]["training_days"] == "given"
    assert first["jobs"] is None


def test_it_is_json_without_nan(checked):
    json.dumps(checked, allow_nan=False)
