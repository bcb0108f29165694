"""The JSON of check and score: the promised keys, list order, no NaN, and what is not scored stays empty."""

import json

import pytest

from evaluator.domain.fields import FIELD_KEYS
from evaluator.flags import SIGNS
from evaluator.report.describe import describe_evaluation, describe_portfolio, pay_status

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
SCORE_KEYS = {
    "settings_differences",
    "fingerprint",
    "draws",
    "as_of",
    "version",
    "rivals",
    "cautions",
    "unscored",
    "left_out",
    "projects",
}
SCORED_KEYS = {
    "project_id",
    "name",
    "kind",
    "scored",
    "total",
    "total_low",
    "total_high",
    "rank",
    "rank_low",
    "rank_high",
    "p_top",
    "coverage",
    "judged",
    "grade",
    "demand",
    "homogeneity",
    "payback",
    "advantage",
    "rivals",
    "flag",
    "ask_next",
    "red_lines",
    "contributions",
}


@pytest.fixture(scope="module")
def checked(portfolio):
    return describe_portfolio(portfolio)


@pytest.fixture(scope="module")
def scored(evaluation):
    return describe_evaluation(evaluation)


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


def test_both_are_json_without_nan(checked, scored):
    json.dumps(checked, allow_nan=False)
    json.dumps(scored, allow_nan=False)


def test_score_has_the_promised_keys_in_list_order(scored, portfolio):
    assert set(scored) >= SCORE_KEYS
    assert [p["project_id"] for p in scored["projects"]] == list(portfolio.frame.index)
    for project in scored["projects"]:
        assert set(project) >= SCORED_KEYS
        assert set(project["flag"]["signs"]) == set(SIGNS)
        assert set(project["homogeneity"]) >= {
            "h",
            "h_low",
            "h_high",
            "score",
            "low",
            "high",
            "neighbours",
            "h_with_round",
        }
        assert set(project["payback"]) >= {
            "score",
            "low",
            "high",
            "parts",
            "payback_years",
            "payback_status",
            "discounted_payback_years",
            "npv_yuan",
            "irr",
            "irr_roots",
            "half_life_years",
            "lasting_years",
        }


def test_numbers_keep_full_precision(scored, evaluation):
    first = scored["projects"][0]
    assert first["total"] == evaluation.scorecard.total[0]
    assert sum(first["contributions"].values()) == pytest.approx(first["total"], abs=1e-12)
    assert sum(part["weight"] for part in first["demand"]["parts"].values()) == pytest.approx(1)


def test_roads_are_listed_and_never_scored(scored):
    road = scored["projects"][3]
    assert road["kind"] == "other"
    assert road["scored"] is False
    assert road["total"] is road["rank"] is road["demand"]["score"] is None
    assert road["flag"]["level"] == "none"
    assert all(sign["degree"] is None for sign in road["flag"]["signs"].values())
    assert scored["unscored"] == {"projects": 1, "amount": 1_200_000, "amount_yuan": 1_200_000}


def test_no_point_rank_where_facts_are_too_few(scored):
    for project in scored["projects"]:
        assert (project["rank"] is not None) == project["judged"]
        assert not project["scored"] or project["rank_low"] <= project["rank_high"]


def test_a_payback_that_never_comes_is_said_so(scored):
    assert scored["projects"][0]["payback"]["payback_status"] == "never"
    assert scored["projects"][0]["payback"]["payback_years"] is None
    assert scored["projects"][4]["payback"]["payback_status"] == "unknown"
    assert (pay_status(3.0), pay_status(float("inf")), pay_status(float("nan"))) == ("paid_back", "never", "unknown")


def test_reasons_follow_the_language(evaluation):
    english, chinese = (describe_evaluation(evaluation, language)["projects"][0] for language in ("en", "zh"))
    assert english["total"] == chinese["total"]
    assert english["flag"]["signs"]["short"]["reason"] != chinese["flag"]["signs"]["short"]["reason"]
