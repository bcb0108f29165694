"""Firmness in words and JSON: whole percents with their error, pairs that agree with the order, no NaN."""

import json
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.settings import CRITERIA, Settings
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.language import LANGUAGES
from evaluator.report.ranking import (
    describe_firmness,
    describe_ranking,
    find_switches,
    say_drivers,
    say_firmness,
    say_pair,
    say_points_error,
    say_project_drivers,
    say_swing,
    say_switch,
    say_top_chance,
    say_varied,
    shortlist,
    tabulate_pairs,
)
from evaluator.report.scored import describe_evaluation


@pytest.fixture(scope="module")
def drivers(evaluation):
    return evaluation.measure_drivers()


def test_the_ranking_block_has_its_keys_and_is_json(evaluation, empty_evaluation):
    block = describe_evaluation(evaluation)["ranking"]
    assert set(block) == {"weights", "draws", "mc_error", "top", "pairwise", "pairs", "drivers"}
    assert block["mc_error"] == pytest.approx(0.005, rel=0.01)
    assert block["weights"] == {
        "order": [],
        "bounds": {name: [0.0, 1.0] for name in CRITERIA},
        "all": True,
        "stated_inside": True,
    }
    assert {group: set(said) for group, said in block["drivers"]["order"].items()} == {
        group: {"first", "total", "share", "error"} for group in ("weights", "anchors", "data")
    }
    json.dumps([block, describe_evaluation(empty_evaluation)["ranking"]], allow_nan=False)


def test_each_project_says_its_firmness(evaluation, drivers):
    described = describe_evaluation(evaluation)["projects"]
    for project in described:
        assert (project["expected_rank"] is not None) == project["scored"]
    means = [said["expected_rank"] for said in describe_firmness(evaluation, drivers)]
    assert sum(means) == pytest.approx(len(means) * (len(means) + 1) / 2)
    for said in describe_firmness(evaluation, drivers):
        assert sum(said["drivers"].values()) == pytest.approx(1)
    asked = described[0]["ask_next"][0]
    assert set(asked) == {"field", "why", "gain", "decides", "value"}


def test_pairs_follow_the_order_and_the_matrix(evaluation, drivers):
    block = describe_ranking(evaluation, drivers)
    ids = block["pairwise"]["projects"]
    assert [(pair["ahead"], pair["behind"]) for pair in block["pairs"]] == list(pairwise(ids))
    assert block["pairs"][0]["p"] == block["pairwise"]["p"][0][1]
    assert shortlist(evaluation)[0] == int(np.argmax(evaluation.scorecard.total))


def test_chances_are_said_with_their_error(evaluation):
    best = shortlist(evaluation)[0]
    share = round(100 * evaluation.scorecard.p_top[best])
    assert say_top_chance(evaluation, best, "en").startswith(f"in the top 1 in {share} % of plausible readings (± ")
    assert say_top_chance(evaluation, best, "zh").startswith(f"在 {share}% 的合理情形中位列前 1（±")
    assert (say_points_error(0.005), say_points_error(0.0001), say_points_error(0.016)) == ("1", "1", "4")


def test_a_pair_and_its_switch_are_said(evaluation):
    first, second = shortlist(evaluation)[:2]
    names = [str(evaluation.portfolio.frame["name"].loc[evaluation.scored[row]]) for row in (first, second)]
    share = round(100 * evaluation.compare([first, second]).p[0, 1])
    assert say_pair(evaluation, first, second, "en").startswith(f"{names[0]} beats {names[1]} in {share} % of")
    said = say_switch(evaluation, first, second, "en")
    assert said == say_switch(evaluation, second, first, "en"), "whichever is named first"
    nearest = find_switches(evaluation, first, second)[0]
    if nearest.possible:
        assert f"{names[1]} overtakes {names[0]} when" in said
        assert f"{100 * nearest.at:.0f} %" in said
    else:
        assert "no weight of a single criterion" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_drives_is_named_by_share(evaluation, drivers, language):
    shares = drivers.order.shares
    said = say_drivers(drivers, language)
    first = {"en": ("the weights", "the anchors", "missing facts"), "zh": ("权重", "锚点", "缺失的事实")}[language]
    percent = {"en": " %", "zh": "%"}[language]
    assert first[int(shares.argmax())] in said
    assert f"{100 * shares.max():.0f}{percent}" in said
    assert say_project_drivers(drivers, 0, language)


def test_what_was_varied_names_the_order(portfolio):
    ordered = Settings().with_values({"weights.order": "demand > payback = advantage", "score.draws": 200})
    result = evaluate(portfolio, as_of=date(2026, 6, 30), settings=ordered)
    assert "all weights with Market demand > Payback horizon = Local advantage" in say_varied(result, "en")
    assert "all possible weights" in say_varied(evaluate(portfolio, as_of=date(2026, 6, 30)), "en")
    block = describe_ranking(result, result.measure_drivers())
    assert block["weights"]["order"] == [["demand"], ["payback", "advantage"]]
    assert block["weights"]["stated_inside"] is True


def test_equal_names_are_told_apart_by_their_ids():
    twice = pd.DataFrame(
        {"project_id": ["E1", "E2"], "name": "甲村茶园", "kind": "industry", "product": "tea", "place_code": "513431"}
    )
    result = evaluate(read_portfolio(twice), as_of=date(2026, 6, 30))
    assert say_switch(result, 0, 1, "en") == "甲村茶园 [E1] and 甲村茶园 [E2] are level"


def test_equal_projects_are_level():
    twice = pd.DataFrame(
        {"name": ["甲村茶园", "乙村茶园"], "kind": "industry", "product": "tea", "place_code": "513431"}
    )
    result = evaluate(read_portfolio(twice), as_of=date(2026, 6, 30))
    assert say_switch(result, 0, 1, "en") == "甲村茶园 and 乙村茶园 are level"


@pytest.mark.parametrize("criterion", CRITERIA)
def test_swings_are_asked_on_the_stated_anchors(criterion):
    said = say_swing(criterion, Settings(), "en")
    assert "= 100" in said or "100" in said
    assert say_swing(criterion, Settings(), "zh") != said


def test_the_table_of_pairs_has_names_on_both_sides(evaluation):
    table = tabulate_pairs(evaluation, "en")
    beats, *others = table.columns
    assert beats == "beats"
    assert list(table["beats"]) == others
    assert all(table.iloc[k, k + 1] == "–" for k in range(len(table)))


def test_the_console_says_how_firm_the_order_is(evaluation, empty_evaluation):
    lines = say_firmness(evaluation, "en")
    assert len(lines) == 4
    assert "plausible readings" in lines[0]
    assert "beats" in lines[1]
    assert lines[2].startswith("The order hangs")
    assert "10,000 times" in lines[3]
    assert say_firmness(empty_evaluation, "en") == []
