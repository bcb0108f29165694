"""How long `python -m evaluator score` takes on a prefecture's worth of projects.

Run by hand: `python tests/benchmarks/score.py [rows]`. Writes a list and a register of that many invented projects
(10,000 unless stated), complete and with two facts in five missing, as csv and xlsx, and prints the wall time of the
whole command.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[2]
PRODUCTS = (
    "potato",
    "buckwheat",
    "pig",
    "chicken",
    "apple",
    "tea",
    "walnut",
    "maize",
    "sheep",
    "buckwheat_process",
    "mushroom",
)
OPTIONAL = (
    "construction_months",
    "asset_life_years",
    "output_per_year",
    "signed_offtake_share",
    "evidence_grade",
    "households",
    "training_days",
    "yearly_benefit_yuan",
    "yearly_household_benefit_yuan",
    "benefit_years",
    "value_added_share",
)


def invent(rows: int, *, seed: int, label: str, missing: float) -> pd.DataFrame:
    """Projects in invented villages spread over a prefecture of 250 by 250 km."""
    rng = np.random.default_rng(seed)
    villages = np.column_stack([101.5 + rng.uniform(0, 2.5, rows // 5 + 1), 26.8 + rng.uniform(0, 2.3, rows // 5 + 1)])
    at = rng.integers(0, len(villages), rows)
    table = pd.DataFrame(
        {
            "project_id": [f"{label}{i:06d}" for i in range(rows)],
            "name": [f"{label}{i}号村产业项目" for i in range(rows)],
            "kind": "industry",
            "product": rng.choice(PRODUCTS, rows),
            "place_code": rng.choice(["513431", "513429", "513430", "513432", "513437"], rows),
            "township": [f"第{v % 300}镇" for v in at],
            "village": [f"第{v}村" for v in at],
            "lon": villages[at, 0].round(5),
            "lat": villages[at, 1].round(5),
            "content": "新建标准化基地及配套设施,带动周边农户增收。",
            "status": "proposed" if label == "P" else "running",
            "start": "2026-04",
            "construction_months": rng.integers(2, 24, rows).astype(float),
            "asset_life_years": rng.integers(5, 20, rows).astype(float),
            "output_per_year": rng.uniform(20, 900, rows).round(),
            "output_unit": "t",
            "signed_offtake_share": rng.uniform(0, 1, rows).round(2),
            "offtake_grade": "written",
            "evidence_grade": rng.integers(0, 4, rows).astype(float),
            "households": rng.integers(10, 300, rows).astype(float),
            "training_days": rng.integers(0, 40, rows).astype(float),
            "investment_yuan": rng.lognormal(13.3, 1.1, rows).round(),
            "revenue_yuan_year": rng.lognormal(13.0, 1.0, rows).round(),
            "yearly_benefit_yuan": rng.lognormal(11.8, 1.0, rows).round(),
            "yearly_household_benefit_yuan": rng.lognormal(11.8, 1.0, rows).round(),
            "yearly_subsidy_yuan": rng.uniform(0, 3e4, rows).round(),
            "benefit_years": rng.integers(1, 15, rows).astype(float),
            "value_added_share": rng.uniform(0.1, 0.7, rows).round(2),
        }
    )
    for key in OPTIONAL:
        table.loc[rng.uniform(size=rows) < missing, key] = np.nan
    return table


def main(rows: int = 10_000) -> None:
    """Print the wall time of each case, three runs each: the table on standard output, and the full JSON."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.csv"
        invent(rows, seed=2, label="R", missing=0.0).to_csv(register, index=False)
        for ending, missing, written in (("csv", 0.0, ""), ("csv", 0.4, ""), ("xlsx", 0.0, ""), ("csv", 0.0, "json")):
            path = Path(folder) / f"list-{missing}.{ending}"
            table = invent(rows, seed=1, label="P", missing=missing)
            table.to_csv(path, index=False) if ending == "csv" else table.to_excel(
                path, index=False, engine="xlsxwriter"
            )
            command = [sys.executable, "-m", "evaluator", "score", str(path), "--register", str(register)]
            command += ["-o", str(path.with_suffix(f".{written}"))] if written else []
            seconds = []
            for _ in range(3):
                begin = time.perf_counter()
                quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                subprocess.run(command, cwd=ROOT, check=True, **quiet)
                seconds.append(time.perf_counter() - begin)
            case = f"{rows:,} projects ({ending}, {missing:.0%} of facts missing) + {rows:,} in the register"
            print(f"{case}, {written or 'table'}: {min(seconds):.2f}-{max(seconds):.2f} s")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
