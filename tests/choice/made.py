"""An invented list for tests of the choice: evaluated once for each seed, posed again and again."""

from functools import cache

import numpy as np
import pandas as pd

import evaluator as ev
from evaluator.choice.problem import pose_problem

PRODUCTS = ("potato", "pig", "walnut", "sichuan_pepper")
TOWNSHIPS = ("甲乡", "乙镇", "丙乡")


def listed(seed, count=10):
    """An invented list; some facts of some projects are not stated."""
    rng = np.random.default_rng(seed)
    kind = np.where(rng.random(count) < 0.2, "employment", "industry")
    gap = rng.random((3, count)) < 0.15
    frame = pd.DataFrame(
        {
            "project_id": [f"P{k:02d}" for k in range(count)],
            "name": [f"project {k}" for k in range(count)],
            "kind": kind,
            "product": np.where(kind == "industry", rng.choice(PRODUCTS, count), None),
            "stage": rng.choice(["grow", "raise", "process"], count),
            "place_name": "美姑县",
            "township": np.where(gap[0], None, rng.choice(TOWNSHIPS, count)),
            "investment_yuan": rng.integers(1, 40, count) * 50_000.0,
            "households": np.where(gap[1], np.nan, rng.integers(5, 300, count)),
            "yearly_benefit_yuan": rng.integers(5, 60, count) * 10_000.0,
            "benefit_years": np.where(gap[2], np.nan, rng.integers(1, 12, count)),
            "signed_offtake_share": np.round(rng.random(count), 2),
            "evidence_grade": rng.integers(0, 4, count),
            "value_added_share": np.round(rng.uniform(0.1, 0.6, count), 2),
            "training_days": rng.integers(0, 30, count),
            "labour_days_year": rng.integers(100, 8000, count),
            "area_mu": rng.integers(0, 500, count),
            "nature": rng.choice(["new", "continuing"], count),
        }
    )
    return ev.read_portfolio(frame)


@cache
def evaluation(seed=1, count=10):
    """The list of a seed, evaluated."""
    return ev.evaluate(listed(seed, count))


def pose(budget=4e6, rules=None, *, seed=1, count=10, clusters=None, **choice):
    """A problem over the list of a seed; ``choice`` changes settings of that group. Red lines are off unless given."""
    found = evaluation(seed, count)
    changed = {f"choice.{key}": value for key, value in ({"red_lines_out": False, "gap": 0.0} | choice).items()}
    return pose_problem(
        found.portfolio,
        found.scorecard,
        found.flags,
        budget_yuan=budget,
        rules=rules,
        clusters=clusters,
        settings=found.settings.with_values(changed),
    )
