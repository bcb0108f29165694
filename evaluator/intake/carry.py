"""Merged texts carried down to the rows they stand for; money never is."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluator.intake.columns import match_columns
from evaluator.intake.header import Spans
from evaluator.intake.listing import AnySeries
from evaluator.intake.values import fold

CARRIED = frozenset(
    {
        "name",
        "project_type",
        "township",
        "village",
        "place_name",
        "place_code",
        "performance_target",
        "content",
        "operator",
        "kind",
        "beneficiaries",
        "link_mechanisms",
        "product",
        "fund_source",
        "period",
        "nature",
        "status",
        "start",
        "end",
    }
)
"""Fields whose merged cells are carried down; money and counts never are."""
CARRIED_WITHOUT_MERGE = frozenset({"name", "project_type", "township"})


def carry_down(
    frame: pd.DataFrame, kept: list[int], spans: Spans, headings: Sequence[str]
) -> tuple[pd.DataFrame, frozenset[tuple[int, int]], dict[tuple[int, int], int]]:
    """Carry merged (and, in files that cannot merge, blank) texts down; note merged amounts as bundles."""
    keys = {c.position: (c.key if c.role in ("field", "place") else None) for c in match_columns(headings)}
    filled: set[tuple[int, int]] = set()
    bundled: dict[tuple[int, int], int] = {}
    position_of = {row: position for position, row in enumerate(kept)}
    for top, left, bottom, _ in {span for span in spans.values() if span[2] > span[0] and span[0] in position_of}:
        below = [position_of[row] for row in range(top + 1, bottom + 1) if row in position_of]
        if left >= frame.shape[1] or not below:
            continue
        if keys.get(left) in CARRIED:
            values = frame[left].to_numpy(dtype=object, copy=True)
            values[below] = values[position_of[top]]
            frame[left] = pd.Series(values, index=frame.index, dtype=object)
        elif keys.get(left) in ("investment_yuan", "subsidy_yuan"):
            bundled[position_of[top], left] = len(below) + 1
    if not spans:
        filled |= _carry_blanks(frame, keys)
    return frame, frozenset(filled), bundled


def _carry_blanks(frame: pd.DataFrame, keys: dict[int, str | None]) -> set[tuple[int, int]]:
    """Blank names, types and townships under a stated one are taken to be merged; a target goes with its name."""
    filled: set[tuple[int, int]] = set()
    name = next((column for column, key in keys.items() if key == "name" and column in frame), None)
    others = [
        c
        for c, key in keys.items()
        if c in frame and c != name and key in ("village", "place_name", "investment_yuan", "content")
    ]
    blank_name = (
        frame[name].isna() & frame[others].notna().any(axis=1)
        if name is not None
        else pd.Series(False, index=frame.index)
    )
    for column, key in keys.items():
        if column not in frame or key not in CARRIED:
            continue
        blank = frame[column].isna()
        if key not in CARRIED_WITHOUT_MERGE:
            blank &= blank_name & (key == "performance_target")
        elif key == "name":
            blank &= blank_name & ~_name_stands_elsewhere(frame, keys)
        carried = frame[column].ffill()
        positions = np.flatnonzero(blank & carried.notna())
        if len(positions):
            frame.loc[positions, column] = carried[positions]
            filled |= {(int(position), column) for position in positions}
    return filled


def _name_stands_elsewhere(frame: pd.DataFrame, keys: dict[int, str | None]) -> AnySeries:
    """Rows whose village cell does not read as a place: the name slipped into it."""
    village = next((column for column, key in keys.items() if key == "village" and column in frame), None)
    if village is None:
        return pd.Series(False, index=frame.index)
    return frame[village].map(lambda cell: isinstance(cell, str) and not looks_like_village(cell)).astype(bool)


_VILLAGE = re.compile(
    r"(?:村|社区|居委会|居|屯|寨|组|街道|镇|乡|县|区|办|场|片|嘎查|苏木|队|庄|barangay.*|brgy.*)$", re.I
)
_ACTIVITY = re.compile(r"贴息|项目|补贴|补助|奖补|管理费|培训|保险|建设|工程|养殖|种植|基地|计划|设施")


def looks_like_village(text: str) -> bool:
    """Whether a cell of the village column can be a village rather than a project's name."""
    return bool(_VILLAGE.search(fold(text))) or not _ACTIVITY.search(text)
