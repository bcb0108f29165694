"""Flags in words: value and threshold in every reason, what is missing, and a clearing bound that does clear."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.homogeneity import Neighbour
from evaluator.domain.settings import Settings
from evaluator.flags import LEVELS, SIGNS, Reading, Sign, ramp
from evaluator.report import signs as say

NAN = math.nan


def sign_of(key, *readings):
    """A sign of (key, value, begins, full) readings, as ``find_flags`` would make it."""
    made = tuple(Reading(k, v, b, f, float(ramp(np.array(v, float), b, f))) for k, v, b, f in readings)
    known = [r.degree for r in made if not math.isnan(r.degree)]
    degree = sum(known) / len(known) if known else NAN
    return Sign(key, degree, degree >= 0.5, made)


SHORT = sign_of("short", ("benefit_years", 1.0, 5, 2), ("half_life_years", 0.8, 3, 1))


def test_a_reason_gives_each_value_with_its_threshold():
    assert say.say_sign(SHORT, "en") == (
        "The benefit stops after 1 year (sign from 3.5 years or less); "
        "half of the income arrives within 0.8 years (sign from 2 years or less)"
    )
    assert "1年" in say.say_sign(SHORT, "zh")
    assert "3.5年" in say.say_sign(SHORT, "zh")


def test_a_sign_that_is_off_is_not_said_as_a_fault():
    lasting = sign_of("short", ("benefit_years", 12.0, 5, 2))
    assert say.say_sign(lasting, "en").startswith("The benefit lasts 12 years")
    assert say.say_clearing(lasting, "en", 0.5) == ""


def test_what_is_missing_is_named():
    fast = sign_of("fast", ("share_before_assessment", NAN, 0.15, 0.5))
    assert say.say_sign(fast, "en") == "Cannot be judged: start, first income, benefit years not stated"
    assert say.say_sign(fast, "en", asked={"first_income"}) == "Cannot be judged: first income not stated"
    thin = sign_of("thin_demand", ("offtake_share", 0.0, 0.5, 0.1), ("saturation", NAN, 0.7, 1.1))
    assert "not stated: markets in reach" in say.say_sign(thin, "en")


def test_clearing_names_the_smallest_change():
    thin = sign_of("thin_demand", ("offtake_share", 0.0, 0.5, 0.1))
    assert say.say_clearing(thin, "en", 0.5) == "Clears with signed buyers for more than 30 % of the output"
    assert say.say_clearing(thin, "zh", 0.5) == "签约买家超过产量的30%，即可解除"


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_evidence_is_said_by_name(value):
    thin = sign_of("thin_demand", ("evidence_grade", value, 3, 0))
    assert say.say_clearing(thin, "en", 0.5) == "Clears with market evidence of at least: price series or survey"
    assert "price series or survey" in say.say_sign(thin, "en")


@settings(max_examples=20)
@given(st.floats(0, 0.3), st.floats(0.31, 0.9), st.floats(0.05, 0.3))
def test_the_printed_bound_is_on_the_safe_side(value, begins, full):
    """A share above the printed percent does switch the sign off: bounds are rounded away from the sign."""
    sign = sign_of("thin_demand", ("offtake_share", value, begins, min(full, begins - 0.01)))
    said = say.say_clearing(sign, "en", 0.5)
    if not said:
        return
    percent = float(said.split("more than ")[1].split(" %")[0].replace(",", ""))
    above = percent / 100 + 1e-6
    reading = sign.readings[0]
    assert float(ramp(np.array(above), reading.begins, reading.full)) < 0.5


def test_neighbours_are_named_largest_first(evaluation):
    said = {s.key: s for s in say.say_signs(evaluation, "A1", "en")}["homogeneous"]
    assert "largest: 石坝花椒种植" in said.reason


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_project_has_six_signs_in_words(evaluation, language):
    for project in evaluation.scored:
        said = say.say_signs(evaluation, project, language)
        assert [s.key for s in said] == list(SIGNS)
        assert all(s.name and s.reason for s in said)
        assert all(s.clears == "" for s in said if not s.on)


def test_the_assessment_is_dated(evaluation):
    fast = {s.key: s for s in say.say_signs(evaluation, "A1", "en")}["fast"]
    assert "before the assessment of 31 December 2026" in fast.reason


def test_levels_have_words():
    for level in LEVELS:
        assert say.say_level(level, "zh")
        assert say.say_level_meaning(level, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_sign_says_whose_thresholds_it_has_and_which_were_changed(language):
    source = say.say_source("judgement of the authors", language)
    assert source in say.say_sign_source(SHORT, Settings(), language)
    changed = Settings().with_values({"flags.short_half_life": (4.0, 1.0)})
    said = say.say_sign_source(SHORT, changed, language)
    assert say.say_setting("flags.short_half_life", language) in said
    assert say.say_setting("flags.short_benefit_years", language) not in said


def test_every_reading_has_its_setting(evaluation):
    read = {reading for signals in evaluation.flags.readings.values() for reading in signals}
    assert read == set(say.READING_SETTINGS)


def test_the_rest_of_a_long_list_is_never_named_as_its_largest_neighbour():
    rest = Neighbour("", "", None, 0.3, math.nan, math.nan, 9)
    named = Neighbour("A", "云岭村", 3.0, 0.1, 1.0, 0.9)
    assert say.say_neighbours((named, rest), "zh") == "云岭村（10%）"
