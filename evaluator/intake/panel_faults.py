"""What is wrong with single rows of a panel, counted where the rows are, and the rows that are left."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import narwhals as nw

from evaluator.domain.errors import Issue, TableError
from evaluator.intake.panel_columns import Columns
from evaluator.intake.panel_source import ROW, AnyFrame, Expression

CALENDAR = (1_900, 2_200)
COUNTED = (-100, 200)
"""Years are of the calendar, or counted from some beginning (0, 1, 2, …)."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a panel by what is wrong with them; of the income also its smallest, largest and mean value."""

    of: Mapping[str, float]

    def __getitem__(self, name: str) -> int:
        return int(self.of[name])


def collected(frame: AnyFrame) -> AnyFrame:
    """The frame in memory."""
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def count_rows(frame: AnyFrame, columns: Columns) -> Counts:
    """One pass over the rows: how many miss or hold what."""
    year, income = nw.col("year"), nw.col("outcome")
    known = ~income.is_null()
    conditions = {
        "no_unit": nw.col("unit_id").is_null(),
        "no_village": nw.col("cluster_id").is_null(),
        "no_year": year.is_null(),
        "calendar": year.is_between(*CALENDAR),
        "counted": year.is_between(*COUNTED),
        "no_income": ~known,
        "below_0": known & (income < 0),
        "at_0": known & (income == 0),
        "fraction": known & (income != income.round(0)),
        "no_weight": _no_weight() if "weight" in columns.of else nw.lit(False),
    }
    sums = [nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name) for name, holds in conditions.items()]
    looks = [income.min().alias("low"), income.max().alias("high"), income.mean().alias("mean")]
    found = collected(
        frame.with_columns(nw.lit(1).alias("one")).select(nw.col("one").sum().alias("rows"), *sums, *looks)
    )
    values = {name: found[name].to_list()[0] for name in found.columns}
    return Counts(
        {
            name: _plain(value, 0.0 if name not in ("low", "high", "mean") else float("nan"))
            for name, value in values.items()
        }
    )


def _plain(value: object, empty: float) -> float:
    return empty if value is None else float(value)  # type: ignore[arg-type]


def _no_weight() -> Expression:
    return nw.col("weight").is_null() | (nw.col("weight") <= 0)


def keep_rows(frame: AnyFrame, columns: Columns, counts: Counts) -> tuple[AnyFrame, list[Issue]]:
    """Rows with a household, a village, a year, an income, a possible start and a weight; the others are told.

    Raises ``TableError`` when nothing is left.
    """
    if not counts["rows"]:
        raise TableError(columns.tell("E_PANEL_NO_ROWS"))
    span = CALENDAR if counts["calendar"] >= counts["counted"] else COUNTED
    year, first = nw.col("year"), nw.col("first_year")
    outside = ~year.is_null() & (~year.is_between(*span) | (year != year.round(0)))
    odd = (first != 0) & ((first != first.round(0)) | (first < span[0]))
    rules = {
        "E_PANEL_NO_UNIT": ("unit_id", nw.col("unit_id").is_null(), "no_unit"),
        "E_PANEL_NO_YEAR": ("year", year.is_null(), "no_year"),
        "E_PANEL_YEAR": ("year", outside, "rows"),
        "E_PANEL_START": ("first_year", odd, "rows"),
        "N_PANEL_NO_INCOME": ("outcome", nw.col("outcome").is_null(), "no_income"),
        "E_PANEL_NO_VILLAGE": ("cluster_id", nw.col("cluster_id").is_null(), "no_village"),
        "E_PANEL_WEIGHT": ("weight", _no_weight(), "no_weight"),
    }
    used = {code: rule for code, rule in rules.items() if rule[0] in columns.of and counts[rule[2]]}
    told = [_tell(frame.filter(holds), code, key, columns, counts["rows"]) for code, (key, holds, _) in used.items()]
    issues = [one for one in told if one]
    if counts["no_income"] == counts["rows"]:
        raise TableError(*issues, columns.tell("E_PANEL_NO_ROWS"))
    return frame.filter(*[~holds for _, holds, _ in used.values()]), issues


def _tell(faulty: AnyFrame, code: str, key: str, columns: Columns, rows: int) -> Issue | None:
    """How many rows are faulty, with the first of them; ``None`` for none."""
    count = int(collected(faulty.select(nw.len().alias("n")))["n"].to_list()[0])
    if not count:
        return None
    named = [name for name in (ROW, key) if name in faulty.collect_schema().names()]
    seen = collected(faulty.select(*named).head(EXAMPLES))
    shown = ", ".join(_short(value) for value in seen[key].to_list() if value is not None)
    told = columns.tell(code, key, shown, count=count, rows=rows)
    return replace(told, row=int(seen[ROW].to_list()[0])) if ROW in named else told


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)[:40]
