"""Industry, employment or neither, told by name, type and content."""

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.portfolio import Evidence
from evaluator.intake.draft import Draft
from evaluator.intake.kinds import classify_kind, holds_nature, settle_kinds
from evaluator.intake.listing import Listing


@pytest.mark.parametrize(
    ("name", "project_type", "content", "kind"),
    [
        ("水果基地", "", "", "industry"),
        ("标准化厂房项目", "", "", "industry"),
        ("到户产业扶持项目", "", "资金入股合作企业", "industry"),
        ("优质花生种植奖补", "", "", "industry"),
        ("短期技能培训项目", "", "", "employment"),
        ("就业帮扶车间建设", "", "", "employment"),
        ("产业类(含小额信贷贴息)", "", "", "industry"),
        ("产业类含小额信贷贴息", "", "", "industry"),
        ("产业发展（小额信贷贴息除外）", "", "", "industry"),
        ("就业类（含雨露计划）", "", "", "employment"),
        ("基础设施类(不含产业路)", "", "", "other"),
        ("公益性岗位补贴", "", "", "employment"),
        ("小额信贷贴息", "产业发展类", "", "other"),
        ("小型水利配套设施桥梁建设项目", "产业发展类", "", "other"),
        ("雨露计划", "", "职业培训补贴", "other"),
        ("管理费", "", "", "other"),
        ("灌溉设施", "", "", "other"),
        ("村组道路硬化", "产业发展", "", "other"),
        ("三合队建设项目", "乡村建设行动", "种植绿化", "other"),
        ("提升项目", "就业项目", "", "employment"),
        ("提升项目", "", "新建大棚20栋种植蔬菜", "industry"),
        ("Swine Raising Livelihood", "", "", "industry"),
        ("Skills training for youth", "", "", "employment"),
        ("Farm to market road", "", "", "other"),
    ],
)
def test_kinds(name, project_type, content, kind):
    assert classify_kind(name, project_type=project_type, content=content).kind == kind


def test_without_a_telling_word_nothing_is_claimed():
    assert classify_kind("Robert'); DROP TABLE review;--").words == ""
    assert classify_kind("某某项目", has_product=True).kind == "industry"
    assert classify_kind("某某项目", title="2031年产业资金").kind == "industry"


def settled(**values):
    draft = Draft(rows=np.array([2]))
    for key, value in values.items():
        draft.put(key, 0, value, Evidence.GIVEN)
    settle_kinds(draft, Listing(cells=pd.DataFrame(), headings=(), rows=draft.rows))
    return draft


def test_a_bridge_in_a_township_s_name_is_no_bridge():
    assert settled(name="石桥镇肉羊养殖项目", township="石桥镇").column("kind")[0] == "industry"


def test_product_and_stage_with_their_words():
    draft = settled(name="花椒加工厂")
    assert draft.column("stage")[0] == "process"
    assert draft.column("product")[0] is not None
    assert draft.quotes[0, "product"]


def test_a_family_gives_way_to_the_product_the_name_says():
    draft = settled(name="乌金猪小区", product="livestock")
    assert (draft.column("product")[0], draft.evidence_of("product")[0]) == ("pig", Evidence.TEXT)
    draft = settled(name="某某小区", product="potato")
    assert (draft.column("product")[0], draft.evidence_of("product")[0]) == ("potato", Evidence.GIVEN)


def test_type_and_content_that_differ_are_both_kept():
    draft = settled(name="强链项目", project_type="种植业基地", content="蔬菜加工厂房建设,冷链设备采购")
    assert [issue.code for issue in draft.issues] == ["W_TYPE_CONTENT"]
    assert (draft.column("project_type")[0], draft.column("stage")[0]) == ("种植业基地", "process")


def test_nature_from_words_and_from_a_content_column():
    assert settled(name="续建果园").column("nature")[0] == "continuing"
    assert holds_nature(["新建", "续建", None, "维修"])
    assert not holds_nature(["新建果园300亩", "续建"])
