"""Project ids: the list's own, or made from what a row says so that the order of rows changes nothing."""

import base64
import hashlib
import math
from collections import Counter

import numpy as np
import pandas as pd

from evaluator.intake.draft import Draft
from evaluator.intake.listing import AnyArray
from evaluator.intake.values import fold

IDENTITY = ("name", "township", "village", "place_name", "investment_yuan")


def make_id(*parts: object) -> str:
    """A short stable id of a row's name, place and amount."""
    digest = hashlib.blake2s("\x1f".join(_part(part) for part in parts).encode(), digest_size=5).digest()
    return "P" + base64.b32encode(digest).decode()


def _part(part: object) -> str:
    if part is None or (isinstance(part, float) and math.isnan(part)):
        return ""
    return f"{part:.2f}" if isinstance(part, float) else "".join(fold(part).split())


def settle_ids(draft: Draft) -> AnyArray:
    """A unique id for every row: given ones kept, others made, exact repeats numbered ``-2``, ``-3``.

    One id on two different rows is refused (``E_DUPLICATE_ID``): no row can be told to be the right one.
    """
    given = np.asarray([None if pd.isna(cell) else str(cell) for cell in draft.column("project_id")], dtype=object)
    if _is_serial(given):
        given[:] = None
    _refuse_conflicts(draft, given)
    columns = [draft.column(key) for key in IDENTITY]
    ids = [text or make_id(*parts) for text, *parts in zip(given, *columns, strict=True)]
    return np.asarray(number_repeats(ids), dtype=object)


def _is_serial(given: AnyArray) -> bool:
    """Whether the ids are running numbers that start again with every group."""
    known = [text for text in given if text is not None]
    return len(set(known)) < len(known) and all(text.isdigit() and len(text) <= 4 for text in known)


def number_repeats(ids: list[str]) -> list[str]:
    """Ids made unique: the second of a kind ends in ``-2``."""
    if len(set(ids)) == len(ids):
        return ids
    seen: Counter[str] = Counter()
    taken = set(ids)
    unique = []
    for text in ids:
        seen[text] += 1
        name = text
        while seen[text] > 1 and (name := f"{text}-{seen[text]}") in taken:
            seen[text] += 1
        taken.add(name)
        unique.append(name)
    return unique


def _refuse_conflicts(draft: Draft, given: AnyArray) -> None:
    repeated = [text for text, count in Counter(text for text in given if text is not None).items() if count > 1]
    for text in repeated:
        rows = np.flatnonzero(given == text)
        if not _same(draft, rows):
            names = " / ".join(dict.fromkeys(str(draft.column("name")[row]) for row in rows))
            for row in rows:
                draft.fault(
                    "E_DUPLICATE_ID",
                    [row],
                    column=draft.headings.get("project_id", ""),
                    found=text,
                    rows=draft.name_rows(rows),
                    names=names,
                )


def _same(draft: Draft, rows: AnyArray) -> bool:
    """Whether rows say the same in every field."""
    first = rows[0]
    return all(
        str(values[first]) == str(values[row])
        for key, values in draft.values.items()
        if key != "project_id"
        for row in rows[1:]
    )
