"""Doubles and copied texts are asked about."""

import numpy as np

from evaluator.intake.draft import Draft
from evaluator.intake.duplicates import find_copied_texts, find_duplicates

TEXT = "新建标准化鸡舍三栋购置孵化设备一套配套建设饲料库房和消毒通道带动周边群众养殖增收"


def draft_of(*rows):
    draft = Draft(rows=np.arange(2, len(rows) + 2))
    for position, row in enumerate(rows):
        for key, value in row.items():
            draft.column(key)[position] = value
    return draft


def codes(draft):
    return [issue.code for issue in draft.issues]


def test_equal_rows_near_equal_rows_and_one_project_in_two_funds():
    base = {"name": "茶厂", "village": "东村", "investment_yuan": 1e5}
    for change, code in (
        ({}, "W_DUPLICATE_ROW"),
        ({"name": "茶 厂"}, "W_NEAR_DUPLICATE"),
        ({"investment_yuan": 2e5}, "W_SAME_PROJECT"),
    ):
        draft = draft_of(base, base | change)
        find_duplicates(draft)
        assert codes(draft) == [code]
        assert not draft.left_out.any()


def test_other_villages_are_other_projects():
    draft = draft_of({"name": "茶厂", "village": "东村"}, {"name": "茶厂", "village": "西村"})
    find_duplicates(draft)
    assert codes(draft) == []


def test_copied_texts_of_different_places():
    draft = draft_of(
        {"content": TEXT + "12户", "village": "东村"}, {"content": TEXT.replace("三栋", "两栋"), "village": "西村"}
    )
    find_copied_texts(draft)
    assert codes(draft) == ["W_COPIED_TEXT"]


def test_unlike_texts_and_pooled_ventures_are_no_copies():
    other = "采购茶叶杀青机三台揉捻机两台建设鲜叶收购点一处并开展茶园病虫害绿色防控"
    draft = draft_of({"content": TEXT, "village": "东村"}, {"content": other, "village": "西村"})
    find_copied_texts(draft)
    assert codes(draft) == []
    pooled = {"content": TEXT + "六个村入股同一家公司"}
    draft = draft_of(pooled | {"village": "东村"}, pooled | {"village": "西村"})
    find_copied_texts(draft)
    assert codes(draft) == []
