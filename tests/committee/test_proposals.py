from datetime import date

import pandas as pd
import pytest

from evaluator.committee.proposals import hash_content, rules_of, take_proposals
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio

LIST = pd.DataFrame(
    {
        "项目编号": ["A1", "A2", "A3"],
        "项目名称": ["青岭花椒基地", "云顶苦荞加工厂", "通村道路"],
        "项目类型": ["产业", "产业", "基础设施"],
        "乡镇": ["甲乡", "乙镇", "乙镇"],
        "产业": ["花椒", "苦荞加工", None],
        "责任单位": ["甲乡政府", "乙镇政府", "交通局"],
        "总投资(万元)": [60, 300, 120],
        "年净收益(万元)": [25, 70, None],
        "持续受益年限": [1, 10, None],
    }
)


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(read_portfolio(LIST), as_of=date(2026, 6, 30))


def test_scored_projects_become_proposals_with_the_models_marks(evaluation):
    found = {one.id: one for one in take_proposals(evaluation)}
    assert set(found) == {"A1", "A2"}  # a road is not scored
    totals = pd.Series(evaluation.scorecard.total, index=evaluation.scored)
    assert found["A2"].total == pytest.approx(totals["A2"], abs=1e-6)
    assert (found["A1"].township, found["A1"].unit) == ("甲乡", "甲乡政府")
    assert found["A1"].signs == tuple(key for key, sign in evaluation.flags.of("A1").items() if sign.on)
    assert [one.total for one in take_proposals(evaluation)] == sorted(
        (one.total for one in found.values()), reverse=True
    )
    assert [one.id for one in take_proposals(evaluation, {"A1"})] == ["A1"]
    assert sum(rules_of(evaluation).weights) == pytest.approx(1)
    assert rules_of(evaluation, minimum_reviews=5).minimum_reviews == 5


def test_nothing_to_judge_is_said(evaluation, refused):
    refused("no_proposals", lambda: take_proposals(evaluation, set()))
    refused("no_proposals", lambda: take_proposals(evaluation, {"A3"}))


def test_a_proposal_is_known_by_its_content_alone(evaluation):
    frame = evaluation.portfolio.frame
    row = frame.loc["A1"]
    assert hash_content(row) == hash_content(row[::-1])
    longer = evaluate(read_portfolio(pd.concat([LIST, LIST.tail(1).assign(项目编号="A9")])), as_of=date(2026, 6, 30))
    assert hash_content(longer.portfolio.frame.loc["A1"]) == hash_content(row)
    for column, value in LIST.iloc[0].items():
        if column == "项目编号":
            continue
        other = LIST.assign(
            **{column: [{"产业": "苦荞", "项目类型": "就业"}.get(column, f"{value}1"), *LIST[column][1:]]}
        )
        assert hash_content(read_portfolio(other).frame.loc["A1"]) != hash_content(row), column
