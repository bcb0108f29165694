"""Numbered lines of prose (“1.某某项目，投资850万元”) as one row a line."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluator.intake.cells import Sheet
from evaluator.intake.listing import Listing
from evaluator.intake.totals import find_sentence_totals
from evaluator.intake.values import fold

MIN_LINES = 3
_LINE = re.compile(
    r"^(?:\(\s*\d{1,3}\s*\)|\d{1,3}\s*[、.)])\s*(?!\d)(?P<name>[^,;:。]{2,60}?)\s*[,;:。](?P<rest>.*)$", re.S
)
_GROUP = re.compile(
    r"^(?:[一二三四五六七八九十]+\s*[、.]|\([一二三四五六七八九十]+\))\s*(?P<name>[^,;:。\d]{2,24})(?P<rest>.*)$", re.S
)
_AMOUNT = re.compile(
    r"(?:总?投资|资金(?:规模)?|金额|安排|投入|补助|概算|预算)?[^\d,;。]{0,14}\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元(?!/))"
)
HEADINGS = ("项目名称", "建设内容", "总投资")


def read_prose_lines(sheet: Sheet) -> Listing | None:
    """The projects of a numbered list in prose; ``None`` when the sheet is not one."""
    lines = [(row, fold(cells[0] if len(cells) == 1 else "")) for row, cells in enumerate(_texts(sheet)) if cells]
    found = [(row, match) for row, text in lines if (match := _LINE.match(text))]
    priced = sum(1 for _, match in found if _AMOUNT.search(match["rest"]))
    if len(found) < MIN_LINES or priced * 2 < len(found) or len(found) * 3 < len(lines):
        return None
    sections, section = [], ""
    numbered = dict(found)
    for row, text in lines:
        if row in numbered:
            sections.append(section)
        elif group := _GROUP.match(text):
            section = group["name"].strip()
    records = [_record(match) for _, match in found]
    title = tuple(text for row, text in lines if row not in numbered)
    return Listing(
        cells=pd.DataFrame(records, columns=range(3), dtype=object),
        headings=HEADINGS,
        sheet=sheet.name,
        layout="prose",
        title=title,
        rows=np.asarray([row for row, _ in found], dtype=np.int64) + 1,
        sections=tuple(sections) if any(sections) else (),
        totals=tuple(find_sentence_totals(title)),
    )


def _texts(sheet: Sheet) -> list[list[str]]:
    return [[str(cell) for cell in cells if cell is not None] for cells in sheet.cells]


def _record(match: re.Match[str]) -> Sequence[object]:
    amount = _AMOUNT.search(match["rest"])
    return match["name"].strip(), match["rest"].strip() or None, amount[0] if amount else None
