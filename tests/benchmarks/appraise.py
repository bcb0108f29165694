"""How long 10,000 full appraisals of 20 years take, and the downside of 1,000 projects.

Run by hand: `python tests/benchmarks/appraise.py`. Best and median of five runs for flows that change sign once, at
random and in many other ways, so that the search for all rates of return is tried at its worst.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.criteria.cashflow import appraise
from evaluator.criteria.downside import measure_downside
from evaluator.criteria.horizon import Horizon
from evaluator.criteria.score import Quantity
from evaluator.domain.settings import RiskSettings
from evaluator.reference.advantage import price_volatilities

COUNT, PERIODS, RUNS = 10_000, 20, 5


def cases() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    shape = (COUNT, PERIODS)
    spent = -rng.lognormal(2, 1, COUNT)
    return {
        "one change of sign": np.column_stack([spent, rng.lognormal(0, 1, (COUNT, PERIODS - 1))]),
        "investment, then noise": np.column_stack([spent, rng.normal(0.5, 1, (COUNT, PERIODS - 1))]),
        "normal": rng.normal(size=shape),
        "random signs": rng.choice([-1, 1], size=shape) * rng.lognormal(0, 1, shape),
        "small whole numbers": rng.integers(-9, 10, shape).astype(float),
    }


def downside_inputs(rows: int) -> tuple[pd.DataFrame, Horizon]:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"kind": "industry", "product": rng.choice(["potato", "pig", "bamboo"], rows), "households": 50.0,
         "insured_share": 0.3, "loss_probability": np.nan},
        index=[f"P{i}" for i in range(rows)],
    )  # fmt: skip
    money = [Quantity.known(rng.uniform(low, high, rows)) for low, high in ((1e5, 1e6), (1e4, 2e5), (1e4, 2e5), (0, 1))]
    delay = Quantity(np.ones(rows), np.zeros(rows), np.full(rows, 3.0))
    years, life = Quantity.known(rng.uniform(1, 12, rows)), Quantity.known(np.full(rows, 10.0))
    return frame, Horizon(*money, years, delay, life, np.ones(rows, bool))


def timed(work) -> str:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return f"best {min(taken):.3f} s, median {sorted(taken)[RUNS // 2]:.3f} s"


if __name__ == "__main__":
    for name, flows in cases().items():
        print(f"{name:24s} {timed(lambda flows=flows: appraise(flows))}")
    frame, horizon = downside_inputs(1_000)
    work = lambda: measure_downside(frame, horizon, settings=RiskSettings(), volatility=price_volatilities())  # noqa: E731
    print(f"{'downside, 1,000 projects':24s} {timed(work)}")
