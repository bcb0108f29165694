"""Bounds of an effect when the households that left may differ between two groups: trimming after Lee.

When one group keeps a larger share of its households, the surplus share p of that group would have left in the other.
Cutting the p highest (or the p lowest) changes from the group that kept more gives the lowest and highest effect on
households that stay in either group; it needs leaving to be driven one way only (monotone).

Source: Lee (2009), "Training, wages, and sample selection", Review of Economic Studies 76(3); the interval for the
effect between the bounds is that of Imbens and Manski (2004), Econometrica 72(6), here with a delete-one-cluster
jackknife and t(G − 1).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import stdtr

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
FEW = 2  # observed households a group needs for a mean that can be trimmed


@dataclass(frozen=True, slots=True)
class TrimmingBounds:
    """What attrition can do to a difference of means between the first group (treated, flagged) and the second.

    ``low``, ``high`` bounds of the difference; ``interval_low``, ``interval_high`` for the difference itself;
    ``difference`` of the observed means; ``kept_first``, ``kept_second`` shares still observed; ``trimmed`` the share
    cut from the group that kept more, ``trimmed_group`` ``first``, ``second`` or ``""``; ``gap_p`` the p value of equal
    shares (jackknife). ``differs`` is False when the shares are equal to within the jackknife's error: the observed
    difference then needs no bounds, though they are given.
    """

    low: float
    high: float
    interval_low: float
    interval_high: float
    difference: float
    kept_first: float
    kept_second: float
    trimmed: float
    trimmed_group: str
    gap_p: float
    differs: bool
    clusters: int


def bound_attrition(
    change: ArrayLike, first: ArrayLike, cluster: ArrayLike, *, weight: ArrayLike | None = None, alpha: float = 0.05
) -> TrimmingBounds:
    """Bound the difference between two groups in the change of an outcome, given who is no longer observed.

    Parameters
    ----------
    change
        (N,) change of the outcome of every household seen at the beginning, e.g. mean over years 5–7 since the start
        less mean before; NaN when it left.
    first
        (N,) True in the first group (with a project; flagged), False in the second.
    cluster
        (N,) cluster of each household.
    weight
        (N,) positive; 1 when not given.

    Returns
    -------
    TrimmingBounds
        NaN where a group has under 2 observed households; intervals NaN under 3 clusters.
    """
    y, one = np.asarray(change, dtype=float), np.asarray(first, dtype=bool)
    code = np.unique(np.asarray(cluster), return_inverse=True)[1]
    w = np.ones(len(y)) if weight is None else np.asarray(weight, dtype=float)
    whole = _bounds(y, one, w)
    count = int(code.max()) + 1 if len(code) else 0
    left = _bounds_without(y, one, w, code, count) if np.isfinite(whole[0]) else np.full((count, 5), np.nan)
    se = _jackknife(left) if count > 2 else np.full(5, np.nan)
    low, high, difference, kept_first, kept_second = whole
    gap = kept_first - kept_second
    df = count - 1.0
    gap_se = float(_jackknife(left[:, 3:4] - left[:, 4:5])[0]) if count > 2 else np.nan
    gap_p = (
        2 * float(stdtr(df, -abs(gap) / gap_se)) if gap_se > 0 else (np.nan if np.isnan(gap_se) else float(gap == 0))
    )
    reach = _imbens_manski(high - low, max(se[0], se[1]), df, alpha)
    kept = max(kept_first, kept_second)
    return TrimmingBounds(
        low=low,
        high=high,
        interval_low=low - reach * float(se[0]),
        interval_high=high + reach * float(se[1]),
        difference=difference,
        kept_first=kept_first,
        kept_second=kept_second,
        trimmed=abs(gap) / kept if kept > 0 else np.nan,
        trimmed_group="" if gap == 0 else "first" if gap > 0 else "second",
        gap_p=gap_p,
        differs=bool(gap_p < alpha),
        clusters=count,
    )


def trimmed_share(kept_first: float, kept_second: float) -> float:
    """Share to cut from the group that kept more: (larger − smaller) / larger."""
    larger = max(kept_first, kept_second)
    return abs(kept_first - kept_second) / larger if larger > 0 else np.nan


def _bounds(y: Array, first: NDArray[np.bool_], w: Array) -> tuple[float, float, float, float, float]:
    """Low, high and observed difference, and the share kept in each group."""
    seen = np.isfinite(y)
    if (seen & first).sum() < FEW or (seen & ~first).sum() < FEW:
        return (np.nan,) * 5
    kept_first = float(w[seen & first].sum() / w[first].sum())
    kept_second = float(w[seen & ~first].sum() / w[~first].sum())
    a, b = (y[seen & first], w[seen & first]), (y[seen & ~first], w[seen & ~first])
    mean_a, mean_b = float(np.average(a[0], weights=a[1])), float(np.average(b[0], weights=b[1]))
    share = trimmed_share(kept_first, kept_second)
    if kept_first >= kept_second:
        least, most = _trimmed_means(*a, share)
        low, high = least - mean_b, most - mean_b
    else:
        least, most = _trimmed_means(*b, share)
        low, high = mean_a - most, mean_a - least
    return low, high, mean_a - mean_b, kept_first, kept_second


def _trimmed_means(y: Array, w: Array, share: float) -> tuple[float, float]:
    """Weighted means without the highest and without the lowest ``share``; the household on the edge counts in part."""
    order = np.argsort(y, kind="stable")
    value, weight = y[order], w[order]
    keep = weight.sum() * (1 - share)

    def mean(v: Array, m: Array) -> float:
        part = np.clip(keep - (np.cumsum(m) - m), 0, m)
        return float(v @ part / part.sum())

    return mean(value, weight), mean(value[::-1], weight[::-1])


def _bounds_without(y: Array, first: NDArray[np.bool_], w: Array, code: Ints, count: int) -> Array:
    """(C, 5) ``_bounds`` without each cluster, from sums over all rows less the cluster's own."""
    seen = np.isfinite(y)

    def without(among: NDArray[np.bool_], values: Array) -> Array:
        own = np.bincount(code[among], values[among], count)
        return np.asarray(own.sum() - own)

    kept, mean = np.empty((2, count)), np.empty((2, count))
    few, ends = np.zeros(count, bool), np.empty((2, 2, count))
    for place, group in enumerate((first, ~first)):
        here = seen & group
        weight = without(here, w)
        few |= without(here, np.ones(len(y))) < FEW - 0.5  # sums of ones
        with np.errstate(invalid="ignore", divide="ignore"):
            kept[place], mean[place] = weight / without(group, w), without(here, w * y) / weight
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.abs(kept[0] - kept[1]) / kept.max(axis=0)
    for place, group in enumerate((first, ~first)):
        here = seen & group
        ends[place] = _trimmed_without(y[here], w[here], code[here], share)
    more = kept[0] >= kept[1]
    low = np.where(more, ends[0, 0] - mean[1], mean[0] - ends[1, 1])
    high = np.where(more, ends[0, 1] - mean[1], mean[0] - ends[1, 0])
    found = np.column_stack([low, high, mean[0] - mean[1], kept[0], kept[1]])
    found[few] = np.nan
    return found


def _trimmed_without(y: Array, w: Array, code: Ints, share: Array) -> tuple[Array, Array]:
    """``_trimmed_means`` without each cluster (C,), each with its own share (C,)."""
    order = np.argsort(y, kind="stable")
    value, weight, code = y[order], w[order], code[order]
    own = np.bincount(code, weight, len(share))
    keep = (own.sum() - own) * (1 - share)
    return _lowest(value, weight, code, keep), _lowest(value[::-1], weight[::-1], code[::-1], keep)


def _lowest(value: Array, weight: Array, code: Ints, keep: Array) -> Array:
    """(C,) weighted means of the first values, as many as weigh ``keep`` (C,), those of cluster c passed over for c."""
    n, c = len(value), np.arange(len(keep))
    order = np.argsort(code, kind="stable")  # the places of each cluster's values, one cluster after the other
    place = code[order] * (n + 1) + order
    begin = np.searchsorted(place, c * (n + 1))

    def before(at: Ints, sums: Array, own: Array) -> Array:
        """What the values before a place add up to, the cluster's own passed over."""
        mine = np.searchsorted(place, c * (n + 1) + at)
        return np.asarray(sums[at] - (own[mine] - own[begin]))

    weights, own_weights = _running(weight), _running(weight[order])
    low, high = np.zeros(len(c), np.int64), np.full(len(c), n)
    while (low < high).any():  # the last place before which there is no more than ``keep``
        middle = (low + high + 1) // 2
        enough = before(middle, weights, own_weights) <= keep
        low, high = np.where(enough, middle, low), np.where(enough, high, middle - 1)
    part = keep - before(low, weights, own_weights)
    whole = before(low, _running(weight * value), _running((weight * value)[order]))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((whole + part * value[np.minimum(low, n - 1)]) / keep)


def _running(values: Array) -> Array:
    """(n + 1,) sums of the first 0, 1, … values."""
    return np.append(0.0, np.cumsum(values))


def _jackknife(left: Array) -> Array:
    """Standard errors from estimates that each leave one cluster out; NaN rows (a group emptied) are passed over."""
    known = left[np.isfinite(left).all(axis=1)]
    if len(known) < 3:
        return np.full(left.shape[1], np.nan)
    return np.asarray(np.sqrt((len(known) - 1) / len(known) * ((known - known.mean(axis=0)) ** 2).sum(axis=0)))


def _imbens_manski(width: float, se: float, df: float, alpha: float) -> float:
    """Critical value c: F(c + width/se) − F(−c) = 1 − α, between the one- and the two-sided t."""
    if not se > 0 or not np.isfinite(width):
        return np.nan if not np.isfinite(se) else 0.0
    return float(brentq(lambda c: stdtr(df, c + width / se) - stdtr(df, -c) - (1 - alpha), 0, 1e3))
