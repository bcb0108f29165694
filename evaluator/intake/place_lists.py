"""List cells of the places table (``马铃薯=1200万元;苹果=80``): names become ids, values numbers, faults are named."""

from collections.abc import Callable
from typing import NamedTuple

from evaluator.domain.places import LIST_COLUMNS, join_list, split_list
from evaluator.intake.form_cells import read_product
from evaluator.intake.forms import FormDraft
from evaluator.intake.money import find_unit, read_money
from evaluator.intake.values import fold, read_number
from evaluator.reference.places import find_county

BRAND_WORDS = {
    "county": ("county", "县", "本县", "全县", "县域", "市", "本市", "区"),
    "prefecture": ("prefecture", "州", "全州", "地级", "市州", "地区", "全市"),
    "none": ("none", "无", "没有", "否"),
}


class Item(NamedTuple):
    """One part of a list cell as read: its name and value, or the code of what is wrong with it."""

    name: str | None
    value: object = None
    code: str = ""


def read_lists(draft: FormDraft) -> None:
    """Rewrite the list columns of the places table in their plain form; parts that cannot be read are left out."""
    for column in LIST_COLUMNS:
        reader = _reader_of(column, draft.units.get(column, ""))
        draft.frame[column] = [
            _read_cell(draft, at, column, text, reader) for at, text in enumerate(draft.frame[column])
        ]
        draft.frame[column] = draft.frame[column].astype(object).where(draft.frame[column].notna(), None)


def _read_cell(draft: FormDraft, at: int, column: str, text: object, reader: Callable[[str, str], Item]) -> str | None:
    kept: dict[str, object] = {}
    for name, value in split_list(text):
        item = reader(name, value)
        if item.code:
            draft.fault(item.code, at, column, f"{name}={value}")
        if item.name is None or item.value is None:
            continue
        if item.name in kept and column != "neighbours":
            draft.fault("E_SIDE_PART_TWICE", at, column, f"{name}={value}")
            continue
        kept[item.name] = item.value
    if column == "neighbours":
        return ";".join(f"{code}:{minutes}" if minutes else code for code, minutes in kept.items()) or None
    return join_list(kept)


def _reader_of(column: str, unit: str) -> Callable[[str, str], Item]:
    if column == "neighbours":
        return _neighbour
    if column == "poor_households":
        return lambda name, value: _amount(name, value, name)
    if column == "brands":
        return _brand
    if column == "yearly_output_yuan":
        money = find_unit(unit)
        return lambda name, value: _money(name, value, money.factor if money else 1.0)
    return _capacity


def _neighbour(name: str, value: str) -> Item:
    found = find_county(name)
    code = name if name.isdigit() and len(name) == 6 else found[0].code if len(found) == 1 else None
    if code is None:
        return Item(None, code="E_SIDE_PART")
    minutes = read_number(value).value if value else 0.0
    return Item(code, f"{minutes:g}" if minutes > 0 else "")


def _amount(name: str | None, value: str, said: str) -> Item:
    number = read_number(value)
    bad = not number.value >= 0 or number.code.startswith("E_")
    return Item(None, code="E_SIDE_PART") if bad or not said else Item(name, f"{number.value:.12g}")


def _capacity(name: str, value: str) -> Item:
    product, code = read_product(name)
    item = _amount(str(product), value, name)
    if product is None or item.code:
        return Item(None, code="E_SIDE_PART_PRODUCT" if product is None else item.code)
    return item._replace(code="W_SIDE_PART_PRODUCT" if code else "")


def _money(name: str, value: str, factor: float) -> Item:
    product, code = read_product(name)
    money = read_money(value, factor=factor)
    if product is None or money.code.startswith("E_") or not money.value >= 0:
        return Item(None, code="E_SIDE_PART_PRODUCT" if product is None else "E_SIDE_PART")
    return Item(str(product), f"{money.value:.12g}", "W_SIDE_PART_PRODUCT" if code else "")


def _brand(name: str, value: str) -> Item:
    product, code = read_product(name)
    word = fold(value).lower()
    level = next((level for level, words in BRAND_WORDS.items() if word in words), None)
    if product is None or level is None:
        return Item(None, code="E_SIDE_PART_PRODUCT" if product is None else "E_SIDE_PART")
    return Item(str(product), level, "W_SIDE_PART_PRODUCT" if code else "")
