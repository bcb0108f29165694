"""Policy tests of a whole list: found, needed, and whether it passes, fails or cannot be told, by year and place.

Every test is a setting with its source; none is claimed as law. What is not stated widens what was found: a project
without an amount may have any from nothing to the largest of the list, and the test cannot be told where that decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluator.balance.ledger import Ledger
from evaluator.domain.settings import BalanceSettings
from evaluator.reference.places import counties

Array = NDArray[np.float64]

TESTS = (
    "industry_share", "industry_share_xizang", "industry_share_inner_mongolia", "industry_share_shaanxi",
    "fee_share", "linked_share", "long_share", "flagged_share", "product_share",
)  # fmt: skip
CEILINGS = ("fee_share", "flagged_share", "product_share")
RESULTS = ("pass", "fail", "cannot_tell", "not_here")
EVERYWHERE = ("", "全国")
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """One policy test on one list.

    Attributes
    ----------
    key
        The setting that switches it.
    result
        ``pass``, ``fail``, ``cannot_tell``, or ``not_here`` for another place's rule.
    found, low, high
        The share met, by what is stated, and the least and most it can be; NaN where nothing is known.
    needed, ceiling
        The bound, and whether it is a most instead of a least.
    missing
        Projects whose unstated amount, kind, link or horizon widens the range.
    """

    key: str
    result: str
    found: float
    low: float
    high: float
    needed: float
    ceiling: bool
    missing: tuple[str, ...]
    year: int
    place: str
    source: str


def hold_policies(ledger: Ledger, *, settings: BalanceSettings, place_codes: Iterable[str]) -> tuple[PolicyTest, ...]:
    """Hold every policy test that is on against a list; ``place_codes`` are the six-digit codes of its counties."""
    here = _names_of(place_codes)
    return tuple(_test(key, ledger, settings, here) for key in TESTS if getattr(settings, key))


def share_range(amount: Array, member: Array, *, counted: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Share of the amounts of members among the counted rows: by what is stated, at the least, at the most.

    Parameters
    ----------
    amount
        (n,) NaN where not stated: then from 0 to the largest stated one.
    member
        (n,) 1 yes, 0 no, NaN not known.
    """
    stated = counted & ~np.isnan(amount)
    most = float(amount[stated].max()) if stated.any() else np.nan
    if not most > 0:
        return np.nan, np.nan, np.nan
    sure = stated & ~np.isnan(member)
    whole = float(amount[sure].sum())
    point = float(amount[sure & (member == 1)].sum() / whole) if whole > 0 else np.nan
    low = _end(amount, member == 1, counted, most, most_inside=False)
    high = _end(amount, member != 0, counted, most, most_inside=True)
    return point, low, high


def _end(
    amount: Array, inside: NDArray[np.bool_], counted: NDArray[np.bool_], most: float, *, most_inside: bool
) -> float:
    filled = np.where(np.isnan(amount), np.where(inside == most_inside, most, 0.0), amount)
    whole = float(filled[counted].sum())
    return float(filled[counted & inside].sum() / whole) if whole > 0 else np.nan


def _test(key: str, ledger: Ledger, settings: BalanceSettings, here: frozenset[str]) -> PolicyTest:
    ceiling = key in CEILINGS
    needed = float(getattr(settings, f"{key}_{'most' if ceiling else 'least'}"))
    amount, member, counted = _read(key, ledger, settings)
    found, low, high = share_range(amount, member, counted=counted)
    place = str(getattr(settings, f"{key}_place"))
    applies = place in EVERYWHERE or any(place.startswith(name) or name.startswith(place) for name in here)
    open_rows = counted & (np.isnan(amount) | np.isnan(member))
    return PolicyTest(
        key=key,
        result=_judge(low, high, needed, ceiling) if applies else "not_here",
        found=found,
        low=low,
        high=high,
        needed=needed,
        ceiling=ceiling,
        missing=tuple(str(i) for i in ledger.ids[open_rows]),
        year=int(getattr(settings, f"{key}_year")),
        place=place,
        source=BalanceSettings.__dataclass_fields__[key].metadata["rule"].source,
    )


def _judge(low: float, high: float, needed: float, ceiling: bool) -> str:
    if np.isnan(low) or np.isnan(high):
        return "cannot_tell"
    least, most = low >= needed - _SLACK, high < needed - _SLACK
    if ceiling:
        least, most = high <= needed + _SLACK, low > needed + _SLACK
    return "pass" if least else "fail" if most else "cannot_tell"


def _read(key: str, ledger: Ledger, settings: BalanceSettings) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Amounts, membership and the rows that count, for one test."""
    kind, n = ledger.groups["kind"], len(ledger)
    everything = np.ones(n, dtype=bool)
    if key.startswith("industry_share"):
        return ledger.amount, (kind == "industry").astype(float), everything
    if key == "fee_share":
        return ledger.amount, ledger.fee.astype(float), everything
    if key == "linked_share":
        return np.ones(n), ledger.linked, np.asarray(kind == "industry", dtype=bool)
    if key == "long_share":
        with np.errstate(invalid="ignore"):
            long = np.where(np.isnan(ledger.years), np.nan, (ledger.years > settings.long_years).astype(float))
        return ledger.amount, long, ledger.scored
    if key == "flagged_share":
        open_level = (ledger.level == "cannot_judge") | (ledger.level == "")
        return ledger.amount, np.where(open_level, np.nan, (ledger.level == "flag").astype(float)), ledger.scored
    return ledger.amount, _largest_product(ledger), ledger.scored


def _largest_product(ledger: Ledger) -> Array:
    """Whether each row makes the product with most funds; NaN where the product is not known."""
    held = np.where(ledger.typed, ledger.weight, 0.0)
    by_type = np.bincount(ledger.types.row_class, weights=held, minlength=len(ledger.types.bucket))
    largest = int(by_type.argmax()) if by_type.size else -1
    return np.where(ledger.typed, (ledger.types.row_class == largest).astype(float), np.nan)


def _names_of(place_codes: Iterable[str]) -> frozenset[str]:
    """Province, province with prefecture, and full name of each county."""
    known = [counties()[code] for code in place_codes if code in counties()]
    return frozenset(
        name
        for county in known
        for name in (county.province_zh, f"{county.province_zh}{county.prefecture_zh}{county.name_zh}")
    ) | frozenset(f"{county.province_zh}{county.name_zh}" for county in known)
