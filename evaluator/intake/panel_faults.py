"""What is wrong with single rows of a panel, counted where the rows are, and the rows that are left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from evaluator.domain.errors import Issue, TableError
from evaluator.intake.panel_columns import Columns
from evaluator.intake.panel_source import ROW, AnyFrame, Expression
from evaluator.intake.values import is_missing

CALENDAR = (1_900, 2_200)
COUNTED = (-100, 200)
"""Years are of the calendar, or counted from some beginning (0, 1, 2, …)."""
EXAMPLES = 3
LATEST_START = 2_200
FEW_STARTS = 0.05
"""Share of the rows that may be left out for their first year; more would choose who is compared with whom."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a panel by what is wrong with them; of the income also its smallest, largest and mean value."""

    of: Mapping[str, float]

    def __getitem__(self, name: str) -> int:
        return int(self.of.get(name, 0))

    @property
    def years(self) -> str:
        """``calendar`` or ``counted``: what most years are."""
        return "calendar" if self["calendar"] >= self["counted"] else "counted"


def collected(frame: AnyFrame) -> AnyFrame:
    """The frame in memory."""
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def _faults(columns: Columns, price: str) -> dict[str, tuple[str, str, Expression]]:
    """What leaves a row out: name of the count → code, column, condition."""
    year, first = nw.col("year"), nw.col("first_year")
    rules = {
        "no_unit": ("E_PANEL_NO_UNIT", "unit_id", nw.col("unit_id").is_null()),
        "no_year": ("E_PANEL_NO_YEAR", "year", year.is_null()),
        "no_income": ("N_PANEL_NO_INCOME", "outcome", nw.col("outcome").is_null()),
    }
    for name, (low, high) in {"calendar": CALENDAR, "counted": COUNTED}.items():
        outside = ~year.is_null() & (~year.is_between(low, high) | (year != year.round(0)))
        rules[f"outside_{name}"] = ("E_PANEL_YEAR", "year", outside)
        odd = (first != 0) & ((first != first.round(0)) | ~first.is_between(low, LATEST_START))
        rules[f"start_{name}"] = ("E_PANEL_START", "first_year", odd)
    if "cluster_id" in columns.of:
        rules["no_village"] = ("E_PANEL_NO_VILLAGE", "cluster_id", nw.col("cluster_id").is_null())
    if "weight" in columns.of:
        weight = nw.col("weight")
        rules["no_weight"] = ("E_PANEL_WEIGHT", "weight", weight.is_null() | (weight <= 0))
    if price:
        rules["no_price"] = ("E_PANEL_PRICE", price, nw.col(price).is_null() | (nw.col(price) <= 0))
    return rules


def count_rows(frame: AnyFrame, columns: Columns, *, price: str = "") -> Counts:
    """One pass over the rows: how many miss or hold what. ``price`` is the column of price levels, if any."""
    year, income = nw.col("year"), nw.col("outcome")
    conditions = {name: holds for name, (_, _, holds) in _faults(columns, price).items()}
    conditions |= {
        "calendar": year.is_between(*CALENDAR),
        "counted": year.is_between(*COUNTED),
        "below_0": ~income.is_null() & (income < 0),
        "at_0": ~income.is_null() & (income == 0),
        "fraction": ~income.is_null() & (income != income.round(0)),
    }
    sums = [nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name) for name, holds in conditions.items()]
    looks = [nw.len().alias("rows"), income.min().alias("low"), income.max().alias("high"), income.mean().alias("mean")]
    found = collected(frame.select(*looks, *sums))
    values = {name: found[name].to_list()[0] for name in found.columns}
    return Counts({name: 0.0 if value is None else float(value) for name, value in values.items()})


def keep_rows(
    frame: AnyFrame, columns: Columns, counts: Counts, *, unread: Mapping[str, int], price: str = ""
) -> tuple[AnyFrame, list[Issue]]:
    """Rows with a household, a village, a year, an income, a possible start and a weight; the others are told.

    Parameters
    ----------
    unread
        Cells of a column that were told as unreadable before; they are not told again as missing.

    Raises
    ------
    TableError
        When nothing is left.
    """
    other = "counted" if counts.years == "calendar" else "calendar"
    used = {name: rule for name, rule in _faults(columns, price).items() if counts[name] and not name.endswith(other)}
    issues = list(_tell(frame, used, columns, counts, unread))
    if not counts["rows"] or counts["no_income"] == counts["rows"]:
        raise TableError(*issues, columns.tell("E_PANEL_NO_ROWS"))
    _refuse_starts(frame, used, columns, counts)
    return (frame.filter(*[~holds for _, _, holds in used.values()]) if used else frame), issues


def refuse_starts(columns: Columns, *, count: int, rows: int, found: str) -> None:
    """Raises ``TableError`` when too many first years cannot be read or cannot be."""
    if count > FEW_STARTS * rows:
        share = f"{100 * count / rows:.2g}"
        raise TableError(columns.tell("E_PANEL_STARTS", "first_year", found, count=count, rows=rows, share=share))


def _refuse_starts(
    frame: AnyFrame, used: Mapping[str, tuple[str, str, Expression]], columns: Columns, counts: Counts
) -> None:
    """The same of first years that are no year of the panel."""
    for name in used:
        if name.startswith("start_"):
            seen = _first(frame.filter(used[name][2]), "first_year")["first_year"]
            found = ", ".join(_short(value) for value in dict.fromkeys(seen))
            refuse_starts(columns, count=counts[name], rows=counts["rows"], found=found)


def _tell(
    frame: AnyFrame,
    used: Mapping[str, tuple[str, str, Expression]],
    columns: Columns,
    counts: Counts,
    unread: Mapping[str, int],
) -> Iterator[Issue]:
    for name, (code, key, holds) in used.items():
        count = counts[name] - (unread.get(key, 0) if name.startswith(("no_", "start_")) else 0)
        if count <= 0:
            continue
        told, seen = columns.tell(code, key, count=count, rows=counts["rows"]), _first(frame.filter(holds), key)
        shown = ", ".join(_short(value) for value in seen[key] if not is_missing(value))
        yield replace(told, found=shown, row=seen[ROW][0] if ROW in seen else None)


def _first(faulty: AnyFrame, key: str) -> dict[str, Sequence[Any]]:
    """The first faulty rows: cells of the column, and their sheet rows where there is a sheet."""
    named = [name for name in (ROW, key) if name in faulty.collect_schema().names()]
    seen = collected(faulty.select(*named).head(EXAMPLES))
    return {name: seen[name].to_list() for name in named}


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)[:40]
