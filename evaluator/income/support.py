"""How many clusters an estimate really rests on."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.cells import Cells
from evaluator.income.etwfe import Fit, kinds_of
from evaluator.income.findings import Support
from evaluator.income.gate import Counts
from evaluator.income.results import CellEffects
from evaluator.income.summary import Frame
from evaluator.income.uncertainty import Inference

Array = NDArray[np.float64]


def measure_effective(fit: Fit, weights: Array) -> float:
    """Effective number of clusters G* for a weighted mean of effects.

    With ``γ_c = w'A⁻¹A_cA⁻¹w`` the share of cluster c, G* = G/(1 + CV²(γ)), for independent rows within clusters.

    Sources: Carter, Schnepel and Steigerwald (2017), Review of Economics and Statistics 99(4); MacKinnon, Nielsen and
    Webb (2023), "Leverage, influence, and the jackknife in clustered regression models" (their G*(0)).
    """
    found, blocks = fit.solution, fit.solution.blocks
    target = np.zeros(len(found.beta))
    target[: len(weights)] = weights
    direction = blocks.x @ (found.inverse @ target)  # (D, m)
    own = (direction[blocks.kind] * blocks.times(direction)).sum(axis=1)
    share = np.bincount(blocks.cluster, own, blocks.n_clusters)
    mean = share.mean()
    return float(len(share) / (1 + ((share / mean - 1) ** 2).mean())) if mean > 0 else np.nan


def count_cohorts(cells: Cells, trait: str) -> pd.DataFrame:
    """One row a first year and kind: ``first_year``, ``kind``, ``units``, ``clusters``, ``rows``."""
    seen = cells.kinds()[0].sum(axis=1)
    units, rows = cells.mix(cells.units.astype(float), np.column_stack([np.ones_like(seen), seen])).T.astype(np.int64)
    table = cells.groups[["first_year", "cluster"]].assign(kind=kinds_of(cells, trait or None), units=units, rows=rows)
    grouped = table.groupby(["first_year", "kind"], sort=True)
    found = grouped.agg(units=("units", "sum"), clusters=("cluster", "nunique"), rows=("rows", "sum"))
    return found.reset_index()


def measure_leverage(cells: Cells, fit: Fit) -> pd.DataFrame:
    """One row a cluster: ``cluster_id``, ``leverage`` (share of all), ``weight`` (share of the treated unit-years)."""
    names = cells.groups.drop_duplicates("cluster").sort_values("cluster")["cluster_id"].to_numpy()
    effects: CellEffects = fit.effects
    total = effects.table["weight"].to_numpy(float)
    after = (effects.table["event"] >= 0).to_numpy()
    mass = (total - effects.replicate_weight)[:, after].sum(axis=1)
    whole, leverage = mass.sum(), fit.solution.leverage
    return pd.DataFrame(
        {
            "cluster_id": names,
            "leverage": leverage / leverage.sum() if leverage.sum() > 0 else np.nan,
            "weight": mass / whole if whole > 0 else np.nan,
        }
    )


def gather_support(
    cells: Cells, fit: Fit, counts: Counts, *, trait: str, window: tuple[int, int], pair: tuple[str, str] | None
) -> Support:
    """Everything that stands behind an estimation; ``window`` and ``pair`` of the headline contrast."""
    frame = Frame(fit.effects, cells, Inference())
    overall = frame.between(0, None).weights
    contrast = None if pair is None else frame.gap(*window, pair).weights
    after = fit.effects.table[(fit.effects.table["event"] >= 0) & np.isfinite(fit.effects.theta)]
    used = np.isin(cells.years, after["year"].to_numpy(np.int64))
    return Support(
        treated_clusters=counts.treated,
        untreated_clusters=counts.untreated,
        effective_clusters=np.nan if overall is None else measure_effective(fit, overall),
        effective_contrast=np.nan if contrast is None else measure_effective(fit, contrast),
        leverage=measure_leverage(cells, fit),
        cohorts=count_cohorts(cells, trait),
        fewest_controls=int(counts.controls[used].min()) if used.any() else 0,
    )


def count_never(cells: Cells) -> int:
    """Clusters with a unit that never starts."""
    never = cells.groups["first_year"].to_numpy(np.int64) == NEVER
    return int(cells.groups.loc[never, "cluster"].nunique())
