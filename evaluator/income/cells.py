"""Exact compression of a panel: all that a regression with unit effects needs, by group of units and attendance.

Regressors vary by group and year only. Unit h of group g attends in the years m_h (0/1, T), with n_h of them, weight
w_h and variables z_h (T × (1+k): the outcome, then covariates that vary by unit and year). With
``M_h = diag(m_h) − m_h m_h'/n_h`` the normal equations of weighted least squares with unit effects are

``Σ_g X_g' S_g X_g`` and ``Σ_g X_g' U_g``,  where ``S_g = Σ_h w_h M_h`` and ``U_g = Σ_h w_h M_h z_h``.

Both need only, for each attendance pattern in a group, the weight and the sums of z: exact with attrition.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluator.domain.panel import IncomePanel
from evaluator.income.engines import find_years, fold_rows
from evaluator.income.folding import MOST_YEARS, Codes, Folded, Shape, add_up, number_groups, number_pairs

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Sufficient statistics of a panel of T years: G groups, P patterns of attendance, k continuous covariates.

    Attributes
    ----------
    years
        (T,) ascending.
    groups
        G rows: ``cluster`` (int code 0…C−1, clusters in sorted order of ``cluster_id``), ``cluster_id``, ``first_year``
        (int, 0 = never), the traits and discrete covariates. Units of a group share all of these.
    group
        (P,) row of ``groups`` a pattern belongs to.
    attended
        (P, T) whether units of the pattern are observed in the year.
    units, weight
        (P,) number of units and sum of their weights.
    sums
        (P, T, 1+k) weighted sums over the pattern's units of the variables, 0 where not attended.
    cross
        (G, 1+k, 1+k) Σ_h w_h z_h' M_h z_h: within-unit sums of squares and products.
    squares
        Σ w y² of the outcome over all rows: beside it is seen what is only rounding.
    variables
        ``("outcome", *covariates)``.
    """

    years: NDArray[np.int64]
    groups: pd.DataFrame
    group: NDArray[np.int64]
    attended: NDArray[np.bool_]
    units: NDArray[np.int64]
    weight: Array
    sums: Array
    cross: Array
    squares: float
    variables: tuple[str, ...] = ("outcome",)
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of these cells once, for the next specification."""

    @property
    def n_clusters(self) -> int:
        """Number of clusters C."""
        if "clusters" not in self.kept:
            self.kept["clusters"] = int(self.groups["cluster"].max()) + 1 if len(self.groups) else 0
        return int(self.kept["clusters"])

    def kinds(self) -> tuple[NDArray[np.bool_], Codes]:
        """The K kinds of attendance that occur (K, T), and that of each pattern (P,)."""
        if "kinds" not in self.kept:
            self.kept["kinds"] = tell_kinds(self.attended @ (1 << np.arange(len(self.years))), len(self.years))
        kinds: tuple[NDArray[np.bool_], Codes] = self.kept["kinds"]
        return kinds

    def mix(self, amount: Array, of_kinds: Array) -> Array:
        """(G, …) sums over the patterns of each group of an amount (P,) times something of its kind (K, …).

        Attendance repeats from group to group: each kind is worked out once, and groups mix the kinds.
        """
        mixed = self.mixture(amount) @ of_kinds.reshape(len(of_kinds), -1)
        return np.asarray(mixed).reshape(-1, *of_kinds.shape[1:])

    def mixture(self, amount: Array) -> csr_array:
        """(G, K) sums of an amount (P,) over the patterns of each group, by kind of attendance."""
        kinds, kind = self.kinds()
        if "lines" not in self.kept:
            order = np.argsort(self.group, kind="stable")
            ends = np.cumsum(np.bincount(self.group, minlength=len(self.groups)))
            self.kept["lines"] = order, kind[order], np.append(0, ends)
        order, column, ends = self.kept["lines"]
        return csr_array((amount[order], column, ends), shape=(len(self.groups), len(kinds)))

    def moments(self) -> tuple[Array, Array]:
        """``S`` (G, T, T) and ``U`` (G, T, 1+k) of the normal equations with unit effects; not to be written to."""
        if "s" not in self.kept:
            self.kept["s"] = self.mix(self.weight, self.kind_moments())
            self.kept["s"].setflags(write=False)
        return self.kept["s"], self.right()

    def kind_moments(self) -> Array:
        """(K, T, T) M = diag(m) − mm'/n of each kind of attendance: ``S`` of a group is ``mixture(weight)`` of them."""
        seen = self.kinds()[0].astype(float)
        count = np.maximum(seen.sum(axis=1), 1)
        return np.asarray(seen[:, :, None] * (np.eye(len(self.years)) - (seen / count[:, None])[:, None, :]))

    def right(self) -> Array:
        """``U`` (G, T, 1+k) of the normal equations; not to be written to."""
        if "u" not in self.kept:
            kinds, kind = self.kinds()
            seen, count = kinds.astype(float), np.maximum(kinds.sum(axis=1), 1)
            sums = self.sums.reshape(len(kind), -1)
            u = add_up(sums, self.group, len(self.groups)).reshape(-1, *self.sums.shape[1:])
            for number in range(len(self.variables)):
                u[:, :, number] -= self.mix(self.sums[:, :, number] @ np.ones(len(self.years)) / count[kind], seen)
            u.setflags(write=False)
            self.kept["u"] = u
        u_kept: Array = self.kept["u"]
        return u_kept


def compress(
    panel: IncomePanel, *, by: tuple[str, ...] = (), continuous: tuple[str, ...] = (), outcome: str = "outcome"
) -> Cells:
    """Compress a checked panel where its rows are, with one expression for every engine.

    Parameters
    ----------
    panel
        As ``read_panel`` returns it: one row a unit and year, weights constant within a unit.
    by
        Traits and discrete covariates, constant within a unit; groups share them.
    continuous
        Covariates that may vary by unit and year; rows without one are left out.
    outcome
        ``outcome``, or another column of the rows such as ``below_line``.

    Returns
    -------
    Cells
        What ordinary (weighted) least squares with unit effects needs, exactly.
    """
    variables = (outcome, *continuous)
    years = panel.years if not continuous and outcome == "outcome" else find_years(panel.rows, variables)
    if len(years) > MOST_YEARS:
        raise ValueError(f"{len(years)} years; at most {MOST_YEARS}")
    shape = Shape(("cluster_id", "first_year", *dict.fromkeys(by)), tuple(years), variables, panel.weighted)
    return _lay_out(fold_rows(panel.rows, shape), shape)


def _lay_out(folded: Folded, shape: Shape) -> Cells:
    """The lines as arrays, groups and patterns in sorted order, lines of one group and pattern added up."""
    t, k, lines = len(shape.years), len(shape.variables), folded.lines
    number, first = number_groups(folded.keys)
    groups = folded.keys.iloc[first].reset_index(drop=True)
    groups["first_year"] = groups["first_year"].astype(np.int64)
    groups.insert(0, "cluster", pd.factorize(groups["cluster_id"], use_na_sentinel=False)[0].astype(np.int64))
    group = number[lines.group]
    place, one = number_pairs(group, lines.pattern)
    products = add_up(lines.products, number, len(groups))
    cross = np.zeros((len(groups), k, k))
    for column, (a, b) in enumerate(shape.pairs()):
        cross[:, a, b] = cross[:, b, a] = products[:, column]
    kinds, kind = tell_kinds(lines.pattern[one], t)
    cells = Cells(
        years=np.array(shape.years, np.int64),
        groups=groups,
        group=group[one],
        attended=kinds[kind],
        units=add_up(lines.units.astype(float), place, len(one)).astype(np.int64),
        weight=add_up(lines.weight, place, len(one)),
        sums=add_up(lines.sums.reshape(-1, t * k), place, len(one)).reshape(-1, t, k),
        cross=cross,
        squares=lines.squares,
        variables=shape.variables,
    )
    cells.kept["kinds"] = kinds, kind
    return cells


def tell_kinds(pattern: Codes, years: int) -> tuple[NDArray[np.bool_], Codes]:
    """The kinds of attendance among patterns (years as bits), in order (K, T), and that of each pattern."""
    kind, found = pd.factorize(pattern, sort=True)
    return ((found[:, None] >> np.arange(years)) & 1).astype(bool), kind.astype(np.int64, copy=False)


def compress_frame(
    frame: pd.DataFrame, *, by: tuple[str, ...] = (), continuous: tuple[str, ...] = (), outcome: str = "outcome"
) -> Cells:
    """Compress a pandas panel with canonical columns (``IncomePanel.rows``); ``by`` are traits constant within a unit.

    Rows with a missing outcome or covariate are left out first; a unit seen once adds nothing.
    """
    names = (outcome, *continuous)
    rows = frame.dropna(subset=list(names)).reset_index(drop=True)
    years, year = np.unique(rows["year"].to_numpy(np.int64), return_inverse=True)
    unit = pd.factorize(rows["unit_id"], sort=True)[0]
    n, t, k = int(unit.max()) + 1, len(years), len(names)
    values = np.zeros((n, t, k))
    values[unit, year] = rows[list(names)].to_numpy(float)
    attended = np.zeros((n, t), bool)
    attended[unit, year] = True
    keys = ["cluster_id", "first_year", *by]
    of_unit = rows.iloc[np.unique(unit, return_index=True)[1]]
    weight = of_unit["weight"].to_numpy(float) if "weight" in rows else np.ones(n)
    groups = of_unit[keys].drop_duplicates().sort_values(keys, kind="stable").reset_index(drop=True)
    place = groups.reset_index(names="group").merge(of_unit[keys].reset_index(drop=True), on=keys, how="right")
    g = place["group"].to_numpy(np.int64)
    groups.insert(0, "cluster", pd.factorize(groups["cluster_id"], sort=True)[0])
    mean = values.sum(axis=1) / attended.sum(axis=1)[:, None]
    within = (values - mean[:, None, :]) * attended[:, :, None]
    cross = np.zeros((len(groups), k, k))
    np.add.at(cross, g, weight[:, None, None] * np.einsum("htj,htk->hjk", within, within))
    bits = attended @ (1 << np.arange(t, dtype=np.int64))
    key, pattern = np.unique(np.column_stack([g, bits]), axis=0, return_inverse=True)
    p = len(key)
    total = np.zeros((p, t, k))
    np.add.at(total, pattern, weight[:, None, None] * values)
    return Cells(
        years=years,
        groups=groups,
        group=key[:, 0],
        attended=((key[:, 1][:, None] >> np.arange(t)) & 1).astype(bool),
        units=np.bincount(pattern, minlength=p),
        weight=np.bincount(pattern, weights=weight, minlength=p).astype(float),
        sums=total,
        cross=cross,
        squares=float(weight @ (values[:, :, 0] ** 2).sum(axis=1)),
        variables=names,
    )
