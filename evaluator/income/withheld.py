"""What stands for fewer units than may be shown together is kept from every check and comparison too."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pandas as pd

from evaluator.income.cells import Cells
from evaluator.income.findings import ALL, IncomeEffects, Support
from evaluator.income.pretrend import Pretrend
from evaluator.income.results import Caution, Estimate

FEW = "few_units"
T = TypeVar("T")


def withhold_few(found: IncomeEffects, cells: Cells, least: int) -> IncomeEffects:
    """The result without checks of groups whose own numbers are withheld, villages and cohorts of few units unnamed.

    Parameters
    ----------
    least
        The fewest units shown together; 1 where units are their own clusters and may be shown alone.
    """
    if least <= 1:
        return found
    contrast = next((name for name in found.paths if "_minus_" in name), "")
    whole = {group for group, one in found.overall_by.items() if _is_few(one)}
    late = whole | {group for group, parts in found.windows.items() if parts and _is_few(parts[-1])}
    parts = found.contrasts
    whole |= {contrast} if ALL in whole or (parts and _is_few(parts[0])) else set()
    late |= {contrast} if ALL in late or (parts and _is_few(parts[-1])) else set()
    few = Pretrend((), refusal=Caution(FEW, {"needed": least}))
    return replace(
        found,
        pretrend=few if ALL in whole else found.pretrend,
        pretrends={group: few if group in whole else test for group, test in found.pretrends.items()},
        sensitivity=_without(found.sensitivity, late),
        attrition=_without(found.attrition, late | ({"treated_minus_never"} if ALL in late else set())),
        influence=_unnamed(found.influence, cells, least, overall=ALL in whole, headline=contrast in late),
        support=_of_many(found.support, least),
    )


def _is_few(one: Estimate) -> bool:
    return one.refusal is not None and one.refusal.code == FEW


def _without(parts: Mapping[str, T], gone: set[str]) -> dict[str, T]:
    return {name: part for name, part in parts.items() if name not in gone}


def _unnamed(table: pd.DataFrame, cells: Cells, least: int, *, overall: bool, headline: bool) -> pd.DataFrame:
    """What leaving villages out does, without what is withheld; a village of few units has no name."""
    if not len(table):
        return table
    cluster = cells.groups["cluster"].to_numpy(np.int64)[cells.group]
    units = np.bincount(cluster, cells.units, cells.n_clusters)
    gone = [name for name, withheld in (("overall", overall), ("headline", headline)) if withheld]
    named = table.assign(cluster_id=table["cluster_id"].astype(object).where(units >= least, None))
    return named.assign(**dict.fromkeys(gone, np.nan))


def _of_many(support: Support, least: int) -> Support:
    return replace(support, cohorts=support.cohorts[support.cohorts["units"] >= least].reset_index(drop=True))
