"""A list of projects as the evaluator holds it: the facts, where each came from, and what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import pandas as pd

from evaluator.domain.errors import Issue


class Evidence(StrEnum):
    """Where a value came from."""

    GIVEN = "given"
    """Stated in the column of the table."""
    TEXT = "text"
    """Read from prose; the words stand in ``Portfolio.quotes``."""
    ASSUMED = "assumed"
    """Derived or settled by a stated convention."""
    MISSING = "missing"
    """Not known; the value is empty."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one file.

    ``header_rows`` are 1-based sheet rows (empty for key-value pages). ``unit`` is the money unit as
    read (``yuan``, ``10k yuan``, ``PHP`` ...). ``columns`` maps each heading as read to a field key or
    ``None``. Totals are in the list's currency: ``total`` sums the rows, ``control_total`` is the one
    the sheet prints. ``left_out`` are rows that were not read.
    """

    file: str = ""
    sheet: str = ""
    layout: str = "table"
    header_rows: tuple[int, ...] = ()
    unit: str = "yuan"
    columns: Mapping[str, str | None] = field(default_factory=dict)
    rows: int = 0
    total: float | None = None
    control_total: float | None = None
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FactEdit:
    """One fact changed by hand: whose, which field, what was read and what stands there now (``None``: unknown)."""

    project_id: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, eq=False)  # no slots: labels are kept once made
class Portfolio:
    """A list of projects, n rows.

    Attributes
    ----------
    frame
        n rows, index ``project_id`` (unique text), the columns of ``FIELD_KEYS`` but ``project_id``, and
        ``<key>_low`` / ``<key>_high`` where ranges were given. Numbers are float64 with NaN for missing;
        text, categories and sets are ``object`` with ``None`` for missing (sets are tuples of keys);
        dates are ``datetime64[ns]`` at the first day of the month. ``*_yuan*`` columns are yuan; they are NaN when the
        list is in another currency without a rate.
    amounts
        n rows, same index, one column for each money field, in ``currency``. Ratios are computed from these.
    evidence
        n rows, same index, one column for each form field but ``project_id``: an ``Evidence`` value.
    quotes
        (project_id, field key) to the words a value was read from.
    edits
        Facts changed by hand after the list was read (``domain.edits``); every output names them.
    """

    frame: pd.DataFrame
    amounts: pd.DataFrame
    evidence: pd.DataFrame
    quotes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    readings: tuple[Reading, ...] = ()
    place_code: str | None = None
    place_name: str | None = None
    year: int | None = None
    currency: str = "CNY"
    edits: tuple[FactEdit, ...] = ()

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def labels(self) -> pd.Series:
        """Names on one line, told apart where several projects share one: by village or township, else by id."""
        names = self.frame["name"].fillna("").astype(str).str.split().str.join(" ")
        place = self.frame["village"].fillna(self.frame["township"])
        shared = names.duplicated(keep=False)
        labels = names.where(~shared | place.isna(), names + " · " + place.fillna("").astype(str))
        return labels.where(~labels.duplicated(keep=False), labels + " [" + self.frame.index.astype(str) + "]")

    @property
    def total(self) -> float | None:
        """Sum of the investment of all rows in ``currency``; ``None`` when no row states one."""
        stated = self.amounts["investment_yuan"].dropna()
        return float(stated.sum()) if len(stated) else None

    @property
    def total_yuan(self) -> float | None:
        """Sum of the investment of all rows, yuan; ``None`` when unknown."""
        stated = self.frame["investment_yuan"].dropna()
        return float(stated.sum()) if len(stated) else None

    @property
    def control_total(self) -> float | None:
        """The total the sheet itself prints, in ``currency``; ``None`` when it prints none."""
        printed = [r.control_total for r in self.readings if r.control_total is not None]
        return sum(printed) if printed else None
