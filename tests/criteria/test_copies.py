"""Copied applications: near, alike, and two projects."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria import copies
from evaluator.criteria.copies import find_copies
from evaluator.domain.settings import HomogeneitySettings

TEXT = "新建标准化羊圈一座，购买半细毛羊种羊三十只，由合作社统一经营管理，带动农户增收"
OTHER = "硬化村组道路两公里，配套建设排水沟和挡土墙，改善群众出行条件，方便农产品运输"
COUNTY = {"lon": np.nan, "lat": np.nan, "place_code": "990001", "township": "青石镇"}


def projects(*rows):
    base = {"name": "养羊", "content": TEXT, "lon": 102.0, "lat": 28.0, "place_code": "990001", "village": None}
    return pd.DataFrame([{**base, **row} for row in rows], index=[f"P{at}" for at in range(len(rows))])


def ids(*rows, **options):
    return [group.project_ids for group in find_copies(projects(*rows), adjacent={}, **options)]


def test_alike_contents_in_reach_are_one_group():
    nearly = TEXT.replace("羊圈一座", "羊圈两座").replace("三十只", "五十只")
    found = find_copies(projects({}, {"lat": 28.1, "content": nearly}, {"lat": 28.2}, {"content": OTHER}), adjacent={})
    assert [group.project_ids for group in found] == [("P0", "P1", "P2")]
    assert 0.8 <= found[0].likeness < 1


def test_out_of_reach_short_pooled_and_repeated_rows_are_no_copies():
    assert ids({}, {"lat": 28.4}) == []
    assert ids({}, {}) == []
    assert ids({}, {"name": "羊场"}) == [("P0", "P1")]
    assert ids({"content": "购买种羊"}, {"content": "购买种羊", "lat": 28.1}) == []
    assert ids({"content": TEXT + "，抱团发展"}, {"content": TEXT + "，抱团发展", "lat": 28.1}) == []
    assert ids({"joint_venture_id": "V"}, {"joint_venture_id": "V", "lat": 28.1}) == []
    assert ids({"joint_venture_id": "V"}, {"joint_venture_id": "W", "lat": 28.1}) == [("P0", "P1")]


def test_without_coordinates_the_county_and_its_neighbours_are_in_reach():
    here, there = {**COUNTY, "village": "一村"}, {**COUNTY, "village": "二村", "place_code": "990002"}
    assert ids(here, there) == []
    near = {"990001": frozenset({"990002"})}
    assert [g.project_ids for g in find_copies(projects(here, there), adjacent=near)] == [("P0", "P1")]
    assert ids(here, {"lat": 29.9}) == [("P0", "P1")]


def test_the_bound_is_a_setting():
    nearly = TEXT.replace("半细毛羊", "黑山羊").replace("带动农户增收", "村民参与分红").replace("三十", "一百")
    assert ids({}, {"lat": 28.1, "content": nearly}) == []
    assert ids({}, {"lat": 28.1, "content": nearly}, settings=HomogeneitySettings(copied_text=0.5)) == [("P0", "P1")]


def test_many_rows_of_one_text_join_as_all_pairs_would(monkeypatch):
    rng = np.random.default_rng(1)
    rows = [
        {"name": f"养羊{at % 7}", "lon": 102 + rng.integers(0, 8) / 4, "lat": 28 + rng.integers(0, 8) / 4}
        if at % 5
        else {**COUNTY, "name": f"养羊{at % 3}", "place_code": f"99000{at % 4}", "township": None}
        for at in range(80)
    ]
    whole = ids(*rows)
    monkeypatch.setattr(copies, "PAIRS_TOGETHER", 1)
    assert ids(*rows) == whole
    monkeypatch.setattr(copies, "PAIRS_AT_ONCE", 1)
    assert sorted(ids(*rows)) == sorted(whole)


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"name": ["a", "b"]})])
def test_no_content_no_copies(frame):
    assert find_copies(frame, adjacent={}) == ()
