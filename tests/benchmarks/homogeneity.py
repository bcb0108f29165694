"""Time and memory of homogeneity beside three ways that form pairs.

Run by hand: ``python tests/benchmarks/homogeneity.py [--million]``.

Villages lie in clusters, a dozen projects to a village; "30 % general" is ours where that share of the rows names its
product only in general, so that ranges are worked out too (its h is another list's: no difference is shown). Each
method runs in a process of its own with a limit on time and memory, so that one that does not fit is a row of the
table. Needs the packages of ``requirements-bench.txt``.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.criteria.homogeneity import RivalIndex, measure_homogeneity
from evaluator.criteria.travel import EARTH_RADIUS_KM, straight_km
from evaluator.reference.lexicon import products

RADIUS_KM, REFERENCE_YUAN = 30.0, 600_000.0
PROJECTS_IN_A_VILLAGE, VILLAGES_IN_A_CLUSTER = 12, 60


def make_projects(count: int, *, general: float = 0.0, seed: int = 7) -> pd.DataFrame:
    """Projects on clustered village coordinates with listed products and log-normal investments.

    ``general``: share of rows that name their product only in general ("fruit"), whose likeness is a range.
    """
    rng = np.random.default_rng(seed)
    villages = max(count // PROJECTS_IN_A_VILLAGE, 1)
    clusters = rng.uniform([98, 24], [112, 34], (max(villages // VILLAGES_IN_A_CLUSTER, 1), 2))
    spots = clusters[rng.integers(0, len(clusters), villages)] + rng.normal(0, 0.25, (villages, 2))
    at = rng.integers(0, villages, count)
    listed, vague = (
        np.array([key for key, product in products().items() if product.generic == generic])
        for generic in (False, True)
    )
    product = listed[rng.integers(0, len(listed), count)].astype(object)
    if general:
        loose = rng.random(count) < general
        product[loose] = vague[rng.integers(0, len(vague), int(loose.sum()))]
    return pd.DataFrame(
        {
            "product": product,
            "lon": spots[at, 0],
            "lat": spots[at, 1],
            "investment_yuan": rng.lognormal(13, 1, count),
        }
    )


def likeness(frame, i, j):
    """Same product 1, same family and stage 0.6, same family 0.2, of pairs of rows."""
    listed = [products()[key] for key in frame["product"]]
    product, family, stage = (
        pd.factorize(np.array(column))[0]
        for column in (frame["product"], [p.family for p in listed], [p.stage for p in listed])
    )
    same = family[i] == family[j]
    return np.where(product[i] == product[j], 1.0, np.where(same & (stage[i] == stage[j]), 0.6, 0.2 * same))


def from_pairs(frame, i, j, weight):
    """h from all ordered pairs."""
    other = i != j
    i, j, weight = i[other], j[other], weight[other]
    part = weight * frame["investment_yuan"].to_numpy()[j]
    like = np.bincount(i, part * likeness(frame, i, j), len(frame))
    return like / (REFERENCE_YUAN + np.bincount(i, part, len(frame)))


def by_evaluator(frame):
    """Level sums, no pairs."""
    return measure_homogeneity(frame, adjacent={}).h


def by_networkx(frame):
    """A graph with an edge for each pair in reach."""
    import networkx as nx

    lon, lat = frame["lon"].to_numpy(), frame["lat"].to_numpy()
    graph = nx.Graph()
    graph.add_nodes_from(range(len(frame)))
    for i in range(len(frame)):
        km = straight_km(lon[i], lat[i], lon[i + 1 :], lat[i + 1 :])
        graph.add_weighted_edges_from(
            (i, i + 1 + j, 1 - d / RADIUS_KM) for j, d in enumerate(km.tolist()) if d < RADIUS_KM
        )
    edges = np.array([(i, j, w) for i, j, w in graph.edges(data="weight")]).reshape(-1, 3)
    i, j = edges[:, 0].astype(int), edges[:, 1].astype(int)
    return from_pairs(frame, np.append(i, j), np.append(j, i), np.tile(edges[:, 2], 2))


def by_scikit_learn(frame):
    """Radius neighbours on a ball tree with the haversine metric."""
    from sklearn.neighbors import NearestNeighbors

    where = np.radians(frame[["lat", "lon"]].to_numpy())
    tree = NearestNeighbors(radius=RADIUS_KM / EARTH_RADIUS_KM, algorithm="ball_tree", metric="haversine").fit(where)
    near = tree.radius_neighbors_graph(where, mode="distance").tocoo()
    return from_pairs(frame, near.row, near.col, np.maximum(0, 1 - near.data * EARTH_RADIUS_KM / RADIUS_KM))


def by_libpysal(frame):
    """A distance band with great-circle reach; it leaves out pairs at one point, as the last column shows."""
    from libpysal.cg import KDTree
    from libpysal.weights import DistanceBand

    lon, lat = frame["lon"].to_numpy(), frame["lat"].to_numpy()
    tree = KDTree(frame[["lon", "lat"]].to_numpy(), distance_metric="Arc", radius=EARTH_RADIUS_KM)
    near = DistanceBand(tree, RADIUS_KM, binary=True, silence_warnings=True).sparse.tocoo()
    km = straight_km(lon[near.row], lat[near.row], lon[near.col], lat[near.col])
    return from_pairs(frame, near.row, near.col, np.maximum(0, 1 - km / RADIUS_KM))


GENERAL = "30 % general"
METHODS = {
    "evaluator": by_evaluator,
    GENERAL: by_evaluator,
    "networkx": by_networkx,
    "scikit-learn": by_scikit_learn,
    "libpysal": by_libpysal,
}


def resident_mb() -> float:
    """Memory in use now, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run_here(method: str, count: int) -> None:
    """One measurement, printed as JSON; the first run on few rows loads what is loaded once."""
    frame = make_projects(count, general=0.3 if method == GENERAL else 0.0)
    METHODS[method](frame.head(200))
    before, start = resident_mb(), time.perf_counter()
    h = METHODS[method](frame)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"seconds": seconds, "extra_mb": max(peak - before, 0.0), "h": h[:1000].tolist()}))


def run_apart(method: str, count: int, *, seconds: float, gigabytes: float) -> dict | str:
    """One measurement in a process with limits; in words when it did not fit or failed."""
    limit = int(gigabytes * 1e9)
    try:
        done = subprocess.run(
            [sys.executable, __file__, "--only", method, "--size", str(count)],
            capture_output=True, text=True, timeout=seconds, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"did not fit in {seconds:.0f} s"
    if not done.returncode:
        return json.loads(done.stdout)
    last = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"ended by signal {-done.returncode}"
    return (
        f"did not fit in {gigabytes:g} GB" if "memory" in last.lower() or "alloc" in last.lower() else f"failed: {last}"
    )


def time_naming(count: int, *, asked: int = 200) -> tuple[float, float]:
    """Seconds to name the neighbours of one project: median and most of some spread over the list."""
    index = RivalIndex.build(make_projects(count), adjacent={})
    index.neighbours_of(0)
    taken = []
    for row in range(0, count, max(count // asked, 1)):
        start = time.perf_counter()
        index.neighbours_of(row)
        taken.append(time.perf_counter() - start)
    return float(np.median(taken)), max(taken)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also 1,000,000 projects")
    parser.add_argument("--seconds", type=float, default=180, help="time limit of one measurement")
    parser.add_argument("--gigabytes", type=float, default=6, help="memory limit of one measurement")
    parser.add_argument("--only", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        run_here(asked.only, asked.size)
        return
    plan = {
        "evaluator": [10**3, 10**4, 10**5],
        "networkx": [10**3],
        "scikit-learn": [10**3, 10**4, 10**5],
        "libpysal": [10**3, 10**4, 10**5],
    }
    plan["evaluator"] += [10**6] if asked.million else []
    plan[GENERAL] = [size for size in plan["evaluator"] if size > 10**3]
    print(
        f"{'projects':>9}  {'method':<13} {'seconds':>9} {'extra MB':>9} {'times ours':>11} {'largest difference':>19}"
    )
    for count in sorted({size for sizes in plan.values() for size in sizes}):
        ours: dict | str = ""
        for method in (name for name, sizes in plan.items() if count in sizes):
            found = run_apart(method, count, seconds=asked.seconds, gigabytes=asked.gigabytes)
            ours = found if method == "evaluator" else ours
            if isinstance(found, str) or isinstance(ours, str):
                print(f"{count:>9,}  {method:<13} {found if isinstance(found, str) else ours}", flush=True)
                continue
            apart = np.nan if method == GENERAL else float(np.abs(np.array(found["h"]) - np.array(ours["h"])).max())
            ratio = found["seconds"] / ours["seconds"]
            figures = f"{found['seconds']:>9.3f} {found['extra_mb']:>9.1f} {ratio:>11.1f} {apart:>19.1e}"
            print(f"{count:>9,}  {method:<13} {figures}", flush=True)
    median, most = time_naming(10**5)
    print(f"naming one project's neighbours among {10**5:,}: {median * 1e3:.2f} ms, at most {most * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
