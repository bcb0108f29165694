"""Pure readers of numbers, counts, shares and durations as people write them.

A reader answers a ``Number``: the value, and in ``code`` what is wrong (``E_…``) or was settled (``W_…``).
Missing is NaN without a code, never 0.
"""

import math
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_MISSING = (
    "- -- --- — —— – ― / // \\ . … 无 暂无 没有 不详 未知 待定 待补充 未定 未填 空 缺 "
    "n/a na #n/a nan none null nil tbd tba unknown ? ??"
)
MISSING_WORDS = frozenset(_MISSING.split())
MULTIPLIERS = {
    "十": 10.0,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "billion": 1e9,
}
DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "半": 0.5}
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_ACCOUNTANT = re.compile(r"\(\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*\)")
_UNCLEAR = re.compile(r"\d['’‘`]\d|\d\.\d+\.\d|\d,\d{1,2}(?!\d)|\d,\d{4}|\d\.\d+,\d")
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEADING = re.compile(
    r"^(?:约|大约|近|共计?|合计|总计|计|不低于|不少于|超过?|达到?|≥|>=|>|about|approx\.?|around|up to)\s*"
)
_TRAILING = re.compile(r"(?:以上|左右|余|多|以内|及以上|\+)$")
_MEASURED = re.compile(rf"([-+]?(?:{NUMBER}))\s*(千万|百万|十万|亿|万|千|million|thousand)?\s*([^\d\s,.;%()]{{0,8}})")
_RANGE = re.compile(
    rf"({NUMBER})\s*(?:-|~|至|到|–|—)\s*({NUMBER})\s*(千万|百万|十万|亿|万|千)?\s*([^\d\s,.;%()]{{0,8}})"
)


class Number(NamedTuple):
    """A number as read: its value (NaN when missing), bounds of a range, unit words, and an issue code."""

    value: float = math.nan
    code: str = ""
    unit: str = ""
    low: float = math.nan
    high: float = math.nan


MISSING = Number()


def fold(text: object) -> str:
    """Half-width, NFKC, stripped text in which equal things look equal; whole floats lose their ``.0``."""
    if isinstance(text, float) and text.is_integer() and abs(text) < 1e15:
        text = int(text)
    return _fold_text(str(text))


@lru_cache(maxsize=1 << 16)
def _fold_text(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def is_missing(text: object) -> bool:
    """Whether a cell is empty or holds a placeholder such as ``-``, ``无``, ``待定`` or ``N/A``."""
    if text is None or (isinstance(text, float) and math.isnan(text)):
        return True
    folded = fold(text).lower()
    return not folded or folded in MISSING_WORDS


def read_chinese_number(text: str) -> float:
    """``一百二十`` as 120; NaN when the text is not a Chinese numeral."""
    total = section = digit = 0.0
    for character in text:
        if character in DIGITS:
            digit = float(DIGITS[character])
        elif character in ("十", "百", "千"):
            section += (digit or 1.0) * MULTIPLIERS[character]
            digit = 0.0
        elif character in ("万", "亿"):
            total = (total + section + digit) * MULTIPLIERS[character]
            section = digit = 0.0
        else:
            return math.nan
    return total + section + digit if text else math.nan


def _to_float(digits: str) -> float:
    return float(digits.replace(",", "").replace(" ", ""))


def _is_finite(number: Number) -> Number:
    return number if math.isfinite(number.value) else Number(code="E_NUMBER")


def read_number(cell: object) -> Number:
    """A number from a cell: thousands separators, full-width digits, 万, notes and units inside.

    ``1,320.5`` and ``1，180`` are read (``W_NUMBER_NORMALISED``); ``9'500`` and ``1.234.567,8`` are unclear
    (``E_NUMBER``); ``(60)`` is an accountant's −60; ``3-5`` gives bounds and their middle (``W_RANGE_READ``).
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return Number() if math.isnan(cell) else _is_finite(Number(float(cell)))
    if is_missing(cell):
        return MISSING
    text = fold(cell).lower()
    if text.lstrip("+-") in ("inf", "infinity", "∞"):
        return Number(code="E_NUMBER")
    if _PLAIN.fullmatch(text):
        return _is_finite(Number(float(text)))
    if _THOUSANDS.fullmatch(text):
        return Number(_to_float(text), "W_NUMBER_NORMALISED")
    if negative := _ACCOUNTANT.fullmatch(text):
        return Number(-_to_float(negative[1]))
    return _read_measured(text)


def _read_measured(text: str) -> Number:
    bare = _LEADING.sub("", _NOTE.sub("", text).strip())
    bare = _TRAILING.sub("", bare)
    if _UNCLEAR.search(bare):
        return Number(code="E_NUMBER")
    if span := _RANGE.fullmatch(bare):
        scale = MULTIPLIERS.get(span[3] or "", 1.0)
        low, high = sorted((_to_float(span[1]) * scale, _to_float(span[2]) * scale))
        return Number((low + high) / 2, "W_RANGE_READ", span[4] or "", low, high)
    if measured := _MEASURED.fullmatch(bare):
        return Number(
            _to_float(measured[1]) * MULTIPLIERS.get(measured[2] or "", 1.0),
            "W_UNIT_CONVERTED" if measured[3] or measured[2] else "W_NUMBER_NORMALISED",
            _TRAILING.sub("", measured[3] or ""),
        )
    spoken = re.match(r"[零〇一二三四五六七八九十百千万亿两半]+", bare)
    if spoken and not math.isnan(value := read_chinese_number(spoken[0])):
        return Number(value, "W_UNIT_CONVERTED", bare[spoken.end() :][:8])
    return Number(code="E_NUMBER" if re.search(r"\d", bare) else "W_VALUE_UNREAD")


def read_count(cell: object) -> Number:
    """A whole number of things; ``E_NOT_INTEGER`` when it is not whole."""
    number = read_number(cell)
    if number.code.startswith("E_") or math.isnan(number.value) or not math.isnan(number.low):
        return number
    whole = round(number.value)
    if abs(number.value - whole) > 1e-6 * max(1.0, abs(number.value)):
        return number._replace(value=math.nan, code="E_NOT_INTEGER")
    return number._replace(value=float(whole))


_TENTHS = re.compile(r"([一二三四五六七八九\d])成([一二三四五六七八九半\d])?")


def read_share(cell: object, *, is_percent: bool = False) -> Number:
    """A share 0–1 from ``85%``, ``0.85``, ``八成五``; a bare ``85`` is read as 85 % and doubted."""
    text = fold(cell).lower() if isinstance(cell, str) else ""
    if tenths := _TENTHS.search(text):
        first, second = (float(DIGITS.get(d, d)) if d else 0.0 for d in (tenths[1], tenths[2]))
        return Number(first / 10 + (0.05 if tenths[2] == "半" else second / 100), "W_UNIT_CONVERTED")
    if text.endswith("%") or "%" in text:
        number = read_number(re.sub(r"%.*", "", text))
        return number._replace(
            value=number.value / 100,
            low=number.low / 100,
            high=number.high / 100,
            code="" if number.code == "W_NUMBER_NORMALISED" else number.code,
        )
    number = read_number(cell)
    if is_percent or not 1 < number.value <= 100:
        return number
    return number._replace(value=number.value / 100, code="W_PERCENT_SUSPECT")


MONTHS_PER_UNIT = {
    "年": 12.0,
    "周年": 12.0,
    "year": 12.0,
    "years": 12.0,
    "个月": 1.0,
    "月": 1.0,
    "month": 1.0,
    "months": 1.0,
    "季度": 3.0,
    "个季度": 3.0,
    "季": 3.0,
    "半月": 0.5,
    "周": 7 / 30.4375,
    "星期": 7 / 30.4375,
    "week": 7 / 30.4375,
    "weeks": 7 / 30.4375,
    "天": 1 / 30.4375,
    "日": 1 / 30.4375,
    "个工作日": 1 / 21.75,
    "工作日": 1 / 21.75,
    "day": 1 / 30.4375,
    "days": 1 / 30.4375,
    "日历天": 1 / 30.4375,
}
_SPOKEN_DURATIONS = {"半月": 0.5, "半个月": 0.5, "半年": 6.0, "一年半": 18.0, "两年半": 30.0, "长期": math.nan}


def read_months(cell: object, *, unit: str = "月") -> Number:
    """A duration in months from ``12个月``, ``半月``, ``20年``, ``180天`` or a bare number in ``unit``."""
    if isinstance(cell, str) and (spoken := _SPOKEN_DURATIONS.get(fold(cell))) is not None:
        return Number(spoken, "W_UNIT_CONVERTED")
    number = read_number(cell)
    factor = MONTHS_PER_UNIT.get(number.unit or unit, math.nan)
    if number.unit and math.isnan(factor):
        return Number(code="W_VALUE_UNREAD")
    return number._replace(value=number.value * factor, low=number.low * factor, high=number.high * factor)


def read_years(cell: object, *, unit: str = "年") -> Number:
    """A duration in years; see ``read_months``."""
    number = read_months(cell, unit=unit)
    return number._replace(value=number.value / 12, low=number.low / 12, high=number.high / 12)
