"""From severity to a probability of failure: only where past projects with known outcomes allow it.

Everything that is fitted is judged on counties it was not fitted on (leave one county out). Until enough outcomes are
known the status says why not, and severity stays "uncalibrated".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from evaluator.domain.settings import CalibrationSettings

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Curve = Callable[[Array], Array]
STATUSES = ("calibrated", "few_labels", "few_failures", "few_successes", "few_counties")
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of counted cases with its interval: ``hits`` of ``count``, NaN where nothing was counted."""

    hits: int
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """One point of the reliability curve: mean forecast (on counties left out) against the failures counted."""

    forecast: float
    failed: Rate


@dataclass(frozen=True, slots=True)
class Calibration:
    """How severity has done on past projects.

    Attributes
    ----------
    status
        ``calibrated``, or which count is too small; then only the counts are given.
    labels, failures, counties, unjudged
        Past projects with an outcome and a severity, those that failed, their counties; labelled ones whose severity
        cannot be judged.
    method
        ``isotonic`` or ``logistic``.
    precision, recall
        Failures among the flagged; flagged among the failures. No fit is in them.
    auc, auc_low, auc_high
        Chance that a failed project has the higher severity than one that lasted, with counties as clusters. No fit is
        in it either; ``auc_left_out`` is the same of the forecasts for counties left out.
    brier, brier_base
        Mean squared error of the forecasts for counties left out, and of the failure rate of the other counties.
    p_failure
        (n,) probability of failure of the projects evaluated, NaN outside the severities seen.
    """

    status: str
    labels: int
    failures: int
    counties: int
    unjudged: int
    method: str = ""
    precision: Rate | None = None
    recall: Rate | None = None
    auc: float = np.nan
    auc_low: float = np.nan
    auc_high: float = np.nan
    auc_left_out: float = np.nan
    brier: float = np.nan
    brier_base: float = np.nan
    reliability: tuple[Bin, ...] = ()
    p_failure: pd.Series | None = None


def label_outcomes(frame: pd.DataFrame) -> Array:
    """1 where a past project failed, 0 where it lasted, NaN without an outcome.

    It failed when it no longer produced after three years or its income gain was not kept; it lasted when at least one
    of the two is a yes and none is a no.
    """
    outcomes = [frame[key] for key in ("outcome_3y", "outcome_income_kept")]
    no = np.any([(column == False).to_numpy(bool) for column in outcomes], axis=0)  # noqa: E712 - element by element
    yes = np.any([(column == True).to_numpy(bool) for column in outcomes], axis=0)  # noqa: E712
    return np.select([no, yes], [1.0, 0.0], np.nan)


def calibrate(
    severity: Array,
    failed: Array,
    county: NDArray[np.object_],
    flagged: Mask,
    *,
    asked: pd.Series,
    settings: CalibrationSettings,
) -> Calibration:
    """Calibrate severity on m past projects and give the n projects of ``asked`` their probability of failure.

    ``severity`` 0-100, ``failed`` 1, 0 or NaN, ``county`` and ``flagged`` are (m,); ``asked`` holds severities.
    """
    labelled = ~np.isnan(failed)
    use = labelled & ~np.isnan(severity)
    x, y, place = severity[use], failed[use], pd.factorize(pd.Series(county[use], dtype=object).fillna(""))[0]
    counts: dict[str, Any] = {
        "labels": int(use.sum()), "failures": int(y.sum()), "counties": len(np.unique(place)),
        "unjudged": int((labelled & ~use).sum()),
    }  # fmt: skip
    status = _status(counts, settings)
    if status != "calibrated":
        return Calibration(status=status, **counts)
    method = "isotonic" if len(x) >= settings.isotonic_from else "logistic"
    forecast, base = leave_one_out(x, y, place, method=method)
    area, low, high = auc_interval(x, y, place, confidence=settings.confidence)
    known = asked.to_numpy(float)
    inside = (known >= x.min()) & (known <= x.max())
    fitted = np.where(inside, fit_curve(x, y, method=method)(np.where(inside, known, x.min())), np.nan)
    return Calibration(
        status=status,
        method=method,
        precision=_rate(int(y[flagged[use]].sum()), int(flagged[use].sum()), settings.confidence),
        recall=_rate(int(y[flagged[use]].sum()), int(y.sum()), settings.confidence),
        auc=area,
        auc_low=low,
        auc_high=high,
        auc_left_out=auc_interval(forecast, y, place, confidence=settings.confidence)[0],
        brier=float(np.mean((forecast - y) ** 2)),
        brier_base=float(np.mean((base - y) ** 2)),
        reliability=reliability_curve(forecast, y, bins=settings.bins, confidence=settings.confidence),
        p_failure=pd.Series(fitted, index=asked.index),
        **counts,
    )


def _status(counts: dict[str, Any], settings: CalibrationSettings) -> str:
    lasted = counts["labels"] - counts["failures"]
    few = {
        "few_labels": counts["labels"] < settings.least_labels,
        "few_failures": counts["failures"] < settings.least_failures,
        "few_successes": lasted < settings.least_successes,
        "few_counties": counts["counties"] < settings.least_counties,
    }
    return next((status for status, holds in few.items() if holds), "calibrated")


def fit_curve(x: Array, y: Array, *, method: str) -> Curve:
    """Probability of failure as a function of severity: ``isotonic`` (never falling) or ``logistic``."""
    return _fit_isotonic(x, y) if method == "isotonic" else _fit_logistic(x, y)


def _fit_isotonic(x: Array, y: Array) -> Curve:
    at, place, count = np.unique(x, return_inverse=True, return_counts=True)
    means = np.bincount(place, weights=y) / count
    from scipy.optimize import isotonic_regression  # noqa: PLC0415 - costs 0.2 s, and few registers have outcomes

    fitted = isotonic_regression(means, weights=count).x
    return lambda asked: np.asarray(np.interp(asked, at, fitted))


def _fit_logistic(x: Array, y: Array) -> Curve:
    """Platt's sigmoid by Newton steps; his smoothed targets keep it finite where severity parts the outcomes."""
    failures, lasted = y.sum(), len(y) - y.sum()
    target = np.where(y == 1, (failures + 1) / (failures + 2), 1 / (lasted + 2))
    design = np.column_stack([np.ones(len(x)), x / 100.0])
    beta = np.zeros(2)
    for _ in range(ROUNDS):
        p = expit(design @ beta)
        information = design.T @ (design * (p * (1 - p) + 1e-12)[:, None]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(information, design.T @ (target - p))
        beta = beta + np.clip(step, -5.0, 5.0)
        if np.abs(step).max() < 1e-10:
            break
    return lambda asked: np.asarray(expit(beta[0] + beta[1] * asked / 100.0))


def leave_one_out(x: Array, y: Array, place: NDArray[np.int_], *, method: str) -> tuple[Array, Array]:
    """Forecast of each past project from the other counties, and the failure rate of those counties."""
    forecast, base = np.empty(len(x)), np.empty(len(x))
    for county in np.unique(place):
        out = place == county
        forecast[out] = fit_curve(x[~out], y[~out], method=method)(x[out])
        base[out] = y[~out].mean()
    return forecast, base


def auc_interval(
    score: Array, failed: Array, cluster: NDArray[np.int_] | None = None, *, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Area under the ROC curve with its interval: DeLong's variance, summed over clusters where they are given.

    Notes
    -----
    V10_i = share of lasting projects scored below failure i (ties count a half), V01_j the same from the other side;
    the area is their mean. Without clusters var = S10/m + S01/n (DeLong, DeLong & Clarke-Pearson 1988); with clusters
    the components of one county are summed first (Obuchowski 1997).
    """
    positive, negative = score[failed == 1], score[failed == 0]
    m, n = len(positive), len(negative)
    if m < 2 or n < 2:
        return np.nan, np.nan, np.nan
    below = _share_below(positive, negative)
    above = 1.0 - _share_below(negative, positive)
    area = float(below.mean())
    if cluster is None:
        variance = below.var(ddof=1) / m + above.var(ddof=1) / n
    else:
        variance = _clustered(below - area, above - area, cluster[failed == 1], cluster[failed == 0])
    half = float(ndtri(0.5 + confidence / 2) * np.sqrt(variance))
    return area, max(area - half, 0.0), min(area + half, 1.0)


def _share_below(values: Array, others: Array) -> Array:
    ordered = np.sort(others)
    left, right = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return np.asarray((left + right) / (2.0 * len(others)))


def _clustered(below: Array, above: Array, of_failed: NDArray[np.int_], of_lasting: NDArray[np.int_]) -> float:
    """Obuchowski's variance from the components of the failures and of the others, each around the area."""
    counties, places = np.unique(np.concatenate([of_failed, of_lasting]), return_inverse=True)
    k, m, n = len(counties), len(below), len(above)
    ten = np.bincount(places[:m], weights=below, minlength=k)
    one = np.bincount(places[m:], weights=above, minlength=k)
    with_failures, with_others = len(np.unique(of_failed)), len(np.unique(of_lasting))
    if min(with_failures, with_others, k) < 2:
        return np.nan
    s10 = with_failures / ((with_failures - 1) * m) * (ten**2).sum()
    s01 = with_others / ((with_others - 1) * n) * (one**2).sum()
    s11 = k / (k - 1) * (ten * one).sum()
    return float(max(s10 / m + s01 / n + 2 * s11 / (m * n), 0.0))


def wilson_interval(hits: int, count: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share (1927); NaN where nothing was counted."""
    if not count:
        return np.nan, np.nan
    z = float(ndtri(0.5 + confidence / 2))
    share, wide = hits / count, z**2 / count
    middle = (share + wide / 2) / (1 + wide)
    half = z / (1 + wide) * np.sqrt(share * (1 - share) / count + wide / (4 * count))
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)


def _rate(hits: int, count: int, confidence: float) -> Rate:
    low, high = wilson_interval(hits, count, confidence=confidence)
    return Rate(hits, count, hits / count if count else np.nan, low, high)


def reliability_curve(forecast: Array, failed: Array, *, bins: int, confidence: float) -> tuple[Bin, ...]:
    """Groups of about equal size by forecast: the mean forecast and the failures counted; equal ones stay together."""
    edges = np.quantile(forecast, np.linspace(0, 1, bins + 1)[1:-1])
    group = np.searchsorted(edges, forecast, side="left")
    return tuple(
        Bin(float(forecast[chosen].mean()), _rate(int(failed[chosen].sum()), int(chosen.sum()), confidence))
        for chosen in (group == number for number in np.unique(group))
    )
