"""Readers of money: an amount with its unit and currency, whether it stands in a cell, a heading or a title."""

import math
import re
from typing import NamedTuple

from evaluator.intake.values import NUMBER, Number, fold, is_missing, read_number


class MoneyUnit(NamedTuple):
    """A unit of money: how many of the currency it holds, and how it is called in a reading."""

    factor: float
    currency: str
    name: str


UNIT_WORDS = {
    "yuan": "元 (yuan)",
    "10k yuan": "万元 (10,000 yuan)",
    "1k yuan": "千元 (1,000 yuan)",
    "100m yuan": "亿元 (10⁸ yuan)",
}
"""Units of money as both languages show them."""
YUAN = MoneyUnit(1.0, "CNY", "yuan")
WAN = MoneyUnit(1e4, "CNY", "10k yuan")
MONEY_UNITS: dict[str, MoneyUnit] = {
    "亿元": MoneyUnit(1e8, "CNY", "100m yuan"),
    "亿": MoneyUnit(1e8, "CNY", "100m yuan"),
    "千万元": MoneyUnit(1e7, "CNY", "10m yuan"),
    "百万元": MoneyUnit(1e6, "CNY", "1m yuan"),
    "百万": MoneyUnit(1e6, "CNY", "1m yuan"),
    "万元": WAN,
    "万": WAN,
    "万圆": WAN,
    "万人民币": WAN,
    "10kyuan": WAN,
    "10000yuan": WAN,
    "wan": WAN,
    "wanyuan": WAN,
    "千元": MoneyUnit(1e3, "CNY", "1k yuan"),
    "元": YUAN,
    "圆": YUAN,
    "yuan": YUAN,
    "rmb": YUAN,
    "cny": YUAN,
    "人民币": YUAN,
    "¥": YUAN,
    "php": MoneyUnit(1.0, "PHP", "PHP"),
    "₱": MoneyUnit(1.0, "PHP", "PHP"),
    "p": MoneyUnit(1.0, "PHP", "PHP"),
    "pesos": MoneyUnit(1.0, "PHP", "PHP"),
    "peso": MoneyUnit(1.0, "PHP", "PHP"),
    "usd": MoneyUnit(1.0, "USD", "USD"),
    "us$": MoneyUnit(1.0, "USD", "USD"),
    "$": MoneyUnit(1.0, "USD", "USD"),
    "美元": MoneyUnit(1.0, "USD", "USD"),
    "万美元": MoneyUnit(1e4, "USD", "10k USD"),
    "eur": MoneyUnit(1.0, "EUR", "EUR"),
    "€": MoneyUnit(1.0, "EUR", "EUR"),
    "欧元": MoneyUnit(1.0, "EUR", "EUR"),
    "vnd": MoneyUnit(1.0, "VND", "VND"),
    "idr": MoneyUnit(1.0, "IDR", "IDR"),
    "inr": MoneyUnit(1.0, "INR", "INR"),
    "₹": MoneyUnit(1.0, "INR", "INR"),
    "港元": MoneyUnit(1.0, "HKD", "HKD"),
    "港币": MoneyUnit(1.0, "HKD", "HKD"),
}
_SUFFIX = r"万美元|美元|欧元|港元|港币|亿元|千万元|百万元|万元|千元|万|亿|元|yuan|rmb|cny|pesos?|php|usd|eur"
_PREFIX = r"us\$|php\.?|₱|p(?=\s*\d)|usd|\$|rmb|cny|¥|€|eur|vnd|idr|inr|₹"
_SCALE = r"million|thousand|billion|m(?![a-z])|k(?![a-z])"
_BEFORE = re.compile(rf"({_PREFIX})\s*({NUMBER})\s*({_SCALE})?")
_AFTER = re.compile(
    rf"({NUMBER})\s*({_SCALE})?\s*({_SUFFIX})(?!\s*[/每](?:亩|户|人|头|只|年|月|天|米|平|座|棚|吨|斤|公斤|株|羽|箱|村|个))"
)
_BETWEEN = re.compile(rf"({NUMBER})\s*(?:-|~|至|到|–|—)\s*({NUMBER})\s*({_SUFFIX})")
_SCALES = {"million": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3, "billion": 1e9}
_WHOLE = re.compile(
    r"(?:总投资|总资金|总金额|总规模|总概算|共计|合计|总计|共|投资|计划|规模|金额|概算|预算|安排|"
    r"total|cost|budget)[^,;。\d]{0,12}$"
)
_PART = re.compile(r"(?:其中|含|包括|资金来源|of which|including)")
_FUND = re.compile(
    r"(?:中央|省级?|市级?|县级?|区级?|财政|衔接|自筹|社会|企业|银行|整合|补助|配套|结余|东西部|对口|"
    r"彩票|其他|部)[^,;。\d]{0,24}$"
)
_UNIT_LINE = re.compile(
    r"(?:金额|货币|资金|投资|计量)?单位\s*[::]\s*(?:人民币)?\s*([^\s,;。)\]]{1,6})|\(\s*单位\s*[::]?\s*([^)]{1,6})\)"
)


class Money(NamedTuple):
    """An amount in ``currency`` (``""``: as the column), its unit as read, its words and an issue code."""

    value: float = math.nan
    currency: str = ""
    code: str = ""
    unit: str = ""
    words: str = ""
    subsidy: float = math.nan
    low: float = math.nan
    high: float = math.nan


def find_unit(text: str) -> MoneyUnit | None:
    """The money unit a bracket or unit line names exactly, e.g. ``万元``, ``Php``; ``None`` when it is none."""
    return MONEY_UNITS.get(fold(text).lower().replace(" ", "").rstrip("."))


def find_unit_line(text: str) -> MoneyUnit | None:
    """The unit a title line states, as in ``单位:万元``."""
    for line in _UNIT_LINE.finditer(fold(text)):
        named = line[1] or line[2] or ""
        for length in range(len(named), 0, -1):
            if unit := find_unit(named[:length]):
                return unit
    return None


class _Amount(NamedTuple):
    value: float
    currency: str
    unit: str
    start: int
    end: int


def _find_amounts(text: str) -> list[_Amount]:
    found = [
        _Amount(
            _amount(m[2]) * _SCALES.get(m[3] or "", 1.0),
            MONEY_UNITS[m[1].rstrip(".")].currency,
            MONEY_UNITS[m[1].rstrip(".")].name,
            m.start(),
            m.end(),
        )
        for m in _BEFORE.finditer(text)
    ]
    taken = [(a.start, a.end) for a in found]
    for m in _AFTER.finditer(text):
        if not any(start < m.end() and m.start() < end for start, end in taken):
            unit = MONEY_UNITS[m[3]]
            scale = _SCALES.get(m[2] or "", 1.0)
            found.append(_Amount(_amount(m[1]) * scale * unit.factor, unit.currency, unit.name, m.start(), m.end()))
    return sorted(found, key=lambda amount: amount.start)


def _amount(digits: str) -> float:
    return float(digits.replace(",", ""))


_NEGATIVE = re.compile(r"^-\s*\d|^[-]\s*[¥₱$]")


def read_money(cell: object, *, factor: float = 1.0) -> Money:
    """An amount of money from a cell in a column whose bare numbers count ``factor``.

    ``20万元`` is 200,000 whatever the column says; ``10(其中,灾情因素6万元)`` is 10 of the column's unit; of several
    amounts the stated whole is taken, else equal fund shares are summed (``W_AMOUNT_SUMMED``).
    """
    if is_missing(cell):
        return Money()
    if not isinstance(cell, str):
        return _bare(read_number(cell), factor)
    text = fold(cell).lower()
    outside = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), text)
    bare = read_number(outside) if outside.strip() else read_number(text)
    if not bare.unit and bare.code in ("", "W_NUMBER_NORMALISED", "W_RANGE_READ") and not math.isnan(bare.value):
        scaled = _bare(bare, factor)
        return scaled._replace(words=cell) if outside != text else scaled
    if between := _BETWEEN.fullmatch(outside.strip()):
        unit = MONEY_UNITS[between[3]]
        low, high = sorted(_amount(digits) * unit.factor for digits in between.groups()[:2])
        return Money((low + high) / 2, unit.currency, "W_RANGE_READ", unit.name, cell, low=low, high=high)
    amounts = _find_amounts(outside) or _find_amounts(text)
    if not amounts:
        return Money(code=bare.code if bare.code.startswith("E_") or math.isnan(bare.value) else "E_NUMBER")
    if _NEGATIVE.match(text):
        return Money(-amounts[0].value, amounts[0].currency, "", amounts[0].unit, cell)
    return _choose_amount(text, amounts, cell)


def _bare(number: Number, factor: float) -> Money:
    return Money(number.value * factor, "", number.code, low=number.low * factor, high=number.high * factor)


def _choose_amount(text: str, amounts: list[_Amount], cell: str) -> Money:
    subsidy = next(
        (a.value for a in amounts if re.search(r"(?:财政|衔接|补助)[^,;。\d]{0,20}$", text[: a.start])), math.nan
    )
    first = amounts[0]
    whole = next((a for a in amounts if _WHOLE.search(text[: a.start]) and not _FUND.search(text[: a.start])), None)
    if len(amounts) == 1 or whole is not None or _PART.search(text):
        chosen = whole or first
        return Money(chosen.value, chosen.currency, "", chosen.unit, cell, subsidy if len(amounts) > 1 else math.nan)
    if all(_FUND.search(text[: a.start]) for a in amounts):
        return Money(sum(a.value for a in amounts), first.currency, "W_AMOUNT_SUMMED", first.unit, cell, subsidy)
    return Money(first.value, first.currency, "W_AMOUNT_CHOSEN", first.unit, cell)
