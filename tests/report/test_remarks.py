"""Beside a criterion: sources of facts, evidence caps, losses, cut yields."""

from dataclasses import replace

import numpy as np
import pytest

from evaluator.language import LANGUAGES, phrase
from evaluator.report.remarks import say_part_source, say_remarks


def with_inputs(evaluation, criterion, **values):
    """The evaluation with other raw quantities of some parts."""
    score = evaluation.scorecard.criteria[criterion]
    changed = replace(score, inputs=score.inputs.assign(**values))
    card = replace(evaluation.scorecard, criteria={**evaluation.scorecard.criteria, criterion: changed})
    return replace(evaluation, scorecard=card)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_of_demand_is_said_with_its_cap(evaluation, language):
    caps = evaluation.settings.demand.evidence_caps
    for row in range(len(evaluation.scored)):
        grade = evaluation.demand.evidence.point[row]
        (said,) = say_remarks(evaluation, "demand", row, language)
        assert f"{caps[0 if np.isnan(grade) else int(grade)]:g}" in said


def test_a_loss_is_said_where_the_present_value_is_negative(evaluation):
    for row, npv in enumerate(evaluation.appraisal["npv_yuan"]):
        assert bool(say_remarks(evaluation, "payback", row, "en")) == (npv < 0)
    assert say_remarks(evaluation, "homogeneity", 0, "en") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_weak_prior_is_marked_as_one(evaluation, language):
    demand = evaluation.demand
    source, point = demand.price_source.copy(), demand.parts["semi_deviation"].point.copy()
    low, high = np.full(len(point), 0.05), np.full(len(point), 0.2)
    source[0], point[0] = "national", np.nan
    parts = {**demand.parts, "semi_deviation": replace(demand.parts["semi_deviation"], point=point, low=low, high=high)}
    weak = replace(evaluation, demand=replace(demand, price_source=source, parts=parts))
    weak = with_inputs(weak, "demand", semi_deviation=point)
    said = say_part_source(weak, "demand", "semi_deviation", 0, language)
    assert {"en": "weak prior, 5 % to 20 %", "zh": "弱先验，5% 至 20%"}[language] in said


def test_tables_and_embedded_lists_are_named_as_sources(evaluation):
    advantage = replace(evaluation.advantage, brand_source=np.full(len(evaluation.scored), "register", dtype=object))
    branded = int(np.flatnonzero(evaluation.scorecard.criteria["advantage"].inputs["brand"].notna())[0])
    said = say_part_source(replace(evaluation, advantage=advantage), "advantage", "brand", branded, "en")
    assert said == phrase("remark.source.brand_register", "en")
    assert say_part_source(evaluation, "payback", "payback", 0, "en") == ""
    rain = replace(evaluation.advantage, limiting_factor=np.full(len(evaluation.scored), "rain", dtype=object))
    known = with_inputs(replace(evaluation, advantage=rain), "advantage", ecology=0.4)
    assert say_part_source(known, "advantage", "ecology", 0, "en") == phrase("remark.source.ecology_rain", "en")


def test_a_field_above_the_highest_known_is_a_note(evaluation):
    above = replace(evaluation.advantage, above_altitude=np.ones(len(evaluation.scored), bool))
    said = say_remarks(replace(evaluation, advantage=above), "advantage", 0, "zh")
    assert phrase("remark.altitude", "zh") in said
