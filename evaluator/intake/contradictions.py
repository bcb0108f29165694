"""Rows that say two things at once: both are kept and quoted side by side."""

import re

import numpy as np

from evaluator.intake.draft import Draft
from evaluator.intake.values import NUMBER, fold

_MU = re.compile(rf"[一-鿿]{{0,4}}({NUMBER})\s*(万)?亩")
_ROAD = re.compile(
    rf"(?:道路|公路|硬化|路|渠|管)[^;。]{{0,30}}?({NUMBER})\s*(?:千米|公里|km)|({NUMBER})\s*(?:千米|公里|km)[^;。]{{0,12}}(?:道路|公路|路|渠|管)",
    re.I,
)
MAX_SINGLE = 20
"""More rows than this with one fault are said together."""
LONG_KM = 100.0
"""A village road longer than this is likelier a slip of metres."""
_SHARED_OUT = re.compile(
    rf"({NUMBER})\s*(万)?元[^。;]{{0,30}}?(\d+(?:\.\d+)?)\s*%[^。;]{{0,24}}?({NUMBER})\s*户[^。;]{{0,30}}?(?:每户|户均)[^。;\d]{{0,16}}({NUMBER})\s*(万)?元"
)


def find_contradictions(draft: Draft) -> None:
    """Warn of every contradiction inside a row, with both places quoted."""
    _compare_numbers(draft)
    texts = {
        key: draft.texts(key)
        for key in ("name", "content", "performance_target", "scale", "link_mechanisms", "beneficiaries")
    }
    for position in np.flatnonzero(~draft.left_out):
        said = {key: fold(values[position]) for key, values in texts.items() if isinstance(values[position], str)}
        joined = "。".join(said.values())
        if "亩" in joined:
            _compare_areas(draft, int(position), said)
        if "千米" in joined or "公里" in joined or "km" in joined:
            _check_lengths(draft, int(position), joined)
        if "%" in joined and "户" in joined:
            _check_shares(draft, int(position), joined)


def _compare_numbers(draft: Draft) -> None:
    pairs = (
        ("poor_households", "households", "W_POOR_EXCEED"),
        ("subsidy_yuan", "investment_yuan", "W_SUBSIDY_EXCEEDS"),
        ("start", "end", "W_DATES_REVERSED"),
        ("start", "first_income", "W_INCOME_BEFORE_START"),
    )
    for part, whole, code in pairs:
        if part not in draft.values or whole not in draft.values:
            continue
        a, b = draft.column(part), draft.column(whole)
        with np.errstate(invalid="ignore"):
            worse = (
                (a > b) if draft.column(part).dtype.kind == "M" else (a.astype(float) > b.astype(float) * (1 + 1e-9))
            )
        rows = np.flatnonzero(np.asarray(worse) & ~draft.left_out)
        for group in [[row] for row in rows] if len(rows) <= MAX_SINGLE else [rows]:
            draft.fault(
                code, group, column=draft.headings.get(part, part), found=_show(a[group[0]]), other=_show(b[group[0]])
            )


def _show(value: object) -> str:
    return (
        str(value)[:7]
        if isinstance(value, np.datetime64)
        else f"{value:g}"
        if isinstance(value, float) and value < 1e6
        else f"{value}"
    )


def _compare_areas(draft: Draft, position: int, said: dict[str, str]) -> None:
    name = _MU.search(said.get("name", ""))
    if name is None:
        return
    for key in ("performance_target", "content"):
        others = list(_MU.finditer(said.get(key, "")))
        if (
            others
            and not any(_area(other) == _area(name) for other in others)
            and max(map(_area, others)) != _area(name)
        ):
            draft.fault(
                "W_CONTRADICTION",
                [position],
                column=draft.headings.get("name", ""),
                found=name[0],
                other=others[0][0],
                other_column=draft.headings.get(key, key),
            )
            return


def _area(match: re.Match[str]) -> float:
    return float(match[1].replace(",", "")) * (1e4 if match[2] else 1.0)


def _check_lengths(draft: Draft, position: int, text: str) -> None:
    for found in _ROAD.finditer(text):
        if float((found[1] or found[2]).replace(",", "")) > LONG_KM:
            draft.fault("W_LENGTH_SUSPECT", [position], column=draft.headings.get("content", ""), found=found[0])
            return


def _check_shares(draft: Draft, position: int, text: str) -> None:
    """A stated amount a household against the stated yield × share ÷ households."""
    if (found := _SHARED_OUT.search(text)) is None:
        return
    pool = float(found[1].replace(",", "")) * (1e4 if found[2] else 1.0)
    households = float(found[4].replace(",", ""))
    computed = pool * float(found[3]) / 100 / households if households else 0.0
    stated = float(found[5].replace(",", "")) * (1e4 if found[6] else 1.0)
    if computed and abs(stated - computed) > 0.05 * computed:
        draft.fault(
            "W_ARITHMETIC",
            [position],
            column=draft.headings.get("performance_target", ""),
            found=found[0],
            stated=round(stated, 2),
            computed=round(computed, 2),
        )
