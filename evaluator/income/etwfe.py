"""Extended two-way fixed effects: one least-squares regression with an effect for each first year, kind and year.

``y_it = unit + year + Σ θ_gkt · 1{first year g, kind k, year t ≥ g} (+ covariates) + error``; units not yet and never
treated are what the others are compared with. With ``leads`` the years before the start but the last have effects too:
the interacted event study of Sun and Abraham.

Sources: Wooldridge (2025), "Two-way fixed effects, the two-way Mundlak regression, and difference-in-differences
estimators", Empirical Economics 69; Sun and Abraham (2021), Journal of Econometrics 225.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Cells
from evaluator.income.design import Design, lay_design, read_kinds
from evaluator.income.normal import Solution, gather, solve
from evaluator.income.results import CellEffects

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Effects of a regression and what else it found.

    ``covariates`` names of the continuous covariates with ``slopes`` (k,), ``slopes_left`` (C, k), ``slopes_influence``
    (C, k) and ``slopes_unscaled`` (k,); ``unscaled`` (p, p) the inverse normal matrix of the effects; ``leverage``
    (C,); ``sigma2`` residual variance with unit effects counted.
    """

    effects: CellEffects
    unscaled: Array
    leverage: Array
    sigma2: float
    covariates: tuple[str, ...] = ()
    slopes: Array | None = None
    slopes_left: Array | None = None
    slopes_influence: Array | None = None
    slopes_unscaled: Array | None = None


def fit_etwfe(
    cells: Cells, *, trait: str | None = None, strata: Sequence[str] = (), leads: bool = False, method: str = ""
) -> Fit:
    """Estimate effects by first year, kind (values of ``trait``) and year, and again without each cluster.

    Parameters
    ----------
    trait
        Column of ``cells.groups`` that keeps effects apart; blank counts as a kind of its own.
    strata
        Columns whose values have year effects of their own (discrete covariates).
    leads
        Sun and Abraham's regression.
    """
    groups = cells.groups
    start = groups["first_year"].to_numpy(np.int64)
    kind = read_kinds(groups[trait]) if trait else np.full(len(groups), "", dtype=str)
    kind = np.where(start == 0, "", kind)
    design = lay_design(cells.years, start, kind, strata=[read_kinds(groups[s]) for s in strata], leads=leads)
    q, k = design.n_effects, len(cells.variables) - 1
    blocks = gather(cells, design)
    p = blocks.x.shape[2]
    found = solve(blocks, np.concatenate([np.arange(q), np.arange(p - k, p)]))
    effects = _effects(cells, design, found, method or ("sun_abraham" if leads else "etwfe"))
    free = effects.n_rows - found.rank - int(cells.units.sum())
    return Fit(
        effects=effects,
        unscaled=found.unscaled[:q, :q],
        leverage=found.leverage,
        sigma2=found.rss / free if free > 0 else np.nan,
        covariates=cells.variables[1:],
        slopes=found.beta[p - k :],
        slopes_left=found.left[:, q:],
        slopes_influence=found.influence[:, q:],
        slopes_unscaled=np.diag(found.unscaled)[q:],
    )


def _effects(cells: Cells, design: Design, found: Solution, method: str) -> CellEffects:
    q = design.n_effects
    mass, table = weigh_effects(cells, design)
    whole = mass.sum(axis=0)
    return CellEffects(
        table=table,
        theta=found.beta[:q],
        replicates=found.left[:, :q],
        replicate_weight=whole - mass,
        influence=found.influence[:, :q],
        method=method,
        of_group=design.of_group,
        column=design.column,
        n_rows=int((cells.units[:, None] * cells.attended).sum()),
        n_columns=found.rank,
    )


def weigh_effects(cells: Cells, design: Design) -> tuple[Array, pd.DataFrame]:
    """(C, q) weighted unit-years of each cluster in each effect, and the table with ``weight`` and support counts."""
    q, g = design.n_effects, len(cells.groups)
    shape = (g, len(cells.years))
    weight, units = np.zeros(shape), np.zeros(shape)
    np.add.at(weight, cells.group, cells.weight[:, None] * cells.attended)
    np.add.at(units, cells.group, cells.units[:, None] * cells.attended)
    column = design.column[design.of_group]
    g_at, t_at = np.nonzero(column >= 0)
    cluster = cells.groups["cluster"].to_numpy(np.int64)[g_at]
    mass, count = np.zeros((cells.n_clusters, q)), np.zeros((cells.n_clusters, q))
    np.add.at(mass, (cluster, column[g_at, t_at]), weight[g_at, t_at])
    np.add.at(count, (cluster, column[g_at, t_at]), units[g_at, t_at])
    rows = count.sum(axis=0).astype(np.int64)
    table = design.table.assign(
        weight=mass.sum(axis=0), units=rows, clusters=(count > 0).sum(axis=0).astype(np.int64), rows=rows
    )
    return mass, table
