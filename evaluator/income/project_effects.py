"""The effect of every single project in every year since its start, and how these estimates err together.

The regression has one effect for each project and year since the start, unit effects and year effects: extended
two-way fixed effects (Wooldridge 2025) with the project as the kind. Given the year effects λ each project is solved by
itself, ``θ_p = A_p⁻¹ (c_p − B_p λ)``, so that thousands of projects cost no large matrix.

What all estimates share is the error of λ: it is jackknifed, one village left out at a time, with everything that
hangs on it. What is a project's own cannot be had by leaving out its only village; it is that of village-years without
a project (``village_errors``), carried through the same regression.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.income.cells import Array, Cells
from evaluator.income.project_moments import (
    Index,
    Moments,
    Parts,
    event_places,
    gather,
    in_years,
    name_projects,
    part_by,
    sum_by,
    untreated,
    untreated_clusters,
)
from evaluator.income.results import Caution
from evaluator.income.village_errors import VillageErrors, fit_village_errors, household_variance

LEAST_UNTREATED = 2
"""Untreated villages a year needs, so that one of them can be left out."""
SINGULAR = 1e-9


@dataclass(frozen=True, slots=True)
class Carried:
    """How village shocks and households' noise reach the estimates of P projects.

    ``shifts`` (n, E, T) from the years' shocks of a village to the effects, for n pairs of ``project`` (n,) and
    ``cluster`` (n,); ``inverse`` and ``noise`` (P, E, E) of households; ``years`` (T,).
    """

    project: Index
    cluster: Index
    shifts: Array
    inverse: Array
    noise: Array
    years: Index

    def among(self, kept: NDArray[np.bool_]) -> "Carried":
        """The same for some of the projects."""
        number, pairs = np.cumsum(kept) - 1, kept[self.project]
        return Carried(
            number[self.project[pairs]],
            self.cluster[pairs],
            self.shifts[pairs],
            self.inverse[kept],
            self.noise[kept],
            self.years,
        )

    def own(self, errors: VillageErrors) -> Array:
        """(P, E, E) covariance of the projects' own errors."""
        shocks = self.shifts @ errors.covariance(self.years) @ np.swapaxes(self.shifts, 1, 2)
        noise = errors.household * self.inverse @ self.noise @ self.inverse
        own = sum_by(self.project, shocks, len(self.inverse)) + noise
        return np.asarray((own + np.swapaxes(own, 1, 2)) / 2)


@dataclass(frozen=True, slots=True)
class ProjectEffects:
    """Estimates of P projects in the years 0 … E−1 since their start.

    Attributes
    ----------
    projects
        P rows: ``project_id``, ``first_year`` (the earliest), ``clusters``, ``units``.
    seen
        (P, E) whether there is an estimate.
    theta
        (P, E), 0 where there is none.
    own
        (P, E, E) covariance of the errors that are a project's own.
    common
        (P, E, r) loadings on r independent errors of variance 1 that all projects share (the year effects).
    errors, carried
        What the own part was made from, and how it is carried through the regression.
    clusters, untreated
        Clusters of the whole panel, and those among them with years without a project.
    cautions
        Projects and years that could not be used.
    """

    projects: pd.DataFrame
    seen: NDArray[np.bool_]
    theta: Array
    own: Array
    common: Array
    errors: VillageErrors
    clusters: int
    untreated: int
    carried: Carried
    cautions: tuple[Caution, ...] = ()

    def among(self, kept: NDArray[np.bool_]) -> "ProjectEffects":
        """The same for some of the projects (P,)."""
        return replace(
            self,
            projects=self.projects[kept].reset_index(drop=True),
            seen=self.seen[kept],
            theta=self.theta[kept],
            own=self.own[kept],
            common=self.common[kept],
            carried=self.carried.among(kept),
        )

    def variance(self) -> Array:
        """(P, E) error variance of each estimate."""
        return np.asarray(np.einsum("pee->pe", self.own) + (self.common**2).sum(axis=2))


def estimate_project_effects(
    cells: Cells, *, project: str = "project_id", household: float | None = None
) -> ProjectEffects:
    """Estimate the effect of each project in each year since its start.

    Parameters
    ----------
    cells
        With ``project`` among the columns of ``groups``; a cluster is one project where none is named.
    household
        Variance of households' noise; read from the cells when not given (cells cut to some years no longer hold it).

    Returns
    -------
    ProjectEffects
        With cautions ``years_without_untreated`` (``years``) and ``projects_without_before`` (``count``).
    """
    enough = untreated_clusters(cells) >= LEAST_UNTREATED
    notes = () if enough.all() else (Caution("years_without_untreated", {"years": cells.years[~enough].tolist()}),)
    whole, cells = cells, in_years(cells, enough)
    moments, place = gather(cells), event_places(cells)
    code, names = name_projects(cells.groups, project)
    parts = part_by(moments, place, code, len(names))
    able = parts.solvable()
    if not able.all():
        notes = (*notes, Caution("projects_without_before", {"count": int((~able).sum())}))
    lost = (code >= 0) & ~np.r_[able, False][code]
    code = np.where((code >= 0) & ~lost, (np.cumsum(able) - 1)[np.maximum(code, 0)] if len(able) else -1, -1)
    moments, names = moments.kept(~lost), names[able]
    parts = part_by(moments, place, code, len(names))
    inverse, seen = parts.inverse(), parts.seen()
    layout = Layout(code, place, cells.groups["cluster"].to_numpy(np.int64), cells.n_clusters)
    common, left = _year_effects(moments, parts, inverse, layout)
    beta = common[len(cells.years) :]
    household = _noise_of_households(whole, beta) if household is None else household
    errors, without = _errors(cells, beta, ~lost, household)
    theta = np.einsum("pef,pf->pe", inverse, parts.c - parts.b @ common)
    loadings = np.einsum("pef,pfk,kr->per", inverse, parts.b, _root(left))
    carried = _carry(moments, inverse, layout, cells.years)
    return ProjectEffects(
        projects=_describe(cells, code, names),
        seen=seen,
        theta=np.where(seen, theta, 0.0),
        own=carried.own(errors),
        common=-loadings * seen[:, :, None],
        errors=errors,
        carried=carried,
        clusters=cells.n_clusters,
        untreated=without,
        cautions=notes,
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where G groups stand: ``code`` (G,) project or −1, ``place`` (G, E) of event years, ``cluster`` of ``count``."""

    code: Index
    place: Index
    cluster: Index
    count: int

    def pairs(self) -> tuple[Index, Index, Index]:
        """(G,) number of each group's pair of project and cluster, −1 without; each pair's project and cluster."""
        own = self.code >= 0
        key, number = np.unique(np.column_stack([self.code[own], self.cluster[own]]), axis=0, return_inverse=True)
        pair = np.full(len(self.code), -1, np.int64)
        pair[own] = number.ravel()
        return pair, key[:, 0], key[:, 1]


def _year_effects(moments: Moments, parts: Parts, inverse: Array, layout: Layout) -> tuple[Array, Array]:
    """(T+k,) effects of years and covariates with all projects' effects free, and their jackknife covariance."""
    taken, given = _taken(parts, inverse)
    normal, right = moments.s.sum(axis=0) - taken.sum(axis=0), moments.u.sum(axis=0) - given.sum(axis=0)
    pair, of_project, of_cluster = layout.pairs()
    cluster, count = layout.cluster, layout.count
    rest = parts.take(of_project) - part_by(moments, layout.place, pair, len(of_project))
    rest_taken, rest_given = _taken(rest, rest.inverse())
    less = sum_by(cluster, moments.s, count) - sum_by(of_cluster, taken[of_project] - rest_taken, count)
    less_right = sum_by(cluster, moments.u, count) - sum_by(of_cluster, given[of_project] - rest_given, count)
    whole = _solve(normal[None], right[None])[0]
    held = np.abs(less).sum(axis=(1, 2)) > 0
    replicates = _solve(normal - less[held], right - less_right[held])
    g = max(len(replicates), 1)
    spread = replicates - replicates.sum(axis=0) / g
    return whole, (g - 1) / g * spread.T @ spread


def _taken(parts: Parts, inverse: Array) -> tuple[Array, Array]:
    """What each project's own effects take out of the normal equations of the year effects."""
    back = np.swapaxes(parts.b, 1, 2) @ inverse
    return back @ parts.b, np.einsum("nke,ne->nk", back, parts.c)


def _solve(normal: Array, right: Array) -> Array:
    """Solutions of singular normal equations (one year is the reference, whichever)."""
    size = np.sqrt(np.maximum(np.einsum("nkk->nk", normal), SINGULAR))
    scaled = normal / size[:, :, None] / size[:, None, :]
    inverse = np.linalg.pinv(scaled, rcond=SINGULAR, hermitian=True)
    return np.asarray(np.einsum("nkl,nl->nk", inverse, right / size) / size)


def _root(covariance: Array) -> Array:
    """(K, r) with root @ root.T = covariance."""
    value, vector = np.linalg.eigh(covariance)
    kept = value > 1e-12 * max(float(value[-1]), 1e-300)
    return np.asarray(vector[:, kept] * np.sqrt(value[kept]))


def _noise_of_households(cells: Cells, beta: Array) -> float:
    """Variance of households' noise, given the effects of covariates."""
    moments, t = gather(cells), len(cells.years)
    weights = np.concatenate([[1.0], -beta])
    cross = np.einsum("gij,i,j->g", cells.cross, weights, weights)
    dof = float((cells.weight**2 / np.maximum(cells.units, 1) * np.maximum(cells.attended.sum(axis=1) - 1, 0)).sum())
    u = moments.u[:, :t] - moments.s[:, :t, t:] @ beta
    return household_variance(moments.s[:, :t, :t], u, cross, moments.noise, dof)


def _errors(cells: Cells, beta: Array, used: NDArray[np.bool_], household: float) -> tuple[VillageErrors, int]:
    """Fit village errors to unit-years without a project; also how many clusters have any."""
    t, count = len(cells.years), cells.n_clusters
    moments = gather(cells, attended=untreated(cells)).kept(used)
    cluster = cells.groups["cluster"].to_numpy(np.int64)
    u = moments.u[:, :t] - moments.s[:, :t, t:] @ beta
    s, u, noise = (sum_by(cluster, part, count) for part in (moments.s[:, :t, :t], u, moments.noise))
    return fit_village_errors(s, u, noise, cells.years, household), int((np.einsum("ctt->c", s) > SINGULAR).sum())


def _carry(moments: Moments, inverse: Array, layout: Layout, years: Index) -> Carried:
    pair, project, cluster = layout.pairs()
    shifts = inverse[project] @ part_by(moments, layout.place, pair, len(project)).b[:, :, : len(years)]
    noisy = Moments(moments.noise, moments.noise[:, :, 0], moments.noise)
    noise = part_by(noisy, layout.place, layout.code, len(inverse)).a
    return Carried(project, cluster, shifts, inverse, noise, years)


def share_errors(then: ProjectEffects, now: ProjectEffects) -> Array:
    """(P, E, E') covariance of own errors of earlier estimates (rows) with those of later ones (columns).

    ``then`` rests on a part of the years of ``now``; the projects are those of ``then``. What the year effects share
    is left aside.
    """
    place = {name: i for i, name in enumerate(now.projects["project_id"])}
    to = np.array([place.get(name, -1) for name in then.projects["project_id"]], np.int64)
    old, new, errors = then.carried, now.carried, now.errors
    pairs = {(int(p), int(c)): i for i, (p, c) in enumerate(zip(new.project, new.cluster, strict=True))}
    match = [pairs.get((int(to[p]), int(c)), -1) for p, c in zip(old.project, old.cluster, strict=True)]
    found = np.array(match, np.int64) >= 0
    between = errors.covariance(new.years)[np.isin(new.years, old.years)]
    cross = old.shifts[found] @ between @ np.swapaxes(new.shifts[np.array(match, np.int64)[found]], 1, 2)
    shared = sum_by(old.project[found], cross, len(to))
    size = old.inverse.shape[1]
    noise = errors.household * (old.inverse @ old.noise) @ new.inverse[np.maximum(to, 0)][:, :size]
    return np.asarray(shared + noise * (to >= 0)[:, None, None])


def _describe(cells: Cells, code: Index, names: NDArray[np.str_]) -> pd.DataFrame:
    """One row a project: name, first year, clusters and units behind it."""
    own = code >= 0
    units = sum_by(cells.group, cells.units[:, None].astype(float), len(cells.groups))[:, 0]
    table = pd.DataFrame(
        {
            "code": code[own],
            "first_year": cells.groups["first_year"].to_numpy(np.int64)[own],
            "cluster": cells.groups["cluster"].to_numpy(np.int64)[own],
            "units": units[own],
        }
    )
    by = table.groupby("code", sort=True)
    return pd.DataFrame(
        {
            "project_id": names,
            "first_year": by["first_year"].min().to_numpy(np.int64),
            "clusters": by["cluster"].nunique().to_numpy(np.int64),
            "units": by["units"].sum().to_numpy(np.int64),
        }
    )
