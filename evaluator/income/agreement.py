"""On small panels the same regression is run on the rows by statsmodels, and both must agree."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.design import read_kinds
from evaluator.income.etwfe import Fit
from evaluator.income.specification import Specification
from evaluator.income.units import collect_rows

Array = NDArray[np.float64]
MOST_ROWS = 20_000
MOST_NUMBERS = 20_000_000  # rows × columns
ENOUGH = 1e-6
"""Relative difference above which a caution is given."""


def compare_engines(spec: Specification, fit: Fit) -> float:
    """Largest relative difference of effects and their cluster-robust errors; NaN where it is not tried.

    Outcome and regressors are taken around each unit's mean (one dummy a unit would inflate clustered errors), then
    ordinary or weighted least squares without a small-sample factor. Not tried with covariates that have slopes of
    their own in every effect, or on large panels.
    """
    if spec.panel.n_rows > MOST_ROWS or spec.baseline or spec.outcome != "outcome":
        return np.nan
    table = fit.effects.table
    rows = collect_rows(
        spec.panel, tuple(dict.fromkeys((*((spec.trait,) if spec.trait else ()), *spec.strata, *spec.moving)))
    )
    rows = rows.dropna(subset=list(spec.moving)).reset_index(drop=True)
    if len(rows) * (len(table) + len(spec.cells.years)) > MOST_NUMBERS:
        return np.nan
    known = np.isfinite(fit.effects.theta)
    x = np.column_stack([_effects(rows, spec.trait, table[known]), _year_effects(rows, spec.strata)])
    x = np.column_stack([x, rows[list(spec.moving)].to_numpy(float)]) if spec.moving else x
    theta, se = _regress(rows, x, int(known.sum()))
    ours = fit.effects.theta[known]
    errors = np.sqrt(fit.solution.variances(np.flatnonzero(known)))
    scale = max(float(np.abs(ours).max(initial=0)), 1e-300)
    return float(
        max(np.abs(theta - ours).max(initial=0) / scale, np.abs(se - errors).max(initial=0) / max(errors.max(), 1e-300))
    )


def _effects(rows: pd.DataFrame, trait: str, table: pd.DataFrame) -> Array:
    start, year = rows["first_year"].to_numpy(np.int64), rows["year"].to_numpy(np.int64)
    kind = read_kinds(rows[trait]) if trait else np.full(len(rows), "", dtype=str)
    kind = np.where(start == 0, "", kind)
    keys = (table[key] for key in ("first_year", "kind", "year"))
    columns = [((start == f) & (kind == k) & (year == t)).astype(float) for f, k, t in zip(*keys, strict=True)]
    return np.column_stack(columns) if columns else np.zeros((len(rows), 0))


def _year_effects(rows: pd.DataFrame, strata: tuple[str, ...]) -> Array:
    waves = pd.get_dummies(rows["year"].astype(str)).to_numpy(float)[:, 1:]
    parts = [waves]
    for name in strata:
        marks = pd.get_dummies(pd.Series(read_kinds(rows[name]))).to_numpy(float)[:, 1:]
        parts += [waves * mark[:, None] for mark in marks.T]
    return np.column_stack(parts)


def _regress(rows: pd.DataFrame, x: Array, effects: int) -> tuple[Array, Array]:
    """statsmodels on what is left after each unit's mean: effects and cluster-robust errors without a factor."""
    from statsmodels.regression.linear_model import WLS  # noqa: PLC0415 - loaded when first needed

    unit = pd.factorize(rows["unit_id"])[0]
    size = np.bincount(unit)
    both = np.column_stack([rows["outcome"].to_numpy(float), x])
    mean = np.zeros((len(size), both.shape[1]))
    np.add.at(mean, unit, both)
    within = both - (mean / size[:, None])[unit]
    weight = rows["weight"].to_numpy(float) if "weight" in rows else np.ones(len(rows))
    found = WLS(within[:, 0], within[:, 1:], weights=weight).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(rows["cluster_id"])[0], "use_correction": False},
    )
    return np.asarray(found.params)[:effects], np.asarray(found.bse)[:effects]
