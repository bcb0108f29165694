"""How well homogeneity finds planted copycat waves, beside four measures of regional specialisation.

Run by hand: ``python tests/benchmarks/copycats.py [--worlds 20]``. No packages beyond the evaluator's own.

Each invented world has counties on a grid, villages in them and projects in the villages, drawn from each county's own
mix of products. Waves of look-alikes are then planted around seed villages, across county borders: most make the
seed's product, some another of its family and stage. The area under the ROC curve (AUC) says how often a planted
look-alike stands above a project of the base; 0.5 is chance. The peers are computed on all capacity of the same world:

- location quotient (Florence 1939): the product's share in the county over its share everywhere;
- UNIDO similarity coefficient of the industrial structures of two regions, Σ x_i x_j / √(Σ x_i² Σ x_j²), the mean over
  the touching counties (UNIDO International Industrial Research Centre 1979);
- share of the product in the county's capacity;
- Herfindahl-Hirschman index of the county's capacity by product.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import rankdata

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evaluator.criteria.homogeneity import measure_homogeneity
from evaluator.criteria.specialisation import location_quotient
from evaluator.reference.lexicon import products

ROWS, COLUMNS, COUNTY_KM, VILLAGES = 4, 6, 60.0, 30
WAVES, WAVE_KM = 10, 15.0
KM_DEGREE = 111.195
ORIGIN_LON, ORIGIN_LAT = 101.0, 27.0


@dataclass(frozen=True)
class World:
    """What makes the waves easy or hard to find.

    ``mix`` is the concentration of a county's products (low: a few products fill it without any wave), ``base`` the
    mean number of unplanted projects in a village, ``sizes`` the least and most look-alikes of a wave, and
    ``same_product`` the share of them that makes the seed's very product.
    """

    mix: float = 0.4
    base: float = 1.5
    sizes: tuple[int, int] = (8, 25)
    same_product: float = 0.8


WORLDS = {
    "mixed counties": World(),
    "specialised counties": World(mix=0.2),
    "small waves in crowded, specialised counties": World(mix=0.15, base=3.0, sizes=(5, 15), same_product=0.7),
}


def make_world(seed: int, world: World | None = None) -> tuple[pd.DataFrame, dict[str, frozenset[str]]]:
    """Projects with ``planted`` (0 or 1), and which counties touch."""
    world, rng = world or World(), np.random.default_rng(seed)
    listed = {key: p for key, p in products().items() if not p.generic and p.stage in ("grow", "raise", "gather")}
    names = np.array(sorted(listed))
    villages = _villages(rng)
    mix = {county: rng.dirichlet(np.full(len(names), world.mix)) for county in villages["place_code"].unique()}
    base = villages.loc[np.repeat(villages.index, rng.poisson(world.base, len(villages)))].reset_index(drop=True)
    base["product"] = [rng.choice(names, p=mix[county]) for county in base["place_code"]]
    waves = [_wave(rng, villages, listed, world) for _ in range(WAVES)]
    projects = pd.concat([base.assign(planted=0), *waves], ignore_index=True)
    return projects.assign(investment_yuan=rng.lognormal(13.3, 0.8, len(projects))), _borders()


def _villages(rng: np.random.Generator) -> pd.DataFrame:
    east = np.concatenate([c * COUNTY_KM + rng.uniform(0, COUNTY_KM, VILLAGES) for _, c in _grid()])
    north = np.concatenate([r * COUNTY_KM + rng.uniform(0, COUNTY_KM, VILLAGES) for r, _ in _grid()])
    lat = ORIGIN_LAT + north / KM_DEGREE
    lon = ORIGIN_LON + east / (KM_DEGREE * np.cos(np.radians(ORIGIN_LAT + ROWS * COUNTY_KM / 2 / KM_DEGREE)))
    code = np.repeat([_code(*cell) for cell in _grid()], VILLAGES)
    return pd.DataFrame({"east": east, "north": north, "lon": lon, "lat": lat, "place_code": code})


def _wave(rng: np.random.Generator, villages: pd.DataFrame, listed: dict, world: World) -> pd.DataFrame:
    seed = villages.iloc[rng.integers(len(villages))]
    km = np.hypot(villages["east"] - seed["east"], villages["north"] - seed["north"])
    near = villages.index[km <= WAVE_KM]
    rows = villages.loc[rng.choice(near, rng.integers(*world.sizes, endpoint=True))].reset_index(drop=True)
    first = str(rng.choice(sorted(listed)))
    family = [key for key, p in listed.items() if (p.family, p.stage) == (listed[first].family, listed[first].stage)]
    same = rng.random(len(rows)) < world.same_product
    return rows.assign(product=np.where(same, first, rng.choice(family, len(rows))), planted=1)


def _grid() -> list[tuple[int, int]]:
    return [(row, column) for row in range(ROWS) for column in range(COLUMNS)]


def _code(row: int, column: int) -> str:
    return f"99{row:02d}{column:02d}"


def _borders() -> dict[str, frozenset[str]]:
    cells = set(_grid())
    steps = ((0, 1), (1, 0), (0, -1), (-1, 0))
    return {
        _code(r, c): frozenset(_code(r + a, c + b) for a, b in steps if (r + a, c + b) in cells)
        for r, c in sorted(cells)
    }


def similarity_coefficient(one: np.ndarray, other: np.ndarray) -> float:
    """UNIDO's coefficient of two industrial structures: the cosine of their shares; 1 alike, 0 nothing in common."""
    return float(one @ other / np.sqrt((one @ one) * (other @ other)))


def measure_peers(projects: pd.DataFrame, touching: dict[str, frozenset[str]]) -> dict[str, np.ndarray]:
    """The four peers, one value a project."""
    table = projects.pivot_table("investment_yuan", "place_code", "product", aggfunc="sum", fill_value=0.0)
    shares = table.div(table.sum(axis=1), axis=0)
    quotient = location_quotient(
        table.to_numpy(), table.sum().to_numpy(), table.sum(axis=1).to_numpy()[:, None], table.to_numpy().sum()
    )
    alike = {
        code: np.mean([similarity_coefficient(shares.loc[code].to_numpy(), shares.loc[o].to_numpy()) for o in others])
        for code in shares.index
        if (others := [other for other in touching[code] if other in shares.index])
    }
    county = table.index.get_indexer(projects["place_code"])
    product = table.columns.get_indexer(projects["product"])
    return {
        "location quotient": np.asarray(quotient)[county, product],
        "UNIDO coefficient": projects["place_code"].map(alike).to_numpy(float),
        "county share": shares.to_numpy()[county, product],
        "HHI": (shares.to_numpy() ** 2).sum(axis=1)[county],
    }


def area_under_curve(planted: np.ndarray, value: np.ndarray) -> float:
    """How often a planted project stands above one of the base, ties half (Mann-Whitney)."""
    yes = planted == 1
    ranks = rankdata(value)
    return float((ranks[yes].sum() - yes.sum() * (yes.sum() + 1) / 2) / (yes.sum() * (~yes).sum()))


def compare(seed: int, world: World | None = None) -> dict[str, float]:
    """AUC of homogeneity and of each peer in one world."""
    projects, touching = make_world(seed, world)
    h = measure_homogeneity(projects, adjacent=touching).h
    planted = projects["planted"].to_numpy()
    return {
        name: area_under_curve(planted, value)
        for name, value in {"homogeneity h": h, **measure_peers(projects, touching)}.items()
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=20, help="invented worlds, seeds 0, 1, …")
    seeds = range(parser.parse_args().worlds)
    for title, world in WORLDS.items():
        found = pd.DataFrame([compare(seed, world) for seed in seeds])
        print(f"{title} ({world})\n  {'measure':<18} {'mean AUC':>9} {'least':>7} {'most':>7}")
        for name, column in found.items():
            print(f"  {name:<18} {column.mean():>9.3f} {column.min():>7.3f} {column.max():>7.3f}")


if __name__ == "__main__":
    main()
