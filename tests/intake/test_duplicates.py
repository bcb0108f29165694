"""Doubles and copied texts are asked about."""

import numpy as np

from evaluator.intake.draft import Draft
from evaluator.intake.duplicates import find_across, find_copied_texts, find_duplicates, find_pooled

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


def test_villages_of_one_company_are_one_venture():
    base = {"name": "光伏项目", "content": "十个村抱团联建光伏电站", "place_code": "513431"}
    draft = draft_of(base | {"village": "东村"}, base | {"village": "西村"}, {"name": "光伏项目", "village": "南村"})
    find_pooled(draft)
    first, second, third = draft.column("joint_venture_id")
    assert first == second is not None
    assert third is None
    assert codes(draft) == ["W_POOLED_ASSUMED"]


def test_one_project_in_two_lists_is_asked_about():
    one = draft_of({"name": "茶 园", "village": "东村"})
    two = draft_of({"name": "茶园", "village": "东村"}, {"name": "果园", "village": "东村"})
    assert [issue.code for issue in find_across([one, two])] == ["W_SAME_PROJECT"]
    assert find_across([one]) == []
