"""Who can be compared with whom: starts, households without a project, years before, and who left."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.domain.panel import NEVER
from evaluator.intake.panel_columns import Columns

FLAG = "trait_short_flat_fast"


def always_treated(histories: pd.DataFrame, years: Sequence[int]) -> "pd.Series[Any]":
    """Whether households are to be left out because their project began in or before the first year of the panel.

    None are where no other project begins later: then nothing can be compared, and the rows that say so are kept.
    """
    start = histories["first_year"]
    early = (start != NEVER) & (start <= years[0])
    later = (start > years[0]) & (start <= years[-1])
    return early & bool(later.any())


def check_design(histories: pd.DataFrame, years: Sequence[int], columns: Columns) -> list[Issue]:
    """What limits the comparison between households with and without a project. Nothing is refused here."""
    issues: list[Issue] = []
    always = always_treated(histories, years)
    if always.any():
        lost = histories[always]
        count, villages = int(lost["units"].sum()), lost["cluster_id"].nunique()
        issues.append(columns.tell("W_PANEL_ALWAYS", "first_year", years[0], count=count, villages=villages))
    return [*issues, *_doubts(histories[~always], columns)]


def _doubts(left: pd.DataFrame, columns: Columns) -> Iterator[Issue]:
    starts = sorted(int(start) for start in left.loc[left["first_year"] != NEVER, "first_year"].unique())
    mixed = left.groupby("cluster_id")["first_year"].nunique()
    if "cluster_id" not in columns.of:
        yield columns.tell("W_PANEL_NO_VILLAGES")
    elif (mixed > 1).any():
        shown = ", ".join(map(str, mixed.index[mixed > 1][:3]))
        yield columns.tell("W_PANEL_STARTS_VARY", "first_year", shown, count=int((mixed > 1).sum()))
    if not (left["first_year"] == NEVER).any():
        yield columns.tell("N_PANEL_NO_NEVER", "first_year", starts[-1])
    elif len(starts) == 1:
        yield columns.tell("N_PANEL_ONE_START", "first_year", starts[0])
    if gaps := _gaps(left):
        yield columns.tell("N_PANEL_GAPS", "year", count=gaps, units=int(left["units"].sum()))
    if once := int(left.loc[left["rows"] == 1, "units"].sum()):
        yield columns.tell("N_PANEL_ONCE", "year", count=once)


def _gaps(left: pd.DataFrame) -> int:
    """Households seen, missing and seen again."""
    bits = left["years"].to_numpy(np.int64)
    lowest = bits & -bits
    holes = (bits // np.maximum(lowest, 1)) & (bits // np.maximum(lowest, 1) + 1)  # 0 for ones without a gap
    return int(left.loc[holes != 0, "units"].sum())


def tabulate_attrition(histories: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Who of an arm is still seen: one row an arm and year since the start (``never``: an arm and year).

    Returns
    -------
    pandas.DataFrame
        ``arm``, ``event``, ``year`` (one of the two missing), ``units`` whose event falls into the panel's years,
        ``present``, ``share``.
    """
    rows = [row for arm, group in _arms(histories) for row in _attrition(arm, group, years)]
    return pd.DataFrame(rows, columns=["arm", "event", "year", "units", "present", "share"])


def _arms(histories: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    treated = histories["first_year"] != NEVER
    yield "treated", histories[treated]
    if FLAG in histories:
        flag = pd.to_numeric(histories[FLAG], errors="coerce")
        yield "flagged", histories[treated & (flag == 1)]
        yield "unflagged", histories[treated & (flag == 0)]
    yield "never", histories[~treated]


def _attrition(arm: str, group: pd.DataFrame, years: Sequence[int]) -> Iterator[tuple[object, ...]]:
    if not len(group):
        return
    group = group.groupby(["first_year", "years"])["units"].sum().reset_index()  # a few kinds of history
    units = group["units"].to_numpy(np.int64)
    seen = (group["years"].to_numpy(np.int64)[:, None] >> np.arange(len(years))) & 1
    start = group["first_year"].to_numpy(np.int64) if arm != "never" else np.zeros(len(group), np.int64)
    event = np.array(years)[None, :] - start[:, None]
    for value in np.unique(event):
        here = event == value
        could, did = int((units[:, None] * here).sum()), int((units[:, None] * here * seen).sum())
        at = (None, int(value)) if arm == "never" else (int(value), None)
        yield arm, *at, could, did, did / could
