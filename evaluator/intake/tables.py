"""The side tables: places, markets, prices and vacancies from csv, xlsx or a DataFrame, with every fault named."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluator.domain.markets import MINUTES_PREFIX, Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.table_fields import MARKET_FIELDS, PLACE_FIELDS, PRICE_FIELDS, VACANCY_FIELDS
from evaluator.intake.form_cells import find_year, name_product, read_minutes
from evaluator.intake.forms import FormDraft, Source, read_form
from evaluator.intake.place_lists import read_lists
from evaluator.intake.values import fold, is_missing
from evaluator.reference.places import find_county

PRICE_JUMP = 20.0
"""A price this many times its product's median (or under one part of it) is doubted: likely another unit."""
LEAST_TREND_YEARS = 4
_MINUTES_HEADING = re.compile(r"minute|分钟|小时|hour|车程|路程", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)[1-9]\d{5}(?!\d)")


def read_places(source: Source, *, file_name: str | None = None) -> Places:
    """Read counties: climate, neighbours, households, output, processors, brands.

    Returns the table with its ``issues``. Raises ``TableError`` when the file cannot be read or is no such table.
    """
    draft = read_form(source, PLACE_FIELDS, file_name=file_name)
    settled = [_settle_code(text) for text in draft.frame["place_code"]]
    draft.frame["place_code"] = pd.Series(settled, index=draft.frame.index, dtype=object)
    unknown = {at for at, code in enumerate(settled) if code is None}
    for at in sorted(unknown):
        draft.fault("E_SIDE_PLACE", at, "place_code", draft.cells["place_code"][at])
    draft.drop(unknown)
    _drop_doubles(draft, ("place_code",))
    read_lists(draft)
    return Places(draft.frame.set_index("place_code"), draft.told())


def read_markets(source: Source, *, file_name: str | None = None) -> Markets:
    """Read markets and buyers; columns such as ``minutes_513423`` or ``到513423分钟`` give the time from a county.

    Returns the table with its ``issues``. Raises ``TableError`` when the file cannot be read or is no such table.
    """
    draft = read_form(source, MARKET_FIELDS, file_name=file_name)
    _read_minutes(draft)
    ids = draft.frame["market_id"]
    made = pd.Series([f"M{row}" for row in draft.rows], index=ids.index, dtype=object)
    names = draft.frame["name"]
    draft.frame["market_id"] = ids.where(ids.notna(), names.where(names.notna(), made))
    _drop_doubles(draft, ("market_id", "product"))
    heading_unit = draft.units.get("yearly_demand") or draft.units.get("supplied_elsewhere")
    units = draft.frame["unit"]
    draft.frame["unit"] = units.where(units.notna(), heading_unit)
    for at in np.flatnonzero(draft.frame["unit"].isna()):
        draft.fault("W_SIDE_UNIT", int(at), "unit")
    _place_by_name(draft, "name", [str(c) for c in draft.frame if str(c).startswith(MINUTES_PREFIX)])
    silent = int(draft.frame["supplied_elsewhere"].isna().sum())
    if silent:
        draft.fault("N_SIDE_ELSEWHERE", None, "supplied_elsewhere", count=silent, rows=len(draft.frame))
    return Markets(draft.frame, draft.told())


def read_prices(source: Source, *, file_name: str | None = None) -> Prices:
    """Read prices and volumes over the years.

    Returns the table with its ``issues``. Raises ``TableError`` when the file cannot be read or is no such table.
    """
    draft = read_form(source, PRICE_FIELDS, file_name=file_name)
    frame = draft.frame
    months = [find_year(cell)[1] for cell in draft.cells["year"]]
    frame["month"] = frame["month"].where(
        frame["month"].notna(), pd.Series(months, index=frame.index, dtype=np.float64)
    )
    free = {int(at) for at in np.flatnonzero(frame["price_yuan"] == 0)}
    for at in sorted(free):
        draft.fault("E_SIDE_FREE", at, "price_yuan", 0)
    draft.drop(free)
    _drop_doubles(draft, ("product", "market", "year", "month"))
    _doubt_prices(draft)
    _tell_missing_years(draft)
    return Prices(draft.frame, draft.told())


def read_vacancies(source: Source, *, file_name: str | None = None) -> Vacancies:
    """Read open posts.

    Returns the table with its ``issues``. Raises ``TableError`` when the file cannot be read or is no such table.
    """
    draft = read_form(source, VACANCY_FIELDS, file_name=file_name)
    trades = draft.cells.get("product", ())
    # An unknown trade must not pass for "any programme", which an empty cell means.
    draft.drop({at for at, cell in enumerate(trades) if draft.frame.at[at, "product"] is None and not is_missing(cell)})
    _drop_doubles(draft, tuple(field.key for field in VACANCY_FIELDS))
    _place_by_name(draft, "region", ["minutes"])
    if len(draft.frame) and not (draft.frame["verified"] == True).any():  # noqa: E712 - None is not False
        draft.fault("W_SIDE_UNVERIFIED", None, "verified", count=len(draft.frame))
    return Vacancies(draft.frame, draft.told())


def _settle_code(text: object) -> str | None:
    """A county code from a code or an unambiguous name; codes the register of counties lacks are kept."""
    words = fold(text)
    if code := _CODE.search(words):
        return code[0]
    found = find_county(words)
    return found[0].code if len(found) == 1 else None


def _drop_doubles(draft: FormDraft, keys: Sequence[str]) -> None:
    """Leave out later rows with the keys of an earlier one; both rows are named."""
    first: dict[tuple[object, ...], int] = {}
    doubles: set[int] = set()
    rows = draft.frame[list(keys)].astype(object).where(draft.frame[list(keys)].notna(), None)
    for at, key in enumerate(rows.itertuples(index=False, name=None)):
        earlier = first.setdefault(key, at)
        if earlier != at:
            doubles.add(at)
            said = ", ".join(_say_key(name, part) for name, part in zip(keys, key, strict=True) if part is not None)
            draft.fault("E_SIDE_DOUBLE", at, keys[0], said, first_row=draft.rows[earlier])
    draft.drop(doubles)


def _say_key(name: str, part: object) -> str:
    if name == "product":
        return name_product(part)
    return f"{part:g}" if isinstance(part, float) else str(part)


def _read_minutes(draft: FormDraft) -> None:
    """Columns of travel time from a county, under its code or unambiguous name."""
    for heading, cells in draft.extra.items():
        code = _settle_code(heading) if _MINUTES_HEADING.search(heading) else None
        if code is None:
            continue
        column = f"{MINUTES_PREFIX}{code}"
        read = [read_minutes(cell, heading) for cell in cells]
        for at, (value, fault) in enumerate(read):
            if fault or (value is not None and value < 0):
                draft.fault(fault or "E_SIDE_RANGE", at, heading, cells[at], low="0", high="100000", read=value)
        values = [np.nan if value is None or value < 0 else value for value, _ in read]
        draft.frame[column] = pd.Series(values, index=draft.frame.index, dtype=np.float64)


def _place_by_name(draft: FormDraft, key: str, minutes: Sequence[str]) -> None:
    """Rows without position or minutes are placed at the one county their name means, else said to be nowhere."""
    frame = draft.frame
    lost = frame["lon"].isna() | frame["lat"].isna()
    for column in minutes:
        lost &= frame[column].isna()
    for at in map(int, np.flatnonzero(lost)):
        name = frame.at[at, key]
        found = find_county(str(name)) if isinstance(name, str) else ()
        if len(found) == 1:
            frame.loc[at, ["lon", "lat"]] = found[0].lon, found[0].lat
            draft.fault("N_SIDE_PLACED", at, key, name, county=f"{found[0].prefecture_zh}{found[0].name_zh}")
        else:
            draft.fault("W_SIDE_NOWHERE", at, key, name or "")


def _doubt_prices(draft: FormDraft) -> None:
    prices = draft.frame["price_yuan"]
    medians = prices.groupby(draft.frame["product"]).transform("median")
    ratio = prices / medians
    for at in map(int, np.flatnonzero((ratio > PRICE_JUMP) | (ratio < 1 / PRICE_JUMP))):
        draft.fault(
            "W_SIDE_PRICE",
            at,
            "price_yuan",
            prices[at],
            median=f"{medians[at]:g}",
            product=name_product(draft.frame.at[at, "product"]),
        )


def _tell_missing_years(draft: FormDraft) -> None:
    """Gaps inside each product's series of years, and series too short for a trend."""
    for product, rows in draft.frame.groupby("product", sort=False):
        years = sorted(set(rows["year"].astype(int)))
        gaps = sorted(set(range(years[0], years[-1] + 1)) - set(years))
        if gaps:
            draft.fault("W_SIDE_YEARS", None, "year", ", ".join(map(str, gaps)), product=name_product(product))
        if len(years) < LEAST_TREND_YEARS:
            draft.fault(
                "N_SIDE_SHORT", None, "year", len(years), product=name_product(product), least=LEAST_TREND_YEARS
            )
