"""Rows that may be one project twice, and texts copied from one place to another: asked about, never merged."""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.domain.portfolio import Evidence
from evaluator.intake.draft import Draft
from evaluator.intake.identity import make_id
from evaluator.intake.listing import AnyArray, issue
from evaluator.intake.values import fold
from evaluator.reference.texts import find_alike, is_pooled, plain_text

COPIED_FROM = 0.8
"""Cosine of character 2- and 3-grams from which two contents count as copied."""
MIN_CHARACTERS = 15
MAX_TEXTS = 12_000
_ONE_VENTURE = re.compile(r"抱团|联建|共建|同一家|同一公司|同一企业|合股")


def find_duplicates(draft: Draft) -> None:
    """Warn of equal rows, of names equal after folding, and of one project under two amounts."""
    names, keep = draft.column("name"), ~draft.left_out
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position in np.flatnonzero(keep & ~draft.missing("name")):
        groups[_place_and_name(draft, int(position))].append(int(position))
    for rows in (rows for rows in groups.values() if len(rows) > 1):
        first = rows[0]
        same_amount = [p for p in rows[1:] if _same_value(draft, "investment_yuan", first, p)]
        alike = [p for p in same_amount if names[p] == names[first]]
        near = [p for p in same_amount if names[p] != names[first]]
        other = [p for p in rows[1:] if p not in same_amount]
        for code, positions in (("W_DUPLICATE_ROW", alike), ("W_NEAR_DUPLICATE", near), ("W_SAME_PROJECT", other)):
            if positions and (code != "W_SAME_PROJECT" or _is_placed(draft, first)):
                draft.fault(
                    code,
                    positions,
                    column=draft.headings.get("name", ""),
                    found=names[positions[0]],
                    rows=draft.name_rows([first, *positions]),
                )


def _place_and_name(draft: Draft, position: int) -> tuple[str, ...]:
    parts = (draft.column(key)[position] for key in ("name", "place_name", "township", "village", "content", "nature"))
    return tuple("".join(fold(part).split()) if part is not None else "" for part in parts)


def _is_placed(draft: Draft, position: int) -> bool:
    return draft.column("township")[position] is not None or draft.column("village")[position] is not None


def _same_value(draft: Draft, key: str, first: int, second: int) -> bool:
    a, b = draft.column(key)[first], draft.column(key)[second]
    return bool(a == b) or bool(pd.isna(a) and pd.isna(b))


def find_pooled(draft: Draft) -> None:
    """Rows of one name in several villages that say they pool their money are one joint venture, asked to confirm."""
    groups: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
    for position in np.flatnonzero(~draft.missing("name") & draft.missing("joint_venture_id") & ~draft.left_out):
        texts = (draft.texts(key)[position] for key in ("name", "content", "link_mechanisms", "performance_target"))
        if any(isinstance(text, str) and _ONE_VENTURE.search(text) for text in texts):
            name = "".join(fold(draft.column("name")[position]).split())
            groups[name, draft.column("place_code")[position]].append(int(position))
    for (name, _), rows in groups.items():
        if len({_where(draft, row) for row in rows}) > 1:
            draft.put("joint_venture_id", rows, f"JV-{make_id(name)}", Evidence.ASSUMED)
            draft.fault(
                "W_POOLED_ASSUMED", rows, column=draft.headings.get("name", ""), found=draft.column("name")[rows[0]]
            )


def find_across(drafts: Sequence[Draft]) -> list[Issue]:
    """Names that stand in more than one list, in one place: the same project from two funds?"""
    seen: defaultdict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        places = zip(*(draft.column(key) for key in ("name", "place_code", "township", "village")), strict=True)
        for position, (name, *place) in enumerate(places):
            if name is not None and not draft.left_out[position] and (place[1] or place[2]):
                seen["".join(fold(name).split()), *place].append((number, position))
    return [
        issue(
            "W_SAME_PROJECT",
            sheet=drafts[places[0][0]].sheet,
            row=int(drafts[places[0][0]].rows[places[0][1]]),
            found=drafts[places[0][0]].column("name")[places[0][1]],
            rows=", ".join(f"{drafts[n].sheet}!{drafts[n].rows[p]}" for n, p in places),
            count=len(places),
        )
        for places in seen.values()
        if len({number for number, _ in places}) > 1
    ]


def find_copied_texts(draft: Draft) -> None:
    """Warn of contents of different places that are nearly the same text; pooled ventures are none."""
    contents = draft.column("content")
    texts: defaultdict[str, list[int]] = defaultdict(list)
    for position in np.flatnonzero(~draft.missing("content") & ~draft.left_out):
        text = plain_text(str(contents[position]))
        if len(text) >= MIN_CHARACTERS and not _is_pooled(draft, int(position)):
            texts[text].append(int(position))
    unique = list(texts)
    if len(unique) > MAX_TEXTS:
        unique = [text for text in unique if len(texts[text]) > 1]
        labels = np.arange(len(unique))
    else:
        labels = _group_alike(unique)
    for label in np.unique(labels):
        rows = sorted(p for i in np.flatnonzero(labels == label) for p in texts[unique[i]])
        places = {_where(draft, p) for p in rows}
        if len(rows) > 1 and len(places) > 1:
            draft.fault(
                "W_COPIED_TEXT",
                rows,
                column=draft.headings.get("content", ""),
                found=str(contents[rows[0]])[:60],
                other=str(contents[rows[1]])[:60],
            )


def _is_pooled(draft: Draft, position: int) -> bool:
    texts = (draft.column("name")[position], draft.column("content")[position])
    return draft.column("joint_venture_id")[position] is not None or any(
        text and is_pooled(str(text)) for text in texts
    )


def _where(draft: Draft, position: int) -> tuple[object, ...]:
    place = tuple(draft.column(key)[position] for key in ("place_name", "township", "village"))
    return place if any(place[1:]) else (*place, draft.column("name")[position])


def _group_alike(texts: list[str]) -> AnyArray:
    """Groups of texts joined by a cosine of at least ``COPIED_FROM``."""
    labels = np.arange(len(texts))
    for one, other in find_alike(texts, at_least=COPIED_FROM)[0].tolist():
        low, high = sorted((labels[one], labels[other]))
        labels[labels == high] = low
    return labels
