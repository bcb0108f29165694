"""A panel wherever it is (sheet, parquet files, a frame of any engine) becomes one frame under its own headings."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import Field
from evaluator.domain.tables import PANEL_FIELDS
from evaluator.intake.forms import find_table
from evaluator.intake.guard import Limits
from evaluator.intake.listing import issue
from evaluator.intake.plain_text import find_delimiter

PARQUET = b"PAR1"
ROW = "sheet row"
HEAD = 200_000
"""Bytes of a large text file by which its separator is told."""
AnyFrame: TypeAlias = Any
"""A narwhals frame, eager or lazy, of any engine."""
Expression: TypeAlias = Any
"""What narwhals computes in every row."""


@dataclass(frozen=True, slots=True)
class Table:
    """A panel under its own headings.

    ``frame`` is a narwhals frame, eager or lazy; of a sheet it holds the cells as typed and ``ROW``, their sheet rows.
    """

    frame: AnyFrame
    sheet: str = ""
    issues: tuple[Issue, ...] = ()


def open_table(source: object, *, file_name: str | None, mapping: Mapping[str, str | None]) -> Table:
    """Open a panel.

    Parameters
    ----------
    source
        Path of a csv, xlsx or parquet file, of a folder or pattern of parquet files (read where they lie); bytes or an
        open file of one of these; a pandas, polars, pyarrow or Spark frame, a DuckDB relation.

    Raises
    ------
    TableError
        When there is no such file, it cannot be read, or the object is no table.
    """
    if isinstance(source, str | Path):
        if "\n" in str(source):
            raise TableError(issue("E_PANEL_SOURCE", found=type(source).__name__))
        return _open_path(Path(source), file_name, mapping)
    if hasattr(source, "read") and not hasattr(source, "columns"):
        name = file_name or Path(str(getattr(source, "name", ""))).name
        return _open_bytes(bytes(source.read()), name, mapping)
    if isinstance(source, bytes):
        return _open_bytes(source, file_name or "", mapping)
    if isinstance(source, pd.DataFrame):
        source = _tidy_frame(source)
    try:
        return Table(nw.from_native(source, pass_through=False))
    except TypeError as fault:
        raise TableError(issue("E_PANEL_SOURCE", found=type(source).__name__)) from fault


def _tidy_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with named indices as columns and headings that are words, each its own."""
    table = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    headings = _apart([str(name) for name in table.columns])
    return table if headings == list(table.columns) else table.set_axis(headings, axis="columns")


def _open_path(path: Path, file_name: str | None, mapping: Mapping[str, str | None]) -> Table:
    if path.is_dir():
        return _scan_parquet(sorted(path.rglob("*.parquet")), path)
    if any(sign in str(path) for sign in "*?[") and not path.exists():
        root = Path(path.anchor)
        return _scan_parquet(sorted(root.glob(str(path.relative_to(root)))), path)
    if not path.is_file():
        raise TableError(issue("E_SIDE_FILE", found=path.name))
    with path.open("rb") as file:
        if file.read(4) == PARQUET:
            return _scan_parquet([path], path)
    if path.suffix.lower() in (".csv", ".tsv", ".txt") and path.stat().st_size > Limits().file_bytes:
        return _scan_csv(path)
    return _open_bytes(path.read_bytes(), file_name or path.name, mapping)


def _scan_parquet(files: Sequence[Path], path: Path) -> Table:
    """Files read by Polars when their rows are asked for; columns are put together by name, types by the wider one."""
    import polars as pl  # noqa: PLC0415 - heavy, and only large panels need it

    try:
        frame = pl.concat([pl.scan_parquet(file, glob=False) for file in files], how="diagonal_relaxed")
        frame.head(1).collect()
    except (pl.exceptions.PolarsError, OSError, ValueError) as fault:
        raise TableError(issue("E_PANEL_PARQUET", found=path.name)) from fault
    return Table(nw.from_native(frame, pass_through=False))


def _scan_csv(path: Path) -> Table:
    """A file read by Polars when its rows are asked for, every cell as text; all of it is looked through once."""
    import polars as pl  # noqa: PLC0415 - heavy, and only large panels need it

    with path.open("rb") as file:
        head = file.read(HEAD).rpartition(b"\n")[0]
    try:
        delimiter = find_delimiter(head.decode("utf-8-sig"))
        frame = pl.scan_csv(path, glob=False, separator=delimiter, infer_schema=False, encoding="utf8-lossy")
        frame.select(pl.all().count()).collect()
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as fault:
        raise TableError(issue("E_PANEL_CSV", found=path.name)) from fault
    return Table(nw.from_native(frame, pass_through=False))


def _open_bytes(data: bytes, name: str, mapping: Mapping[str, str | None]) -> Table:
    if data[:4] == PARQUET:
        try:
            return Table(nw.from_native(pq.read_table(io.BytesIO(data)), pass_through=False))
        except (pa.ArrowInvalid, OSError) as fault:
            raise TableError(issue("E_PANEL_PARQUET", found=name)) from fault
    raw = find_table(data, _named(mapping), name, any_row=True)
    headings = _apart(raw.headings)
    columns = zip(headings, _columns(raw.cells, len(headings)), strict=True)
    frame = pd.DataFrame({heading: pd.Series(column, dtype=object) for heading, column in columns})
    frame[ROW] = pd.Series(raw.rows, index=frame.index, dtype="int64")
    return Table(nw.from_native(frame, pass_through=False), raw.sheet, raw.issues)


def _named(mapping: Mapping[str, str | None]) -> Sequence[Field]:
    """The form with the headings that a caller names for its columns, whichever way round."""
    pairs = [pair for one, other in mapping.items() if other for pair in ((one, other), (other, one))]
    return [replace(f, aliases=(*f.aliases, *(one for one, other in pairs if other == f.key))) for f in PANEL_FIELDS]


def _columns(rows: Sequence[Sequence[object]], count: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(count)]


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings made different from each other; empty ones get their place."""
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = heading or f"[{place}]"
        names.append(name if name not in names else f"{name} [{place}]")
    return names
