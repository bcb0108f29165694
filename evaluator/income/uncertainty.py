"""Standard errors, intervals and bands of averaged effects.

*Jackknife* (default): the average is computed again without each of the C clusters, weights included; the variance is
(C − 1)/C · Σ (θ₍c₎ − mean)², intervals are t(C − 1). It stays near its nominal coverage with a dozen villages, where
the usual cluster-robust errors fall far below (methods.md).

*Cluster*: Σ influence², times C/(C − 1) · (N − 1)/(N − K) with unit effects (nested in clusters) not counted in K: the
convention of fixest; t(C − 1).

Sources: Bell and McCaffrey (2002), MacKinnon, Nielsen and Webb (2023), Journal of Applied Econometrics 38 (jackknife);
Montiel Olea and Plagborg-Møller (2019), Journal of Applied Econometrics 34 (sup-t bands).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from evaluator.income.average import Mean, stack, stack_influence
from evaluator.income.results import Caution, Estimate, Path
from evaluator.income.wild import Wild

Array = NDArray[np.float64]
BAND_DRAWS = 20_000
NOTHING = 1e-16  # share of the jackknife's variance below which a cluster-robust one is only rounding
GIVEN = frozenset({"classical", "robust"})
FEWEST = 2  # clusters that a jackknife of one number needs


@dataclass(frozen=True, slots=True)
class Inference:
    """How errors are made.

    ``kind`` ``jackknife``, ``cluster``, ``wild`` (intervals by the wild bootstrap, errors as ``cluster``),
    ``classical`` (independent errors of equal variance) or ``robust`` (those of another regression); ``alpha``
    1 − confidence; ``factor`` of the cluster variance; ``seed`` of draws; ``bootstrap`` from the weights of an average
    to its wild interval; ``covariance`` (q, q) of the effects, classical or robust, with ``free`` degrees of freedom.
    """

    kind: str = "jackknife"
    alpha: float = 0.05
    factor: float = 1.0
    seed: int = 0
    bootstrap: Callable[[Array], Wild] | None = None
    covariance: Array | None = None
    free: float = np.nan


def cluster_factor(clusters: int, rows: int, columns: int) -> float:
    """C/(C − 1) · (N − 1)/(N − K) as fixest has it; K without effects nested in clusters."""
    if clusters < 2 or rows <= columns:
        return np.nan
    return clusters / (clusters - 1) * (rows - 1) / (rows - columns)


def jackknife_covariance(left: Array) -> Array:
    """(q, q) from (C, q) estimates that each leave one cluster out."""
    count = len(left)
    deviation = left - left.mean(axis=0)
    return np.asarray((count - 1) / count * deviation.T @ deviation)


def covariance_of(means: Sequence[Mean], inference: Inference) -> Array:
    """(q, q) covariance of several averages; NaN where an average rests on a single cluster, but for classical errors.

    Cluster-robust errors of such an average would be 0: its regression fits the cluster exactly. NaN too where it is an
    average of effects that rest on one cluster each.
    """
    _, left = stack(means)
    alone = np.asarray(~np.isfinite(left).all(axis=0))
    unknown = np.where(alone[:, None] | alone, np.nan, 0.0)
    weights = [mean.weights for mean in means if mean.weights is not None]
    if inference.covariance is not None and inference.kind in GIVEN and len(weights) == len(means):
        across = np.array(weights)
        found = np.asarray(across @ inference.covariance @ across.T)
        return found if inference.kind == "classical" else found + unknown
    influence = None if inference.kind == "jackknife" else stack_influence(means)
    if influence is None:
        return jackknife_covariance(left)
    found = np.asarray(inference.factor * influence.T @ influence)
    exact = np.diag(found) <= NOTHING * np.diag(jackknife_covariance(np.nan_to_num(left)))
    return found + unknown + np.where(exact[:, None] | exact, np.nan, 0.0)


def estimate_mean(name: str, mean: Mean, inference: Inference) -> Estimate:
    """One average with its error and t interval, or why it has none."""
    if not np.isfinite(mean.value):
        return Estimate(name, refusal=Caution("no_such_years" if not mean.lost else "not_separable"))
    clusters = len(mean.left)
    if inference.kind != "classical" and not np.isfinite(mean.left).all():
        return Estimate(
            name,
            units=mean.units,
            clusters=mean.clusters,
            rows=mean.rows,
            refusal=Caution("one_cluster", {"found": mean.clusters, "needed": FEWEST}),
        )
    variance = float(covariance_of([mean], inference)[0, 0])
    if not np.isfinite(variance):
        return Estimate(name, units=mean.units, clusters=mean.clusters, rows=mean.rows, refusal=Caution("no_error"))
    df = inference.free if inference.kind in GIVEN else clusters - 1.0
    found = with_error(name, mean, float(np.sqrt(variance)), df=df, alpha=inference.alpha)
    if inference.kind != "wild" or inference.bootstrap is None or mean.weights is None:
        return found
    wild = inference.bootstrap(mean.weights)
    return replace(found, low=wild.low, high=wild.high, p=wild.p)


def with_error(name: str, mean: Mean, se: float, *, df: float, alpha: float) -> Estimate:
    """The estimate with a t interval and two-sided p value."""
    reach = float(stdtrit(df, 1 - alpha / 2)) * se
    p = 2 * float(stdtr(df, -abs(mean.value) / se)) if se > 0 else (np.nan if np.isnan(se) else float(mean.value == 0))
    return Estimate(
        name,
        estimate=mean.value,
        se=se,
        low=mean.value - reach,
        high=mean.value + reach,
        p=p,
        df=df,
        units=mean.units,
        clusters=mean.clusters,
        rows=mean.rows,
    )


def draw_path(group: str, events: Sequence[int], means: Sequence[Mean], inference: Inference) -> Path:
    """Averages by year since the start with pointwise intervals and a simultaneous band."""
    value = np.array([mean.value for mean in means])
    cov = covariance_of(means, inference) if means else np.zeros((0, 0))
    df = inference.free if inference.kind in GIVEN else max(len(means[0].left) - 1.0, 1.0) if means else np.nan
    se = np.sqrt(np.diag(cov))
    value = np.where(np.isfinite(se), value, np.nan)
    se = np.where(np.isfinite(value), se, np.nan)
    reach = float(stdtrit(df, 1 - inference.alpha / 2)) * se if means else se
    band = find_band(cov, df=df, alpha=inference.alpha, seed=inference.seed) * se if means else se
    return Path(
        group=group,
        events=np.array(events, np.int64),
        estimate=value,
        se=se,
        low=value - reach,
        high=value + reach,
        band_low=value - band,
        band_high=value + band,
        covariance=cov,
        df=df,
        units=np.array([mean.units for mean in means], np.int64),
        clusters=np.array([mean.clusters for mean in means], np.int64),
        rows=np.array([mean.rows for mean in means], np.int64),
    )


def find_band(covariance: Array, *, df: float, alpha: float, seed: int) -> float:
    """Critical value of the largest |t| of the whole path: the 1 − α quantile over draws of a multivariate t."""
    known = np.flatnonzero(np.diag(covariance) > 0)
    if not known.size:
        return np.nan
    v = covariance[np.ix_(known, known)]
    sd = np.sqrt(np.diag(v))
    root, vector = np.linalg.eigh(v / np.outer(sd, sd))
    random = np.random.default_rng(seed)
    draws = random.standard_normal((BAND_DRAWS, len(known))) @ (vector * np.sqrt(np.maximum(root, 0))).T
    scale = np.sqrt(random.chisquare(df, BAND_DRAWS) / df)
    largest = np.abs(draws).max(axis=1) / scale
    return max(float(np.quantile(largest, 1 - alpha)), float(stdtrit(df, 1 - alpha / 2)))
