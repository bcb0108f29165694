"""The effects that each kind of average is made from, under one estimator."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from evaluator.income.etwfe import Fit
from evaluator.income.results import Caution, CellEffects
from evaluator.income.specification import Specification, estimate_cells, regress_twoway
from evaluator.income.summary import Frame
from evaluator.income.trials import compare_plainly
from evaluator.income.uncertainty import Array, Inference, cluster_factor
from evaluator.income.wild import Wild, bootstrap

AS_PUBLISHED = frozenset({"imputation", "callaway_santanna"})
"""Estimators whose authors use no small-sample factor."""


@dataclass(frozen=True, slots=True)
class Frames:
    """``level`` for overall effects, ``years`` for paths, ``windows``; ``leads`` for years before."""

    level: Frame
    years: Frame
    windows: Frame
    leads: Frame | None


def frame_method(spec: Specification, method: str, study: Fit | None) -> Frames:
    """Estimate under a method; ``study`` is the interacted event study that lends its leads."""
    if method == "twfe":
        fits = [regress_twoway(spec, shape) for shape in ("static", "events", "windows")]
        level, years, windows = (_of_fit(spec, fit) for fit in fits)
        return Frames(level, years, windows, years if spec.rules.leads else None)
    effects, fit = estimate_cells(spec, method)
    frame = _of_fit(spec, fit) if fit is not None else _frame(spec, effects, None)
    if not spec.rules.leads:
        return Frames(frame, frame, frame, None)
    if method in {"sun_abraham", "callaway_santanna"} or (method == "etwfe" and spec.rules.control == "never"):
        return Frames(frame, frame, frame, frame)
    return Frames(frame, frame, frame, None if study is None else _of_fit(spec, study))


def frame_plainly(spec: Specification, method: str) -> tuple[Frames, Caution | None]:
    """Frames of a plain comparison by ordinary least squares, or why there is none."""
    found = compare_plainly(spec, method)
    alpha = 1 - spec.rules.confidence
    if found.covariance is None:
        inference = Inference("jackknife", alpha, seed=spec.rules.seed)
    else:
        kind = "classical" if spec.rules.inference == "classical" else "robust"
        inference = Inference(kind, alpha, seed=spec.rules.seed, covariance=found.covariance, free=found.free)
    frame = Frame(found.effects, spec.cells, inference, least_shown(spec))
    return Frames(frame, frame, frame, None), found.refusal


def _of_fit(spec: Specification, fit: Fit) -> Frame:
    return _frame(spec, fit.effects, fit)


def _frame(spec: Specification, effects: CellEffects, fit: Fit | None) -> Frame:
    return Frame(effects, spec.cells, make_inference(spec, effects, fit), least_shown(spec), fit)


def least_shown(spec: Specification) -> int:
    """The fewest units shown together; villages and other units that are their own cluster may be shown alone."""
    return spec.rules.least_units if spec.panel.n_units > spec.panel.n_clusters else 1


def make_inference(spec: Specification, effects: CellEffects, fit: Fit | None, *, kind: str = "") -> Inference:
    """How errors of these effects are made; robust errors of single rows are those of clusters here."""
    rules = spec.rules
    kind = kind or (rules.inference if rules.inference in {"jackknife", "cluster", "wild", "classical"} else "cluster")
    if fit is None and kind in {"wild", "classical"}:
        kind = "cluster"
    factor = cluster_factor(spec.cells.n_clusters, effects.n_rows, effects.n_columns)
    if effects.method in AS_PUBLISHED:
        factor = 1.0
    inference = Inference(kind, 1 - rules.confidence, factor, rules.seed)
    if fit is None:
        return inference
    return Inference(
        kind,
        1 - rules.confidence,
        factor,
        rules.seed,
        bootstrap=partial(_bootstrap, fit, rules.wild_replications, 1 - rules.confidence, rules.seed),
        covariance=np.nan_to_num(fit.solution.inverse[: len(effects.theta), : len(effects.theta)]) * fit.sigma2,
        free=float(fit.free),
    )


def _bootstrap(fit: Fit, draws: int, alpha: float, seed: int, weights: Array) -> Wild:
    return bootstrap(fit.solution, weights, draws=draws, alpha=alpha, seed=seed)
