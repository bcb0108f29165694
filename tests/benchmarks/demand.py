"""Time of market demand for 100,000 projects and 400 markets, beside a plain two-step floating catchment in pandas.

Run by hand: ``python tests/benchmarks/demand.py``. Goal: 100,000 projects × 400 markets in 3 s.

``measure_demand`` is timed as a whole: coverage with its range, saturation, offtake, evidence and price signals. The
peer computes coverage alone, by a table of all pairs, at a size it can bear; both must say the same there.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.criteria.demand import measure_demand
from evaluator.criteria.travel import road_hours, straight_km
from evaluator.domain.markets import Markets
from evaluator.domain.settings import DemandSettings
from evaluator.reference.lexicon import products

PROJECTS, MARKETS, PEER_PROJECTS = 100_000, 400, 5_000
PROJECTS_IN_A_VILLAGE, REACH = 12, (3.0, 12.0)


def make_trade(count: int, *, goods: int, apart: bool, seed: int = 1) -> tuple[pd.DataFrame, Markets]:
    """Projects in villages (or each at a place of its own: ``apart``) and markets that ask for 1 or more products."""
    rng = np.random.default_rng(seed)
    names = [key for key, p in products().items() if not p.generic and p.perishability == "fruit"][:goods]
    spots = count if apart else max(count // PROJECTS_IN_A_VILLAGE, 1)
    at = np.arange(count) if apart else rng.integers(0, spots, count)
    frame = pd.DataFrame(
        {
            "name": [f"P{number}" for number in range(count)],
            "kind": "industry",
            "product": rng.choice(names, count),
            "lon": rng.uniform(100, 106, spots)[at],
            "lat": rng.uniform(26, 31, spots)[at],
            "output_per_year": rng.lognormal(4, 1, count),
            "output_unit": "t",
        }
    )
    markets = pd.DataFrame(
        {
            "product": [names[number % goods] for number in range(MARKETS)],
            "lon": rng.uniform(100, 106, MARKETS),
            "lat": rng.uniform(26, 31, MARKETS),
            "yearly_demand": rng.lognormal(9, 1, MARKETS),
            "supplied_elsewhere": rng.lognormal(7, 1, MARKETS),
            "unit": "t",
        }
    )
    return frame, Markets(markets)


def by_pandas(frame: pd.DataFrame, markets: Markets) -> pd.Series:
    """Coverage by the formula: every project beside every market of its product, then two group sums."""
    rules = DemandSettings()
    sides = (frame.reset_index(), markets.frame.reset_index())
    pairs = sides[0].merge(sides[1], on="product", suffixes=("", "_market"))
    km = straight_km(*(pairs[key].to_numpy() for key in ("lon", "lat", "lon_market", "lat_market")))
    hours = road_hours(km, detour=rules.detour, speed_km_hour=rules.speed_km_hour)
    pairs["reach"] = np.clip((REACH[1] - hours) / (REACH[1] - REACH[0]), 0, 1)
    pairs["brought"] = pairs["reach"] * pairs["output_per_year"]
    supplied = pairs.groupby("index_market")["brought"].transform("sum") + pairs["supplied_elsewhere"]
    pairs["share"] = pairs["reach"] * pairs["yearly_demand"] / supplied
    return pairs.groupby("index")["share"].sum().reindex(frame.index, fill_value=0.0)


def timed(frame: pd.DataFrame, markets: Markets) -> tuple[float, np.ndarray]:
    """Seconds of one measurement, and the coverage."""
    start = time.perf_counter()
    found = measure_demand(frame, markets=markets)
    return time.perf_counter() - start, found.parts["coverage"].point


def main() -> None:
    """Print the table."""
    timed(*make_trade(200, goods=20, apart=False))  # loads what is loaded once
    print(f"{'projects':>9} {'markets':>8}  {'trade':<44} {'seconds':>8}")
    for title, goods, apart in (
        ("20 products, a dozen projects to a village", 20, False),
        ("one product, a dozen projects to a village", 1, False),
        ("one product, every project its own place", 1, True),
    ):
        seconds, _ = timed(*make_trade(PROJECTS, goods=goods, apart=apart))
        print(f"{PROJECTS:>9,} {MARKETS:>8,}  {title:<44} {seconds:>8.2f}", flush=True)
    frame, markets = make_trade(PEER_PROJECTS, goods=1, apart=True)
    seconds, ours = timed(frame, markets)
    start = time.perf_counter()
    theirs = by_pandas(frame, markets).to_numpy()
    peer = time.perf_counter() - start
    print(f"{PEER_PROJECTS:>9,} {MARKETS:>8,}  {'one product: evaluator':<44} {seconds:>8.2f}")
    print(f"{PEER_PROJECTS:>9,} {MARKETS:>8,}  {'one product: pandas, coverage alone':<44} {peer:>8.2f}")
    print(f"largest relative difference of coverage: {np.max(np.abs(ours - theirs) / np.maximum(theirs, 1e-12)):.1e}")


if __name__ == "__main__":
    main()
