"""One listing, from headings to facts: the reader's walk over a single list."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.portfolio import Evidence, Reading
from evaluator.intake.amounts import read_money_columns, settle_unit
from evaluator.intake.carry import looks_like_village
from evaluator.intake.check import check_draft, settle_slips
from evaluator.intake.columns import Column, match_columns
from evaluator.intake.draft import Draft
from evaluator.intake.extract import extract_figures
from evaluator.intake.identity import settle_ids
from evaluator.intake.kinds import holds_nature, settle_kinds
from evaluator.intake.listing import AnyArray, Listing, issue
from evaluator.intake.localities import Locality, settle_places
from evaluator.intake.personal import holds_personal
from evaluator.intake.rows import read_columns

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|199\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was read of one listing: the draft, its ids, and how it was understood."""

    draft: Draft
    ids: AnyArray
    reading: Reading
    issues: tuple[Issue, ...]
    locality: Locality
    year: int | None
    currency: str


def transcribe(
    listing: Listing, *, file: str = "", mapping: Mapping[str, str | None] | None = None, place: str | None = None
) -> Transcript:
    """Read one listing into a draft: columns, money, places, kinds, prose, ids, then every check."""
    columns = _by_content(listing, _drop_personal(listing, match_columns(listing.headings, mapping=mapping)))
    draft = Draft(rows=listing.rows, sheet=listing.sheet)
    _about_columns(draft, columns)
    money = settle_unit(listing, columns)
    read_columns(draft, listing, columns)
    _settle_names(draft, listing)
    currencies = read_money_columns(draft, listing, columns, money)
    settle_slips(draft, columns, money)
    locality = settle_places(draft, listing, columns, place=place, file=file)
    settle_kinds(draft, listing)
    extract_figures(draft)
    ids = settle_ids(draft)
    currency = (
        max(currencies, key=lambda name: len(currencies[name]))
        if currencies and money.unit.currency == "CNY"
        else money.unit.currency
    )
    total, control = check_draft(draft, listing, columns, money)
    reading = Reading(
        file=file,
        sheet=listing.sheet,
        layout=listing.layout,
        header_rows=listing.header_rows,
        unit=money.unit.name,
        columns=_targets(columns),
        rows=int((~draft.left_out).sum()),
        total=total,
        control_total=control,
        left_out=tuple(int(row) for row in draft.rows[draft.left_out]),
    )
    year = _find_year((*listing.title, file))
    return Transcript(draft, ids, reading, (*listing.issues, *draft.issues), locality, year, currency)


def _targets(columns: Sequence[Column]) -> dict[str, str | None]:
    """What each heading became; of a heading that occurs twice, the column that was read."""
    targets: dict[str, str | None] = {}
    for column in columns:
        targets[column.heading] = targets.get(column.heading) or _target(column)
    return targets


def _target(column: Column) -> str | None:
    if column.role in ("low", "high"):
        return f"{column.key}_{column.role}"
    return column.key if column.role in ("field", "place") else None


def _find_year(lines: Sequence[str]) -> int | None:
    found = next((found for line in lines if (found := _YEAR.search(line))), None)
    return int(found[1]) if found else None


def _drop_personal(listing: Listing, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns whose cells are citizen ids or phone numbers are personal whatever their heading says."""
    return tuple(
        replace(column, role="personal", key=None)
        if column.role in ("ignored", "field", "place", "checked")
        and column.key != "project_id"
        and holds_personal(listing.cells[column.position])
        else column
        for column in columns
    )


def _by_content(listing: Listing, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Content decides, not the name: a 建设内容 column of 新建 and 续建 is the nature."""
    return tuple(
        replace(column, key="nature")
        if column.key == "content" and column.rank >= 0 and holds_nature(listing.cells[column.position])
        else column
        for column in columns
    )


def _about_columns(draft: Draft, columns: Sequence[Column]) -> None:
    """Say which columns were dropped, ignored, doubled or matched by a near spelling."""
    personal = [c.heading for c in columns if c.role == "personal"]
    if personal:
        draft.issues.append(
            issue(
                "W_PERSONAL_DATA",
                sheet=draft.sheet,
                column=personal[0],
                headings="、".join(personal),
                count=len(personal),
            )
        )
    ignored = [c for c in columns if c.role == "ignored" and c.suggestion[:1] != "="]
    if ignored:
        near = "; ".join(f"{c.heading} → {c.suggestion}" for c in ignored if c.suggestion)
        draft.issues.append(
            issue(
                "W_COLUMN_IGNORED",
                sheet=draft.sheet,
                column=ignored[0].heading,
                count=len(ignored),
                headings="、".join(c.heading for c in ignored),
                near=near or "–",
            )
        )
    for column in columns:
        if column.role == "ignored" and column.suggestion[:1] == "=":
            draft.issues.append(
                issue("W_COLUMN_DOUBLED", sheet=draft.sheet, column=column.heading, used=column.suggestion[1:])
            )
    loose = [c for c in columns if c.role == "field" and not c.certain]
    if loose:
        pairs = "; ".join(f"{c.heading} → {c.key}" for c in loose)
        draft.issues.append(
            issue("W_HEADER_MATCHED", sheet=draft.sheet, column=loose[0].heading, count=len(loose), pairs=pairs)
        )


def _mark_filled(draft: Draft, listing: Listing) -> dict[str, list[int]]:
    """Carried-down blanks are assumed, not given; answers field to the rows it was carried to, in order."""
    keys, carried = {heading: key for key, heading in draft.headings.items()}, defaultdict[str, list[int]](list)
    for position, column in sorted(listing.filled):
        key = keys.get(listing.headings[column], "")
        if key and draft.holds(key, position):
            draft.evidence_of(key)[position] = Evidence.ASSUMED
        if key == "name" or (key and draft.holds(key, position)):
            carried[key].append(position)
    return carried


def _settle_names(draft: Draft, listing: Listing) -> None:
    """Every row gets a name: its own, one that slipped into the village column, or the start of its content."""
    names, villages = draft.column("name"), draft.column("village")
    nameless = np.flatnonzero(draft.missing("name") & ~draft.left_out)
    moved = [p for p in nameless if villages[p] is not None and not looks_like_village(str(villages[p]))]
    for p in moved:
        draft.put("name", p, villages[p], Evidence.ASSUMED)
        draft.put("village", p, None, Evidence.MISSING)
    if moved:
        draft.fault("W_NAME_MOVED", moved, column=draft.headings.get("village", ""), found=names[moved[0]])
    for key in ("content", "project_type"):
        made = [p for p in nameless if names[p] is None and draft.column(key)[p] is not None]
        for p in made:
            draft.put("name", p, str(draft.column(key)[p])[:30], Evidence.ASSUMED)
        if made:
            draft.fault("W_NAME_MADE", made, column=draft.headings.get("name", ""), found=names[made[0]])
    if listing.layout == "matrix":
        draft.evidence_of("name")[:] = Evidence.ASSUMED
    nothing = [p for p in nameless if names[p] is None]
    if len(nothing) == len(draft) and "name" not in draft.headings:
        near = "、".join(listing.headings)
        raise TableError(
            issue(
                "E_COLUMN_MISSING",
                sheet=draft.sheet,
                row=int(listing.rows[0]) if len(draft) else None,
                found=near,
                field="name",
            )
        )
    for p in nothing:
        draft.fault("E_NAME_MISSING", [p], column=draft.headings.get("name", ""))
    filled = _mark_filled(draft, listing) if listing.layout != "matrix" else {}
    for key, code in (("name", "W_FILLED_DOWN"), ("project_type", "W_CELLS_FILLED"), ("township", "W_CELLS_FILLED")):
        if filled.get(key):
            draft.fault(code, filled[key], column=draft.headings[key], found=draft.column(key)[filled[key][0]])
