"""Figures stated in prose: each is taken with the words it was read from, and a given value always wins."""

import re
from collections.abc import Iterable

import numpy as np

from evaluator.domain.fields import FIELDS
from evaluator.domain.portfolio import Evidence
from evaluator.intake.draft import Draft
from evaluator.intake.figures import BLOCKED, FIGURES, LINKS, OFFTAKE, OPERATOR, OUTPUT_UNITS, SIZES, Figure
from evaluator.intake.listing import AnyArray
from evaluator.intake.values import fold, read_number

TEXTS = (
    "beneficiaries",
    "performance_target",
    "link_mechanisms",
    "content",
    "scale",
    "name",
    "note",
    "investment_yuan",
)
"""Texts in the order in which they are asked for people and money."""
SIZE_TEXTS = ("scale", "content", "name", "performance_target")
_DIGIT = re.compile(r"\d")


def extract_figures(draft: Draft) -> None:
    """Read figures, links, offtake and operator from every row's prose into what its columns leave open."""
    texts = {key: _folded(draft, key) for key in TEXTS}
    _read_scale_column(draft)
    for order, figures in ((TEXTS, FIGURES), (SIZE_TEXTS, SIZES)):
        joined = _join([texts[key] for key in order])
        open_rows = {key: draft.missing(key) for key in {figure.key for figure in figures}}
        for position in (p for p, text in enumerate(joined) if text and _DIGIT.search(text)):
            _read_figures(draft, position, joined[position], figures, open_rows)
    _read_links(
        draft,
        _join([texts[key] for key in ("link_mechanisms", "performance_target", "beneficiaries", "content", "name")]),
    )
    _derive_household_benefit(draft)
    _note_poor_only(draft)


def _folded(draft: Draft, key: str) -> list[str]:
    known: dict[object, str] = {}
    answers = []
    for text in draft.texts(key) if key in draft.values or key in draft.prose else [None] * len(draft):
        if not isinstance(text, str):
            answers.append("")
            continue
        if text not in known:
            known[text] = fold(text).lower()
        answers.append(known[text])
    return answers


def _join(columns: Iterable[list[str]]) -> list[str]:
    return ["。".join(text for text in dict.fromkeys(row) if text) for row in zip(*columns, strict=True)]


def _read_figures(
    draft: Draft, position: int, text: str, figures: Iterable[Figure], open_rows: dict[str, AnyArray]
) -> None:
    for figure in figures:
        if not open_rows[figure.key][position] or not any(hint in text for hint in figure.hints):
            continue
        found = figure.pattern.search(text)
        if found is None or (figure.key.endswith("_share") and BLOCKED.search(found[0])):
            continue
        if _take(draft, figure.key, position, figure.value(found), found[0]):
            open_rows[figure.key][position] = False
            if figure.key == "output_per_year":
                unit = OUTPUT_UNITS[found[found.re.groups]][0]
                draft.settle("output_unit", position, unit, found[0])


def _take(draft: Draft, key: str, position: int, value: float, words: str) -> bool:
    field = FIELDS[key]
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high) or value <= 0:
        return False
    if field.kind == "count" and value != round(value):
        return False
    return draft.settle(key, position, value, words.strip(" ,。;"))


def _read_scale_column(draft: Draft) -> None:
    """A scale column headed (亩) or (头) whose cells are bare numbers."""
    heading = fold(draft.headings.get("scale", ""))
    key = "area_mu" if "亩" in heading else "heads" if re.search(r"\((?:头|只|羽|箱)", heading) else ""
    if not key:
        return
    for position in np.flatnonzero(~draft.missing("scale") & draft.missing(key)):
        number = read_number(draft.column("scale")[position])
        if number.value == number.value and not number.unit:
            draft.put(key, position, number.value, Evidence.GIVEN)


def _read_links(draft: Draft, joined: list[str]) -> None:
    """Link mechanisms, offtake grade and operator from prose, where no column gives them."""
    for position, text in enumerate(joined):
        if not text:
            continue
        if draft.column("link_mechanisms")[position] is None:
            found = {link: match[0] for link, pattern in LINKS.items() if (match := pattern.search(text))}
            if found:
                draft.settle("link_mechanisms", position, tuple(found), "、".join(found.values()))
        if ("订单" in text or "收购" in text or "定金" in text) and draft.column("offtake_grade")[position] is None:
            grade = next(((grade, match[0]) for pattern, grade in OFFTAKE if (match := pattern.search(text))), None)
            if grade:
                draft.settle("offtake_grade", position, *grade)
        if "由" in text and draft.column("operator")[position] is None and (operator := OPERATOR.search(text)):
            draft.settle("operator", position, operator[1], operator[0])


def _derive_household_benefit(draft: Draft) -> None:
    """All households' yearly gain as one household's gain times the households, where only these are said."""
    if draft.missing("benefit_per_household_yuan_year").all():
        return
    each = np.asarray(draft.column("benefit_per_household_yuan_year"), dtype=float)
    households = np.asarray(draft.column("households"), dtype=float)
    households = np.where(np.isnan(households), np.asarray(draft.column("poor_households"), dtype=float), households)
    known = np.isfinite(each * households) & draft.missing("yearly_household_benefit_yuan")
    draft.put("yearly_household_benefit_yuan", known, (each * households)[known], Evidence.ASSUMED)
    for position in np.flatnonzero(known):
        words = draft.quotes.get((int(position), "benefit_per_household_yuan_year"))
        if words:
            draft.quotes[int(position), "yearly_household_benefit_yuan"] = f"{words} × {households[position]:.0f}"


def _note_poor_only(draft: Draft) -> None:
    """Where only poor households are counted they are at least the households that benefit."""
    open_rows = draft.missing("households") & ~draft.missing("poor_households")
    draft.put("households", open_rows, np.asarray(draft.column("poor_households"))[open_rows], Evidence.ASSUMED)
    for position in np.flatnonzero(open_rows):
        draft.quotes[int(position), "households"] = draft.quotes.get((int(position), "poor_households"), "")
