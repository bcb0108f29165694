"""Calibration in words, as a table and as JSON: what is known, what is too little, and the chance of one project."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

import evaluator as ev
from evaluator.report.calibrated import (
    describe_calibration,
    say_calibration,
    say_p_failure,
    tabulate_reliability,
)
from evaluator.report.scored import describe_evaluation

QUICK = ev.Settings().with_values({"score.draws": 100, "score.draws_least": 100})
COUNTIES = ("513431", "513434", "513436", "513437")


def register(rows=160, *, counties=4, seed=2):
    """Past projects whose failure follows how short, flat and fast they were."""
    rng = np.random.default_rng(seed)
    weak = rng.uniform(size=rows)
    failed = rng.uniform(size=rows) < 0.1 + 0.8 * weak
    return pd.DataFrame(
        {
            "project_id": [f"R{i}" for i in range(rows)],
            "name": [f"往年{i}村项目" for i in range(rows)],
            "kind": "industry",
            "product": rng.choice(["potato", "apple", "chicken", "tea", "walnut"], rows),
            "place_code": [COUNTIES[i % counties] for i in range(rows)],
            "township": [f"乡{i % 16}" for i in range(rows)],
            "village": [f"村{i}" for i in range(rows)],
            "status": "running",
            "start": "2019-03",
            "first_income": "2019-09",
            "benefit_years": (1 + 9 * (1 - weak)).round(1),
            "value_added_share": (0.1 + 0.5 * (1 - weak)).round(2),
            "training_days": (30 * (1 - weak)).round(),
            "signed_offtake_share": (1 - weak).round(2),
            "offtake_grade": "deposit",
            "evidence_grade": (3 * (1 - weak)).round(),
            "yearly_subsidy_yuan": (1e5 * weak).round(),
            "yearly_household_benefit_yuan": 1e5,
            "investment_yuan": 5e5,
            "outcome_3y": np.where(failed, "否", "是"),
        }
    )


def run(past):
    proposals = register(6, seed=9).drop(columns="outcome_3y")
    proposals = proposals.assign(project_id=[f"P{i}" for i in range(6)], name=[f"新{i}村项目" for i in range(6)])
    listed = ev.read_portfolio(proposals.assign(status="proposed", start="2026-03", first_income="2026-09"))
    return ev.evaluate(listed, register=ev.read_portfolio(past), settings=QUICK, as_of=date(2026, 1, 1))


@pytest.fixture(scope="module")
def calibrated():
    return run(register())


def test_a_register_with_outcomes_calibrates_the_flags(calibrated):
    found = calibrated.calibration
    assert found.status == "calibrated"
    assert (found.labels, found.counties) == (160, 4)
    assert found.auc > 0.7
    assert "uncalibrated" not in calibrated.cautions
    chances = found.p_failure.dropna()
    order = calibrated.flags.severity[chances.index].sort_values().index
    assert chances[order].is_monotonic_increasing


def test_the_chance_stands_with_its_project(calibrated):
    described = describe_evaluation(calibrated)
    json.dumps(described, allow_nan=False)
    chances = calibrated.calibration.p_failure
    for project in described["projects"]:
        expected = chances[project["project_id"]]
        assert project["flag"]["p_failure"] == (None if np.isnan(expected) else expected)
    assert described["calibration"]["status"] == "calibrated"
    assert described["calibration"]["precision"]["count"] >= described["calibration"]["precision"]["hits"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_said_and_tabulated(calibrated, language):
    said = say_calibration(calibrated.calibration, language, settings=QUICK.calibration)
    assert "160" in said
    assert "{" not in said
    table = tabulate_reliability(calibrated.calibration, language)
    assert len(table) == len(calibrated.calibration.reliability)
    project = calibrated.calibration.p_failure.dropna().index[0]
    assert "%" in say_p_failure(calibrated, project, language)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("past", "status"),
    [(register(20), "few_labels"), (register(counties=2), "few_counties"),
     (register().assign(outcome_3y="是"), "few_failures"), (register().assign(outcome_3y="否"), "few_successes")],
)  # fmt: skip
def test_too_few_outcomes_are_said_with_what_is_needed(past, status, language):
    result = run(past)
    assert result.calibration.status == status
    assert "uncalibrated" in result.cautions
    said = say_calibration(result.calibration, language, settings=QUICK.calibration)
    assert said.startswith({"en": "Uncalibrated", "zh": "未校准"}[language])
    assert say_p_failure(result, "P0", language) == ""
    assert describe_evaluation(result)["projects"][0]["flag"]["p_failure"] is None


def test_without_outcomes_there_is_no_calibration():
    result = run(register().drop(columns="outcome_3y"))
    assert result.calibration is None
    assert describe_calibration(result) is None
    assert say_calibration(None, "en", settings=QUICK.calibration).startswith("Uncalibrated")


def test_projects_whose_severity_is_not_known_are_named():
    past = register()
    past.loc[past.index >= 25, ["benefit_years", "value_added_share", "training_days"]] = np.nan
    result = run(past)
    assert (result.calibration.labels, result.calibration.unjudged) == (25, 135)
    assert "135" in say_calibration(result.calibration, "en", settings=QUICK.calibration)


def test_past_projects_are_judged_by_the_assessment_of_their_own_year():
    """A project of 2019 paid 0.3 of its benefit years before the end of 2019, whatever the date of appraisal."""
    past = register()
    early = run(past).calibration
    listed = ev.read_portfolio(register(6, seed=9).assign(status="proposed"))
    late = ev.evaluate(listed, register=ev.read_portfolio(past), settings=QUICK, as_of=date(2030, 1, 1)).calibration
    assert early.auc == late.auc
