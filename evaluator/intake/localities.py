"""Where a project is: county from columns, title or file name; township and village out of one cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from evaluator.domain.errors import TableError
from evaluator.domain.portfolio import Evidence
from evaluator.intake.columns import Column
from evaluator.intake.draft import Draft
from evaluator.intake.listing import AnyArray, Listing, issue
from evaluator.intake.numbers import map_unique, object_cells
from evaluator.intake.values import fold, is_missing
from evaluator.intake.words import fold_code
from evaluator.reference.places import County, counties, find_county

_TOWNSHIP = (
    r"[一-鿿]{1,10}?(?:街道办事处|办事处|街道办|街道|民族乡|开发区|示范区|管委会|苏木|(?<!乡)镇|(?<![镇城])乡(?!村))"
)
_VILLAGE_END = r"(?:村民小组|自然村|村委会|村|社区|居委会|嘎查|牧委会)"
_COUNTY = r"(?:[一-鿿]{1,10}?(?:自治州|自治县|自治旗|州|县|市|(?<![发范])区|旗|省))"
_SPLIT = re.compile(
    rf"^(?:{_COUNTY}){{0,3}}(?P<township>{_TOWNSHIP})?(?P<village>[一-鿿\d、,和及]{{1,30}}{_VILLAGE_END}[^,;。]{{0,10}})?$"
)
_IN_NAME = re.compile(
    rf"^(?:\d{{4}}年度?)?(?:{_COUNTY})?(?:\d{{4}}年度?)?(?P<township>[一-鿿]{{1,5}}?(?:街道办事处|办事处|街道|民族乡|镇(?!区)|乡(?![村土镇亲])))"
    rf"(?P<village>[一-鿿]{{1,6}}?(?:村(?!集体|级|民|庄|容)|社区))?"
)
_EVERYWHERE = re.compile(r"^(?:相关|有关|各|全[县市区州乡镇]|所有|多个|部分|县域|辖区|跨)")
_NO_PLACE = re.compile(r"(?:局|委|(?<!街道)(?<!镇)(?<!乡)办|办公室|部门|公司|合作社|中心|单位)$")
_WESTERN_VILLAGE = re.compile(r"\b((?:barangay|brgy\.?|sitio)\s+[^,]+)", re.I)


@dataclass(frozen=True, slots=True)
class Locality:
    """The county a list is about."""

    code: str | None = None
    name: str | None = None


class Place(NamedTuple):
    """County words, township and village read from one cell."""

    county: str | None = None
    township: str | None = None
    village: str | None = None


def split_place(text: str) -> Place:
    """County words, township and village of ``大箕铺镇方至畈村`` or ``Barangay 1, San Carlos City``."""
    plain = fold(text)
    if plain.isascii():
        village = _WESTERN_VILLAGE.search(plain)
        rest = _WESTERN_VILLAGE.sub("", plain).strip(" ,") or None
        return Place(rest, None, village[1].strip() if village else None)
    plain = re.sub(r"\s+", "", plain)
    if _EVERYWHERE.match(plain):
        return Place()
    if _NO_PLACE.search(plain):
        return Place()
    found = _SPLIT.match(plain)
    if found is None or not (found["township"] or found["village"]):
        return Place(county=plain)
    start = found.start("township") if found["township"] else found.start("village")
    return Place(plain[:start] or None, found["township"], found["village"])


@lru_cache(maxsize=4096)
def _counties_named(text: str, context: str) -> tuple[County, ...]:
    return find_county(text, context=context)


def find_locality(*texts: str) -> tuple[Locality, tuple[County, ...]]:
    """The county the first telling text names; and, when its name is shared and unsettled, every candidate."""
    context = " ".join(texts)
    doubtful: tuple[County, ...] = ()
    for text in filter(None, texts):
        found = _counties_named(text, context)
        if len(found) == 1:
            return Locality(found[0].code, found[0].name_zh), ()
        doubtful = doubtful or found
    return Locality(), doubtful


def _asked(place: str) -> Locality:
    code = fold_code(place)
    found = (counties()[code],) if code and code in counties() else find_county(place)
    if len(found) != 1:
        named = ", ".join(f"{county.code} {county.prefecture_zh}{county.name_zh}" for county in found) or "–"
        raise TableError(issue("E_PLACE", found=place, candidates=named))
    return Locality(found[0].code, found[0].name_zh)


def settle_places(
    draft: Draft, listing: Listing, columns: Sequence[Column], *, place: str | None, file: str
) -> Locality:
    """County, township and village of every row; answers the list's own county."""
    title = " ".join(listing.title)
    locality, doubtful = (
        (_asked(place), ()) if place else find_locality(title, re.sub(r"[_\W]+", " ", file), listing.sheet)
    )
    for column in columns:
        if column.role == "place":
            _read_place_column(draft, listing, column)
    _split_cells(draft)
    unresolved = _read_counties(draft, context=" ".join(filter(None, (place, title, file))))
    if locality.code:
        for key, value in (("place_code", locality.code), ("place_name", locality.name)):
            blank = draft.missing(key) & (draft.missing("place_code") if key == "place_code" else True)
            stated = ~draft.missing("place_name") if key == "place_code" else np.zeros(len(draft), dtype=bool)
            draft.put(key, blank & ~(stated & _names_county(draft)), value, Evidence.ASSUMED)
    elif doubtful and draft.missing("place_code").any():
        unresolved = unresolved or [(0, doubtful)]
    for position, candidates in unresolved[:1]:
        names = ", ".join(f"{c.province_zh}{c.prefecture_zh}{c.name_zh} {c.code}" for c in candidates[:6])
        draft.fault(
            "W_PLACE_UNRESOLVED",
            [p for p, _ in unresolved],
            column=draft.headings.get("place_name", ""),
            found=draft.column("place_name")[position] or title[:40],
            candidates=names,
        )
    _places_in_names(draft)
    return locality


def _names_county(draft: Draft) -> AnyArray:
    """Rows whose own county words name a county that could not be settled: the list's county must not overrule them."""
    return np.asarray(
        [isinstance(t, str) and bool(_counties_named(t, "")) for t in draft.column("place_name")], dtype=bool
    )


def _read_place_column(draft: Draft, listing: Listing, column: Column) -> None:
    raw = object_cells(listing.cells[column.position])
    draft.headings.setdefault("place_name", column.heading)
    for position, place in enumerate(
        map_unique(raw, lambda cell: split_place(cell) if isinstance(cell, str) and not is_missing(cell) else Place())
    ):
        for key, value in (("place_name", place.county), ("township", place.township), ("village", place.village)):
            if value and not draft.holds(key, position):
                draft.put(key, position, value, Evidence.GIVEN)


def _split_cells(draft: Draft) -> None:
    """Townships and villages without spaces; a village cell that names its township too is split."""
    for key in ("township", "village"):
        cells = draft.column(key)
        for position in np.flatnonzero(~draft.missing(key)):
            text = str(cells[position])
            if not text.isascii():
                cells[position] = re.sub(r"\s+", "", text)
    townships, villages = draft.column("township"), draft.column("village")
    for position in np.flatnonzero(draft.missing("township") ^ draft.missing("village")):
        text = str(villages[position] if townships[position] is None else townships[position])
        found = split_place(text) if not text.isascii() else Place()
        if found.township and found.village:
            draft.put("township", position, found.township, Evidence.GIVEN)
            draft.put("village", position, found.village, Evidence.GIVEN)


def _read_counties(draft: Draft, *, context: str) -> list[tuple[int, tuple[County, ...]]]:
    """Codes of rows from their county words; answers the rows whose county stays open."""
    codes, names = draft.column("place_code"), draft.column("place_name")
    unresolved: list[tuple[int, tuple[County, ...]]] = []
    for position in np.flatnonzero(~draft.missing("place_code")):
        codes[position] = fold_code(codes[position])
        county = counties().get(str(codes[position]))
        if county is None:
            draft.put("place_code", position, codes[position], Evidence.GIVEN if codes[position] else Evidence.MISSING)
        elif names[position] is None:
            draft.put("place_name", position, county.name_zh, Evidence.ASSUMED)
    for position in np.flatnonzero(draft.missing("place_code") & ~draft.missing("place_name")):
        found = _counties_named(str(names[position]), context)
        if len(found) == 1:
            draft.put("place_code", position, found[0].code, Evidence.ASSUMED)
        elif found:
            unresolved.append((int(position), found))
    return unresolved


def _places_in_names(draft: Draft) -> None:
    """A township and village that open a project's name, when no column gives them."""
    names = draft.column("name")
    for position in np.flatnonzero(draft.missing("township") & draft.missing("village") & ~draft.missing("name")):
        if found := _IN_NAME.match(fold(names[position])):
            for key in ("township", "village"):
                if found[key]:
                    draft.settle(key, int(position), found[key], found[0])
