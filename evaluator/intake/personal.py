"""Personal data stops at the door: columns and numbers of persons are dropped, never kept or quoted."""

import re

from evaluator.intake.listing import AnyArray, AnySeries
from evaluator.intake.values import fold

CITIZEN_ID = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
PHONE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
HIDDEN = "＊"
_MAYBE = re.compile(r"\d[\d -]{9}")
_ORGANISATION = re.compile(
    r"(?:局|委|办|办公室|政府|办事处|乡|镇|村|社区|村委会|委员会|公司|合作社|中心|所|站|处|会|院|社|"
    r"部|街道|场|厂|组|集团|基地|园|大队|联社|协会|企业|农场|学校|银行|县|市|区|户|方"
    r"|council|office|department|government|lgu|coop(?:erative)?|association|officials.*|inc\.?|"
    r"corporation|unit|barangay.*|municipality.*|organization|group|da|dole|dswd)$",
    re.I,
)
_PERSON = re.compile(r"[一-鿿·]{1,4}(?:某{1,2})?|[一-鿿]某某?")
_SEPARATORS = re.compile(r"([、,，;；:：/\s]+)")
_ROLE = re.compile(r"^(?:责任人|负责人|联系人|第一书记|书记|主任|局长|镇长|乡长)[:：]?")


def holds_personal(cells: AnySeries) -> bool:
    """Whether a column's cells are mostly citizen ids or phone numbers."""
    sample = [fold(cell) for cell in cells.dropna().head(200)]
    hits = sum(1 for text in sample if CITIZEN_ID.fullmatch(text) or PHONE.fullmatch(text))
    return hits > 0 and hits * 2 >= len(sample)


def hide_personal(texts: AnyArray) -> tuple[AnyArray, list[int]]:
    """Texts with citizen ids and phone numbers struck out, and the positions where one stood."""
    hidden: list[int] = []
    result = texts.copy()
    for position, text in enumerate(texts):
        if text is not None and len(text) >= 11 and _MAYBE.search(text):
            clean = PHONE.sub(HIDDEN, CITIZEN_ID.sub(HIDDEN, text))
            if clean != text:
                result[position] = clean
                hidden.append(position)
    return result, hidden


def keep_organisation(texts: AnyArray) -> tuple[AnyArray, list[int]]:
    """Units of a “unit and person” cell without the persons, and the positions where one stood."""
    dropped: list[int] = []
    result = texts.copy()
    known: dict[str, str | None] = {}
    for position, text in enumerate(texts):
        if text is None:
            continue
        if text not in known:
            known[text] = _units_only(text)
        if known[text] != text:
            result[position] = known[text]
            dropped.append(position)
    return result, dropped


def _units_only(text: str) -> str | None:
    tokens = _SEPARATORS.split(text)
    names = tokens[::2]
    if len(names) == 1 or not any(_ORGANISATION.search(name) for name in names):
        return None if len(names) == 1 and re.fullmatch(r"[一-鿿]某{1,2}", text) else text
    kept = [i for i, name in enumerate(names) if name and not _is_person(name)]
    if len(kept) == len([name for name in names if name]):
        return text
    return "、".join(names[i] for i in kept) or None


def _is_person(name: str) -> bool:
    if _ROLE.match(name):
        return True
    return bool(_PERSON.fullmatch(name)) and not _ORGANISATION.search(name)
