"""What stands for fewer units than may be shown together is kept from every check and comparison too."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evaluator.income.cells import Cells
from evaluator.income.findings import ALL, IncomeEffects, Support
from evaluator.income.pretrend import Pretrend
from evaluator.income.results import Caution, Estimate, Path

FEW, BESIDE = "few_units", "few_beside"
"""Why a number is withheld: too few units stand behind it, or it would tell those of a kind of too few."""
NUMBERS = ("estimate", "se", "low", "high", "band_low", "band_high")
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
    found = _cover(found, least)
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
    return one.refusal is not None and one.refusal.code in {FEW, BESIDE}


def _cover(found: IncomeEffects, least: int) -> IncomeEffects:
    """Where a single kind is withheld, the smallest other kind is too: else all less the others would tell it."""
    overall, windows, paths = dict(found.overall_by), dict(found.windows), dict(found.paths)
    for kinds in _splits(found):
        overall |= _hide_beside({kind: overall[kind] for kind in kinds}, least)
        for at in range(len(windows.get(ALL, ()))):
            beside = _hide_beside({kind: windows[kind][at] for kind in kinds}, least)
            windows |= {kind: (*windows[kind][:at], one, *windows[kind][at + 1 :]) for kind, one in beside.items()}
        for event in paths[ALL].events if ALL in paths else ():
            units = {kind: int(paths[kind].units[paths[kind].events == event].sum()) for kind in kinds}
            kind = _beside({kind: count for kind, count in units.items() if count}, least)
            paths |= {kind: _hide_year(paths[kind], int(event))} if kind else {}
    return replace(found, overall_by=overall, windows=windows, paths=paths)


def _splits(found: IncomeEffects) -> list[list[str]]:
    """The kinds of each trait that effects are split by."""
    kinds = [name for name in found.overall_by if name != ALL and "_minus_" not in name]
    traits = dict.fromkeys(name.rpartition("=")[0] for name in kinds)
    return [[name for name in kinds if name.rpartition("=")[0] == trait] for trait in traits]


def _hide_beside(estimates: Mapping[str, Estimate], least: int) -> dict[str, Estimate]:
    """The estimate that has to be withheld beside another one, if any."""
    known = {kind: one.units for kind, one in estimates.items() if one.refusal is None}
    few = {kind: 1 for kind, one in estimates.items() if _is_few(one)}
    kind = _beside(known | few, least)
    return {kind: Estimate(estimates[kind].name, refusal=Caution(BESIDE, {"needed": least}))} if kind else {}


def _beside(units: Mapping[str, int], least: int) -> str:
    """The smallest kind that is shown, where exactly one other is not; empty otherwise."""
    shown = {kind: count for kind, count in units.items() if count >= least}
    return min(shown, key=lambda kind: shown[kind]) if shown and len(units) - len(shown) == 1 else ""


def _hide_year(path: Path, event: int) -> Path:
    at = path.events == event
    hidden: dict[str, Any] = {name: np.where(at, np.nan, getattr(path, name)) for name in NUMBERS}
    return replace(path, **hidden, covariance=np.where(at[:, None] | at, np.nan, path.covariance))


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
