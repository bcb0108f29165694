"""What is said to clear a sign clears it when it is written into the table, and nothing smaller does."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evaluator as ev
from evaluator.flags import SIGNS
from evaluator.remedies import OTHERS
from evaluator.report.signs import say_signs

QUICK = ev.Settings().with_values({"score.draws": 100, "score.draws_least": 100})
PAST, SHORT_OF = 1e-6, -1e-6

INDUSTRY = {
    "benefit_years": st.floats(0.5, 7).map(lambda x: round(x, 1)),
    "first_income": st.sampled_from(["2026-02", "2026-06", "2027-03"]),
    "value_added_share": st.sampled_from([0.05, 0.2, 0.27, 0.5, np.nan]),
    "training_days": st.sampled_from([0.0, 5.0, 12.0, 30.0, np.nan]),
    "signed_offtake_share": st.sampled_from([0.0, 0.1, 0.3, 0.9, np.nan]),
    "offtake_grade": st.sampled_from(["deposit", "written", "oral", None]),
    "evidence_grade": st.sampled_from([0.0, 1.0, 2.0, 3.0, np.nan]),
    "yearly_subsidy_yuan": st.sampled_from([0.0, 50_000.0, 90_000.0, np.nan]),
    "yearly_household_benefit_yuan": st.sampled_from([100_000.0, 300_000.0]),
}
EMPLOYMENT = {
    "contract_months": st.sampled_from([1.0, 6.0, 9.0, 24.0]),
    "wage_yuan_month": st.sampled_from([2_000.0, 2_400.0, 3_500.0]),
    "local_wage_yuan_month": st.sampled_from([2_000.0, 2_300.0]),
    "training_days": st.sampled_from([0.0, 5.0, 12.0, np.nan]),
    "jobs": st.sampled_from([10.0, 60.0]),
    "yearly_subsidy_yuan": st.sampled_from([0.0, 200_000.0, 900_000.0]),
    "evidence_grade": st.sampled_from([0.0, 1.0, 3.0]),
    "benefit_years": st.sampled_from([1.0, 4.0]),
    "first_income": st.sampled_from(["2026-02", "2026-06"]),
}
FIXED = {
    "project_id": "P", "name": "云岭村项目", "place_code": "513431", "township": "云岭镇", "start": "2026-02",
    "investment_yuan": 1e6,
}  # fmt: skip
PROJECT = st.one_of(
    st.fixed_dictionaries({**INDUSTRY, "kind": st.just("industry"), "product": st.just("potato")}),
    st.fixed_dictionaries({**EMPLOYMENT, "kind": st.just("employment"), "product": st.just("training")}),
)
RIVAL = {**FIXED, "project_id": "R", "name": "他村项目", "status": "running"}


def run_all(projects):
    """Many projects at once, against one register of something else."""
    rows = [{**FIXED, **project, "project_id": key, "name": f"云岭{key}项目"} for key, project in projects.items()]
    other = ev.read_portfolio(pd.DataFrame([{**RIVAL, "kind": "industry", "product": "walnut"}]))
    return ev.evaluate(ev.read_portfolio(pd.DataFrame(rows)), register=other, settings=QUICK, as_of=date(2026, 3, 1))


def run(project, **options):
    table = pd.DataFrame([{**FIXED, **project}])
    return ev.evaluate(ev.read_portfolio(table), settings=QUICK, as_of=date(2026, 3, 1), **options)


def apply_changes(project, changes, step):
    """The project with the changes written in; a bound is passed by ``step``, of which a negative one falls short."""
    changed = dict(project)
    for change in changes:
        value = change.value
        if change.passed:
            value = max(value + (1 if change.upward else -1) * step * max(abs(value), 1.0), 0.0)
        elif step < 0 and change.field == "evidence_grade":
            value -= 1
        elif step < 0 and change.field == "offtake_grade":
            value = project.get("offtake_grade")
        changed[change.field] = value
    return changed


def on(evaluation, sign):
    return evaluation.flags.of("P")[sign].on


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.lists(PROJECT, min_size=4, max_size=4))
def test_every_change_clears_its_sign_and_nothing_smaller_does(projects):
    """Against a register, rows of one list do not move each other: all variants are evaluated at once."""
    before = run_all({f"P{i}": project for i, project in enumerate(projects)})
    variants, expected = {}, {}
    for number, project in enumerate(projects):
        signs = before.flags.of(f"P{number}")
        for sign, remedy in before.remedies(f"P{number}").items():
            assert not (remedy.changes and remedy.others)
            assert bool(remedy.changes or remedy.others) == signs[sign].on, (sign, signs[sign])
            for step in (PAST, SHORT_OF) if remedy.changes else ():
                key = f"P{number}{sign}{step}"
                variants[key], expected[key] = apply_changes(project, remedy.changes, step), (sign, step < 0, remedy)
    if variants:
        after = run_all(variants)
        for key, (sign, still_on, remedy) in expected.items():
            assert after.flags.of(key)[sign].on == still_on, (key, remedy)


def test_every_sign_but_likeness_can_be_cleared_by_the_projects_own_facts():
    worst = {
        "kind": "industry", "product": "potato", "benefit_years": 1.0, "first_income": "2026-03",
        "value_added_share": 0.1, "training_days": 1.0, "signed_offtake_share": 0.0, "offtake_grade": "written",
        "evidence_grade": 0.0, "yearly_subsidy_yuan": 90_000.0, "yearly_household_benefit_yuan": 100_000.0,
    }  # fmt: skip
    register = ev.read_portfolio(pd.DataFrame([{**RIVAL, "kind": "industry", "product": "potato"}]))
    remedies = run(worst, register=register).remedies("P")
    assert {sign for sign in SIGNS if remedies[sign].changes} == set(SIGNS) - {"homogeneous"}
    ((key, bound),) = remedies["homogeneous"].others
    assert key == "h"
    assert bound == pytest.approx(0.2)
    assert key in OTHERS


def test_another_product_clears_likeness():
    project = {"kind": "industry", "product": "potato"}
    register = ev.read_portfolio(pd.DataFrame([{**RIVAL, "kind": "industry", "product": "potato"}]))
    assert on(run(project, register=register), "homogeneous")
    assert not on(run({**project, "product": "walnut"}, register=register), "homogeneous")


def test_an_oral_promise_that_cannot_reach_far_enough_needs_a_deposit():
    project = {"kind": "industry", "product": "potato", "signed_offtake_share": 0.9, "offtake_grade": "oral",
               "evidence_grade": 1.0}  # fmt: skip
    remedy = run(project).remedies("P")["thin_demand"]
    assert [change.field for change in remedy.changes] in (
        ["evidence_grade"],
        ["offtake_grade"],
    )


@pytest.mark.parametrize(("language", "words"), [("en", "a deposit paid by the buyers"), ("zh", "买家已付定金")])
def test_a_deposit_is_said(language, words):
    project = {"kind": "industry", "product": "potato", "signed_offtake_share": 0.9, "offtake_grade": "oral"}
    said = {sign.key: sign for sign in say_signs(run(project), "P", language)}
    assert words in said["thin_demand"].clears


def test_saturated_markets_are_left_when_the_own_facts_cannot_do_it():
    markets = ev.read_markets(
        pd.DataFrame(
            [
                {
                    "market_id": "M",
                    "name": "市场",
                    "lon": 102.8,
                    "lat": 28.0,
                    "product": "potato",
                    "yearly_demand": 10,
                    "supplied_elsewhere": 500,
                    "unit": "t",
                }
            ]
        )
    )
    project = {"kind": "industry", "product": "potato", "lon": 102.8, "lat": 28.0, "output_per_year": 100.0,
               "output_unit": "t"}  # fmt: skip
    thin = run(project, markets=markets).remedies("P")["thin_demand"]
    assert thin.changes == ()
    assert "saturation" in dict(thin.others)
