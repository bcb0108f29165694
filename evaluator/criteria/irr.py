"""Internal rates of return: all of them, because a project with several changes of sign may have several."""

from math import comb

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

NEWTON_STEPS = 60
LARGEST_LOG_RATE = 700.0
"""Bound of |ln(1 + rate)|: beyond it a float cannot hold the rate."""
HALVINGS = 80
INTERVAL_HALVINGS = 6
"""How often an interval that may hold several roots is halved before the eigenvalues are asked."""
ROUNDING = 1e-13
"""A coefficient within this share of the sum of all flows has no certain sign."""
REAL_ENOUGH = 1e-2
"""Largest angle at which a complex root is still tried as a real one; the sign of the value then decides."""


def count_sign_changes(flows: Array) -> Counts:
    """How often the flows of each row change sign, zeros passed over; (n,)."""
    signs = np.sign(flows)
    at = np.maximum.accumulate(np.where(signs != 0, np.arange(flows.shape[1]), 0), axis=1)
    filled = np.take_along_axis(signs, at, axis=1)
    return np.asarray((filled[:, 1:] * filled[:, :-1] < 0).sum(axis=1), dtype=np.int64)


def solve_irr(flows: Array) -> tuple[Array, Counts]:
    """Internal rate of return of each row where there is exactly one, and how many there are.

    Parameters
    ----------
    flows
        (n, periods) net flows, yuan, finite.

    Returns
    -------
    tuple
        (n,) rate, NaN when there is none or more than one; (n,) rates in (-1, ∞) at which the net present value
        changes sign.
    """
    rate, roots = np.full(len(flows), np.nan), np.zeros(len(flows), dtype=np.int64)
    changes = count_sign_changes(flows)
    once = changes == 1
    rate[once], roots[once] = _single_root(flows[once]), 1
    for rows, part in _by_degree(flows, np.flatnonzero(changes > 1)):
        settled, rate[rows], roots[rows] = _by_halving(part)
        rate[rows[~settled]], roots[rows[~settled]] = _by_brackets(part[~settled])
    return rate, roots


def irr_all_roots(flows: Array) -> Array:
    """Every rate in (-1, ∞) at which the net present value of one row of flows changes sign, ascending.

    Examples
    --------
    >>> irr_all_roots(np.array([-100.0, 230.0, -132.0])).round(6).tolist()
    [0.1, 0.2]
    """
    row = np.asarray(flows, dtype=np.float64).reshape(1, -1)
    if not np.isfinite(row).all():
        return np.empty(0)
    changes = count_sign_changes(row)[0]
    if changes <= 1:
        return _single_root(row) if changes else np.empty(0)
    ((_, part),) = _by_degree(row, np.array([0]))
    low, high = (end[np.isfinite(end)] for end in _brackets(part))
    return np.sort(1 / _halve(np.repeat(part, len(low), axis=0), low, high) - 1)


def _single_root(flows: Array) -> Array:
    """The one rate of rows that change sign once.

    With y = ln(1 + rate), ln(value of inflows) − ln(value of outflows) falls or rises strictly and almost straight in
    y, so Newton's steps within a closing bracket arrive in a few.
    """
    if not len(flows):
        return np.empty(0)
    scaled = flows / np.abs(flows).max(axis=1, keepdims=True)
    period = np.arange(flows.shape[1], dtype=np.float64)
    turn = np.argmax(np.cumsum(scaled != 0, axis=1) > 0, axis=1)
    first = np.take_along_axis(scaled, turn[:, None], axis=1)
    late = np.where(scaled * first < 0, np.abs(scaled), 0.0)
    early = np.where(scaled * first > 0, np.abs(scaled), 0.0)
    y = np.zeros(len(flows))
    low, high = np.full(len(flows), -LARGEST_LOG_RATE), np.full(len(flows), LARGEST_LOG_RATE)
    open_rows = np.arange(len(flows))
    for _ in range(NEWTON_STEPS):
        at = y[open_rows]
        gap, slope = _log_gap(early[open_rows], late[open_rows], period, at)
        low[open_rows] = np.where(gap > 0, at, low[open_rows])
        high[open_rows] = np.where(gap < 0, at, high[open_rows])
        step = gap / slope
        tried = np.clip(at + step, -LARGEST_LOG_RATE, LARGEST_LOG_RATE)
        a, b = low[open_rows], high[open_rows]
        y[open_rows] = np.where((tried >= a) & (tried <= b), tried, (a + b) / 2)
        open_rows = open_rows[np.abs(y[open_rows] - at) > 4e-16 * np.maximum(1.0, np.abs(at))]
        if not len(open_rows):
            break
    return np.expm1(y)


def _log_gap(early: Array, late: Array, period: Array, y: Array) -> tuple[Array, Array]:
    """ln(late value / early value) at y, falling in y, and minus its slope: the gap between the two durations."""
    exponent = -y[:, None] * period
    discount = np.exp(exponent - exponent.max(axis=1, keepdims=True))
    late_value, early_value = late * discount, early * discount
    with np.errstate(divide="ignore", invalid="ignore"):
        late_sum, early_sum = late_value.sum(axis=1), early_value.sum(axis=1)
        gap = np.log(late_sum) - np.log(early_sum)
        slope = late_value @ period / late_sum - early_value @ period / early_sum
    return np.nan_to_num(gap), np.where(np.isfinite(slope), np.maximum(slope, 0.5), 1.0)


def _by_halving(flows: Array) -> tuple[NDArray[np.bool_], Array, Counts]:
    """Rows of one degree settled without eigenvalues: (settled, rate where there is one root, roots).

    The changes of sign of a polynomial's Bernstein coefficients on an interval bound its roots there, and a bound of 0
    or 1 is exact (Descartes, Vincent); an interval with more is halved (Lane & Riesenfeld 1981). Intervals: x in
    (0, 1) of the row and of the row reversed, which holds x > 1. Averages only, so rounding does not grow. Rows with a
    root at an end of an interval or two roots too close to part are left open.
    """
    count, degree = len(flows), flows.shape[1] - 1
    onto = _bernstein(degree)
    pieces = np.concatenate([flows, flows[:, ::-1]]) @ onto
    owner, late = np.tile(np.arange(count), 2), np.repeat([False, True], count)
    start, width = np.zeros(2 * count), 1.0
    doubt = ROUNDING * np.abs(flows).sum(axis=1)
    roots, ends = np.zeros(count, dtype=np.int64), np.full((count, 2), np.nan)
    reversed_row = np.zeros(count, dtype=bool)
    for _ in range(INTERVAL_HALVINGS + 1):
        changes = count_sign_changes(pieces)
        done = (changes <= 1) & (np.abs(pieces).min(axis=1) > doubt[owner])
        found = done & (changes == 1)
        np.add.at(roots, owner[found], 1)
        ends[owner[found]] = np.column_stack([start[found], start[found] + width])
        reversed_row[owner[found]] = late[found]
        owner, late, start, width = owner[~done], late[~done], start[~done], width / 2
        pieces = _split(pieces[~done])
        owner, late, start = np.tile(owner, 2), np.tile(late, 2), np.concatenate([start, start + width])
    settled = np.ones(count, dtype=bool)
    settled[owner] = False
    rate, one = np.full(count, np.nan), settled & (roots == 1)
    ordered = np.where(reversed_row[one, None], flows[one, ::-1], flows[one])
    x = _halve(ordered, *ends[one].T)
    rate[one] = np.where(reversed_row[one], x, 1 / x) - 1
    return settled, rate, np.where(settled, roots, 0)


def _bernstein(degree: int) -> Array:
    """Powers to Bernstein coefficients on (0, 1): row i, column j is C(j, i) / C(degree, i)."""
    each = range(degree + 1)
    return np.array([[comb(j, i) / comb(degree, i) for j in each] for i in each])


def _split(pieces: Array) -> Array:
    """Bernstein coefficients of the left, then the right halves of intervals (de Casteljau)."""
    degree = pieces.shape[1] - 1
    each = range(degree + 1)
    left = np.array([[comb(j, i) / 2.0**j for j in each] for i in each])
    return np.concatenate([pieces @ left, pieces @ left[::-1, ::-1]])


def _by_degree(flows: Array, rows: Counts) -> list[tuple[Counts, Array]]:
    """Rows that run from the same first to the same last flow, cut to that span and scaled to 1."""
    if not len(rows):
        return []
    some = flows[rows] != 0
    first, last = some.argmax(axis=1), flows.shape[1] - some[:, ::-1].argmax(axis=1)
    parts = []
    for start, stop in np.unique(np.column_stack([first, last]), axis=0):
        mine = rows[(first == start) & (last == stop)]
        part = flows[mine, start:stop]
        parts.append((mine, part / np.abs(part).max(axis=1, keepdims=True)))
    return parts


def _by_brackets(flows: Array) -> tuple[Array, Counts]:
    """Rate where there is one root, and the number of roots, of rows of one degree."""
    low, high = _brackets(flows)
    roots = np.isfinite(low).sum(axis=1)
    rate, unique = np.full(len(flows), np.nan), roots == 1
    ends = (np.nanmax(end[unique], axis=1) for end in (low, high))
    rate[unique] = 1 / _halve(flows[unique], *ends) - 1
    return rate, roots


def _brackets(flows: Array) -> tuple[Array, Array]:
    """Ends, in x = 1 / (1 + rate), of intervals in which the value changes sign once; (n, k), NaN where there is none.

    The roots of the companion matrix only say where to look; a change of sign between two of them is the proof.
    """
    count, periods = flows.shape
    companion = np.zeros((count, periods - 1, periods - 1))
    companion[:, np.arange(1, periods - 1), np.arange(periods - 2)] = 1.0
    companion[:, 0, :] = -flows[:, -2::-1] / flows[:, -1:]
    found = np.linalg.eigvals(companion)
    real = (found.real > 0) & (np.abs(found.imag) <= REAL_ENOUGH * np.abs(found))
    x = np.sort(np.where(real, found.real, np.inf), axis=1)
    near = x[:, 1:] / np.where(np.isfinite(x[:, :-1]), x[:, :-1], 1.0) < 1 + 1e-7
    x[:, 1:][near & np.isfinite(x[:, 1:])] = np.inf
    x = np.sort(x, axis=1)
    known = np.isfinite(x)
    top = np.where(known, x, 0.0).max(axis=1) * 2 + 1
    between = np.sqrt(x[:, :-1] * np.where(known[:, 1:], x[:, 1:], np.inf))
    tests = np.column_stack(
        [np.where(known[:, 0], x[:, 0] / 2, 0.5), np.where(np.isfinite(between), between, top[:, None]), top]
    )
    signs = np.sign(_value(flows[:, None, :], tests))
    crossed = signs[:, 1:] * signs[:, :-1] < 0
    return np.where(crossed, tests[:, :-1], np.nan), np.where(crossed, tests[:, 1:], np.nan)


def _value(flows: Array, x: Array) -> Array:
    """Σ flow · xᵏ by Horner's rule; for x > 1 divided by the highest power, which keeps the sign and stays finite."""
    total, inverse = np.zeros(np.broadcast_shapes(flows.shape[:-1], x.shape)), np.zeros(x.shape)
    small = np.minimum(x, 1.0)
    large = 1 / np.maximum(x, 1.0)
    for k in range(flows.shape[-1]):
        total = total * small + flows[..., -1 - k]
        inverse = inverse * large + flows[..., k]
    return np.where(x <= 1, total, inverse)


def _halve(flows: Array, low: Array, high: Array) -> Array:
    """The root between two ends of different sign, by bisection."""
    below = np.sign(_value(flows, low))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = np.sign(_value(flows, middle)) == below
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.asarray((low + high) / 2)
