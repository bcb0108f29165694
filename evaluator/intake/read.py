"""A published list of projects, in whatever shape and file, becomes a ``Portfolio``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import FIELD_KEYS, MONEY_FIELDS
from evaluator.domain.portfolio import Evidence, Portfolio
from evaluator.intake.bundle import find_bundle, is_bundle, list_sheet
from evaluator.intake.cells import Sheet
from evaluator.intake.columns import match_columns
from evaluator.intake.draft import empty
from evaluator.intake.duplicates import find_across
from evaluator.intake.identity import number_repeats
from evaluator.intake.layouts import read_listings
from evaluator.intake.listing import AnyArray, Listing, issue
from evaluator.intake.localities import Locality
from evaluator.intake.sheets import read_sheets
from evaluator.intake.transcribe import Transcript, transcribe

Source = str | Path | bytes | BinaryIO | pd.DataFrame


def read_portfolio(
    source: Source | Sequence[Source],
    *,
    file_name: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    sheet: str | None = None,
    place: str | None = None,
    yuan_per_unit: float | None = None,
) -> Portfolio:
    """Read one list of projects, or several as one; a bundle (a saved view) returns as it was saved.

    Parameters
    ----------
    source
        Path, bytes, open file or DataFrame, or a sequence of them.
    file_name
        Name of the upload: tells format, year and place where the list does not.
    mapping
        Heading as read to a field key, or to ``None`` for a column to leave aside; overrides the automatic reading.
    sheet
        Name of the sheet to read when several look like lists.
    place
        County name or six-digit code when the list names none.
    yuan_per_unit
        Yuan for one unit of the list's currency; without it the yuan columns of a foreign list stay empty.

    Returns
    -------
    Portfolio
        See its attributes. Rows with an error are left out and listed in ``readings``.

    Raises
    ------
    TableError
        When the file cannot be used at all; ``issues`` says why.
    """
    sources = (
        [source] if isinstance(source, (str, Path, bytes, pd.DataFrame)) or hasattr(source, "read") else list(source)
    )
    transcripts: list[Transcript] = []
    issues: list[Issue] = []
    saved = find_bundle(*_bytes_of(sources[0], file_name)) if _is_one_file(sources) else None
    if saved is not None:
        return saved.edited
    for one in sources:
        listings, name, about = _open(one, file_name, sheet)
        issues += about
        transcripts += [transcribe(lst, file=name, mapping=mapping, place=place) for lst in listings]
    issues += find_across([t.draft for t in transcripts]) if len(transcripts) > 1 else []
    return _assemble(transcripts, issues, yuan_per_unit=yuan_per_unit)


def _open(source: object, file_name: str | None, sheet: str | None) -> tuple[list[Listing], str, list[Issue]]:
    if isinstance(source, pd.DataFrame):
        return [_from_frame(source)], file_name or "", []
    data, name = _bytes_of(source, file_name)
    book = read_sheets(data, file_name=name)
    listings, about = choose_sheets(book.sheets, sheet=list_sheet(book.sheets) if is_bundle(book.sheets) else sheet)
    return listings, name, [*book.issues, *about]


def _is_one_file(sources: Sequence[object]) -> bool:
    """Whether this is one file that can be opened twice."""
    return len(sources) == 1 and isinstance(sources[0], (str, Path, bytes))


def _bytes_of(source: object, file_name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, file_name or ""
    if isinstance(source, (str, Path)):
        path = Path(source)
        if not path.is_file():
            raise TableError(issue("E_FILE_MISSING", found=path.name))
        return path.read_bytes(), file_name or path.name
    return bytes(source.read()), file_name or Path(str(getattr(source, "name", ""))).name  # type: ignore[attr-defined]


def _from_frame(frame: pd.DataFrame) -> Listing:
    table = frame.reset_index() if frame.index.name in FIELD_KEYS and frame.index.name not in frame.columns else frame
    headings = tuple(str(column) for column in table.columns)
    cells = table.set_axis(range(len(headings)), axis=1).reset_index(drop=True)
    return Listing(cells=cells, headings=headings, rows=np.arange(1, len(cells) + 1), layout="frame")


def choose_sheets(sheets: Sequence[Sheet], *, sheet: str | None = None) -> tuple[list[Listing], list[Issue]]:
    """The lists of a workbook: those of the named sheet, else all with one header, else the largest."""
    if sheet is not None:
        named = [one for one in sheets if one.name == sheet]
        if not named:
            raise TableError(issue("E_SHEET_MISSING", found=sheet, sheets=", ".join(one.name for one in sheets)))
        found = [listing for one in named for listing in read_listings(one)]
        if not found:
            raise TableError(issue("E_HEADER_MISSING", sheet=sheet, needed=_needed_columns()))
        return found, []
    visible = [one for one in sheets if not one.hidden]
    found = [listing for one in visible for listing in read_listings(one)]
    found = found or [listing for one in sheets if one.hidden for listing in read_listings(one)]
    if found and not any(len(listing.rows) for listing in found):
        raise TableError(issue("E_NO_ROWS", sheet=found[0].sheet))
    if not found:
        raise TableError(
            issue("E_HEADER_MISSING", sheet=sheets[0].name if len(sheets) == 1 else "", needed=_needed_columns())
        )
    understood = {id(listing): _count_fields(listing) for listing in found}
    found = [listing for listing in found if 2 * understood[id(listing)] >= max(understood.values())]
    names = list(dict.fromkeys(listing.sheet for listing in found))
    if len(names) == 1:
        return found, []
    largest = max(found, key=lambda listing: len(listing.rows))
    pages = largest.layout == "key-value"
    chosen = [one for one in found if one.headings == largest.headings or (pages and one.layout == "key-value")]
    read = ", ".join(dict.fromkeys(one.sheet for one in chosen))
    return chosen, [issue("W_SHEET_AMBIGUOUS", sheet=largest.sheet, found=", ".join(names), read=read)]


def _count_fields(listing: Listing) -> int:
    """How many fields of the form a listing's headings name: a glossary of the form names few."""
    return len({column.key for column in match_columns(listing.headings) if column.role in ("field", "place")})


def _needed_columns() -> str:
    return "项目名称 / Project name"


def _assemble(transcripts: Sequence[Transcript], issues: list[Issue], *, yuan_per_unit: float | None) -> Portfolio:
    """Join what was read of every list into one portfolio."""
    currencies = list(dict.fromkeys(t.currency for t in transcripts if len(t.draft))) or ["CNY"]
    currency = currencies[0]
    ids = number_repeats([str(text) for t in transcripts for text in t.ids[~t.draft.left_out]])
    index = pd.Index(ids, name="project_id", dtype=object)
    keep = [~t.draft.left_out for t in transcripts]
    columns = {key: _stack(transcripts, keep, key) for key in _columns(transcripts)}
    rate = 1.0 if currency == "CNY" else yuan_per_unit
    native = np.concatenate(
        [np.full(k.sum(), t.currency == currency) for t, k in zip(transcripts, keep, strict=True)]
        or [np.zeros(0, bool)]
    )
    amounts = pd.DataFrame({key: np.where(native, columns[key], np.nan) for key in MONEY_FIELDS}, index=index)
    for key in [key for key in columns if key.removesuffix("_low").removesuffix("_high") in MONEY_FIELDS]:
        columns[key] = np.where(native, columns[key], np.nan) * (np.nan if rate is None else rate)
    if len(currencies) > 1:
        issues.append(issue("W_CURRENCY_MIXED", found=", ".join(currencies), currency=currency))
    frame = pd.DataFrame(
        {key: pd.Series(values, index=index, dtype=values.dtype) for key, values in columns.items()}, index=index
    )
    evidence = pd.DataFrame(
        {
            key: pd.Series(_stack_evidence(transcripts, keep, key), index=index, dtype=object)
            for key in FIELD_KEYS
            if key != "project_id"
        },
        index=index,
    )
    locality = next(
        (t.locality for t in transcripts if t.locality.code), transcripts[0].locality if transcripts else Locality()
    )
    return Portfolio(
        frame=frame,
        amounts=amounts,
        evidence=evidence,
        quotes=_quotes(transcripts, keep, ids),
        issues=(*issues, *(found for t in transcripts for found in t.issues)),
        readings=tuple(t.reading for t in transcripts),
        place_code=locality.code,
        place_name=locality.name,
        year=next((t.year for t in transcripts if t.year), None),
        currency=currency,
    )


def _columns(transcripts: Sequence[Transcript]) -> list[str]:
    bounds = {
        key for t in transcripts for key in t.draft.values if key.endswith(("_low", "_high")) and key not in FIELD_KEYS
    }
    return [key for key in FIELD_KEYS if key != "project_id"] + sorted(bounds)


def _stack(transcripts: Sequence[Transcript], keep: Sequence[np.ndarray], key: str) -> AnyArray:
    parts = [t.draft.column(key)[k] for t, k in zip(transcripts, keep, strict=True)]
    return np.concatenate(parts) if parts else empty(key, 0)


def _stack_evidence(transcripts: Sequence[Transcript], keep: Sequence[np.ndarray], key: str) -> AnyArray:
    parts = [t.draft.evidence_of(key)[k] for t, k in zip(transcripts, keep, strict=True)]
    return np.concatenate(parts) if parts else np.full(0, Evidence.MISSING, dtype=object)


def _quotes(
    transcripts: Sequence[Transcript], keep: Sequence[np.ndarray], ids: Sequence[str]
) -> dict[tuple[str, str], str]:
    quotes: dict[tuple[str, str], str] = {}
    start = 0
    for t, k in zip(transcripts, keep, strict=True):
        position_to_id = dict(zip(np.flatnonzero(k).tolist(), ids[start:], strict=False))
        quotes |= {(position_to_id[p], key): words for (p, key), words in t.draft.quotes.items() if p in position_to_id}
        start += int(k.sum())
    return quotes
