"""Single cells of the side tables: a value, and in a code what is wrong or doubtful with it."""

import datetime as dt
import math
import re
from collections.abc import Callable

import numpy as np

from evaluator.domain.fields import Field
from evaluator.intake.cells import CellError
from evaluator.intake.money import find_unit, read_money
from evaluator.intake.values import Number, fold, is_missing, read_months, read_number
from evaluator.intake.words import YES_NO
from evaluator.reference.lexicon import match_product
from evaluator.reference.products import products

Reader = Callable[[object], tuple[object, str]]
"""A cell to its value (``None`` when missing) and the code of what is wrong or doubtful ("" for nothing)."""
_MINUTES = {
    **dict.fromkeys(("小时", "个小时", "h", "hour", "hours"), 60.0),
    **dict.fromkeys(("天", "day", "days"), 1440.0),
}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?:\s*[年./-]\s*(\d{1,2})(?!\d))?")


def reader_of(form: Field, unit: str) -> Reader:
    """How cells of one column are read; ``unit`` is what stands in brackets in its heading."""
    if form.kind == "product":
        return read_product
    if form.kind == "flag":
        return _read_flag
    if form.kind == "money":
        money = find_unit(unit)
        return lambda cell: _money(cell, money.factor if money else 1.0)
    if form.key == "year":
        return lambda cell: (year, "") if (year := find_year(cell)[0]) is not None else _number(read_number(cell))
    if form.kind == "months":
        return lambda cell: _number(read_months(cell, unit=unit or "月"))
    if form.kind == "minutes":
        return lambda cell: _number(_minutes(read_number(cell), unit))
    return (lambda cell: _number(read_number(cell))) if form.is_number else read_text


def read_text(cell: object) -> tuple[object, str]:
    """A text without surplus spaces; ``None`` for placeholders."""
    if isinstance(cell, CellError):
        return None, "E_SIDE_VALUE"
    if isinstance(cell, dt.datetime):
        cell = cell.strftime("%Y-%m")
    return (None, "") if is_missing(cell) else (fold(cell), "")


def read_product(cell: object) -> tuple[object, str]:
    """A product id from an id or the words of the lexicon; unknown products are faults."""
    text, code = read_text(cell)
    if code or text is None or text in products():
        return text, code
    found = match_product(str(text))
    if found is None:
        return None, "E_SIDE_PRODUCT"
    return found.product_id, "" if found.certain else "W_SIDE_PRODUCT"


def name_product(product_id: object) -> str:
    """A product by both names, for a message in any language."""
    known = products().get(str(product_id))
    return str(product_id) if known is None else f"{known.name_zh} / {known.name_en}"


def _read_flag(cell: object) -> tuple[object, str]:
    if isinstance(cell, bool | np.bool_):
        return bool(cell), ""
    text, code = read_text(cell)
    if code or text is None:
        return None if fold(cell) != "无" else False, code
    known = YES_NO.get(str(text).lower())
    return known, "" if known is not None else "W_SIDE_FLAG"


def read_minutes(cell: object, heading: str) -> tuple[float | None, str]:
    """Minutes from a cell under a heading that may say hours."""
    hours = "小时" in heading or "hour" in heading.lower()
    value, code = _number(_minutes(read_number(cell), "小时" if hours else ""))
    return (value if isinstance(value, float) else None), code


def _minutes(number: Number, unit: str) -> Number:
    return number._replace(value=number.value * _MINUTES.get(number.unit or unit, 1.0))


def _number(number: Number) -> tuple[object, str]:
    if number.code.startswith("E_") or number.code == "W_VALUE_UNREAD":
        return None, "E_SIDE_VALUE"
    return (None, "") if math.isnan(number.value) else (float(number.value), "")


def _money(cell: object, factor: float) -> tuple[object, str]:
    money = read_money(cell, factor=factor)
    return _number(Number(money.value, money.code))


def find_year(cell: object) -> tuple[float | None, float | None]:
    """Year and month a cell names; ``None`` for what it does not."""
    if isinstance(cell, dt.date):
        return float(cell.year), float(cell.month)
    found = _YEAR.search(fold(cell)) if cell is not None else None
    if found is None:
        return None, None
    return float(found[1]), float(found[2]) if found[2] else None
