"""How long a choice among 1,000 projects under 20 rules takes, beside other solvers and simple habits.

Run by hand: `python tests/benchmarks/choice.py`. Invented projects of three seeds, three definitions of value, two
mixes of rules (caps as shares of the budget, and of what is chosen). Beside it stand scipy's milp as it is on the same
matrix, CBC by PuLP (where it is installed), and funding by ratio, which breaks rules. Seconds are of the clock, and of
the processor in brackets: on a shared machine only the latter can be compared. The OR-Library instances are tests
(`tests/choice/test_solve.py`).
"""

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import evaluator as ev
from evaluator.choice.baselines import fund_by
from evaluator.choice.chosen import choose_projects, slide_weights
from evaluator.choice.core import measure_core
from evaluator.choice.frontier import trace_frontier
from evaluator.choice.price import price_budget, price_rules, slide_budget
from evaluator.choice.problem import pose_problem
from evaluator.choice.quiet import keep_quiet

try:
    import pulp
except ImportError:
    pulp = None

COUNT, SEEDS = 1_000, (1, 2, 3)
CAPS = "\n".join(
    f'[[limit]]\nwhere = {{product = "{product}"}}\nof = "{{of}}"\nat_most = {{most}}'
    for product in ("potato", "pig", "walnut", "tartary_buckwheat", "sichuan_pepper", "chicken", "apple", "cattle")
)
REST = """
[[limit]]
where = {kind = "employment"}
measure = "projects"
at_least = 40
[[limit]]
where = {stage = "process"}
at_least = 20_000_000
[[limit]]
measure = "labour_days_year"
at_most = 1_600_000
[[limit]]
measure = "area_mu"
at_most = 100_000
[[limit]]
where = {benefit_years = {at_least = 3}}
of = "chosen"
at_least = 0.5
[[limit]]
where = {flag = "flag"}
of = "chosen"
at_most = 0.1
[[limit]]
where = {township = "T1"}
at_least = 5_000_000
[[limit]]
where = {township = "T2"}
at_least = 5_000_000
[[limit]]
measure = "households"
at_least = 12_000
[[exclusive]]
projects = ["P0001", "P0002", "P0003"]
[[depends]]
project = "P0010"
needs = ["P0011"]
"""


def listed(seed: int) -> ev.Portfolio:
    rng = np.random.default_rng(seed)
    products = ["potato", "pig", "walnut", "tartary_buckwheat", "sichuan_pepper", "chicken", "apple", "cattle", "goat"]
    kind = np.where(rng.random(COUNT) < 0.15, "employment", "industry")
    frame = pd.DataFrame(
        {
            "project_id": [f"P{k:04d}" for k in range(COUNT)],
            "name": [f"project {k}" for k in range(COUNT)],
            "kind": kind,
            "product": np.where(kind == "industry", rng.choice(products, COUNT), None),
            "stage": rng.choice(["grow", "raise", "process"], COUNT),
            "place_name": "美姑县",
            "township": [f"T{k}" for k in rng.integers(1, 20, COUNT)],
            "investment_yuan": np.round(rng.lognormal(13.3, 1, COUNT), -3),
            "households": rng.integers(5, 300, COUNT),
            "yearly_benefit_yuan": np.round(rng.lognormal(12, 1, COUNT), -2),
            "benefit_years": rng.integers(1, 12, COUNT),
            "signed_offtake_share": np.round(rng.random(COUNT), 2),
            "evidence_grade": rng.integers(0, 4, COUNT),
            "value_added_share": np.round(rng.uniform(0.1, 0.6, COUNT), 2),
            "training_days": rng.integers(0, 30, COUNT),
            "labour_days_year": rng.integers(100, 8000, COUNT),
            "area_mu": rng.integers(0, 500, COUNT),
            "nature": rng.choice(["new", "continuing"], COUNT),
        }
    )
    return ev.read_portfolio(frame)


@dataclass
class Clock:
    """Seconds of the clock and of the processor since it was made."""

    def __post_init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        return f"{time.perf_counter() - self.wall:.2f} s ({time.process_time() - self.cpu:.2f})"


def bare(problem, limit: float) -> str:
    """scipy's milp on the same matrix: its seconds, value, gap and whether all rules hold."""
    model, clock = problem.model, Clock()
    scale = np.abs(model.value).max()
    with keep_quiet():
        answer = milp(
            -model.value / scale,
            integrality=model.integrality,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(model.matrix, model.lower, model.upper),
            options={"time_limit": limit, "mip_rel_gap": problem.settings.choice.gap},
        )
    if answer.x is None:
        return f"milp {clock}: none"
    broken = sum(not line.holds(np.round(answer.x[: model.n])) for line in model.lines)
    return f"milp {clock} value {-answer.fun * scale:.6g} broken {broken}"


def by_cbc(problem, limit: float) -> str:
    """CBC by PuLP on the same matrix (seconds of the clock: it is a process of its own)."""
    if pulp is None:
        return "CBC: PuLP is not installed"
    model = problem.model
    start = time.perf_counter()
    asked = pulp.LpProblem("choice", pulp.LpMaximize)
    x = [pulp.LpVariable(f"x{j}", 0, 1, pulp.LpBinary) for j in range(len(model.value))]
    scale = np.abs(model.value).max()
    asked += pulp.lpSum(float(v) / scale * one for v, one in zip(model.value, x, strict=True))
    for row in range(model.matrix.shape[0]):
        part = slice(model.matrix.indptr[row], model.matrix.indptr[row + 1])
        pairs = zip(model.matrix.indices[part], model.matrix.data[part], strict=True)
        left = pulp.lpSum(float(w) * x[j] for j, w in pairs)
        if np.isfinite(model.upper[row]):
            asked += left <= float(model.upper[row])
        if np.isfinite(model.lower[row]):
            asked += left >= float(model.lower[row])
    asked.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=limit, gapRel=problem.settings.choice.gap))
    value = pulp.value(asked.objective)
    return f"CBC {time.perf_counter() - start:.2f} s value {np.nan if value is None else value * scale:.6g}"


def main() -> None:
    taken, busy, breaks = [], [], []
    for seed in SEEDS:
        portfolio = listed(seed)
        result = ev.evaluate(portfolio)
        budget = 0.3 * float(portfolio.frame["investment_yuan"].sum())
        for mix, of, most in (("amounts", "budget", 0.2), ("shares", "chosen", 0.15)):
            for value in ("score_funds", "score", "households"):
                settings = replace(
                    result.settings, choice=replace(result.settings.choice, value=value, red_lines_out=False)
                )
                rules = CAPS.replace("{of}", of).replace("{most}", str(most)) + REST
                problem = pose_problem(portfolio, result.scorecard, result.flags, budget_yuan=budget, rules=rules,
                                       settings=settings)  # fmt: skip
                start, processor, clock = time.perf_counter(), time.process_time(), Clock()
                choice = choose_projects(problem)
                said = str(clock)
                taken.append(time.perf_counter() - start)
                busy.append(time.process_time() - processor)
                ratio, limit = fund_by(problem, "ratio"), settings.choice.time_limit_s
                breaks.append(len(ratio.broken))
                print(
                    f"seed {seed} {mix:8s} {value:12s} {choice.status:9s} {said} value {choice.value:.6g} "
                    f"gap {choice.gap:.1e} broken {sum(not s.holds for s in choice.rules)} | "
                    f"{bare(problem, limit)} | {by_cbc(problem, limit)} | "
                    f"by ratio: {ratio.value / choice.value if choice.found else np.nan:.3f} of the value, "
                    f"{breaks[-1]} lines broken"
                )
                if value == "score_funds":
                    extras(problem, choice)
                    impossible(portfolio, result, rules, settings)
    print(
        f"choice: median {np.median(taken):.2f} s (processor {np.median(busy):.2f}), most {max(taken):.2f} s of "
        f"{len(taken)}; funding by ratio broke rules in {sum(b > 0 for b in breaks)} of {len(breaks)}"
    )


def extras(problem, choice) -> None:
    clock = Clock()
    core = measure_core(problem)
    print(f"    core {clock} of {core.draws} draws ({core.count('core')} core, {core.count('borderline')} borderline, "
          f"{core.count('out')} out)", end="")  # fmt: skip
    clock = Clock()
    slide_weights(problem, [0.4, 0.2, 0.2, 0.2])
    print(f"; slider of weights {clock}", end="")
    clock = Clock()
    slide_budget(problem, 0.9 * problem.budget_yuan)
    print(f", of the budget {clock}", end="")
    clock = Clock()
    price_budget(problem)
    prices = price_rules(choice)
    print(f"; prices of budget and rules {clock}, {len(prices)} rules cost value", end="")
    clock = Clock()
    points = [len(trace_frontier(problem, choice, measure=measure)) for measure in ("risk", "flagged")]
    print(f"; two frontiers {clock}, {points} points")


def impossible(portfolio, result, rules: str, settings) -> None:
    """A budget that cannot pay for what the rules demand: how long until the conflict is explained."""
    problem = pose_problem(portfolio, result.scorecard, result.flags, budget_yuan=1.5e7, rules=rules, settings=settings)
    clock = Clock()
    choice = choose_projects(problem)
    told = choice.conflict
    print(
        f"    impossible: {choice.status} {clock}, {len(told.rules) if told else 0} rules conflict, irreducible "
        f"{told.irreducible if told else None}, {len(told.single) if told else 0} suffice alone"
    )


if __name__ == "__main__":
    main()
