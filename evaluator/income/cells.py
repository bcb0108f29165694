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
from evaluator.income.folding import MOST_YEARS, Codes, Folded, Shape, number_groups, sort_codes

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
        (G, T) Σ_h w_h y_ht² of the outcome: for standard deviations by year, never for the regression.
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
    squares: Array
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
            place = np.arange(len(self.years))
            bits, kind = np.unique(self.attended @ (1 << place), return_inverse=True)
            self.kept["kinds"] = ((bits[:, None] >> place) & 1).astype(bool), kind.astype(np.int64)
        kinds: tuple[NDArray[np.bool_], Codes] = self.kept["kinds"]
        return kinds

    def moments(self) -> tuple[Array, Array]:
        """``S`` (G, T, T) and ``U`` (G, T, 1+k) of the normal equations with unit effects; not to be written to."""
        if "moments" not in self.kept:
            self.kept["moments"] = self._moments()
        moments: tuple[Array, Array] = self.kept["moments"]
        return moments

    def _moments(self) -> tuple[Array, Array]:
        groups, years = len(self.groups), len(self.years)
        # Attendance repeats from group to group: each kind of attendance is laid out once, and groups mix the kinds.
        kinds, kind = self.kinds()
        seen = kinds.astype(float)
        count = np.maximum(seen.sum(axis=1), 1)
        place = self.group, kind

        def mix(amount: Array, of_kinds: Array) -> Array:
            mixture = csr_array((amount, place), shape=(groups, len(kinds)))
            return np.asarray(mixture @ of_kinds.reshape(len(kinds), -1))

        spread = seen[:, :, None] * (np.eye(years) - (seen / count[:, None])[:, None, :])
        s = mix(self.weight, spread).reshape(groups, years, years)
        u = np.zeros((groups, years, len(self.variables)))
        first = np.flatnonzero(np.append(True, self.group[1:] != self.group[:-1])[: len(self.group)])
        u[self.group[first]] = np.add.reduceat(self.sums, first) if len(first) else 0.0
        means = self.sums.sum(axis=1) / count[place[1], None]
        for number in range(len(self.variables)):
            u[:, :, number] -= mix(means[:, number], seen)
        s.setflags(write=False)
        u.setflags(write=False)
        return s, u


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
    t, k = len(shape.years), len(shape.variables)
    number, first = number_groups(folded.keys)
    groups = folded.keys.iloc[first].reset_index(drop=True)
    groups["first_year"] = groups["first_year"].astype(np.int64)
    groups.insert(0, "cluster", sort_codes(groups["cluster_id"]))
    numbers = np.split(number, np.cumsum([len(part.squares) for part in folded.parts])[:-1])
    lines = [(of_groups[part.group], part.pattern) for of_groups, part in zip(numbers, folded.parts, strict=True)]
    group, pattern, places = _number_lines(lines)
    squares, products = np.zeros((len(groups), t)), np.zeros((len(groups), k * (k + 1) // 2))
    units, weight, sums = np.zeros(len(group), np.int64), np.zeros(len(group)), np.zeros((len(group), t, k))
    for part, at_group, at in zip(folded.parts, numbers, places, strict=True):  # no place stands twice in a part
        squares[at_group] += part.squares
        products[at_group] += part.products
        units[at] += part.units
        weight[at] += part.weight
        sums[at] += part.sums
    cross = np.zeros((len(groups), k, k))
    for column, (a, b) in enumerate(shape.pairs()):
        cross[:, a, b] = cross[:, b, a] = products[:, column]
    return Cells(
        years=np.array(shape.years, np.int64),
        groups=groups,
        group=group,
        attended=((pattern[:, None] >> np.arange(t)) & 1).astype(bool),
        units=units,
        weight=weight,
        sums=sums,
        cross=cross,
        squares=squares,
        variables=shape.variables,
    )


def _number_lines(lines: list[tuple[Codes, Codes]]) -> tuple[Codes, Codes, list[Codes]]:
    """Groups and patterns in order, each pair once, and the place of each line of each part among them."""
    group, pattern = (np.concatenate([line[i] for line in lines]) for i in range(2))
    order = np.lexsort((pattern, group))
    group, pattern = group[order], pattern[order]
    new = np.append(True, (group[1:] != group[:-1]) | (pattern[1:] != pattern[:-1]))[: len(group)]
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new) - 1
    return group[new], pattern[new], np.split(place, np.cumsum([len(line[0]) for line in lines])[:-1])


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
    squares = np.zeros((len(groups), t))
    np.add.at(squares, g, weight[:, None] * values[:, :, 0] ** 2)
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
        squares=squares,
        variables=names,
    )
