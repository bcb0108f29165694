"""Bias, coverage and size of the income effects on a world with known truth, beside the usual ways that fail.

Run by hand: ``python tests/benchmarks/income_coverage.py [--replications 1000] [--villages 12 20 50 200]``. The world
is ``tests/income/simulate.py``; the headline is the contrast short − growing in years 5–7 since the start. Everything
is measured through the evaluator's own estimators, the same calls that ``estimate_effects`` makes.

Ways, all on the same draws:

- jackknife: extended two-way fixed effects, delete-one-village jackknife of the contrast, t(G − 1) (the default);
- imputation, Sun–Abraham, Callaway–Sant'Anna: the other estimators with the same jackknife;
- cluster: the default estimate with cluster-robust errors, t(G − 1);
- wild: the same with the restricted wild cluster bootstrap (``--wild`` draws of it; 0 leaves it out);
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
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import chdtrc

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.income.average import stack_influence
from evaluator.income.callaway import fit_callaway
from evaluator.income.cells import Array, Cells
from evaluator.income.etwfe import Fit, fit_etwfe
from evaluator.income.imputation import fit_imputation
from evaluator.income.pretrend import check_pretrend
from evaluator.income.results import CellEffects, Estimate
from evaluator.income.summary import Frame, find_path
from evaluator.income.twoway import fit_twoway
from evaluator.income.uncertainty import Inference, cluster_factor, estimate_mean
from evaluator.income.wild import bootstrap
from tests.income.simulate import TRAIT, World, draw

FIRST, LAST, SEED = 5, 7, 20240
PAIR = ("1", "0")
Found = dict[str, float]


def measure(
    replication: int, villages: int, *, trend: float = 0.0, wild: int = 399, rivals: bool = True
) -> Found | None:
    """Errors, coverage and tests of one draw; ``None`` when the contrast is not estimable there.

    ``rivals`` also measures the other estimators.
    """
    world = draw(np.random.default_rng([SEED, villages, replication]), villages, trend=trend)
    if not long_run_known(world):
        return None
    cells, truth = world.cells(), world.contrast(FIRST, LAST)
    fit = fit_etwfe(cells, trait=TRAIT)
    frame = frame_of(cells, fit.effects)
    mean = frame.gap(FIRST, LAST, PAIR)
    own, level = frame.say("contrast", mean), frame.say("level", frame.between(FIRST, LAST))
    known = world.truth(FIRST, LAST)
    out = {
        "error": own.estimate - truth,
        "se": own.se,
        "jackknife": covers(own, truth),
        "cluster": covers(estimate_mean("contrast", mean, inference_of(cells, fit.effects, "cluster")), truth),
        "level error": level.estimate - known,
        "level": covers(level, known),
        "idle": 1 - covers(idle(replication, villages), 0.0),
    }
    if wild and mean.weights is not None:
        found = bootstrap(fit.solution, mean.weights, draws=wild, seed=replication)
        out["wild"] = float(found.low <= truth <= found.high)
    if rivals:
        out |= others(cells, truth)
    return out | naive(cells, truth) | leads(cells)


def frame_of(cells: Cells, effects: CellEffects) -> Frame:
    """Averages with the default errors."""
    return Frame(effects, cells, Inference())


def inference_of(cells: Cells, effects: CellEffects, kind: str) -> Inference:
    """Cluster-robust errors with fixest's factor."""
    return Inference(kind, factor=cluster_factor(cells.n_clusters, effects.n_rows, effects.n_columns))


def covers(found: Estimate, truth: float) -> float:
    """Whether the interval holds the truth."""
    return float(found.low <= truth <= found.high)


def long_run_known(world: World) -> bool:
    """Whether each kind has at least two villages observed in the long run, so that one can be left out."""
    late = ((world.event >= FIRST) & (world.event <= LAST) & world.attended.any(axis=1)).any(axis=1)
    return bool((late & world.short).sum() > 1 and (late & ~world.short).sum() > 1)


def idle(replication: int, villages: int) -> Estimate:
    """The contrast in the same world with a trait that does nothing."""
    cells = draw(np.random.default_rng([SEED, villages, replication]), villages, idle_trait=True).cells()
    frame = frame_of(cells, fit_etwfe(cells, trait=TRAIT).effects)
    return frame.say("idle", frame.gap(FIRST, LAST, PAIR))


def others(cells: Cells, truth: float) -> Found:
    """Coverage and error of the other estimators with the jackknife."""
    found = {
        "imputation": fit_imputation(cells, trait=TRAIT),
        "Sun–Abraham": fit_etwfe(cells, trait=TRAIT, leads=True).effects,
        "Callaway–Sant'Anna": fit_callaway(cells, trait=TRAIT),
    }
    out: Found = {}
    for name, effects in found.items():
        frame = frame_of(cells, effects)
        contrast = frame.say(name, frame.gap(FIRST, LAST, PAIR))
        out |= {name: covers(contrast, truth), f"{name} error": contrast.estimate - truth}
    return out


def naive(cells: Cells, truth: float) -> Found:
    """Static two-way fixed effects by kind: what is not to be reported as a long-run effect."""
    effects = fit_twoway(cells, trait=TRAIT).effects
    frame = Frame(effects, cells, inference_of(cells, effects, "cluster"))
    found = frame.say("naive", frame.gap(0, None, PAIR))
    return {"naive": covers(found, truth), "naive error": found.estimate - truth}


def leads(cells: Cells) -> Found:
    """Whether each test of the years before the start rejects, where it is true that there is nothing."""
    fit: Fit = fit_etwfe(cells, leads=True)
    frame = frame_of(cells, fit.effects)
    path = find_path(frame, frame, "all", None)
    test = check_pretrend(path.events, path.estimate, path.covariance, clusters=cells.n_clusters)
    influence = stack_influence([frame.between(event, event) for event in test.events])
    assert influence is not None
    b = np.array([path.estimate[list(path.events).index(event)] for event in test.events])
    factor = cluster_factor(cells.n_clusters, fit.effects.n_rows, fit.effects.n_columns)
    usual = b @ np.linalg.solve(factor * influence.T @ influence, b)
    return {
        "pre-trend": float(test.p < 0.05),
        "pre-trend usual": float(chdtrc(len(b), usual) < 0.05),
        "detectable": test.detectable,
    }


def run(
    villages: int, replications: int, processes: int, *, trend: float = 0.0, wild: int = 399, rivals: bool = True
) -> tuple[dict[str, Array], int]:
    """All measures over the draws, and how many draws were skipped."""
    work = partial(measure, villages=villages, trend=trend, wild=wild, rivals=rivals)
    if processes > 1:
        with ProcessPoolExecutor(processes) as pool:
            found = list(pool.map(work, range(replications), chunksize=10))
    else:
        found = [work(i) for i in range(replications)]
    kept = [one for one in found if one is not None]
    return {key: np.array([one[key] for one in kept], float) for key in kept[0]}, len(found) - len(kept)


def mean_and_error(values: Array, digits: int = 4) -> str:
    """``mean ± Monte Carlo standard error``."""
    return f"{np.nanmean(values):.{digits}f} ± {np.nanstd(values) / np.sqrt(len(values)):.{digits}f}"


OTHERS = ("imputation", "Sun–Abraham", "Callaway–Sant'Anna")
TABLES = {
    "bias": ("error", "level error", "naive error", *(f"{name} error" for name in OTHERS)),
    "coverage of 95 % intervals": ("jackknife", "level", *OTHERS, "cluster", "wild", "naive"),
    "size of 5 % tests": ("pre-trend", "pre-trend usual", "idle"),
    "medians": ("se", "detectable"),
}
LINES = (
    ("coverage: **contrast, jackknife** (default)", "jackknife"),
    ("coverage: imputation, jackknife", "imputation"),
    ("coverage: Sun–Abraham, jackknife", "Sun–Abraham"),
    ("coverage: Callaway–Sant'Anna, jackknife", "Callaway–Sant'Anna"),
    ("coverage: level of all projects, jackknife", "level"),
    ("coverage: wild bootstrap", "wild"),
    ("coverage: cluster-robust errors", "cluster"),
    ("coverage: *naive* two-way", "naive"),
    ("bias: **contrast** (default)", "error"),
    ("bias: imputation", "imputation error"),
    ("bias: Sun–Abraham", "Sun–Abraham error"),
    ("bias: Callaway–Sant'Anna", "Callaway–Sant'Anna error"),
    ("bias: level of all projects", "level error"),
    ("bias: *naive* two-way", "naive error"),
    ("rejected without a cause: **years before, Hotelling**", "pre-trend"),
    ("rejected without a cause: years before, chi-squared", "pre-trend usual"),
    ("rejected without a cause: **idle trait**", "idle"),
)
"""Rows of the table in the methods, and what each is the mean of."""


def write_table(found: Mapping[int, tuple[dict[str, Array], int]]) -> str:
    """The table of the methods in Markdown: means with their Monte Carlo errors, by villages."""
    lines = [
        "| villages | " + " | ".join(str(villages) for villages in found) + " |",
        "|---|" + "---|" * len(found),
        "| draws (passed over) | "
        + " | ".join(f"{len(v['error']):,} ({skipped})" for v, skipped in found.values())
        + " |",
    ]
    for title, key in LINES:
        cells = [_mean(values[key]) if key in values else "–" for values, _ in found.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    for title, key in (
        ("median error of the contrast", "se"),
        ("median trend a year that the leads would show", "detectable"),
    ):
        lines.append(f"| {title} | " + " | ".join(f"{np.nanmedian(v[key]):.3f}" for v, _ in found.values()) + " |")
    return "\n".join(lines)


def _mean(values: Array) -> str:
    return mean_and_error(values, 3 if set(np.unique(values)) <= {0.0, 1.0} else 4).replace("-", "−")


def main() -> None:
    """Print the measures as they come, and the table of the methods."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--villages", type=int, nargs="+", default=[12, 20, 50, 200])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--wild", type=int, default=399, help="draws of the wild bootstrap, 0 for none")
    parser.add_argument("--trend", type=float, default=0.0, help="trend a year of villages with projects")
    options = parser.parse_args()
    found = {}
    for villages in options.villages:
        values, skipped = run(villages, options.replications, options.processes, trend=options.trend, wild=options.wild)
        found[villages] = values, skipped
        print(f"\n{villages} villages, {len(values['error'])} draws, {skipped} skipped, trend {options.trend:g}")
        for title, keys in TABLES.items():
            known = [key for key in keys if key in values]
            if title == "medians":
                print(f"  {title}: " + ", ".join(f"{key} {np.nanmedian(values[key]):.4f}" for key in known))
            else:
                print(f"  {title}: " + ", ".join(f"{key} {mean_and_error(values[key])}" for key in known))
        ratio = values["se"].mean() / values["error"].std()
        print(f"  jackknife error over the spread of the estimates: {ratio:.3f}", flush=True)
    print("\n" + write_table(found))


if __name__ == "__main__":
    main()
