"""Readers of dates and periods as published lists write them; months are what counts, days are dropped."""

import datetime as dt
import re
from calendar import monthrange
from typing import NamedTuple

import pandas as pd

from evaluator.intake.values import fold, is_missing, read_months

FIRST_SERIAL, LAST_SERIAL = 20_000, 73_050  # 1954 and 2099 as spreadsheet serial numbers
_EPOCH = dt.datetime(1899, 12, 30)
_YEAR = r"((?:19|20)\d{2})"
_ISO = re.compile(rf"{_YEAR}-(\d{{2}})(?:-(\d{{2}})(?:[ t]\d{{2}}:\d{{2}}(?::\d{{2}})?)?)?")
_FULL = re.compile(rf"{_YEAR}\s*([年./-])\s*(\d{{1,2}})\s*[月./-]\s*(\d{{1,2}})日?(?:[ t].*)?")
_SPAN_IN_YEAR = re.compile(
    rf"{_YEAR}\s*[年./]\s*(\d{{1,2}})月?(?:\d{{1,2}}日)?\s*(?:至|到|-|~|—|–|--)\s*(\d{{1,2}})(?:月|(?![\d./年]))"
)
_TOKEN = re.compile(
    rf"{_YEAR}\s*(?:年\s*(?:(\d{{1,2}})\s*(?:月(?:\s*\d{{1,2}}\s*[日号])?|(?=\s*(?:至|到|-|~|—|–|底|初|末|$)))|(第?[一二三四1-4]季度|上半年|下半年|年?[底末]|初)|度)?"
    r"|([./-])\s*(\d{1,2})(?:\4\d{1,2})?(?!\d))?"
)
_COMPACT = re.compile(rf"{_YEAR}(0[1-9]|1[0-2])(?:[0-3]\d)?")
_WESTERN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})")
_MONTH_NAMES = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_ENGLISH = re.compile(rf"\b({'|'.join(_MONTH_NAMES)})[a-z]*\.?\s*(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR}\b")
_PARTS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "底": (12, 12),
    "末": (12, 12),
    "年底": (12, 12),
    "年末": (12, 12),
    "初": (1, 1),
}


class Date(NamedTuple):
    """A month as read; ``value`` is its first day, ``code`` what was settled or is wrong."""

    value: dt.datetime | None = None
    code: str = ""


class Period(NamedTuple):
    """Start and end months of a period and, when only a length is said, its months."""

    start: dt.datetime | None = None
    end: dt.datetime | None = None
    months: float | None = None
    code: str = ""


def _month(year: str | int, month: str | int) -> dt.datetime | None:
    return dt.datetime(int(year), int(month), 1) if 1 <= int(month) <= 12 else None


def _is_day(year: str, month: str, day: str) -> bool:
    """Whether the calendar has this day (there is no 30 February)."""
    return 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(int(year), int(month))[1]


def _part_months(part: str) -> tuple[int, int]:
    if part.endswith("季度"):
        quarter = "一二三四".find(part[-3]) + 1 or int(part[-3])
        return 3 * quarter - 2, 3 * quarter
    return _PARTS[part]


def _spans(text: str) -> list[tuple[dt.datetime | None, dt.datetime | None]]:
    if english := [_month(token[2], _MONTH_NAMES[token[1]]) for token in _ENGLISH.finditer(text)]:
        return [(month, month) for month in english]
    spans = []
    for token in _TOKEN.finditer(text):
        year, month, part, _, other = token.groups()
        first, last = _part_months(part) if part else (month or other or 1, month or other or 12)
        spans.append((_month(year, first), _month(year, last)))
    return spans


def _from_number(number: float) -> Date:
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        day = _EPOCH + dt.timedelta(days=int(number))
        return Date(_month(day.year, day.month), "W_DATE_NORMALISED")
    year, fraction = int(number), round((number - int(number)) * 100)
    if 1990 <= year <= 2099:
        month = fraction // 10 if fraction % 10 == 0 and fraction >= 20 else fraction
        month = month // 10 if month == 10 and fraction == 10 else month
        return Date(_month(year, month or 1), "W_DATE_NORMALISED")
    if compact := _COMPACT.fullmatch(str(year)):
        return Date(_month(compact[1], compact[2]), "W_DATE_NORMALISED")
    return Date(code="E_DATE")


def read_date(cell: object, *, is_end: bool = False) -> Date:
    """The month a cell names; a year alone is its January, or its December when ``is_end``.

    ``03/04/2024`` may be March or April (``E_DATE_AMBIGUOUS``); spreadsheet serial numbers are dates.
    """
    if cell is pd.NaT or is_missing(cell):
        return Date()
    if isinstance(cell, dt.datetime):
        return Date(_month(cell.year, cell.month))
    if isinstance(cell, (int, float)):
        return _from_number(float(cell))
    text = fold(cell).lower()
    if (full := _FULL.fullmatch(text)) and not _is_day(full[1], full[3], full[4]):
        return Date(code="E_DATE")
    if (iso := _ISO.fullmatch(text)) and (value := _month(iso[1], iso[2])):
        return Date(value)
    if western := _WESTERN.fullmatch(text):
        return _read_western(int(western[1]), int(western[2]), western[3])
    if compact := _COMPACT.fullmatch(text):
        return Date(_month(compact[1], compact[2]), "W_DATE_NORMALISED")
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_number(float(text))
    for first, last in _spans(text):
        if first and last:
            return Date(last if is_end else first, "W_DATE_NORMALISED")
    return Date(code="E_DATE" if re.search(r"\d", text) else "W_VALUE_UNREAD")


def _read_western(first: int, second: int, year: str) -> Date:
    if first <= 12 and second <= 12 and first != second:
        return Date(code="E_DATE_AMBIGUOUS")
    value = _month(year, second if first > 12 else first)
    return Date(value, "W_DATE_NORMALISED") if value else Date(code="E_DATE")


def read_period(cell: object, *, unit: str = "") -> Period:
    """Start and end from ``2024年6月到12月``, ``2024/06-2024/12``, ``2024年``; or a length from ``12个月``."""
    if isinstance(cell, dt.datetime):
        return Period(end=read_date(cell).value)
    if is_missing(cell):
        return Period()
    text = fold(cell).lower()
    if inside := _SPAN_IN_YEAR.search(text):
        return Period(_month(inside[1], inside[2]), _month(inside[1], inside[3]))
    spans = _spans(text)
    if spans and all(first and last for first, last in spans):
        start, end = spans[0][0], spans[-1][1]
        if len(spans) == 1 and re.search(r"(?:前|止|完成|完工|竣工|底)\s*$", text):
            start = None
        return Period(start, end)
    if compact := _COMPACT.findall(text):
        return Period(_month(*compact[0]), _month(*compact[-1]))
    length = read_months(text, unit=unit or "?")
    return Period(months=length.value) if length.value == length.value else Period(code="W_VALUE_UNREAD")
