"""Every fault of a list at once: printed totals, unit slips, missing amounts, doubles, contradictions."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluator.domain.portfolio import Evidence
from evaluator.intake.amounts import SLIP, MoneyReading, find_slips
from evaluator.intake.columns import Column
from evaluator.intake.contradictions import find_contradictions
from evaluator.intake.draft import Draft
from evaluator.intake.duplicates import find_copied_texts, find_duplicates, find_pooled
from evaluator.intake.listing import Listing, PrintedTotal, issue
from evaluator.intake.money import UNIT_WORDS, YUAN, read_money

TINY_YUAN = 1_000.0
"""Amounts all below this under a heading of yuan are likelier 10,000 yuan."""


def check_draft(
    draft: Draft, listing: Listing, columns: Sequence[Column], money: MoneyReading
) -> tuple[float | None, float | None]:
    """Check a whole draft; answers the sum of its rows and the total the list prints, in its currency."""
    _check_missing_amounts(draft, listing, columns)
    total = _sum(draft)
    if not money.stated and total is not None:
        other = total * SLIP if money.unit.factor == 1 else total / SLIP
        draft.issues.append(
            issue(
                "W_UNIT_ASSUMED",
                sheet=draft.sheet,
                column=draft.headings.get("investment_yuan", ""),
                unit=UNIT_WORDS.get(money.unit.name, money.unit.name),
                total=total,
                other_total=other,
            )
        )
    control = _check_totals(draft, listing, columns, money)
    find_contradictions(draft)
    find_duplicates(draft)
    find_pooled(draft)
    find_copied_texts(draft)
    return total, control


def _sum(draft: Draft) -> float | None:
    amounts = np.asarray(draft.column("investment_yuan")[~draft.left_out], dtype=float)
    return round(float(np.nansum(amounts)), 4) if np.isfinite(amounts).any() else None


def settle_slips(draft: Draft, columns: Sequence[Column], money: MoneyReading) -> None:
    """Amounts 10,000 times the rest are read in the likelier unit and said so with both totals."""
    if money.unit.currency != "CNY" or "investment_yuan" not in draft.values:
        return
    column = next((c for c in columns if c.key == "investment_yuan" and c.role == "field"), None)
    heading = column.heading if column else ""
    amounts = np.asarray(draft.column("investment_yuan"), dtype=float)
    slips = [
        p
        for p in find_slips(np.where(draft.left_out, np.nan, amounts))
        if draft.evidence_of("investment_yuan")[p] is Evidence.GIVEN
    ]
    factor = 1 / SLIP
    if not slips and column is not None and money.unit == YUAN and money.stated and heading.strip() != column.key:
        known = np.flatnonzero(np.isfinite(amounts))
        slips, factor = (list(known), SLIP) if len(known) >= 2 and amounts[known].max() < TINY_YUAN else ([], factor)
    if not slips:
        return
    before = float(np.nansum(amounts))
    found = amounts[slips[0]]
    draft.put("investment_yuan", slips, np.round(amounts[slips] * factor, 4), Evidence.ASSUMED)
    after = float(np.nansum(np.asarray(draft.column("investment_yuan"), dtype=float)))
    draft.fault(
        "W_UNIT_SUSPECT",
        slips,
        column=heading,
        found=f"{found / money.unit.factor:g}",
        unit=UNIT_WORDS.get(money.unit.name, money.unit.name),
        total=after,
        other_total=before,
    )


def _check_missing_amounts(draft: Draft, listing: Listing, columns: Sequence[Column]) -> None:
    heading = draft.headings.get("investment_yuan", "")
    for (position, column), count in listing.bundled.items():
        if any(c.position == column and c.key == "investment_yuan" for c in columns):
            draft.fault(
                "W_AMOUNT_BUNDLE",
                [position],
                column=listing.headings[column],
                found=listing.cells.iat[position, column],
                rows=draft.name_rows(range(position, min(position + count, len(draft)))),
            )
    missing = np.flatnonzero(draft.missing("investment_yuan") & ~draft.left_out)
    if len(missing):
        draft.fault("W_MISSING_VALUE", missing, column=heading or "investment_yuan", field="investment_yuan")


def _check_totals(draft: Draft, listing: Listing, columns: Sequence[Column], money: MoneyReading) -> float | None:
    """Compare every printed total with the rows it adds up; answers the list's own total."""
    column = next((c for c in columns if c.key == "investment_yuan" and c.role == "field"), None)
    factor = ((column.money if column else None) or money.unit).factor
    control: float | None = None
    subtotals: list[tuple[PrintedTotal, float]] = []
    for printed in listing.totals:
        amount = _printed_amount(printed, column, factor)
        if amount is None:
            continue
        if printed.level == "total":
            control = amount
        elif printed.level == "subtotal":
            subtotals.append((printed, amount))
        elif control is None and printed.count is not None:
            control = amount
    for printed, amount in subtotals:
        _check_subtotal(draft, printed, amount, subtotals)
    total = _sum(draft)
    if control is not None and total is not None:
        code = "N_TOTAL_MET" if _meets(total, control) else "W_TOTAL_DIFFERS"
        row = next((printed.row for printed in listing.totals if printed.level == "total"), None)
        draft.issues.append(
            issue(
                code,
                sheet=draft.sheet,
                row=row,
                column=column.heading if column else "",
                total=total,
                control_total=control,
                difference=round(total - control, 4),
            )
        )
    return control


def _printed_amount(printed: PrintedTotal, column: Column | None, factor: float) -> float | None:
    if printed.amount is not None:
        return printed.amount
    if column is None:
        return None
    value = read_money(printed.cells.get(column.position), factor=factor).value
    return None if math.isnan(value) else round(value, 4)


def _check_subtotal(
    draft: Draft, printed: PrintedTotal, amount: float, subtotals: Sequence[tuple[PrintedTotal, float]]
) -> None:
    """A subtotal stands below the rows it adds up, or above them."""
    later = [
        other.first if other.first > printed.last else other.last for other, _ in subtotals if other.row > printed.row
    ]
    spans = [
        (printed.first, printed.last),
        (printed.last, min((end for end in later if end > printed.last), default=len(draft))),
    ]
    sums = [_sum_of(draft, first, last) for first, last in spans]
    if not any(_meets(total, amount) for total in sums) and sums[0]:
        draft.issues.append(
            issue(
                "W_SUBTOTAL_DIFFERS",
                sheet=draft.sheet,
                row=printed.row,
                total=sums[0],
                control_total=amount,
                difference=round(sums[0] - amount, 4),
            )
        )


def _sum_of(draft: Draft, first: int, last: int) -> float:
    amounts = np.asarray(draft.column("investment_yuan"), dtype=float)
    rows = np.arange(len(draft))
    return round(float(np.nansum(amounts[(rows >= first) & (rows < last) & ~draft.left_out])), 4)


def _meets(total: float, printed: float) -> bool:
    return abs(total - printed) <= max(1.0, 1e-6 * abs(printed)) if not pd.isna(printed) else False
