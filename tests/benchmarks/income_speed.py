"""Time and memory of income effects on large panels, beside a bare DuckDB scan of the same file and pyfixest.

Run by hand: ``python tests/benchmarks/income_speed.py [--rows 1e6 1e7] [--repeats 3] [--without-pyfixest]
[--by-year]``. The panel is made by DuckDB: 12 years, villages of 15 households, a quarter never start, the others in
five years, half of them flagged; 4 % of the households leave each year; one parquet file, rows household by household
or, where asked for, year by year. Every way runs in a process of its own (its largest memory counts) and is timed after
its libraries are loaded, best of the repeats:

- scan: DuckDB reads every column and adds it up, on all cores; nothing can be faster that sees all rows;
- one: the same scan on one core, as the regression mostly works;
- cells: the rows are compressed to cells;
- duckdb: the same of a DuckDB relation of the file;
- solve: cells and the extended two-way regression by kind, with a cluster-robust error of every effect (as pyfixest);
- without: the same, and each cluster's step of the jackknife, which is spread out over the effects when they are
  averaged (``effects``);
- effects: all that a page shows at once (``estimate_effects(checks=False)``): a second regression for the years before,
  paths, windows, bands, support;
- checked: the same with all checks and comparisons, up to ``--most-rows`` rows;
- again: another specification on the same cells (the regression alone);
- read: ``read_panel``, which checks every row and household;
- pyfixest: the same regression by its ``feols`` with cluster-robust errors, up to as many rows.

The last line of the output is the table of the methods.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # small matrices: threads only wait for each other
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from evaluator.income.etwfe import Fit

YEARS, HOMES, FIRST = 12, 15, 2010
TRAIT = "trait_short_flat_fast"
WAYS = ("scan", "one", "cells", "duckdb", "solve", "without", "effects", "checked", "again", "read", "pyfixest")
SLOW = ("checked", "pyfixest")


def make_file(path: Path, rows: int, *, by_year: bool = False) -> int:
    """Write a panel of about so many rows; returns how many it has."""
    import duckdb

    order = "t, hash(u)" if by_year else "u, t"

    units = int(rows / YEARS / 0.806)
    connection = duckdb.connect()
    connection.execute(f"""copy (
        with homes as (
            select range as u, range // {HOMES} as v,
                least({YEARS}, 1 + floor(ln(1 - (hash(range + 7) % 100000) / 100000.0) / ln(0.96)))::int as seen,
                (hash(range + 3) % 1000003) / 1000003.0 as own
            from range({units}))
        select u as unit_id, v as cluster_id, ({FIRST} + t)::int as year,
            case when hash(v) % 4 = 0 then 0 else {FIRST + 2} + hash(v + 1) % 5 end::int as first_year,
            case when hash(v) % 4 = 0 then null else (hash(v + 2) % 2)::double end as {TRAIT},
            9 + own + 0.07 * t + 0.15 * sqrt(-2 * ln((1 + hash(u * 100 + t) % 1000003) / 1000004.0))
                * cos(2 * pi() * (hash(u * 100 + t + 50) % 1000003) / 1000003.0) as outcome
        from homes, range({YEARS}) years(t) where t < seen order by {order}
    ) to '{path}' (format parquet)""")
    return int(connection.execute(f"select count(*) from '{path}'").fetchall()[0][0])


def scan(path: str, cores: int = 0) -> Callable[[], object]:
    import duckdb

    connection = duckdb.connect(config={"threads": cores} if cores else {})
    adds = f"max(unit_id), max(cluster_id), sum(year), sum(first_year), sum({TRAIT}), sum(outcome)"
    return lambda: connection.execute(f"select {adds} from '{path}'").fetchall()


def one(path: str) -> Callable[[], object]:
    return scan(path, cores=1)


def cells(path: str) -> Callable[[], object]:
    from evaluator.income.cells import compress

    panel = open_panel(path)
    return lambda: compress(panel, by=(TRAIT,))


def duckdb(path: str) -> Callable[[], object]:
    from duckdb import connect

    from evaluator.income.cells import compress

    panel = replace(open_panel(path), rows=connect().read_parquet(path))
    return lambda: compress(panel, by=(TRAIT,))


def solve(path: str) -> Callable[[], object]:
    from evaluator.domain.settings import Settings
    from evaluator.income.specification import regress, specify

    panel = open_panel(path)
    return lambda: errors_of(regress(specify(panel, Settings().income, trait=TRAIT)))


def without(path: str) -> Callable[[], object]:
    from evaluator.domain.settings import Settings
    from evaluator.income.specification import regress, specify

    panel = open_panel(path)

    def task() -> object:
        fit = regress(specify(panel, Settings().income, trait=TRAIT))
        return errors_of(fit), fit.solution.left(np.zeros(1, np.int64))

    return task


def effects(path: str) -> Callable[[], object]:
    from evaluator.income.effects import estimate_effects

    panel = open_panel(path)
    return lambda: estimate_effects(panel, checks=False)


def checked(path: str) -> Callable[[], object]:
    from evaluator.income.effects import estimate_effects

    panel = open_panel(path)
    return lambda: estimate_effects(panel)


def again(path: str) -> Callable[[], object]:
    from evaluator.domain.settings import Settings
    from evaluator.income.specification import again_by, regress, specify

    spec = specify(open_panel(path), Settings().income, trait=TRAIT)
    return lambda: errors_of(regress(again_by(spec, "")))


def errors_of(fit: "Fit") -> object:
    """Cluster-robust variances of all effects."""
    return fit.solution.variances(np.arange(len(fit.effects.theta)))


def read(path: str) -> Callable[[], object]:
    from evaluator.intake.panel import read_panel

    return lambda: read_panel(path)


def pyfixest(path: str) -> Callable[[], object]:
    import pandas as pd
    import pyfixest as pf

    frame = pd.read_parquet(path)
    on = (frame["first_year"] > 0) & (frame["year"] >= frame["first_year"])
    kind = frame[TRAIT].fillna(0).astype(int).astype(str)
    named = frame["first_year"].astype(str) + "_" + kind + "_" + frame["year"].astype(str)
    frame["cell"] = named.where(on, "0")
    return lambda: pf.feols("outcome ~ i(cell, ref='0') | unit_id + year", frame, vcov={"CRV1": "cluster_id"})


def open_panel(path: str) -> object:
    """The file as a panel that needs no checks."""
    from evaluator.domain.panel import IncomePanel
    from evaluator.intake.panel_source import open_table

    rows = open_table(path, file_name=None, mapping={}).frame
    looks = [nw.len().alias("rows"), *[nw.col(name).n_unique().alias(name) for name in ("unit_id", "cluster_id")]]
    sizes = rows.select(*looks).collect().row(0)
    years = tuple(range(FIRST, FIRST + YEARS))
    return IncomePanel(rows, "log", years, *sizes, traits=(TRAIT,))


def time_way(way: str, path: str, repeats: int) -> dict[str, float]:
    """Seconds (best of the repeats) and largest memory in MB of one way; run in a process of its own."""
    task = globals()[way](path)
    best = float("inf")
    for _ in range(repeats):
        begun = time.perf_counter()
        task()
        best = min(best, time.perf_counter() - begun)
    return {"seconds": best, "memory": largest_memory()}


def largest_memory() -> float:
    """Largest resident memory of this process in MB; ``ru_maxrss`` would count that of the process that began it."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1000


def run_way(way: str, path: Path, repeats: int) -> dict[str, float]:
    """The same, started from outside."""
    words = [sys.executable, __file__, "--way", way, "--file", str(path), "--repeats", str(repeats)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def write_row(rows: int, found: dict[str, dict[str, float]]) -> str:
    """One line of the table of the methods."""

    def say(way: str) -> str:
        if way not in found:
            return "–"
        one = found[way]
        return f"{one['seconds']:.3g} s, {one['memory']:,.0f} MB"

    over, over_one = (found["solve"]["seconds"] / found[way]["seconds"] for way in ("scan", "one"))
    faster = f"{found['pyfixest']['seconds'] / found['solve']['seconds']:.0f} ×" if "pyfixest" in found else "–"
    return f"| {rows:,} | " + " | ".join(map(say, WAYS)) + f" | {over:.1f} | {over_one:.1f} | {faster} |"


def main() -> None:
    """Print what was measured, way by way, and the table of the methods."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=float, nargs="+", default=[1e6, 1e7])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--without-pyfixest", action="store_true")
    parser.add_argument("--most-rows", type=float, default=1.1e6)
    parser.add_argument("--by-year", action="store_true")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(time_way(options.way, options.file, options.repeats)))
        return
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for wanted in options.rows:
            path = Path(folder) / f"panel_{wanted:.0f}.parquet"
            rows = make_file(path, int(wanted), by_year=options.by_year)
            ways = [
                way
                for way in WAYS
                if way not in SLOW
                or (rows <= options.most_rows and not (way == "pyfixest" and options.without_pyfixest))
            ]
            found = {}
            for way in ways:
                found[way] = run_way(way, path, 1 if way in SLOW else options.repeats)
                print(
                    f"{rows:,} rows, {way}: {found[way]['seconds']:.3f} s, {found[way]['memory']:,.0f} MB", flush=True
                )
            lines.append(write_row(rows, found))
    print("\n| rows | " + " | ".join(WAYS) + " | solve / scan | solve / one | faster than pyfixest |")
    print("|" + "---|" * (len(WAYS) + 4))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
