"""Whether a panel can carry an estimate at all, and what limits it: refusals come before numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.domain.settings import IncomeSettings
from evaluator.income.cells import Cells
from evaluator.income.results import Caution

Mask = NDArray[np.bool_]
ALIKE = 1e-12  # share of squares below which nothing but rounding is left


@dataclass(frozen=True, slots=True)
class Counts:
    """Clusters behind an estimation.

    ``treated`` with a unit seen both before and after its start; ``started`` with a unit seen after it; ``untreated``
    seen without a project in a year when others have one; ``controls`` (T,) untreated clusters by year;
    ``first``, ``last`` the earliest and latest start.
    """

    treated: int
    started: int
    untreated: int
    controls: NDArray[np.int64]
    first: int
    last: int


def count_clusters(cells: Cells, *, sampled: bool = False) -> Counts:
    """Count treated and untreated clusters.

    Parameters
    ----------
    sampled
        Units are drawn anew each year: a unit counts as seen before its start when any unit of its first year is.
    """
    start = cells.groups["first_year"].to_numpy(np.int64)[cells.group]
    cluster = cells.groups["cluster"].to_numpy(np.int64)[cells.group]
    on = cells.attended & (start != NEVER)[:, None] & (cells.years >= start[:, None])
    before = cells.attended & (cells.years < start[:, None])
    off = cells.attended & ((start == NEVER)[:, None] | (cells.years < start[:, None]))
    early = np.isin(start, start[before.any(axis=1)]) if sampled else before.any(axis=1)
    both = on.any(axis=1) & early
    starts = start[both]
    in_force = (cells.years >= starts.min()) if starts.size else np.zeros(len(cells.years), bool)
    controls = [len(np.unique(cluster[off[:, t]])) for t in range(len(cells.years))]
    return Counts(
        treated=len(np.unique(cluster[both])),
        started=len(np.unique(cluster[on.any(axis=1)])),
        untreated=len(np.unique(cluster[(off & in_force).any(axis=1)])),
        controls=np.array(controls, np.int64),
        first=int(starts.min()) if starts.size else NEVER,
        last=int(starts.max()) if starts.size else NEVER,
    )


def find_refusals(cells: Cells, counts: Counts, rules: IncomeSettings, *, sampled: bool = False) -> tuple[Caution, ...]:
    """Why nothing can be estimated; empty when something can (``sampled``: units need not be seen twice).

    Codes: ``one_village``, ``one_year``, ``no_starts``, ``seen_once`` (no unit is seen twice), ``no_spread`` (all
    incomes move alike), ``no_before`` (no unit is seen both before and after its start), ``no_comparison`` (nobody is
    without a project when others have one), ``few_treated``, ``few_untreated``.
    """
    found: list[Caution] = []
    if cells.n_clusters < 2:
        found.append(Caution("one_village", {"found": cells.n_clusters, "needed": rules.least_treated}))
    if len(cells.years) < 2:
        found.append(Caution("one_year", {"found": len(cells.years), "needed": 2}))
    if found:
        return tuple(found)
    if not counts.started:
        return (Caution("no_starts", {"years": len(cells.years)}),)
    if not sampled and not (cells.attended.sum(axis=1) > 1).any():
        return (Caution("seen_once", {"found": int(cells.units.sum())}),)
    if not measure_spread(cells, within=not sampled) > ALIKE:
        return (Caution("no_spread", {"found": int(cells.units.sum())}),)
    if not counts.treated:
        return (Caution("no_before", {"found": counts.started, "first": int(cells.years[0])}),)
    if not counts.untreated:
        return (Caution("no_comparison", {"first": counts.first, "last": counts.last}),)
    if counts.treated < rules.least_treated:
        found.append(Caution("few_treated", {"found": counts.treated, "needed": rules.least_treated}))
    if counts.untreated < rules.least_untreated:
        found.append(Caution("few_untreated", {"found": counts.untreated, "needed": rules.least_untreated}))
    return tuple(found)


def measure_spread(cells: Cells, *, within: bool = True) -> float:
    """Share of the squared outcomes left beside year effects, and unit effects if ``within``; 0: all move alike."""
    seen = cells.attended.astype(float)
    if not within:
        of_years = cells.sums[:, :, 0].sum(axis=0) ** 2 / np.maximum(cells.weight @ seen, 1e-300)
        return float(1 - of_years.sum() / cells.squares) if cells.squares else 0.0
    count, outcome = np.maximum(seen.sum(axis=1), 1), cells.sums[:, :, 0]
    normal = np.diag(cells.weight @ seen) - (seen * (cells.weight / count)[:, None]).T @ seen
    right = outcome.sum(axis=0) - seen.T @ (outcome.sum(axis=1) / count)
    moves, whole = float(cells.cross[:, 0, 0].sum()), cells.squares
    left = moves - float(right @ np.linalg.pinv(normal, hermitian=True) @ right)
    return 0.0 if moves <= ALIKE**2 * whole else left / moves


def describe_change(cells: Cells, *, least: int = 1) -> float:
    """Mean change of treated units from before to after the start: what can be described, not attributed.

    NaN when fewer than ``least`` units are seen both before and after.
    """
    start = cells.groups["first_year"].to_numpy(np.int64)[cells.group]
    on = cells.attended & (start != NEVER)[:, None] & (cells.years >= start[:, None])
    before = cells.attended & (start != NEVER)[:, None] & (cells.years < start[:, None])
    both = on.any(axis=1) & before.any(axis=1)
    if cells.units[both].sum() < max(least, 1):
        return np.nan
    outcome = cells.sums[both, :, 0]  # weighted sums over the pattern's units
    after = (outcome * on[both]).sum(axis=1) / on[both].sum(axis=1)
    earlier = (outcome * before[both]).sum(axis=1) / before[both].sum(axis=1)
    return float((after - earlier).sum() / cells.weight[both].sum())
