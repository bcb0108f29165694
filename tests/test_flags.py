"""Short, flat and fast: reported cases, clearing, what is missing, and that worse inputs never lower a sign."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.domain.settings import FlagSettings
from evaluator.flags import SIGNS, find_flags, judge_core, share_before

INPUTS = (
    "benefit_years",
    "half_life_years",
    "value_added_share",
    "training_days",
    "share_before_assessment",
    "h",
    "offtake_share",
    "saturation",
    "evidence_grade",
    "subsidy_share",
    "contract_months",
    "wage_premium",
    "wage_subsidy_share",
)


def flags_of(*rows, employment=False, **changes):
    """Flags of projects given as rows of the first ten inputs."""
    table = {name: np.array([row.get(name, np.nan) for row in rows], float) for name in INPUTS}
    index = pd.Index([f"p{i}" for i in range(len(rows))])
    return find_flags(index, employment=np.full(len(rows), employment), settings=FlagSettings(), **{**table, **changes})


WORKED = Path(__file__).parent / "worked" / "short_flat_fast.json"
CASES = json.loads(WORKED.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["id"])
def test_reported_cases_come_out_as_labelled(case):
    row = {
        "benefit_years": case["benefit_years"],
        "half_life_years": case["t50"],
        "value_added_share": case["va"],
        "training_days": case["train"],
        "share_before_assessment": case["before"],
        "h": case["h"],
        "saturation": case["sat"],
        "offtake_share": case["contract"],
        "evidence_grade": case["evid"],
        "subsidy_share": case["subs"],
    }
    level = flags_of(row).level.iloc[0]
    assert (level == "flag") == bool(case["label"]), f"{case['story']}: {level}"


BAD = {
    "benefit_years": 1,
    "half_life_years": 0.5,
    "value_added_share": 0.1,
    "training_days": 1,
    "share_before_assessment": 0.9,
    "h": 0.5,
    "offtake_share": 0.0,
    "saturation": 1.5,
    "evidence_grade": 0,
    "subsidy_share": 0.8,
}


def test_all_signs_on_and_severity_full_at_the_worst():
    flags = flags_of(BAD)
    assert flags.level.iloc[0] == "flag"
    assert flags.severity.iloc[0] == pytest.approx(100)
    assert flags.signs.loc["p0"].tolist() == pytest.approx([1, 1, 1, 1, 1, 1], abs=0.02)


@pytest.mark.parametrize("sign", SIGNS)
def test_applying_what_would_clear_a_sign_turns_it_off(sign):
    sign_before = flags_of(BAD).of("p0")[sign]
    assert sign_before.on
    changes = dict(sign_before.clearing(FlagSettings().degree))
    assert changes
    ramps = {reading.key: reading.full - reading.begins for reading in sign_before.readings}
    passed = {key: value - 1e-6 * np.sign(ramps[key]) for key, value in changes.items()}
    assert not flags_of({**BAD, **passed}).of("p0")[sign].on
    one_less = dict(list(passed.items())[:-1])
    assert flags_of({**BAD, **one_less}).of("p0")[sign].on, "no change more than needed"


def test_two_core_signs_known_take_their_minimum_and_one_is_not_enough():
    nan = np.nan
    core = judge_core(np.array([0.9, 0.9, nan, 0.2]), np.array([0.4, nan, nan, 0.9]), np.array([nan, nan, 0.7, 0.6]))
    np.testing.assert_array_equal(core, [0.4, nan, nan, 0.6])


def test_short_alone_never_flags():
    long_and_sound = {**BAD, "value_added_share": 0.6, "training_days": 40, "share_before_assessment": 0.0}
    assert flags_of(long_and_sound).level.iloc[0] != "flag"


def test_nothing_known_cannot_be_judged_and_says_no_degree():
    flags = flags_of({})
    assert flags.level.iloc[0] == "cannot_judge"
    assert flags.signs.isna().all(axis=None)
    assert np.isnan(flags.severity.iloc[0])


def test_one_quiet_harm_sign_is_not_enough_to_clear_a_short_flat_fast_core():
    core_only = {
        k: BAD[k]
        for k in ("benefit_years", "half_life_years", "value_added_share", "training_days", "share_before_assessment")
    }
    assert flags_of({**core_only, "h": 0.0}).level.iloc[0] == "cannot_judge"
    assert flags_of({**core_only, "h": 0.5}).level.iloc[0] == "flag"
    assert flags_of({**core_only, "h": 0.0, "subsidy_share": 0.0}).level.iloc[0] == "none"


def test_employment_projects_read_contract_wage_and_wage_subsidy():
    row = {
        "contract_months": 3,
        "wage_premium": 0.0,
        "training_days": 2,
        "wage_subsidy_share": 0.7,
        "benefit_years": 20,
        "value_added_share": 0.9,
        "h": 0.0,
    }
    flags = flags_of(row, employment=True)
    assert flags.signs.loc["p0", ["short", "flat", "ends_with_subsidy"]].tolist() == [1, 1, 1]
    assert {reading.key for reading in flags.of("p0")["flat"].readings} == {"wage_premium", "training_days"}


def test_share_before_the_assessment():
    years, delay, length = (
        np.array([1.0, 0.5, 2.0, 1.0]),
        np.array([0.5, 1.0, 0.0, 0.0]),
        np.array([2.0, 2.0, 1.0, np.nan]),
    )
    np.testing.assert_allclose(share_before(years, delay, length), [0.25, 0.0, 1.0, np.nan])


WORSE = {
    "benefit_years": -1,
    "half_life_years": -1,
    "value_added_share": -1,
    "training_days": -1,
    "share_before_assessment": 1,
    "h": 1,
    "offtake_share": -1,
    "saturation": 1,
    "evidence_grade": -1,
    "subsidy_share": 1,
}
RANGES = {
    "benefit_years": (0, 8),
    "half_life_years": (0, 5),
    "training_days": (0, 30),
    "saturation": (0, 2),
    "evidence_grade": (0, 3),
}


@settings(max_examples=20, deadline=None)
@given(
    st.fixed_dictionaries({k: st.floats(*RANGES.get(k, (0, 1))) for k in WORSE}),
    st.sampled_from(sorted(WORSE)),
    st.floats(0, 1),
)
def test_worsening_an_input_never_lowers_a_sign_or_the_severity(row, name, step):
    worse = {**row, name: row[name] + WORSE[name] * step}
    before, after = flags_of(row), flags_of(worse)
    assert (after.signs.iloc[0] >= before.signs.iloc[0] - 1e-12).all()
    assert after.severity.iloc[0] >= before.severity.iloc[0] - 1e-9
