"""Numbers that a lazy engine stores as text, read where they lie: what cannot be read is counted and left empty."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals as nw

from evaluator.intake.panel_text import EXAMPLES, NEVER_WORDS, NO_START, Unread
from evaluator.intake.values import is_missing

if TYPE_CHECKING:
    import duckdb
    import polars as pl

MOST_CELLS = 1_000
"""Different unreadable cells that are looked at."""
Stored: TypeAlias = "tuple[Any, int, list[tuple[str, int]]]"
"""The native rows with the column as numbers, how many cells it has, unreadable cells with how often they occur."""


def read_stored(frame: "nw.LazyFrame[Any]", key: str) -> "tuple[nw.LazyFrame[Any], Unread] | None":
    """The rows with a column of text as numbers, in DuckDB and Polars; ``None`` in another engine."""
    reader = READERS.get(frame.implementation)
    if reader is None:
        return None
    native, rows, found = reader(frame.to_native(), key)
    faulty = [(c, n) for c, n in found if not is_missing(c) and not (key == "first_year" and c.lower() in NEVER_WORDS)]
    unread = Unread(sum(times for _, times in faulty), rows, None, tuple(cell[:40] for cell, _ in faulty[:EXAMPLES]))
    return nw.from_native(native, pass_through=False), unread


def _read_duckdb(relation: "duckdb.DuckDBPyRelation", key: str) -> Stored:
    quoted = '"' + key.replace('"', '""') + '"'
    plain = f"trim(replace({quoted}::varchar, ',', ''))"
    number = f"try_cast({plain} as double)"
    told = relation.filter(f"{number} is null and {quoted} is not null")
    cells = told.project(f"{quoted}::varchar as cell").aggregate("cell, count(*) as times", "cell")
    found = cells.order("times desc, cell").limit(MOST_CELLS).fetchall()
    if key == "first_year":
        never = ", ".join(f"'{word}'" for word in sorted(NEVER_WORDS))
        blank = f"{quoted} is null or trim({quoted}::varchar) = ''"
        number = f"case when {blank} or lower({plain}) in ({never}) then 0 else coalesce({number}, {NO_START}) end"
    read = [f'"{n}"' if n != key else f"{number} as {quoted}" for n in relation.columns]
    return relation.project(", ".join(read)), relation.count(quoted).fetchall()[0][0], found


def _read_polars(query: "pl.LazyFrame", key: str) -> Stored:
    import polars as pl  # noqa: PLC0415 - heavy, and only large panels need it

    cell = pl.col(key).cast(pl.String)
    plain = cell.str.replace_all(",", "", literal=True).str.strip_chars()
    number = plain.cast(pl.Float64, strict=False)
    told = query.filter(number.is_null() & cell.is_not_null()).group_by(cell.alias("cell")).agg(pl.len().alias("times"))
    found = told.sort("times", "cell", descending=[True, False]).head(MOST_CELLS).collect().rows()
    if key == "first_year":
        never = cell.is_null() | (plain == "") | plain.str.to_lowercase().is_in(sorted(NEVER_WORDS))
        number = pl.when(never).then(0.0).otherwise(number.fill_null(NO_START))
    return query.with_columns(number.alias(key)), query.select(pl.col(key).count()).collect().item(), found


READERS: dict[nw.Implementation, Callable[[Any, str], Stored]] = {
    nw.Implementation.DUCKDB: _read_duckdb,
    nw.Implementation.POLARS: _read_polars,
}
