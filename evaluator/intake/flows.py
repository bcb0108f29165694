"""The flows table: one row a project and year, or one row a project and one column a year; every fault listed."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.flows import Flows
from evaluator.domain.tables import FLOW_FIELDS
from evaluator.intake.forms import FormDraft, Source, read_form
from evaluator.intake.listing import issue
from evaluator.intake.wide_flows import find_wide, read_wide, wide_frame

LONGEST_YEARS = 60
FIRST_CALENDAR_YEAR, LAST_CALENDAR_YEAR = 1900, 2200
MONEY = ("costs", "benefits", "subsidies", "household_benefit")
# Years of the calendar are read too; they are counted from each project's first.
LONG_FIELDS = tuple(replace(f, high=LAST_CALENDAR_YEAR) if f.key == "period" else f for f in FLOW_FIELDS)


def read_flows(source: Source, *, file_name: str | None = None) -> Flows:
    """Read yearly flows: ``project_id``, ``period``, ``costs``, ``benefits``, ``subsidies``, ``household_benefit``.

    A table with one row a project and one column a year holds net flows. A project with a fault (a cell that is no
    number, a year that is missing or stands twice) is left out, with an issue for each fault; empty cells of a stated
    year count as no flow, which is noted.

    Raises
    ------
    TableError
        When the file cannot be read, is no such table, or no project is left.
    """
    data: bytes | pd.DataFrame
    if isinstance(source, pd.DataFrame):
        data, wide = source, wide_frame(source)
    else:
        data, file_name = _bytes_of(source, file_name)
        wide = find_wide(data, file_name=file_name)
    draft, long = (
        _from_wide(*read_wide(wide))
        if wide
        else _from_long(read_form(data, LONG_FIELDS, file_name=file_name, whole_rows=True))
    )
    faulty = _find_faults(draft, long)
    kept = long[~long["project_id"].isin(faulty)]
    for project in dict.fromkeys(long["project_id"]):
        if project in faulty:
            draft.fault("E_FLOWS_LEFT_OUT", None, "project_id", project)
    if kept.empty:
        raise TableError(*draft.issues, issue("E_FLOWS_NONE", sheet=draft.sheet))
    return _lay_out(kept, tuple(draft.issues), gross=wide is None)


def _bytes_of(source: str | Path | bytes | BinaryIO, file_name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, file_name or ""
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.is_file():
            raise TableError(issue("E_SIDE_FILE", found=path.name))
        return path.read_bytes(), file_name or path.name
    return source.read(), file_name or Path(str(getattr(source, "name", ""))).name


def _from_long(draft: FormDraft) -> tuple[FormDraft, pd.DataFrame]:
    """The rows of the table with their positions; empty money cells of a stated column are counted and noted."""
    stated = [key for key in MONEY if key in draft.headings]
    if not {"costs", "benefits", "household_benefit"} & set(stated):
        raise TableError(*draft.issues, issue("E_FLOWS_COLUMNS", sheet=draft.sheet))
    long = draft.frame.copy()
    long["at"] = np.arange(len(long))
    long["faulty"] = long["at"].map(_faulty_rows(draft, draft.headings.values()))
    empty = int(long[[key for key in stated if key != "household_benefit"]].isna().to_numpy().sum())
    if empty:
        draft.fault("N_FLOWS_EMPTY", None, count=empty)
    return draft, long


def _from_wide(draft: FormDraft, years: list[int]) -> tuple[FormDraft, pd.DataFrame]:
    """One row a stated cell: net outflows as costs, net inflows as benefits."""
    frame = draft.frame.assign(at=np.arange(len(draft.frame)))
    frame["faulty"] = frame["at"].map(_faulty_rows(draft, [draft.headings[f"year_{y}"] for y in years]))
    doubled = frame["project_id"].duplicated()
    for at in np.flatnonzero(doubled):
        first = int(np.flatnonzero(frame["project_id"] == frame.at[at, "project_id"])[0])
        project = frame.at[at, "project_id"]
        draft.fault("E_FLOWS_DOUBLE", int(at), "project_id", project, first_row=draft.rows[first], period="")
    frame.loc[frame["project_id"].isin(frame.loc[doubled, "project_id"]), "faulty"] = True
    long = frame.melt(["project_id", "at", "faulty"], [f"year_{y}" for y in years], "period", "net")
    long["period"] = long["period"].str.removeprefix("year_").astype(float)
    long = long[long["net"].notna() | long["faulty"]].sort_values(["at", "period"], kind="stable", ignore_index=True)
    long["costs"], long["benefits"] = (-long["net"]).clip(lower=0), long["net"].clip(lower=0)
    long["subsidies"], long["household_benefit"] = 0.0, np.nan
    return draft, long


def _faulty_rows(draft: FormDraft, columns: Iterable[str]) -> dict[int, bool]:
    """Row position to whether one of its cells under these headings was refused."""
    named = set(columns)
    refused = {i.row for i in draft.issues if i.severity == "error" and i.column in named}
    return {at: row in refused for at, row in enumerate(draft.rows)}


def _find_faults(draft: FormDraft, long: pd.DataFrame) -> set[str]:
    """Projects to leave out; ``period`` becomes years counted from 0."""
    faulty = set(long.loc[long["faulty"], "project_id"])
    by = long.groupby("project_id", sort=False)["period"]
    calendar = by.transform("min") >= FIRST_CALENDAR_YEAR
    if calendar.any():
        draft.fault("N_FLOWS_CALENDAR", None, "period", int(long.loc[calendar, "period"].min()))
        long["period"] = long["period"].where(~calendar, long["period"] - by.transform("min"))
    wrong = (long["period"] % 1 != 0) | (long["period"] > LONGEST_YEARS)
    for at, period, project in long.loc[wrong, ["at", "period", "project_id"]].itertuples(index=False):
        draft.fault("E_FLOWS_PERIOD", int(at), "period", f"{period:g}", high=LONGEST_YEARS)
        faulty.add(project)
    right = long[~wrong & ~long["faulty"]]
    keys = ["project_id", "period"]
    firsts = right.groupby(keys, sort=False)["at"].transform("min")
    for at, first, project, period in zip(right["at"], firsts, right["project_id"], right["period"], strict=True):
        if at != first:
            draft.fault(
                "E_FLOWS_DOUBLE", int(at), "period", project, first_row=draft.rows[int(first)], period=int(period)
            )
            faulty.add(project)
    return faulty | _find_gaps(draft, right[~right["project_id"].isin(faulty)])


def _find_gaps(draft: FormDraft, long: pd.DataFrame) -> set[str]:
    """Projects with a missing year between their first and last; a first year after 0 is noted only."""
    faulty: set[str] = set()
    spans = long.groupby("project_id", sort=False)["period"].agg(["min", "max", "size"])
    for project, first, last, count in spans.itertuples(name=None):
        if count != last - first + 1:
            known = set(long.loc[long["project_id"] == project, "period"])
            missing = ", ".join(str(int(year)) for year in np.arange(first, last) if year not in known)
            draft.fault("E_FLOWS_GAP", None, "period", project, years=missing)
            faulty.add(str(project))
        elif first > 0:
            draft.fault("W_FLOWS_START", None, "period", project, first=int(first))
    return faulty


def _lay_out(long: pd.DataFrame, issues: tuple[Issue, ...], *, gross: bool) -> Flows:
    """Rows by project and year as tables of n projects × years."""
    codes, projects = pd.factorize(long["project_id"])
    period = long["period"].to_numpy(int)
    shape = (len(projects), int(period.max()) + 1)
    tables = {}
    for key in MONEY:
        tables[key] = np.zeros(shape)
        tables[key][codes, period] = np.nan_to_num(long[key].to_numpy(float))
    stated = long["household_benefit"].notna().groupby(codes).any().to_numpy()
    tables["household_benefit"][~stated] = np.nan
    last = long.groupby(codes)["period"].max().to_numpy(int)
    return Flows(pd.Index(projects, name="project_id"), **tables, last=last, gross=gross, issues=issues)
