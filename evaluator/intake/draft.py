"""The table in the making: one array a field, where each value came from, and what is doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.domain.fields import FIELDS
from evaluator.domain.portfolio import Evidence
from evaluator.intake.listing import AnyArray, Position, issue

MAX_ROWS_NAMED = 12


@dataclass(slots=True)
class Draft:
    """n rows being read from one listing.

    ``values`` holds a float array for numbers (NaN missing), a ``datetime64[ns]`` array for dates and an object
    array (``None`` missing) for the rest. Money is in the list's currency. ``prose`` keeps the raw text of cells
    whose field holds something else (a link mechanism's sentence, an amount's words).
    """

    rows: AnyArray
    sheet: str = ""
    values: dict[str, AnyArray] = field(default_factory=dict)
    evidence: dict[str, AnyArray] = field(default_factory=dict)
    quotes: dict[tuple[int, str], str] = field(default_factory=dict)
    prose: dict[str, AnyArray] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    left_out: AnyArray = field(default_factory=lambda: np.zeros(0, dtype=bool))
    headings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.left_out) != len(self.rows):
            self.left_out = np.zeros(len(self.rows), dtype=bool)

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, key: str) -> AnyArray:
        """The values of a field, made empty when nothing was read."""
        if key not in self.values:
            self.values[key] = empty(key.removesuffix("_low").removesuffix("_high"), len(self))
        return self.values[key]

    def missing(self, key: str) -> AnyArray:
        """Where a field holds nothing."""
        return np.asarray(pd.isna(self.values[key])) if key in self.values else np.ones(len(self), dtype=bool)

    def holds(self, key: str, position: Position) -> bool:
        """Whether one row has a value of a field."""
        value = self.column(key)[position]
        return isinstance(value, (str, tuple)) or not pd.isna(value)

    def texts(self, key: str) -> AnyArray:
        """The words behind a field: its prose when it has some, else its values; ``None`` where there are none."""
        return self.prose[key] if key in self.prose else np.asarray(self.column(key), dtype=object)

    def put(self, key: str, positions: AnyArray | list[int] | Position, values: object, evidence: Evidence) -> None:
        """Write values of a field and where they came from."""
        self.column(key)[positions] = values
        self.evidence_of(key)[positions] = evidence

    def evidence_of(self, key: str) -> AnyArray:
        """Where the values of a field came from, ``MISSING`` until written."""
        if key not in self.evidence:
            self.evidence[key] = np.full(len(self), Evidence.MISSING, dtype=object)
        return self.evidence[key]

    def settle(
        self, key: str, position: Position, value: object, words: str, evidence: Evidence = Evidence.TEXT
    ) -> bool:
        """Write a value read from words unless one is given; answers whether it was written."""
        if self.holds(key, position):
            return False
        self.put(key, position, value, evidence)
        self.quotes[int(position), key] = words
        return True

    def fault(
        self, code: str, positions: Iterable[Any], *, column: str = "", found: object = "", **values: object
    ) -> None:
        """Record an issue: errors one a row (and leave the row out), warnings and notes one for all rows."""
        places = [int(position) for position in positions]
        if code.startswith("E_"):
            for place in places:
                self.left_out[place] = True
                self.issues.append(
                    issue(code, sheet=self.sheet, row=int(self.rows[place]), column=column, found=found, **values)
                )
        elif places:
            self.issues.append(
                issue(
                    code,
                    sheet=self.sheet,
                    row=int(self.rows[places[0]]),
                    column=column,
                    found=found,
                    **{"count": len(places), "rows": self.name_rows(places), **values},
                )
            )

    def name_rows(self, positions: Iterable[Any]) -> str:
        """Sheet rows as a person reads them: “2, 5, 7”, cut after a dozen."""
        rows = [str(self.rows[position]) for position in positions]
        return ", ".join(rows[:MAX_ROWS_NAMED]) + (" …" if len(rows) > MAX_ROWS_NAMED else "")


def empty(key: str, count: int) -> AnyArray:
    """An array of missing values of the right kind for a field."""
    if FIELDS[key].is_number:
        return np.full(count, np.nan)
    if FIELDS[key].kind == "date":
        return np.full(count, np.datetime64("NaT"), dtype="datetime64[ns]")
    return np.full(count, None, dtype=object)
