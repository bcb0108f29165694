"""The look-alike network beside networkx over all pairs, in one run: same links, clusters, and how much faster.

Run by hand: ``python tests/benchmarks/network.py [projects ...]``; the peer bears up to ``PEER_MOST`` projects.
"""

import sys
from itertools import combinations
from time import perf_counter

import networkx as nx
import numpy as np
import pandas as pd

from evaluator.balance import measure_balance, measure_marginal
from evaluator.criteria.likeness import describe, known_likeness
from evaluator.domain.settings import BalanceSettings
from evaluator.intake.read import read_portfolio
from evaluator.network import make_network
from evaluator.reference.products import product_groups, products

NEAR = {"radius_km": 30.0, "reference_yuan": 600_000.0, "similarity": (1.0, 0.6, 0.2)}
PEER_MOST = 1_000
COLUMNS = ("stage", "village", "revenue_yuan_year", "joint_venture_id", "harvest_window")


def invent(size: int) -> pd.DataFrame:
    draw = np.random.default_rng(size)
    known = [key for key, product in products().items() if not product.generic][:60]
    table = {
        "name": "基地", "kind": "industry", "status": "proposed", "product": draw.choice(known, size),
        "township": draw.choice(list("甲乙丙丁戊己庚辛壬癸"), size), "place_code": "513436",
        "lon": draw.uniform(102.9, 103.3, size), "lat": draw.uniform(28.1, 28.5, size),
        "investment_yuan": draw.lognormal(13, 1, size), **dict.fromkeys(COLUMNS),
    }  # fmt: skip
    frame = pd.DataFrame(table, index=[f"P{at:05d}" for at in range(size)])
    return frame.astype({"revenue_yuan_year": float})


def link_all_pairs(frame: pd.DataFrame) -> nx.Graph:
    """The plain way: every pair, one after the other."""
    graph = nx.Graph()
    graph.add_nodes_from(frame.index)
    kinds = [describe(word) for word in frame["product"]]
    lon, lat = np.radians(frame["lon"].to_numpy()), np.radians(frame["lat"].to_numpy())
    yuan, ids = frame["investment_yuan"].to_numpy() / 600_000, frame.index
    for i, j in combinations(range(len(frame)), 2):
        alike = known_likeness(kinds[i], kinds[j], NEAR["similarity"])
        if not alike:
            continue
        a = np.sin((lat[j] - lat[i]) / 2) ** 2 + np.cos(lat[i]) * np.cos(lat[j]) * np.sin((lon[j] - lon[i]) / 2) ** 2
        near = 1 - 2 * 6371.0088 * np.arcsin(np.sqrt(a)) / NEAR["radius_km"]
        if near > 0:
            graph.add_edge(ids[i], ids[j], weight=near * alike * np.sqrt(yuan[i] * yuan[j]))
    return graph


def timed(call):
    start = perf_counter()
    return call(), perf_counter() - start


def main(sizes: list[int]) -> None:
    make_network(invent(50), near=NEAR)  # networkx and the lexicon are loaded before the clock runs
    for size in sizes:
        frame = invent(size)
        ours, seconds = timed(lambda frame=frame: make_network(frame, near=NEAR))
        print(f"{size:>6} projects: {len(ours.links)} links kept, {ours.links_left_out} left out, "
              f"{len(ours.clusters)} clusters, {seconds:.2f} s")  # fmt: skip
        if size > PEER_MOST:
            continue
        every = BalanceSettings(cluster_links=10_000)
        same, ours_all = timed(lambda frame=frame, every=every: make_network(frame, near=NEAR, settings=every))
        graph, linked = timed(lambda frame=frame: link_all_pairs(frame))
        _, communities = timed(lambda graph=graph: nx.community.louvain_communities(graph, seed=1))
        _, density = timed(lambda graph=graph: nx.clustering(graph))
        theirs = linked + communities + density
        weight = sum(data["weight"] for *_, data in graph.edges(data=True))
        assert len(same.links) == graph.number_of_edges()
        assert np.isclose(same.links["weight"].sum(), weight, rtol=1e-6)
        print(f"       networkx, all pairs: {theirs:.2f} s; {theirs / ours_all:.1f} x ours with every link "
              f"({ours_all:.2f} s), {theirs / seconds:.1f} x ours as it stands")  # fmt: skip
    table = invent(1_000).rename_axis("project_id").reset_index().drop(columns=list(COLUMNS))
    portfolio = read_portfolio(table)
    level = pd.Series("none", index=portfolio.frame.index)
    balance, seconds = timed(lambda: measure_balance(portfolio, groups=product_groups(), level=level))
    _, marginal = timed(lambda: measure_marginal(balance))
    print(f"  1000 projects: balance {seconds:.3f} s, marginal effect of each on every measure {marginal:.2f} s")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [300, 1_000, 3_000])
