"""How long a choice among 1,000 projects under 20 rules takes, beside greedy by ratio, which breaks the rules.

Run by hand: `python tests/benchmarks/choice.py`. Invented projects; three definitions of value; three mixes of rules.
The OR-Library instances (Beasley 1990, mknap1) stand in `tests/choice/test_solve.py` and are solved here too.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import evaluator as ev
from evaluator.choice.chosen import choose_projects, slide_weights
from evaluator.choice.core import measure_core
from evaluator.choice.frontier import trace_frontier
from evaluator.choice.problem import pose_problem

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


def greedy(problem) -> tuple[np.ndarray, int]:
    """By value for money from the top while the budget lasts; how many lines of the rules it breaks."""
    candidates, left = problem.candidates, problem.budget_yuan
    x = np.zeros(len(candidates.ids))
    for row in np.argsort(-candidates.value / candidates.cost, kind="stable"):
        if candidates.cost[row] <= left:
            x[row], left = 1.0, left - candidates.cost[row]
    return x, sum(not line.holds(x) for line in problem.model.lines)


def main() -> None:
    taken = []
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
                start = time.perf_counter()
                choice = choose_projects(problem)
                taken.append(time.perf_counter() - start)
                x, broken = greedy(problem)
                print(
                    f"seed {seed} {mix:8s} {value:12s} {choice.status:10s} {taken[-1]:.2f} s  gap {choice.gap:.1e}  "
                    f"broken {sum(not s.holds for s in choice.rules)}  | greedy: value "
                    f"{float(problem.candidates.value @ x) / choice.value if choice.found else np.nan:.3f} of ours, "
                    f"{broken} lines broken"
                )
                if value == "score_funds":
                    extras(problem, choice)
                    impossible(portfolio, result, rules, settings)
    print(f"choice: median {np.median(taken):.2f} s, most {max(taken):.2f} s of {len(taken)}")


def extras(problem, choice) -> None:
    start = time.perf_counter()
    core = measure_core(problem)
    middle = time.perf_counter()
    slide_weights(problem, [0.4, 0.2, 0.2, 0.2])
    slid = time.perf_counter()
    points = [len(trace_frontier(problem, choice, measure=measure)) for measure in ("risk", "flagged")]
    print(f"    core {middle - start:.2f} s of {core.draws} draws ({core.count('core')} core, "
          f"{core.count('borderline')} borderline, {core.count('out')} out); slider {slid - middle:.3f} s; two frontiers "  # noqa: E501
          f"{time.perf_counter() - slid:.2f} s, {points} points")  # fmt: skip


def impossible(portfolio, result, rules: str, settings) -> None:
    """A budget that cannot pay for what the rules demand: how long until the conflict is explained."""
    problem = pose_problem(portfolio, result.scorecard, result.flags, budget_yuan=1.5e7, rules=rules, settings=settings)
    start = time.perf_counter()
    choice = choose_projects(problem)
    told = len(choice.conflict.rules) if choice.conflict else 0
    sure = choice.conflict.irreducible if choice.conflict else None
    print(
        f"    impossible: {choice.status} {time.perf_counter() - start:.2f} s, {told} rules conflict, irreducible {sure}"  # noqa: E501
    )


if __name__ == "__main__":
    main()
