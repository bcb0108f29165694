"""What was measured becomes criterion scores: caps by evidence, unnamed products, parts that apply."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.advantage import measure_advantage
from evaluator.criteria.demand import measure_demand
from evaluator.criteria.draws import Draws
from evaluator.criteria.homogeneity import measure_homogeneity
from evaluator.criteria.score import Quantity
from evaluator.criteria.valuation import (
    advantage_weights,
    evidence_cap,
    known_homogeneity,
    score_advantage,
    score_demand,
    score_homogeneity,
)
from evaluator.domain.settings import Settings
from evaluator.intake.read import read_portfolio

RULES = Settings()


def frame_of(*rows):
    return read_portfolio(pd.DataFrame([{"name": f"云岭{i}", **row} for i, row in enumerate(rows)])).frame


def draws_of(frame):
    return Draws.of(list(frame.index), RULES.score)


def test_evidence_caps_the_demand_and_an_unknown_grade_leaves_it_open():
    grade = Quantity(
        np.array([0.0, 1.0, 2.0, 3.0, np.nan]), np.array([0.0, 1, 2, 3, np.nan]), np.array([0.0, 1, 2, 3, np.nan])
    )
    cap = evidence_cap(grade, RULES.demand.evidence_caps)
    assert cap.point.tolist() == [40, 60, 85, 100, 40]
    assert (cap.low[4], cap.high[4]) == (40, 100)


def test_a_fully_signed_project_without_evidence_stays_under_the_cap():
    frame = frame_of(
        {
            "kind": "industry",
            "product": "potato",
            "signed_offtake_share": 1.0,
            "offtake_grade": "deposit",
            "evidence_grade": 0,
        },
        {
            "kind": "employment",
            "wage_yuan_month": 4000,
            "local_wage_yuan_month": 2000,
            "contract_months": 36,
            "evidence_grade": 0,
        },
    )
    score = score_demand(frame, measure_demand(frame), settings=RULES.demand, score=RULES.score, draws=draws_of(frame))
    assert (score.high <= 40).all()
    assert score.parts["offtake"].iloc[0] == 100
    assert np.isnan(score.parts["offtake"].iloc[1]), "orders are not asked of an employment project"
    assert score.parts.loc[frame.index[1], ["wage_ratio", "contract_months"]].tolist() == [100, 100]
    assert score.coverage[1] == pytest.approx(0.45)


def test_a_project_that_names_no_product_is_not_called_distinct():
    place = {"place_code": "513431", "township": "云岭镇", "investment_yuan": 5e5, "kind": "industry"}
    frame = frame_of(
        {**place, "product": "potato"}, {**place, "product": "potato"}, place, {**place, "product": "planting"}
    )
    measured = measure_homogeneity(frame)
    known = known_homogeneity(frame, measured)
    assert np.isnan(known).tolist() == [False, False, True, True]
    score = score_homogeneity(frame, measured, settings=RULES.homogeneity, score=RULES.score, draws=draws_of(frame))
    assert score.score[2:].tolist() == [35, 35]
    assert score.judged.tolist() == [True, True, False, False]
    assert score.score[0] < 70


def test_advantage_asks_each_kind_of_project_what_fits_it():
    frame = frame_of(
        {"kind": "industry", "product": "potato", "local_history_years": 10},
        {"kind": "industry", "product": "potato_starch", "market_hours": 1},
        {"kind": "employment", "jobs": 5},
    )
    advantage = measure_advantage(frame)
    weights = pd.DataFrame(advantage_weights(frame, advantage, settings=RULES.advantage))
    assert (weights["ecology"] > 0).tolist() == [True, False, False]
    assert (weights["chain"] > 0).tolist() == [True, False, False]
    assert (weights["market_hours"] > 0).tolist() == [True, True, False]
    assert (weights["local_history"] > 0).tolist() == [True, False, False], "history speaks where there is no quotient"
    assert weights.iloc[0].sum() == pytest.approx(1.0)
    score = score_advantage(frame, advantage, settings=RULES.advantage, score=RULES.score, draws=draws_of(frame))
    assert score.parts["local_history"].iloc[0] == 100
    assert score.parts["market_hours"].iloc[1] == 100
