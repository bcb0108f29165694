"""Bias, coverage and size of the income effects on a world with known truth, beside the usual ways that fail.

Run by hand: ``python tests/benchmarks/income_coverage.py [--replications 200] [--villages 12 20 50 200]``. The world is
``tests/income/simulate.py``; the headline is the contrast short − growing in years 5–7 since the start.

Ways, all on the same draws:

- jackknife: extended two-way fixed effects, delete-one-village jackknife of the contrast, t(G − 1) (the default);
- cluster: the same estimate with cluster-robust errors, t(G − 1);
- wild: the same with a wild score bootstrap-t, Rademacher signs (Kline and Santos 2012), 399 draws;
- naive: static two-way fixed effects by kind with cluster-robust errors.

Pre-trend: jackknife Hotelling F(q, G − q) and the usual cluster-robust chi-squared. Idle trait: share of contrasts
significant when the kind changes nothing. Draws in which a kind has no long-run year, or only one village there, are
skipped and counted. ± is the Monte Carlo standard error.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import chdtrc, stdtrit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.income.cells import Array, Cells
from evaluator.income.pretrend import check_pretrend
from tests.income.reference_etwfe import Fit, fit, solve
from tests.income.simulate import TRAIT, draw

FIRST, LAST, WILD_DRAWS, SEED = 5, 7, 399, 20240
Found = dict[str, float]


def measure(replication: int, villages: int, *, trend: float = 0.0) -> Found | None:
    """Errors, coverage and tests of one draw; ``None`` when the contrast is not estimable there."""
    random = np.random.default_rng([SEED, villages, replication])
    world = draw(random, villages, trend=trend)
    if not long_run_known(world):
        return None
    cells, truth = world.cells(), world.contrast(FIRST, LAST)
    found = fit(cells, trait=TRAIT)
    late = (found.event >= FIRST) & (found.event <= LAST)
    estimate, replicates, influence = contrast(found, late)
    out = {"error": estimate - truth, **intervals(random, estimate - truth, replicates - truth, influence)}
    level, replicates, _ = found.mean(late)
    known = world.truth(FIRST, LAST)
    out |= {"level error": level - known, "level": float(covers(level - known, jackknife_se(replicates), villages))}
    out |= naive(cells, truth) | leads(cells, villages)
    idle = draw(np.random.default_rng([SEED, villages, replication]), villages, idle_trait=True)
    found = fit(idle.cells(), trait=TRAIT)
    estimate, replicates, _ = contrast(found, (found.event >= FIRST) & (found.event <= LAST))
    return out | {"idle": 1 - covers(estimate, jackknife_se(replicates), villages)}


def long_run_known(world) -> bool:
    """Whether each kind has at least two villages observed in the long run, so that one can be left out."""
    late = ((world.event >= FIRST) & (world.event <= LAST) & world.attended.any(axis=1)).any(axis=1)
    return bool((late & world.short).sum() > 1 and (late & ~world.short).sum() > 1)


def contrast(found: Fit, among: np.ndarray) -> tuple[float, Array, Array]:
    """Short less growing: estimate, leave-one-out values, influence."""
    one, other = found.mean(among & (found.kind == "1")), found.mean(among & (found.kind == "0"))
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def jackknife_se(replicates: Array) -> float:
    """Delete-one-cluster jackknife."""
    g = len(replicates)
    return float(np.sqrt((g - 1) / g * ((replicates - replicates.mean()) ** 2).sum()))


def covers(error: float, se: float, villages: int) -> bool:
    """Whether a 95 % t interval holds the truth."""
    return bool(abs(error) <= stdtrit(villages - 1, 0.975) * se)


def intervals(random: np.random.Generator, error: float, replicates: Array, influence: Array) -> Found:
    """Coverage of the truth by the jackknife, cluster-robust errors and the wild score bootstrap; jackknife error."""
    g = len(influence)
    cluster = float(np.sqrt(g / (g - 1) * (influence**2).sum()))
    signed = random.choice([-1.0, 1.0], size=(WILD_DRAWS, g)) * influence
    ratio = np.abs(signed.sum(axis=1)) / np.sqrt(((signed - signed.mean(axis=1, keepdims=True)) ** 2).sum(axis=1))
    own = abs(error) / np.sqrt(((influence - influence.mean()) ** 2).sum())
    se = jackknife_se(replicates)
    return {
        "se": se,
        "jackknife": covers(error, se, g),
        "cluster": covers(error, cluster, g),
        "wild": float((ratio >= own).mean() > 0.05),
    }


def naive(cells: Cells, truth: float) -> Found:
    """Static two-way fixed effects by kind: what is not to be reported as a long-run effect."""
    start = cells.groups["first_year"].to_numpy()
    on = (start[:, None] > 0) & (cells.years >= start[:, None])
    kind = cells.groups[TRAIT].to_numpy(str)
    x = np.zeros((len(start), len(cells.years), 2 + len(cells.years) - 1))
    x[:, :, 0], x[:, :, 1] = on & (kind == "1")[:, None], on & (kind == "0")[:, None]
    x[:, np.arange(1, len(cells.years)), 1 + np.arange(1, len(cells.years))] = 1
    s, u = cells.moments()
    beta, _, influence = solve(x, s, u[:, :, 0], cells.groups["cluster"].to_numpy())
    g, error = len(start), beta[0] - beta[1] - truth
    part = influence[:, 0] - influence[:, 1]
    return {"naive error": error, "naive": covers(error, float(np.sqrt(g / (g - 1) * (part**2).sum())), g)}


def leads(cells: Cells, villages: int) -> Found:
    """Whether each test of the years before the start rejects, where it is true that there is nothing."""
    found = fit(cells, leads=True)
    events = np.unique(found.event[(found.event < -1) & (found.weight > 0)])
    parts = [found.mean(found.event == event) for event in events]
    b = np.array([part[0] for part in parts])
    left = np.array([part[1] for part in parts])
    known = np.isfinite(left).all(axis=1)
    b, left, events = b[known], left[known], events[known]
    influence = np.array([part[2] for part in parts])[known]
    covariance = (villages - 1) / villages * np.cov(left) * (villages - 1)
    test = check_pretrend(events, b, covariance, clusters=villages)
    usual = b @ np.linalg.solve(villages / (villages - 1) * influence @ influence.T, b)
    return {
        "pre-trend": float(test.p < 0.05),
        "pre-trend usual": float(chdtrc(len(b), usual) < 0.05),
        "detectable": test.detectable,
    }


def run(villages: int, replications: int, processes: int, *, trend: float = 0.0) -> tuple[dict[str, Array], int]:
    """All measures over the draws, and how many draws were skipped."""
    work = partial(measure, villages=villages, trend=trend)
    if processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            found = list(pool.map(work, range(replications), chunksize=10))
    else:
        found = [work(i) for i in range(replications)]
    kept = [one for one in found if one is not None]
    return {key: np.array([one[key] for one in kept], float) for key in kept[0]}, len(found) - len(kept)


def mean_and_error(values: Array, digits: int = 4) -> str:
    """``mean ± Monte Carlo standard error``."""
    return f"{values.mean():.{digits}f} ± {values.std() / np.sqrt(len(values)):.{digits}f}"


TABLES = {
    "bias": ("error", "level error", "naive error"),
    "coverage of 95 % intervals": ("jackknife", "cluster", "wild", "level", "naive"),
    "size of 5 % tests": ("pre-trend", "pre-trend usual", "idle"),
    "medians": ("se", "detectable"),
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--villages", type=int, nargs="+", default=[12, 20, 50, 200])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--trend", type=float, default=0.0, help="trend a year of villages with projects")
    options = parser.parse_args()
    for villages in options.villages:
        values, skipped = run(villages, options.replications, options.processes, trend=options.trend)
        print(f"\n{villages} villages, {len(values['error'])} draws, {skipped} skipped, trend {options.trend:g}")
        for title, keys in TABLES.items():
            if title == "medians":
                print(f"  {title}: " + ", ".join(f"{key} {np.median(values[key]):.4f}" for key in keys))
            else:
                print(f"  {title}: " + ", ".join(f"{key} {mean_and_error(values[key])}" for key in keys))
        ratio = values["se"].mean() / values["error"].std()
        print(f"  jackknife error over the spread of the estimates: {ratio:.3f}", flush=True)


if __name__ == "__main__":
    main()
