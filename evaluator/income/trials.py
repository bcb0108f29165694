"""Plain comparisons of two groups by ordinary least squares: repeated samples, and starts drawn by lot.

*Pooled* (``pooled``): difference-in-differences with an effect for each first year instead of each unit, for samples
that are drawn anew each year: ``y = first year + year + Σ θ · 1{first year g, kind k, year t ≥ g} + covariates``.

*Analysis of covariance* (``ancova``): in each year since one common start, ``y = a + θ · started + outcomes before +
covariates``; for starts drawn by lot, where it is more precise than differences (McKenzie 2012, Journal of Development
Economics 99(2)). Without outcomes before (``baseline = "none"``) and covariates it is the difference of two means.

Errors: classical, heteroskedasticity-robust (HC1, HC2, HC3), by cluster, or the cluster jackknife. The regressions are
statsmodels'.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.design import Design, last_before, lay_design, read_kinds
from evaluator.income.etwfe import kinds_of
from evaluator.income.normal import LOADING
from evaluator.income.results import Caution, CellEffects
from evaluator.income.specification import Specification
from evaluator.income.units import collect_rows, lay_units

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
SINGULAR = 1e-9  # singular values of the scaled columns below this share are 0; single-precision rounding is above it
KINDS = {"classical": "nonrobust", "hc1": "HC1", "hc2": "HC2", "hc3": "HC3", "cluster": "cluster"}


@dataclass(frozen=True, slots=True)
class Plain:
    """Effects with their covariance (q, q) and degrees of freedom; ``covariance`` is ``None`` under the jackknife."""

    effects: CellEffects
    covariance: Array | None
    free: float
    refusal: Caution | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    """One regression: ``y`` (n,), regressors ``x`` (n, p) with the effects ``rows`` of the design first.

    ``weight``, ``cluster``, ``unit`` (n,).
    """

    rows: Ints
    y: Array
    x: Array
    weight: Array
    cluster: Ints
    unit: Ints

    @property
    def effects(self) -> Array:
        """(n, effects) indicators of the effects."""
        return self.x[:, : len(self.rows)]


def compare_plainly(spec: Specification, method: str) -> Plain:
    """Estimate by ``pooled`` or ``ancova``; refused (``several_starts``) when starts drawn by lot differ by year."""
    design = lay_design(
        spec.cells.years, spec.cells.groups["first_year"].to_numpy(np.int64), kinds_of(spec.cells, spec.trait or None)
    )
    starts = np.unique(design.table["first_year"].to_numpy(np.int64))
    if method == "ancova" and len(starts) > 1:
        return _refused(spec, design, Caution("several_starts", {"found": len(starts)}))
    tables = [_pool(spec, design)] if method == "pooled" else _by_year(spec, design, int(starts[0]))
    return _finish(spec, design, tables)


def _pool(spec: Specification, design: Design) -> _Table:
    numbers = (*spec.baseline, *spec.moving)
    rows = collect_rows(spec.panel, (*((spec.trait,) if spec.trait else ()), *spec.strata, *numbers))
    rows = rows.dropna(subset=list(numbers)).reset_index(drop=True)
    start, year = rows["first_year"].to_numpy(np.int64), rows["year"].to_numpy(np.int64)
    kind = _kind(read_kinds(rows[spec.trait]) if spec.trait else None, start)
    keys = (design.table[key] for key in ("first_year", "kind", "year"))
    effects = [((start == f) & (kind == k) & (year == t)).astype(float) for f, k, t in zip(*keys, strict=True)]
    arm = np.char.add(np.char.add(start.astype(str), "/"), kind)
    marks = [_indicate(values) for values in (year.astype(str), arm, *(read_kinds(rows[s]) for s in spec.strata))]
    x = np.column_stack([*effects, np.ones(len(rows)), *marks, _scaled(rows[list(numbers)].to_numpy(float))])
    return _Table(
        rows=np.arange(len(design.table)),
        y=rows["outcome"].to_numpy(float),
        x=x,
        weight=rows["weight"].to_numpy(float) if "weight" in rows else np.ones(len(rows)),
        cluster=pd.factorize(rows["cluster_id"], sort=True)[0].astype(np.int64),
        unit=np.arange(len(rows)),
    )


def _by_year(spec: Specification, design: Design, start: int) -> list[_Table]:
    """One regression a year since the start: effects, 1, outcomes before, covariates of the last year before."""
    labels = tuple(dict.fromkeys((*((spec.trait,) if spec.trait else ()), *spec.strata)))
    units = lay_units(spec.panel, labels=labels, numbers=(*spec.baseline, *spec.moving))
    last = int(last_before(units.years, np.array([start]))[0])
    before = {"all": np.arange(last + 1), "last": np.array([last]), "none": np.zeros(0, np.int64)}[spec.rules.baseline]
    kind = _kind(read_kinds(units.labels[spec.trait]) if spec.trait else None, units.start)
    marks = [_indicate(read_kinds(units.labels[s])) for s in spec.strata]
    past = [_scaled(units.outcome[:, before]), *marks, _scaled(units.numbers[:, last])]
    tables = []
    for year in np.flatnonzero(units.years >= start):
        here = np.flatnonzero(design.table["year"] == units.years[year])
        effects = [((units.start == start) & (kind == design.table["kind"].iloc[j])).astype(float) for j in here]
        x = np.column_stack([*effects, np.ones(len(kind)), *past])
        kept = np.isfinite(units.outcome[:, year]) & np.isfinite(x).all(axis=1)
        part = (units.outcome[kept, year], x[kept], units.weight[kept], units.cluster[kept], np.flatnonzero(kept))
        tables.append(_Table(here, *part))
    return tables


def _kind(values: NDArray[np.str_] | None, start: Ints) -> NDArray[np.str_]:
    return np.full(len(start), "", dtype=str) if values is None else np.where(start == NEVER, "", values)


def _indicate(values: NDArray[np.str_]) -> Array:
    """(n, …) an indicator for every value but the first."""
    return pd.get_dummies(pd.Series(values)).to_numpy(float)[:, 1:]


def _finish(spec: Specification, design: Design, tables: list[_Table]) -> Plain:
    """Fit each table, and again without each cluster under the jackknife."""
    kind, c, q = spec.rules.inference, spec.cells.n_clusters, design.n_effects
    robust = kind not in {"jackknife", "wild"}
    theta, covariance, free = np.full(q, np.nan), np.zeros((q, q)), np.inf
    left, mass, count = np.full((c, q), np.nan), np.zeros((c, q)), np.zeros(q, np.int64)
    parts: list[tuple[Ints, pd.DataFrame]] = []
    for table in tables:
        theta[table.rows], own, degrees, influence = _fit(table, kind)
        covariance[np.ix_(table.rows, table.rows)] = own
        free = min(free, degrees)
        np.add.at(mass, (table.cluster[:, None], table.rows[None]), table.weight[:, None] * (table.effects != 0))
        count[table.rows] = (table.effects != 0).sum(axis=0)
        groups = table.cluster if kind == "cluster" else table.unit
        parts.append((table.rows, pd.DataFrame(influence).groupby(groups).sum()))
        if not robust:
            left[:, table.rows] = np.array([_drop(table, cluster) for cluster in range(c)])
    _link_years(covariance, parts)
    whole = mass.sum(axis=0)
    effects = CellEffects(
        table=design.table.assign(weight=whole, units=count, clusters=(mass > 0).sum(axis=0), rows=count),
        theta=theta,
        leave_out=lambda: (
            (np.where(mass < whole, theta, np.nan), np.repeat(whole[None], c, axis=0))
            if robust
            else (left, whole - mass)
        ),
        pull=None,
        method=spec.rules.estimator,
        of_group=design.of_group,
        column=design.column,
        n_rows=sum(len(table.y) for table in tables),
        n_columns=max(table.x.shape[1] for table in tables),
    )
    by_cluster = not robust or kind == "cluster"
    return Plain(effects, covariance if robust else None, c - 1.0 if by_cluster else free)


def _fit(table: _Table, kind: str) -> tuple[Array, Array, float, Array]:
    """statsmodels' effects, their covariance, residual degrees of freedom, and each row's influence (n, effects)."""
    from statsmodels.regression.linear_model import OLS, WLS  # noqa: PLC0415 - loaded when first needed

    kept, known = _tell_apart(table.x, table.weight)
    n, own = len(table.rows), np.flatnonzero((kept < len(table.rows)) & known)
    at, x, weighted = kept[own], table.x[:, kept], np.ptp(table.weight) > 0
    model: Any = WLS(table.y, x, weights=table.weight) if weighted else OLS(table.y, x)
    name = KINDS.get(kind, "nonrobust")
    with np.errstate(divide="ignore", invalid="ignore"):  # HC2 and HC3 divide by 0 where a row is fitted exactly
        found = model.fit(cov_type=name, cov_kwds={"groups": table.cluster} if name == "cluster" else None)
    residual = (table.weight if weighted else 1.0) * np.asarray(found.resid)
    theta, influence, covariance = np.full(n, np.nan), np.zeros((len(x), n)), np.zeros((n, n))
    theta[at] = np.asarray(found.params)[own]
    influence[:, at] = residual[:, None] * (x @ np.asarray(found.normalized_cov_params)[:, own])
    own_covariance = np.asarray(found.cov_params())[np.ix_(own, own)]
    covariance[np.ix_(at, at)] = np.where(np.isfinite(own_covariance), own_covariance, np.nan)
    return theta, covariance, float(found.df_resid), influence


def _tell_apart(x: Array, weight: Array) -> tuple[Ints, NDArray[np.bool_]]:
    """Columns that together say all that ``x`` says, none twice, and whether each can be told from the others."""
    scaled = x * np.sqrt(weight)[:, None]
    size = np.sqrt((scaled**2).sum(axis=0))
    corner = np.asarray(
        np.linalg.qr(scaled / np.where(size > 0, size, 1.0), mode="r")
    )  # as the columns lie, without squaring
    _, root, vector = np.linalg.svd(corner, full_matrices=True)
    root = np.pad(root, (0, len(vector) - len(root)))
    least = SINGULAR * root[0]
    tangled = (np.abs(vector[root < least]) > LOADING).any(axis=0)
    kept = np.flatnonzero(~tangled).tolist()
    for column in np.flatnonzero(tangled).tolist():
        trial = [*kept, column]
        if len(trial) <= len(corner) and np.linalg.svd(corner[:, trial], compute_uv=False)[-1] > least:
            kept = trial
    columns = np.sort(np.array(kept, np.int64))
    return columns, ~tangled[columns]


def _link_years(covariance: Array, parts: list[tuple[Ints, pd.DataFrame]]) -> None:
    """Put the covariance between regressions of different years in its place: the same units stand in both."""
    for i, (mine, own) in enumerate(parts):
        for theirs, other in parts[:i]:
            shared = own.index.intersection(other.index)
            block = own.loc[shared].to_numpy().T @ other.loc[shared].to_numpy()
            covariance[np.ix_(mine, theirs)] = block
            covariance[np.ix_(theirs, mine)] = block.T


def _drop(table: _Table, cluster: int) -> Array:
    """The effects without a cluster; NaN for those it alone has."""
    rest = table.cluster != cluster
    kept, known = _tell_apart(table.x[rest], table.weight[rest])
    root = np.sqrt(table.weight[rest])
    found = np.linalg.lstsq(table.x[rest][:, kept] * root[:, None], table.y[rest] * root, rcond=None)[0]
    theta, own = np.full(len(table.rows), np.nan), (kept < len(table.rows)) & known
    theta[kept[own]] = found[own]
    return theta


def _scaled(numbers: Array) -> Array:
    """Numbers around their means, in units of their spread: effects do not depend on it, precision does."""
    spread, centre = np.nanstd(numbers, axis=0), np.nanmean(numbers, axis=0)
    return np.asarray((numbers - centre) / np.where(spread > 0, spread, 1.0))


def _refused(spec: Specification, design: Design, why: Caution) -> Plain:
    q, c = design.n_effects, spec.cells.n_clusters
    effects = CellEffects(
        table=design.table.assign(weight=0.0, units=0, clusters=0, rows=0),
        theta=np.full(q, np.nan),
        leave_out=lambda: (np.full((c, q), np.nan), np.zeros((c, q))),
        pull=None,
        method=spec.rules.estimator,
        of_group=design.of_group,
        column=design.column,
    )
    return Plain(effects, None, np.nan, why)
