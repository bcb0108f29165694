"""Months of harvest or sale, read from what a form says: "8-10", "11月至次年2月", "6、9"."""

import re
import unicodedata

_SPAN = re.compile(r"(?<!\d)(\d{1,2})\s*月?\s*(?:[-–—~～至到]|to)\s*(?:次年|翌年)?\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_ALL_YEAR = re.compile(r"全年|常年|四季|周年|all year|year.round", re.IGNORECASE)
YEAR = (1 << 12) - 1


def read_months(text: object) -> int:
    """Months a text names as bits (January is bit 0); 0 when it names none.

    A span may run over the new year. Numbers that are no month are left out.

    Examples
    --------
    >>> read_months("8-10") == 0b1110000000, read_months("11月至次年1月") == 0b110000000001, read_months(None)
    (True, True, 0)
    """
    if not isinstance(text, str):
        return 0
    plain = unicodedata.normalize("NFKC", text)
    if _ALL_YEAR.search(plain):
        return YEAR
    found = 0
    for first, last in _SPAN.findall(plain):
        found |= _span(int(first), int(last))
    for month in _MONTH.findall(_SPAN.sub(" ", plain)):
        found |= _span(int(month), int(month))
    return found


def _span(first: int, last: int) -> int:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return 0
    months = ((first - 1 + step) % 12 for step in range((last - first) % 12 + 1))
    return sum(1 << month for month in months)


def harvests_apart(one: int, other: int) -> bool:
    """Whether both name months and share none."""
    return bool(one and other and not one & other)
