"""Panels for the tests of income effects, made from the simulated world."""

from functools import cache
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from evaluator.domain.panel import IncomePanel
from evaluator.income.effects import estimate_effects
from evaluator.income.findings import IncomeEffects
from tests.income.simulate import draw


def panel_of(frame: pd.DataFrame, **given: object) -> IncomePanel:
    """A checked panel of a frame with canonical columns."""
    values: dict[str, object] = {
        "scale": "log",
        "years": tuple(int(year) for year in sorted(frame["year"].unique())),
        "n_rows": len(frame),
        "n_units": frame["unit_id"].nunique(),
        "n_clusters": frame["cluster_id"].nunique(),
        "traits": tuple(name for name in frame if str(name).startswith("trait_")),
        "weighted": "weight" in frame,
    }
    return IncomePanel(rows=nw.from_native(frame), **(values | given))  # type: ignore[arg-type]


def world_frame(villages: int = 24, seed: int = 5, **given: Any) -> pd.DataFrame:
    """A simulated panel: 12 years, households that leave."""
    return draw(np.random.default_rng(seed), villages, **given).frame()


@cache
def world_effects() -> IncomeEffects:
    """Everything that is found in the simulated panel; worked out once, for all who only read it."""
    return estimate_effects(panel_of(world_frame()))


def small_frame(
    *, units: int = 60, years: int = 6, clusters: int = 12, seed: int = 1, leaves: bool = False
) -> pd.DataFrame:
    """A small staggered panel with weights, a discrete and a continuous covariate; a third of clusters never start."""
    random = np.random.default_rng(seed)
    unit, year = (part.ravel() for part in np.meshgrid(np.arange(units), np.arange(1, years + 1), indexing="ij"))
    cluster = unit % clusters
    start = np.where(cluster % 3 == 0, 0, 3 + cluster % 3)
    own, wave = random.normal(size=units), random.normal(size=years)
    frame = pd.DataFrame(
        {
            "unit_id": [f"u{u:03d}" for u in unit],
            "year": 2000 + year,
            "cluster_id": [f"c{c:02d}" for c in cluster],
            "first_year": np.where(start > 0, 2000 + start, 0),
            "trait_short_flat_fast": np.where(start > 0, np.where(cluster % 2 == 0, "1", "0"), ""),
            "size": np.where(unit % 2 == 0, "large", "small"),
            "hours": random.normal(size=len(unit)),
            "weight": 0.5 + (unit % 4) / 2,
        }
    )
    effect = np.where((start > 0) & (year >= start), 0.1 * (year - start + 1), 0.0)
    noise = 0.1 * random.normal(size=len(unit))
    frame["outcome"] = 9 + own[unit] + wave[year - 1] + 0.3 * frame["hours"] + effect + noise
    if leaves:
        frame = frame[(random.random(len(frame)) > 0.15) | (frame["year"] == 2001)]
    return frame.reset_index(drop=True)
