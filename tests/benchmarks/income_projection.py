"""How well effects are projected on worlds with known truth, beside the simple ways.

Run by hand: ``python tests/benchmarks/income_projection.py [--replications 200] [--villages 50 100 200]
[--seed 20260]``. Twelve-year worlds of ``tests/income/projects_world.py`` are frozen after year 10 (projects started in
years 3 to 7), everything goes through ``project_paths``, the call behind the page, and predictions are held against the
true effects:

- running projects: their years 4–7 since the start that were not seen by the freeze;
- proposals: 20 projects that start in year 11, years 4–7.

``plain`` is the world of the goals (effects by kind and cohort; the demand trait does nothing), ``own`` adds what the
demand score does and what every project has of its own (sd 0.03, which no forecast can know of a proposal), ``fading``
is plain with cohorts that weaken fast (from 1.6 to 0.4 of the paths instead of 1.2 to 0.8), ``alike`` with cohorts that
do not differ, ``apart`` plain with cohorts of a kind that lie apart (sd 0.03) whatever their paths: how the intervals
hold where the prior of cohorts, or what they are said to share, is wrong.

Ways: the model; like (mean of years 0–2 of projects of its kind); carry (the last year seen); trend (straight line
through the project's own years). RMSE is pooled over the draws; ± is the Monte Carlo standard error (of ratios by
leaving out one draw at a time).
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.domain.settings import IncomeSettings
from evaluator.income.cells import Array
from evaluator.income.findings import IncomeEffects
from evaluator.income.project_moments import until
from evaluator.income.projected import LATE, RUNNING, Projected, Projection
from evaluator.income.projection import project_paths
from evaluator.income.results import Estimate
from tests.income.projects_world import DEMAND_EFFECT, OWN_SD, draw_projects, draw_proposals
from tests.income.simulate import TRAIT

FREEZE, PROPOSALS, SEED = 10, 20, 20260
PLAIN = {"own_sd": 0.0, "demand_effect": 0.0}
WORLDS: dict[str, dict[str, Any]] = {
    "plain": PLAIN,
    "own": {"own_sd": OWN_SD, "demand_effect": DEMAND_EFFECT},
    "fading": PLAIN | {"factors": np.linspace(1.6, 0.4, 5)},
    "alike": PLAIN | {"factors": np.ones(5)},
    "apart": PLAIN | {"apart_sd": OWN_SD},
}
WAYS = ("model", "like", "carry", "trend")
LEVELS = (50, 80, 90)
Found = dict[str, float]


def measure(replication: int, villages: int, world: str, seed: int = SEED) -> Found:
    """Sums of squared errors and of hits of one draw, for running projects and for proposals."""
    random = np.random.default_rng([seed, villages, replication])
    drawn = draw_projects(random, villages, **WORLDS[world])
    proposals, truth = draw_proposals(random, PROPOSALS, **WORLDS[world])
    rules = IncomeSettings()
    found = project_paths(
        nothing_yet(), until(drawn.cells(), FREEZE), drawn.traits(), rules=rules, proposals=proposals, backtest=False
    ).projection
    kinds = drawn.traits()[TRAIT].to_dict() | proposals[TRAIT].to_dict()
    paths = {name: drawn.path[int(name[1:])] for name in drawn.traits().index}
    paths |= dict(zip(proposals.index, truth, strict=True))
    like = short_runs(found, kinds)
    out: Found = {}
    for one in found.projects:
        add(out, one, paths[one.project_id], like.get(kinds[one.project_id], np.nan))
    return out


def nothing_yet() -> IncomeEffects:
    """An estimation without refusals: the projection stands on the cells."""
    texts = ("etwfe", "treated_unit_years", "outcome", "log", "not_yet", "jackknife")
    return IncomeEffects(*texts, 0.95, TRAIT, ("all",), 0, 0, 0, (), Estimate("overall"))


def short_runs(found: Projection, kinds: dict[str, str]) -> dict[str, float]:
    """Mean of the estimates of years 0–2 by kind."""
    running = [one for one in found.projects if one.status == RUNNING]
    return {
        kind: float(np.nanmean([one.estimate[:3] for one in running if kinds[one.project_id] == kind]))
        for kind in {kinds[one.project_id] for one in running}
    }


def add(out: Found, one: Projected, truth: Array, like: float) -> None:
    """Add the unseen years 4–7 of one project."""
    years = one.years[: len(truth)]
    among = (years >= LATE[0]) & (years <= LATE[1]) & np.isnan(one.estimate[: len(truth)])
    if not among.any():
        return
    true = truth[: len(years)][among]
    ways = {"model": one.mean[: len(years)][among], "like": np.full(len(true), like)}
    seen = np.flatnonzero(np.isfinite(one.estimate))
    if len(seen):
        ways["carry"] = np.full(len(true), one.estimate[seen[-1]])
        line = np.polyfit(seen, one.estimate[seen], 1) if len(seen) > 1 else [one.estimate[seen[0]]]
        ways["trend"] = np.polyval(line, years[among])
    sums = {f"{way} squares": float(((guess - true) ** 2).sum()) for way, guess in ways.items()}
    sums |= {f"{way} bias": float((guess - true).sum()) for way, guess in ways.items()}
    for level in LEVELS:
        low, high = (end[level][: len(years)][among] for end in (one.low, one.high))
        sums[f"covered {level}"] = float(((true >= low) & (true <= high)).sum())
    # Years 4–7 as one: is the probability of no gain as large as its share?
    if one.late == LATE:
        mean_true = truth[LATE[0] : LATE[1] + 1].mean()
        sums |= {"asked": 1.0, "p": one.p_nonpositive, "no gain": float(mean_true <= 0)}
        sums["brier"] = (one.p_nonpositive - float(mean_true <= 0)) ** 2
    for key, value in (sums | {"count": float(len(true))}).items():
        out[f"{one.status} {key}"] = out.get(f"{one.status} {key}", 0.0) + value


def run(villages: int, replications: int, processes: int, world: str, seed: int = SEED) -> dict[str, Array]:
    """The sums of all draws."""
    work = partial(measure, villages=villages, world=world, seed=seed)
    if processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            found = list(pool.map(work, range(replications), chunksize=5))
    else:
        found = [work(i) for i in range(replications)]
    keys = sorted(set().union(*found))
    return {key: np.array([one.get(key, 0.0) for one in found]) for key in keys}


def ratio(over: Array, under: Array, *, root: bool = False) -> tuple[float, float]:
    """Σ over / Σ under (its root where asked) and the jackknife standard error over the draws."""
    n = len(over)
    left = (over.sum() - over) / (under.sum() - under)
    whole = over.sum() / under.sum()
    if root:
        left, whole = np.sqrt(left), np.sqrt(whole)
    return float(whole), float(np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))


def report(values: dict[str, Array], status: str) -> list[str]:
    """Lines of the table of one status."""

    def said(over: str, under: str, *, root: bool = False) -> str:
        return "{:.3f} ± {:.3f}".format(*ratio(values[f"{status} {over}"], values[f"{status} {under}"], root=root))

    ways = [way for way in WAYS if f"{status} {way} squares" in values]
    lines = ["RMSE " + ", ".join(f"{way} {said(f'{way} squares', 'count', root=True)}" for way in ways)]
    others = [f"{way} {said('model squares', f'{way} squares', root=True)}" for way in ways if way != "model"]
    lines.append("model over " + ", ".join(others))
    lines.append("bias " + ", ".join(f"{way} {said(f'{way} bias', 'count')}" for way in ways))
    lines.append("coverage " + ", ".join(f"{level} %: {said(f'covered {level}', 'count')}" for level in LEVELS))
    if f"{status} asked" in values:
        parts = ("said", "p"), ("true", "no gain"), ("Brier", "brier")
        lines.append("no gain in years 4–7: " + ", ".join(f"{name} {said(key, 'asked')}" for name, key in parts))
    return lines


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--villages", type=int, nargs="+", default=[50, 100, 200])
    parser.add_argument("--worlds", nargs="+", default=["plain", "own"], choices=list(WORLDS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED, help="other draws than those the priors were chosen on")
    options = parser.parse_args()
    for world in options.worlds:
        for villages in options.villages:
            values = run(villages, options.replications, options.processes, world, options.seed)
            print(f"\n{world} world, {villages} villages, {options.replications} draws", flush=True)
            for status in ("running", "proposed"):
                print(f"  {status}", *report(values, status), sep="\n    ", flush=True)


if __name__ == "__main__":
    main()
