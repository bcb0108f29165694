"""Totals a list prints: total and subtotal rows, and sentences such as “26个项目,共7359万元”."""

import re
from collections.abc import Iterator, Sequence

from evaluator.intake.listing import PrintedTotal
from evaluator.intake.money import MONEY_UNITS
from evaluator.intake.values import fold

_TOTAL = re.compile(
    r"^(?:合计|总计|共计|总合计|总金额|累计|全县合计|全市合计|全区合计|grandtotal|total)(?:\(.*\))?[:：]?$"
)
_SUBTOTAL = re.compile(r"^(?:.{0,20}(?:小计|合计)|sub-?total.*)(?:\(.*\))?[:：]?$")
_SENTENCE = re.compile(
    r"(\d+)\s*个?(?:项目|project)s?[^。;]{0,30}?(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)"
    r"|(?:总投资|总资金|资金总额|共安排[^,;。\d]{0,20}|共计[^,;。\d]{0,12}|合计[^,;。\d]{0,12})\s*(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)"
)


def total_level(cells: Sequence[object]) -> str:
    """``total`` or ``subtotal`` when one of a row's first cells says so, else an empty text."""
    for cell in cells:
        if isinstance(cell, str) and len(cell) <= 30:
            text = re.sub(r"\s", "", fold(cell)).lower()
            if _TOTAL.match(text):
                return "total"
            if _SUBTOTAL.match(text):
                return "subtotal"
    return ""


def find_sentence_totals(lines: Sequence[str]) -> Iterator[PrintedTotal]:
    """Totals stated in the lines around a list."""
    for line in lines:
        for found in _SENTENCE.finditer(fold(line)):
            digits, unit = (found[2], found[3]) if found[2] else (found[4], found[5])
            amount = float(digits.replace(",", "")) * MONEY_UNITS[unit].factor
            yield PrintedTotal(0, "sentence", amount=amount, count=int(found[1]) if found[1] else None)
