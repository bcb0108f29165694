"""Checks of an estimation: years before the start, failing trends, pretended starts, villages left out."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.average import Mean
from evaluator.income.etwfe import Fit, fit_etwfe
from evaluator.income.frames import least_shown
from evaluator.income.honest import Sensitivity, around_reference, measure_sensitivity
from evaluator.income.imputation import keep_before
from evaluator.income.pretrend import Pretrend, check_pretrend
from evaluator.income.results import Estimate, Path
from evaluator.income.specification import Specification, untreated_cells
from evaluator.income.summary import Frame, choose, find_contrast_path, find_path, hide_few
from evaluator.income.uncertainty import Inference, estimate_mean

Array = NDArray[np.float64]
LEAST_LEAD = 0.5  # share of the clusters of the best known year that a year must have to bound failing trends
PLACEBO_YEARS = (1, 2, 3)
SMOOTH_SHARES = (0.0, 0.01, 0.02, 0.03)


@dataclass(frozen=True, slots=True)
class Study:
    """The interacted event study with jackknife errors: one path a group, and that of the contrast."""

    paths: dict[str, Path]
    clusters: int


def draw_study(
    spec: Specification, fit: Fit, kinds: dict[str, str | None], *, pair: tuple[str, str] | None, contrast: str
) -> Study:
    """Paths that all compare with the same year, as the checks need them."""
    frame = Frame(fit.effects, spec.cells, Inference("jackknife", 1 - spec.rules.confidence, seed=spec.rules.seed))
    paths = {group: find_path(frame, frame, group, kind) for group, kind in kinds.items()}
    if pair is not None:
        paths[contrast] = find_contrast_path(frame, frame, pair, contrast)
    return Study(paths, spec.cells.n_clusters)


def check_pretrends(study: Study, alpha: float) -> dict[str, Pretrend]:
    """The test of the years before the start, for each group and the contrast."""
    return {
        group: check_pretrend(path.events, path.estimate, path.covariance, clusters=study.clusters, alpha=alpha)
        for group, path in study.paths.items()
    }


def bound_trends(
    study: Study, window: tuple[int, int], *, names: tuple[str, ...], alpha: float, unit: float
) -> dict[str, Sensitivity]:
    """Bounds of the long-run window when parallel trends fail, for all treated units and the contrast.

    Only years that at least half of the treated clusters are seen in take part: far leads of one or two clusters
    would make every bound as wide as their noise.

    Parameters
    ----------
    unit
        What one hundredth of the outcome is counted in: 1 for logs, the mean outcome for levels.
    """
    found = {}
    for group in names:
        if group not in study.paths:
            continue
        path = study.paths[group]
        keep = (path.events <= window[1]) & (path.clusters >= LEAST_LEAD * _most_clusters(path))
        around = around_reference(
            path.events[keep], path.estimate[keep], path.covariance[np.ix_(keep, keep)], df=path.df
        )
        after = np.arange(len(around.after))
        rows = dict(zip(path.events.tolist(), path.rows.tolist(), strict=True))
        weight = np.array([rows[e] if window[0] <= e <= window[1] else 0 for e in after.tolist()], float)
        if weight.sum() > 0 and around.before.size:
            smooth = tuple(share * unit for share in SMOOTH_SHARES)
            found[group] = measure_sensitivity(around, weight / weight.sum(), smooth=smooth, alpha=alpha)
    return found


def _most_clusters(path: Path) -> int:
    return int(path.clusters[path.events < 0].max(initial=0))


def pretend_starts(spec: Specification) -> tuple[Estimate, ...]:
    """Mean effects of starts pretended one to three years early, from the years before the true start alone."""
    cells = untreated_cells(spec) if spec.moving else keep_before(spec.cells)
    start = cells.groups["first_year"].to_numpy(np.int64)
    inference = Inference("jackknife", 1 - spec.rules.confidence, seed=spec.rules.seed)
    found = []
    for early in PLACEBO_YEARS:
        moved = np.where(start != NEVER, start - early, NEVER)
        pretended = replace(cells, groups=cells.groups.assign(first_year=moved))
        fit = fit_etwfe(pretended, trait=spec.trait or None, strata=spec.strata, baseline=spec.baseline)
        if not len(fit.effects.table):
            continue
        frame = Frame(fit.effects, pretended, inference)
        mean = frame.mean(choose(fit.effects.table))
        found.append(hide_few(estimate_mean(f"placebo_{early}", mean, inference), least_shown(spec)))
    return tuple(found)


def leave_out(spec: Specification, overall: Mean, headline: Mean | None) -> pd.DataFrame:
    """One row a cluster: ``cluster_id`` and the ``overall`` and ``headline`` estimates without it."""
    names = spec.cells.groups.drop_duplicates("cluster").sort_values("cluster")["cluster_id"].to_numpy()
    table = pd.DataFrame({"cluster_id": names, "overall": overall.left})
    table["headline"] = np.nan if headline is None else headline.left
    return table
