"""Headings as published to fields of the form: spellings, units, parts of a total, personal columns."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from evaluator.domain.fields import CHOICE_WORDS, FIELDS, NUMBER_FIELDS, PROJECT_FIELDS
from evaluator.intake.headings import (
    BRACKET,
    CHECKED,
    CHECKED_SHARE,
    MERGED_TEXT,
    NUMBERING,
    ORGANISATION,
    PART,
    PART_OF_FUNDS,
    PERSONAL,
    PLACES,
    PREFIX,
    SERIALS,
    UNIT_TAIL,
    UNUSED,
)
from evaluator.intake.money import MoneyUnit, find_unit
from evaluator.intake.values import fold

Role = Literal["field", "place", "low", "high", "part", "personal", "checked", "serial", "ignored"]


@dataclass(frozen=True, slots=True)
class Column:
    """How one heading was understood.

    ``key`` is a field key (for ``checked`` the name in ``CHECKED``); ``unit`` the bracketed unit text and
    ``money`` the same as a money unit; ``certain`` is whether the heading stands in the table as spelled.
    """

    position: int
    heading: str
    role: Role = "ignored"
    key: str | None = None
    unit: str = ""
    money: MoneyUnit | None = None
    certain: bool = True
    rank: int = 0
    suggestion: str = ""


@lru_cache(maxsize=1 << 14)
def tidy(heading: object) -> str:
    """A heading without spaces, numbering and full-width forms, in lower case."""
    text = re.sub(r"\s+", " ", fold(heading)).lower().strip(" :*")
    text = NUMBERING.sub("", text)
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text).strip(" :")


@cache
def spellings() -> Mapping[str, tuple[str, int]]:
    """Every tidy spelling of a heading to its field key and rank (0 the title, then the aliases in order)."""
    index: dict[str, tuple[str, int]] = {}
    for field in PROJECT_FIELDS:
        for rank, name in enumerate((field.key, field.title_en, field.title_zh, *field.aliases)):
            index.setdefault(tidy(name), (field.key, max(0, rank - 2)))
    return index


@cache
def _as_spelled() -> frozenset[str]:
    return frozenset(fold(name).lower() for f in PROJECT_FIELDS for name in (f.key, f.title_en, f.title_zh, *f.aliases))


def _forms(text: str) -> Iterable[str]:
    """Ever shorter forms of one tidy heading, best first."""
    yield text
    without = BRACKET.sub("", text).strip(" :")
    yield without
    bare = UNIT_TAIL.sub("", without).strip(" (/,:")
    yield bare
    for start in (text, bare):
        short = start
        while (shorter := PREFIX.sub("", short)) != short and len(shorter) >= 2:
            yield shorter
            short = shorter
    if len(first := re.split("及其?|和|与", bare)[0]) >= 2 and first != bare:
        yield first
    if bare.endswith(("情况", "名称", "内容")) and len(bare) > 3:
        yield bare[:-2]


@lru_cache(maxsize=1 << 14)
def find_field(heading: object) -> tuple[str, int, bool] | None:
    """Field key, rank and certainty of a heading; ``None`` when the table does not know it."""
    text = tidy(heading)
    for form in _forms(text):
        if found := spellings().get(form):
            spelled = NUMBERING.sub("", fold(heading).lower()).rstrip(" :")
            return (*found, spelled in _as_spelled() or re.sub(r"\s*\([^()]*\)$", "", spelled) in _as_spelled())
    return None


def is_serial(heading: object) -> bool:
    """Whether a heading numbers the rows."""
    return tidy(heading) in SERIALS


def is_heading(text: object) -> bool:
    """Whether a cell reads as a heading of a project list."""
    return (
        isinstance(text, str)
        and len(text) <= 40
        and (
            is_serial(text)
            or find_field(text) is not None
            or _checked(tidy(text)) is not None
            or tidy(text) in UNUSED
            or tidy(text) in PLACES
            or bool(PERSONAL.search(tidy(text)) and len(text) <= 14)
            or bool(PART.search(tidy(text)) and re.search(r"资金|投资|自筹|贷款", text))
        )
    )


def _checked(text: str) -> str | None:
    bare = BRACKET.sub("", text)
    return bare if bare in CHECKED else "share" if CHECKED_SHARE.search(bare) else None


def is_personal(heading: str) -> bool:
    """Whether a column's heading says it holds names, numbers or addresses of persons."""
    text = tidy(heading)
    return bool(PERSONAL.search(text)) and not ORGANISATION.search(text)


def _units(heading: str) -> tuple[str, MoneyUnit | None]:
    text = fold(heading).lower()
    units = [inside.strip() for inside in BRACKET.findall(text)]
    if tail := UNIT_TAIL.search(text):
        units.append(tail[1])
    money = next((unit for unit in map(find_unit, units) if unit and text != "p"), None)
    return (units[0] if units else ""), money


def _understand(position: int, heading: str) -> Column:
    column = Column(position, heading)
    unit, money = _units(heading)
    parent, _, child = heading.rpartition("/") if " / " not in heading else heading.rpartition(" / ")
    if is_serial(heading):
        return replace(column, role="serial")
    if is_personal(child or heading):
        return replace(column, role="personal")
    column = replace(column, unit=unit, money=money)
    if (bounds := re.fullmatch(r"(\w+)_(low|high)", heading.strip())) and bounds[1] in NUMBER_FIELDS:
        return replace(column, role=bounds[2], key=bounds[1])  # type: ignore[arg-type]
    if parent and PART_OF_FUNDS.search(tidy(parent)):
        whole = re.fullmatch(r"合计|小计|总计|总投资|total", tidy(child))
        return replace(column, role="field", key="investment_yuan", rank=1) if whole else replace(column, role="part")
    name = tidy(child or heading)
    if name in PLACES or BRACKET.sub("", name) in PLACES:
        return replace(column, role="place", key="place_name")
    for text in (heading, child) if parent else (heading,):
        if found := find_field(text):
            key, rank, certain = found
            return replace(column, role="field", key=key, rank=rank, certain=certain or bool(parent))
    if PART.search(BRACKET.sub("", name)) and re.search(r"资金|投资|自筹|贷款|中央|省|市|县|区|社会", name):
        return replace(column, role="part")
    if checked := _checked(name):
        return replace(column, role="checked", key=checked)
    return replace(column, suggestion="" if name in UNUSED else _suggest(name))


def _suggest(name: str) -> str:
    close = difflib.get_close_matches(name, spellings(), n=1, cutoff=0.8 if name.isascii() else 0.6)
    return spellings()[close[0]][0] if close else ""


def match_columns(headings: Iterable[str], *, mapping: Mapping[str, str | None] | None = None) -> tuple[Column, ...]:
    """Understand each heading; ``mapping`` (heading as read → field key or ``None``) has the last word.

    When two columns claim one field, the better-ranked spelling keeps it; texts that may be joined keep both.
    """
    columns = [_settle(_understand(position, heading), mapping or {}) for position, heading in enumerate(headings)]
    columns = _promote_subsidy(columns)
    best: dict[tuple[str, str | None], Column] = {}
    for column in columns:
        if column.role == "field":
            held = best.get((column.role, column.key))
            if held is None or (column.rank < held.rank and column.heading != held.heading):
                best[column.role, column.key] = column
    return tuple(
        column
        if column.role != "field" or column.key in MERGED_TEXT or best[column.role, column.key] is column
        else replace(column, role="ignored", suggestion=f"={best[column.role, column.key].heading}")
        for column in columns
    )


def _settle(column: Column, mapping: Mapping[str, str | None]) -> Column:
    if column.heading not in mapping or column.role == "personal":
        return column
    key = mapping[column.heading]
    if key is None:
        return replace(column, role="ignored", key=None, suggestion="")
    if key not in FIELDS:
        raise KeyError(key)
    return replace(column, role="field", key=key, rank=-1, certain=True)


def _promote_subsidy(columns: list[Column]) -> list[Column]:
    """A list that prints only the grant: the grant is its amount."""
    keys = {column.key for column in columns if column.role == "field"}
    if "investment_yuan" in keys or "subsidy_yuan" not in keys:
        return columns
    return [replace(c, key="investment_yuan") if c.role == "field" and c.key == "subsidy_yuan" else c for c in columns]


@cache
def choice_words(key: str) -> Mapping[str, str]:
    """Every word for each choice of a category or set field, longest first."""
    words = {choice.lower(): choice for choice in FIELDS[key].choices}
    words |= {word: choice for choice in FIELDS[key].choices for word in CHOICE_WORDS.get(choice, ())}
    return dict(sorted(words.items(), key=lambda pair: -len(pair[0])))
