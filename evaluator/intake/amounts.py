"""Money of a list: which unit and currency its numbers are in, and the amounts row by row."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.domain.fields import FIELDS, MONEY_FIELDS
from evaluator.domain.portfolio import Evidence
from evaluator.intake.cells import CellError
from evaluator.intake.columns import Column, tidy
from evaluator.intake.draft import Draft
from evaluator.intake.headings import OWN_MONEY
from evaluator.intake.listing import AnyArray, AnySeries, Listing
from evaluator.intake.money import MONEY_UNITS, WAN, YUAN, Money, MoneyUnit, find_unit_line, read_money
from evaluator.intake.numbers import map_unique, object_cells, plain_numbers, put_numbers, record_faults

YUAN_LIKELY_FROM = 5_000.0
"""Median of bare amounts from which yuan is the likelier unit; below it 10,000 yuan (real median 600,000 yuan)."""
SUSPECT_YUAN = 1e9
"""An amount above this is likelier a slip of the unit: the largest real project found was 150,000,000 yuan."""
SUSPECT_RATIO = 300.0
SLIP = 1e4
YUAN_BY_KEY = frozenset(
    {"benefit_per_household_yuan_year", "yearly_subsidy_yuan", "wage_yuan_month", "local_wage_yuan_month"}
)
"""Money so small that without a stated unit it is yuan, whatever the amounts are in."""
_SIGNS = {"元": YUAN}


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """The unit and currency a list's amounts were read in, and whether the unit was stated anywhere."""

    unit: MoneyUnit
    stated: bool


def settle_unit(listing: Listing, columns: Sequence[Column]) -> MoneyReading:
    """The list's money unit: from the amount's heading, other headings, the lines above, or the likeliest."""
    money = [c for c in columns if c.role in ("field", "part") and (c.role == "part" or c.key in MONEY_FIELDS)]
    by_rank = sorted(money, key=lambda c: (c.key != "investment_yuan", c.key != "subsidy_yuan"))
    if any(c.heading.strip() == c.key for c in money):
        return MoneyReading(YUAN, stated=True)
    for column in by_rank:
        if column.money and column.key not in YUAN_BY_KEY:
            return MoneyReading(column.money, stated=True)
    for line in listing.title:
        if unit := find_unit_line(line):
            return MoneyReading(unit, stated=True)
    amounts = next((c for c in by_rank if c.key in ("investment_yuan", "subsidy_yuan")), None)
    if amounts is None:
        return MoneyReading(WAN, stated=True)
    return _unit_of_cells(listing.cells[amounts.position])


def _unit_of_cells(cells: AnySeries) -> MoneyReading:
    read = [read_money(cell) for cell in cells.dropna() if not isinstance(cell, CellError)]
    stated = [money for money in read if money.currency]
    bare = [money.value for money in read if not money.currency and not math.isnan(money.value)]
    if stated and not bare:
        first = stated[0]
        return MoneyReading(next((u for u in _known_units() if u.name == first.unit), YUAN), stated=True)
    if not bare:
        return MoneyReading(WAN, stated=True)
    return MoneyReading(YUAN if float(np.median(bare)) >= YUAN_LIKELY_FROM else WAN, stated=False)


def _known_units() -> Iterable[MoneyUnit]:
    return MONEY_UNITS.values()


def read_money_columns(
    draft: Draft, listing: Listing, columns: Sequence[Column], reading: MoneyReading
) -> dict[str, list[int]]:
    """Amounts of every money column into the draft; answers positions by currency stated inside the cells."""
    currencies: dict[str, list[int]] = {}
    for column in columns:
        if column.role in ("field", "low", "high") and column.key in MONEY_FIELDS:
            unit = column.money or (
                YUAN
                if column.heading.strip().removesuffix("_low").removesuffix("_high") == column.key
                or column.key in YUAN_BY_KEY
                else reading.unit
            )
            _read_money_column(draft, column, listing.cells[column.position], unit, currencies)
    if "subsidy_yuan" not in draft.values:
        _sum_parts(draft, "subsidy_yuan", listing, [c for c in columns if _is_public(c)], reading)
    if not any(column.key == "investment_yuan" for column in columns):
        _sum_parts(draft, "investment_yuan", listing, [c for c in columns if c.role == "part"], reading)
    _let_the_grant_stand(draft, listing, columns)
    return currencies


def _let_the_grant_stand(draft: Draft, listing: Listing, columns: Sequence[Column]) -> None:
    """Lists that fill either an amount or a grant in a row, never both: the grant is taken, marked assumed, and said.

    A form that leaves the investment open (待定) keeps it missing.
    """
    column = next((c for c in columns if c.role == "field" and c.key == "investment_yuan"), None)
    granted, amounts = ~draft.missing("subsidy_yuan"), ~draft.missing("investment_yuan")
    if column is None or (granted & amounts).any() or not amounts.any():
        return
    alone = np.flatnonzero(granted & listing.cells[column.position].isna().to_numpy())
    if len(alone):
        draft.put("investment_yuan", alone, draft.values["subsidy_yuan"][alone], Evidence.ASSUMED)
        draft.fault("W_GRANT_AS_INVESTMENT", alone, column=column.heading)


def _read_money_column(
    draft: Draft, column: Column, cells: AnySeries, unit: MoneyUnit, currencies: dict[str, list[int]]
) -> None:
    key = column.key or ""
    numbers, open_cells = plain_numbers(cells)
    with np.errstate(over="ignore"):
        numbers = np.round(numbers * unit.factor, 4)
    raw = object_cells(cells)
    faults: dict[str, list[int]] = {}
    words = np.full(len(raw), None, dtype=object)
    for position, money in zip(
        open_cells, map_unique(raw[open_cells], lambda cell: _guarded(cell, unit.factor)), strict=True
    ):
        numbers[position] = money.value
        words[position] = money.words or None
        if money.currency and money.currency != unit.currency:
            currencies.setdefault(money.currency, []).append(int(position))
        code = money.code or ("W_UNIT_CONVERTED" if money.unit and column.money and money.unit != unit.name else "")
        if code:
            faults.setdefault(code, []).append(int(position))
        for side in ("low", "high"):
            if not math.isnan(bound := getattr(money, side)):
                draft.column(f"{key}_{side}")[position] = bound
        if key == "investment_yuan" and not math.isnan(money.subsidy) and not draft.holds("subsidy_yuan", position):
            draft.put("subsidy_yuan", position, money.subsidy, Evidence.TEXT)
            draft.quotes[int(position), "subsidy_yuan"] = money.words
    if any(word is not None for word in words):
        draft.prose.setdefault(key, words)
        draft.quotes |= {(int(p), key): str(words[p]) for p in np.flatnonzero(words != None)}  # noqa: E711
    _settle_amounts(draft, column, raw, numbers, faults)


def _guarded(cell: object, factor: float) -> Money:
    if isinstance(cell, CellError):
        return Money(code=cell.code if cell.code.startswith("E_") else "E_CELL_ERROR")
    return (
        Money(code="W_VALUE_UNREAD")
        if isinstance(cell, bool) or hasattr(cell, "year")
        else read_money(cell, factor=factor)
    )


def _settle_amounts(
    draft: Draft, column: Column, raw: AnyArray, numbers: AnyArray, faults: dict[str, list[int]]
) -> None:
    key = column.key or ""
    if key == "investment_yuan" and column.role == "field":
        zero = np.flatnonzero(numbers == 0)
        if len(zero):
            draft.fault("W_ZERO_AMOUNT", zero, column=column.heading, found=raw[zero[0]])
            numbers[zero] = math.nan
    record_faults(draft, column, raw, faults)
    put_numbers(draft, column, FIELDS[key], numbers, raw)
    if column.role == "field":
        draft.headings.setdefault(key, column.heading)


def _is_public(column: Column) -> bool:
    return column.role == "part" and not OWN_MONEY.search(tidy(column.heading.rpartition("/")[2]))


def _sum_parts(draft: Draft, key: str, listing: Listing, parts: Sequence[Column], reading: MoneyReading) -> None:
    """An amount as the sum of its printed parts: public money leaves own and social money aside."""
    total, seen = np.zeros(len(draft)), np.zeros(len(draft), dtype=bool)
    for column in parts:
        numbers, _ = plain_numbers(listing.cells[column.position])
        numbers = numbers * (column.money or reading.unit).factor
        total += np.nan_to_num(numbers)
        seen |= np.isfinite(numbers)
    if seen.any():
        draft.put(key, seen, np.round(total[seen], 4), Evidence.ASSUMED)
        if key == "investment_yuan":
            draft.fault(
                "W_AMOUNT_SUMMED",
                np.flatnonzero(seen),
                column=parts[0].heading,
                found="、".join(c.heading for c in parts),
            )


def find_slips(amounts: AnyArray) -> AnyArray:
    """Positions of amounts that fit the rest only after division by 10,000 (yuan under a 10k-yuan heading).

    Suspect: above 1e9 yuan, or at least 300 times the largest amount below a gap of 300, and plausible when divided.
    """
    known = np.flatnonzero(np.isfinite(amounts) & (amounts > 0))
    if not len(known):
        return np.zeros(0, dtype=np.int64)
    order = known[np.argsort(amounts[known])]
    ordered = amounts[order]
    jumps = np.flatnonzero(ordered[1:] >= SUSPECT_RATIO * ordered[:-1])
    if len(jumps):
        high = order[jumps[-1] + 1 :]
        low = ordered[: jumps[-1] + 1]
        fits = (
            (amounts[high] / SLIP <= 30 * low.max()) & (amounts[high] / SLIP >= low.min() / 30) & (amounts[high] > 1e8)
        )
        return np.sort(high[fits])
    return np.sort(order) if ordered[0] > SUSPECT_YUAN else np.zeros(0, dtype=np.int64)
