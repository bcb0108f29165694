"""The same question asked in other ways: other estimators, other errors, chance, and the naive regression."""

from dataclasses import replace

import numpy as np
import pandas as pd

from evaluator.income.average import Mean
from evaluator.income.estimation import PLAIN, Estimation, prepare
from evaluator.income.etwfe import Fit, fit_etwfe
from evaluator.income.findings import ALL, CONTRAST, Alternative, Naive
from evaluator.income.frames import least_shown, make_inference
from evaluator.income.permutation import permute
from evaluator.income.results import Estimate
from evaluator.income.specification import METHODS, Specification, again_by, regress_twoway
from evaluator.income.summary import Frame, choose, hide_few
from evaluator.income.twoway import weigh_static
from evaluator.income.uncertainty import Array, estimate_mean


def compare_methods(estimation: Estimation, study: Fit | None) -> tuple[Alternative, ...]:
    """What the other estimators that hold under growing or fading effects say."""
    found = []
    for method in METHODS:
        if method == estimation.method:
            continue
        other = prepare(estimation.spec, method, study)
        found.append(Alternative(method, other.overall()[ALL], other.windows()[ALL], other.contrasts()))
    return tuple(found)


def compare_errors(estimation: Estimation, *, few: bool) -> tuple[Estimate, ...]:
    """The headline (or the overall effect) under each kind of inference; chance assignment when clusters are few."""
    spec = estimation.spec
    frame = estimation.apart.windows if estimation.pair else estimation.together.level
    mean, fit = headline_or_overall(estimation), frame.fit
    if not np.isfinite(mean.value) or mean.units < frame.least_units:
        return ()
    if estimation.method in PLAIN:
        return (estimate_mean(spec.rules.inference, mean, frame.inference),)
    kinds = ("jackknife", "cluster", "wild") if fit is not None else ("jackknife", "cluster")
    found = [estimate_mean(kind, mean, make_inference(spec, frame.effects, fit, kind=kind)) for kind in kinds]
    if few and not (spec.moving or spec.baseline):
        window = spec.rules.windows[-1] if estimation.pair else (0, None)
        p = permute(
            spec.cells,
            lambda table, theta, weight: _measure(table, theta, weight, window, estimation.pair),
            trait=spec.trait or None,
            strata=spec.strata,
            kinds_only=estimation.pair is not None,
            deals=spec.rules.permutations,
            seed=spec.rules.seed,
        )
        if np.isfinite(p):
            found.append(_by_chance(mean, p))
    return tuple(found)


def headline_or_overall(estimation: Estimation) -> Mean:
    """What inference is compared on."""
    headline = estimation.headline()
    if headline is not None and np.isfinite(headline.value):
        return headline
    return estimation.together.level.between(0, None)


def permute_overall(spec: Specification) -> tuple[Estimate, ...]:
    """The overall effect with what chance would give: all that very few treated clusters can say, if anything."""
    plain = again_by(spec, "")
    effects = fit_etwfe(plain.cells, strata=plain.strata).effects
    mean = Frame(effects, plain.cells, make_inference(plain, effects, None)).between(0, None)
    if not np.isfinite(mean.value) or mean.units < least_shown(plain):
        return ()
    p = permute(
        plain.cells,
        lambda table, theta, weight: _measure(table, theta, weight, (0, None), None),
        strata=plain.strata,
        deals=spec.rules.permutations,
        seed=spec.rules.seed,
    )
    return (_by_chance(mean, p),) if np.isfinite(p) else ()


def _by_chance(mean: Mean, p: float) -> Estimate:
    return Estimate("permutation", estimate=mean.value, p=p, units=mean.units, clusters=mean.clusters, rows=mean.rows)


def _measure(
    table: pd.DataFrame, theta: Array, weight: Array, window: tuple[int, int | None], pair: tuple[str, str] | None
) -> float:
    """Mean effect in a window, or the difference of two kinds there; NaN when a deal leaves it empty."""
    means = []
    for kind in pair or (None,):
        among = choose(table, kind=kind, first=window[0], last=window[1]) & np.isfinite(theta)
        mass = float(weight[among].sum())
        means.append(float(weight[among] @ theta[among]) / mass if mass > 0 else np.nan)
    return means[0] - means[1] if pair else means[0]


def show_naive(estimation: Estimation) -> Naive:
    """The static two-way fixed-effects coefficient with the usual cluster-robust error, and its negative weights."""
    spec = replace(estimation.spec, rules=replace(estimation.spec.rules, inference="cluster"))
    plain = again_by(spec, "")
    fit = regress_twoway(plain, "static")
    overall = _say(
        plain, fit, "naive", Frame(fit.effects, plain.cells, make_inference(plain, fit.effects, fit)).between(0, None)
    )
    contrast = Estimate(CONTRAST)
    if estimation.pair is not None:
        apart = regress_twoway(spec, "static")
        frame = Frame(apart.effects, spec.cells, make_inference(spec, apart.effects, apart))
        contrast = _say(spec, apart, estimation.contrast, frame.gap(0, None, estimation.pair))
    share, weight = weigh_static(plain.cells, strata=plain.strata)
    return Naive(overall, contrast, share, weight)


def _say(spec: Specification, fit: Fit, name: str, mean: Mean) -> Estimate:
    return hide_few(estimate_mean(name, mean, make_inference(spec, fit.effects, fit)), least_shown(spec))
