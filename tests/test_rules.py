"""Rules beside the signs: they change nothing else, say whose they are, and what clears a failing one does clear it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evaluator as ev
from evaluator.rules import RESULTS, RULES, stated_columns

QUICK = {"score.draws": 100, "score.draws_least": 100}
ALL_ON = ev.Settings().with_values({**QUICK, "policy.fewer_links_than": True})
LINKS = ("自主发展", "务工", "订单", "土地流转", "分红", "托管")


def run(table, book=ALL_ON):
    return ev.evaluate(ev.read_portfolio(table), settings=book, as_of=date(2026, 3, 1))


PROJECT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["industry", "employment"]),
        "product": st.sampled_from(["chicken", "apple", "potato", "buckwheat_process"]),
        "stage": st.sampled_from(["grow", "raise", "process"]),
        "nature": st.sampled_from(["new", "continuing", None]),
        "status": st.sampled_from(["proposed", "approved", None]),
        "content": st.sampled_from(["发放鸡苗", "新建办公楼", "购置车辆并偿还债务", "加工车间", None]),
        "link_mechanisms": st.sets(st.sampled_from(LINKS), max_size=3).map(lambda s: ";".join(sorted(s)) or None),
        "performance_target": st.sampled_from(["带动80户", None]),
        "operator": st.sampled_from(["县农业农村局", "云岭合作社", None]),
        "plan": st.sampled_from(["是", "否", None]),
        "start": st.just("2026-03"),
        "end": st.sampled_from(["2026-08", "2027-05", None]),
        "first_income": st.sampled_from(["2026-10", "2027-10", None]),
        "benefit_years": st.sampled_from([1.0, 2.5, 3.0, 8.0, np.nan]),
        "promised_asset_income_share": st.sampled_from([0.03, 0.05, 0.12, np.nan]),
        "asset_life_years": st.sampled_from([8.0, 12.0, 30.0, np.nan]),
        "households": st.sampled_from([10.0, 200.0, np.nan]),
        "investment_yuan": st.sampled_from([80_000.0, 3e6]),
    }
)
STATED = {"performance_target": "带动80户", "operator": "云岭合作社", "plan": "是", "link_mechanisms": "务工",
          "content": "新建基地", "place_name": "昭觉县", "standard": "每户1000元", "fund_source": "衔接资金",
          "start": "2026-03", "end": "2027-03", "name": "云岭项目"}  # fmt: skip
FULL = {**STATED, "name": "他村项目", "kind": "industry", "product": "potato", "investment_yuan": 1e6,
        "benefit_years": 5.0, "nature": "new"}  # fmt: skip


def apply_change(project, found):
    """The project with what clears a failing rule applied to its row."""
    changed = dict(project)
    for key, value in found.clears.items():
        if value == "stated":
            changed[key] = STATED[key]
        elif value == "without":
            for word in found.value:
                changed[key] = changed[key].replace(word, "")
        elif key == "link_mechanisms":
            wanted = {"+own work": ["自主发展"], "+contract": ["订单"]}.get(value) or list(LINKS[: int(value)])
            before = [part for part in (changed[key] or "").split(";") if part]
            fill = [link for link in wanted if link not in before]
            changed[key] = ";".join(before + (fill if isinstance(value, str) else fill[: int(value) - len(before)]))
        elif key == "first_income":
            changed[key] = f"{value:.0f}-01"
        else:
            changed[key] = value
    return changed


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(PROJECT)
def test_what_clears_a_failing_rule_clears_it(project):
    row = {"project_id": "P", "name": "云岭村项目", "place_name": "昭觉县", **project}
    other = {**FULL, "project_id": "Q", "status": "proposed"}
    for found in run(pd.DataFrame([row, other])).rules.of("P"):
        assert found.result in RESULTS
        assert (found.result == "fail") == bool(found.clears)
        assert (found.result == "cannot_tell") == bool(found.missing)
        if found.result == "fail":
            after = run(pd.DataFrame([apply_change(row, found), other])).rules.of("P")
            assert next((r.result for r in after if r.key == found.key), "pass") == "pass", found


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(PROJECT)
def test_rules_never_change_a_score_or_a_flag(project):
    table = pd.DataFrame([{"project_id": "P", "name": "云岭村项目", **project}])
    off = ev.Settings().with_values({**QUICK, **{f"policy.{rule.key}": False for rule in RULES}})
    with_rules, without = run(table), run(table, off)
    assert without.rules.of("P") == ()
    np.testing.assert_array_equal(with_rules.scorecard.total, without.scorecard.total)
    pd.testing.assert_series_equal(with_rules.flags.level, without.flags.level)
    pd.testing.assert_series_equal(with_rules.flags.severity, without.flags.severity)


def test_every_rule_has_its_settings_and_its_source():
    known = {key: rule for key, _, rule in ev.Settings().rules()}
    for rule in RULES:
        assert {f"policy.{rule.key}", f"policy.{rule.key}_year", f"policy.{rule.key}_place"} <= set(known)
        assert known[f"policy.{rule.key}"].source
        assert not rule.threshold or f"policy.{rule.threshold}" in known


def test_year_place_and_threshold_are_the_county_s_to_set():
    book = ALL_ON.with_values(
        {"policy.short_horizon_years": 5.0, "policy.short_horizon_year": 2026, "policy.short_horizon_place": "云岭县"}
    )
    table = pd.DataFrame([{"project_id": "P", "name": "花椒基地", "kind": "industry", "benefit_years": 4.0}])
    found = {r.key: r for r in run(table, book).rules.of("P")}["short_horizon"]
    assert (found.result, found.threshold, found.year, found.place) == ("fail", 5.0, 2026, "云岭县")
    assert book.from_toml(book.to_toml()) == book


def test_failing_projects_are_listed_by_rule():
    table = pd.DataFrame(
        {"project_id": ["A", "B"], "name": ["花椒基地", "苦荞基地"], "kind": "industry", "benefit_years": [1.0, 9.0]}
    )
    assert run(table).rules.failing()["short_horizon"] == ["A"]


def test_columns_a_list_has_are_those_it_names_or_states():
    portfolio = ev.read_portfolio(pd.DataFrame({"项目名称": ["花椒基地"], "绩效目标": [None]}))
    assert "performance_target" in stated_columns(portfolio)
    assert "link_mechanisms" not in stated_columns(portfolio)


@pytest.mark.parametrize("key", [rule.key for rule in RULES])
def test_a_rule_can_be_switched_off(key):
    book = ALL_ON.with_values({f"policy.{key}": False})
    assert key not in run(pd.DataFrame([FULL | {"project_id": "Q"}]), book).rules.tested
