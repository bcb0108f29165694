"""The JSON of score: the promised keys in list order, no NaN, and what is not scored stays empty."""

import json
import math
from dataclasses import replace

import pytest

from evaluator.criteria.homogeneity import Neighbour
from evaluator.flags import SIGNS
from evaluator.report.scored import describe_evaluation, pay_status

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
    "issues",
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
def scored(evaluation):
    return describe_evaluation(evaluation)


def test_it_is_json_without_nan(scored, empty_evaluation):
    json.dumps(scored, allow_nan=False)
    json.dumps(describe_evaluation(empty_evaluation, "zh"), allow_nan=False)


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


def test_the_shares_of_neighbours_add_to_homogeneity(evaluation):
    crowded = replace(evaluation, neighbours=tuple(_with_rest(row) for row in evaluation.neighbours))
    for described in (describe_evaluation(evaluation), describe_evaluation(crowded)):
        for project in described["projects"]:
            near = project["homogeneity"]
            if project["scored"]:
                assert sum(n["share"] for n in near["neighbours"]) == pytest.approx(near["h"], abs=1e-9)
    assert any(n["project_id"] is None for p in described["projects"] for n in p["homogeneity"]["neighbours"])


def _with_rest(neighbours, kept=0):
    """The list cut after ``kept`` entries, the rest summed as a long list's is."""
    rest = neighbours[kept:]
    if not rest:
        return neighbours
    return (*neighbours[:kept], Neighbour("", "", None, sum(n.share for n in rest), math.nan, math.nan, len(rest)))
