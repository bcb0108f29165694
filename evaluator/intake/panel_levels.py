"""Incomes written in two units: a group of incomes hundreds of times away from the others, with a gap between them.

Yuan beside 10k yuan stand four powers of ten apart, wider than incomes of households ever spread. The logarithms of
the incomes are counted in narrow bins; a second heap beyond a nearly empty stretch is taken for another unit. Where
incomes of 0 are kept and are more frequent than a low heap, that heap is people who earned next to nothing.
"""

import math
from functools import reduce
from operator import and_

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from evaluator.domain.errors import Issue, TableError
from evaluator.intake.panel_columns import Columns
from evaluator.intake.panel_faults import EXAMPLES, collected
from evaluator.intake.panel_rows import Outcome
from evaluator.intake.panel_source import AnyFrame, Expression

MOST_LEFT_OUT = 0.2
"""Share of the incomes that may be left out; beyond it nobody can tell which unit is meant."""
BIN = 0.25
"""Width of a bin in powers of ten."""
VALLEY = 0.05
"""Rows of the emptiest bin between two heaps, relative to the peak of the smaller one."""


def leave_units_out(
    frame: AnyFrame, columns: Columns, *, apart: float, outcome: Outcome
) -> tuple[AnyFrame, list[Issue]]:
    """The rows without incomes in another unit than most; raises ``TableError`` when no unit is that of most."""
    log = outcome.holds == "log"
    amount = nw.col("outcome" if log else "income")
    logarithm = log and outcome.scale != "level"
    level = amount / math.log(10) if logarithm else nw.when(amount > 0).then(amount).log(10.0)
    bins, counts = _count(frame, level)
    low, high = find_cuts(bins, counts, math.log10(apart))
    if int(counts[bins < low].sum()) <= (
        0 if log else len(collected(frame.filter(nw.col("income") <= 0).select("income")))
    ):
        low = -np.inf
    odd = (bins < low) | (bins >= high)
    lost, known = int(counts[odd].sum()), int(counts.sum())
    if not lost:
        return frame, []
    usual, other = (10 ** (BIN * (np.average(bins[side], weights=counts[side]) + 0.5)) for side in (~odd, odd))
    facts = {"count": lost, "usual": f"{usual:.2g}", "other": f"{other:.2g}", "share": f"{100 * lost / known:.2g}"}
    within = [level >= low * BIN] * bool(np.isfinite(low)) + [level < high * BIN] * bool(np.isfinite(high))
    kept = level.is_null() | reduce(and_, within)
    if lost > MOST_LEFT_OUT * known:
        raise TableError(columns.tell("E_PANEL_UNITS_MIXED", "outcome", **facts))
    some = collected(frame.filter(~kept).select("cluster_id", "year").head(EXAMPLES))
    pairs = dict.fromkeys(zip(some["cluster_id"].to_list(), some["year"].to_list(), strict=True))
    shown = ", ".join(f"{village} ({year:g})" for village, year in pairs)
    return frame.filter(kept), [columns.tell("E_PANEL_UNITS", "outcome", shown, **facts)]


def _count(frame: AnyFrame, level: Expression) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Incomes above 0 by bin, ascending."""
    binned = frame.select((level / BIN).floor().alias("bin")).filter(~nw.col("bin").is_null())
    found = collected(binned.group_by("bin").agg(nw.len().alias("rows")))
    bins, counts = (np.array(found[name].to_list(), np.int64) for name in ("bin", "rows"))
    order = np.argsort(bins)
    return bins[order], counts[order]


def find_cuts(bins: NDArray[np.int64], counts: NDArray[np.int64], apart: float) -> tuple[float, float]:
    """Bins of the main heap: from (inclusive) and to (exclusive); infinite where no other heap lies beyond.

    Parameters
    ----------
    bins, counts
        Non-empty bins, ascending, and their rows.
    apart
        Powers of ten that the means of two heaps must lie apart.
    """
    if not len(bins):
        return -np.inf, np.inf
    every = np.arange(bins[0], bins[-1] + 1)
    rows = np.zeros(len(every))
    rows[bins - bins[0]] = counts
    main = int(rows.argmax())
    below = _cut(rows[main::-1], apart)
    above = _cut(rows[main:], apart)
    low = -np.inf if below is None else float(every[main - below] + 1)
    return low, np.inf if above is None else float(every[main + above])


def _cut(rows: NDArray[np.float64], apart: float) -> int | None:
    """Steps from the main bin (the first) at which another heap is cut off, at the emptiest bin; ``None`` for none."""
    for start in range(1, len(rows)):
        beyond = rows[start:]
        if rows[start] > VALLEY * beyond.max() or rows[start] > rows[1 : start + 1].min():
            continue
        here, there = (np.average(np.arange(len(part)), weights=part) for part in (rows[:start], beyond))
        if (start + there - here) * BIN >= apart:
            return start
    return None
