"""Labour told apart, skills against training, craft."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.advantage import measure_advantage
from evaluator.criteria.people import measure_craft, measure_jobs_nearby, measure_labour, measure_skills, people_stated
from evaluator.criteria.valuation import advantage_weights
from evaluator.domain.places import Places
from evaluator.domain.settings import AdvantageSettings

RULES = AdvantageSettings()
PLACES = Places(pd.DataFrame({"labour_days_available": [1000.0]}, index=["990001"]))


def people(*rows):
    base = {
        "kind": "employment",
        "place_code": "990001",
        "labour_days_year": 500.0,
        "labour_state": None,
        "stage": None,
    }
    keys = {"product": None, "skills": None, "training_days": np.nan, "local_labour_share": np.nan}
    return pd.DataFrame([{**base, **keys, **row} for row in rows])


def test_farm_half_and_half_and_migrant_labour_are_told_apart():
    states = [None, "farm", "half-and-half", "migrant"]
    found = measure_labour(people(*({"labour_state": state} for state in states)), PLACES)
    assert found.point.tolist() == pytest.approx([0.5, 0.5, 1.0, np.nan], nan_ok=True)
    assert measure_labour(people({"labour_state": "half-and-half"}), PLACES, half_labour=0.25).point[0] == 2.0


def test_training_is_held_against_what_the_skill_takes():
    rows = ({"skills": "缝纫"}, {"skills": "刺绣"}, {"skills": "搬运"}, {"skills": "热情"}, {"skills": None})
    found = measure_skills(people(*({**row, "training_days": 10.0} for row in rows)), settings=RULES)
    assert found.point.tolist() == pytest.approx([0.5, 1 / 6, 10 / 3, 0.5, np.nan], nan_ok=True)


def test_jobs_nearby_are_posts_in_daily_reach_over_households():
    frame = people(
        {"jobs": 20.0, "households": 100.0},
        {"jobs": 20.0, "households": 100.0, "travel_minutes": 60.0},
        {"jobs": 20.0, "households": 100.0, "travel_minutes": 200.0},
        {"jobs": 20.0, "households": 100.0, "labour_state": "migrant"},
        {"jobs": 20.0},
        {"households": 100.0},
    )
    found = measure_jobs_nearby(frame, settings=RULES)
    assert found.point.tolist() == pytest.approx([0.2, 0.1, 0.0, *[np.nan] * 3], nan_ok=True)
    assert people_stated(frame)[2].tolist() == [True, True, True, False, False, False]
    weights = pd.DataFrame(advantage_weights(frame, measure_advantage(frame), settings=RULES))
    assert weights["jobs_nearby"].tolist() == pytest.approx([0.075] * 3 + [0.0] * 3)


def test_a_range_of_posts_is_a_range_of_jobs_nearby():
    frame = people({"jobs_low": 10.0, "jobs_high": 30.0, "households": 100.0})
    found = measure_jobs_nearby(frame, settings=RULES)
    assert (found.low[0], found.point[0], found.high[0]) == pytest.approx((0.1, 0.2, 0.3))


def test_craft_counts_for_workshops_and_never_for_fields():
    rows = ({"product": "embroidery"}, {"name": "非遗工坊"}, {"name": "银饰加工"}, {"product": "potato"},
            {"name": "竹编原料基地", "stage": "grow"})  # fmt: skip
    found = measure_craft(people(*({"name": None, **row} for row in rows)))
    assert found.point.tolist() == pytest.approx([0.6, 1.0, 0.6, np.nan, np.nan], nan_ok=True)


def test_what_is_not_stated_is_not_asked_and_the_five_weights_stand():
    frame = people(
        {}, {"local_labour_share": 0.7}, {"local_labour_share": 0.7, "skills": "缝纫", "training_days": 20.0},
        {"labour_state": "migrant", "local_labour_share": 0.7}, {"product": "embroidery"},
        {"kind": "industry", "product": "potato", "stage": "grow"},
    )  # fmt: skip
    assert people_stated(frame).tolist() == [
        [False, True, True, False, False, False],
        [False, False, True, True, False, False],
        [False] * 6,
    ]
    weights = pd.DataFrame(advantage_weights(frame, measure_advantage(frame), settings=RULES))
    assert weights["labour"].tolist() == pytest.approx([0.15, 0.075, 0.05, 0.0, 0.15, 0.075])
    assert weights["skills"].tolist() == pytest.approx([0, 0, 0.05, 0.15, 0, 0])
    reach = weights[["labour", "local_labour", "skills", "market_hours"]].sum(axis=1)
    assert reach.tolist() == pytest.approx([0.15] * 6)
    assert weights["craft"].tolist() == [0, 0, 0, 0, 0.25, 0]
    assert weights.iloc[5].sum() == pytest.approx(1.0)
