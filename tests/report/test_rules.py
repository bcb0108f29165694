"""Rules are said from the settings in force, never from a fixed text."""

import math

import pytest

from evaluator.domain.settings import CRITERIA, Settings
from evaluator.report.rules import PART_ANCHORS, format_input, say_criterion_rule, say_part_rule


def test_the_payback_rule_reads_as_its_anchors():
    assert say_part_rule("payback", "payback", Settings(), "en") == (
        "pays back in 3 years = 100, 5 years = 80, 8 years = 40, 12 years or never = 0"
    )


def test_a_changed_anchor_changes_the_rule():
    changed = Settings().with_values({"demand.coverage": [[0.25, 0], [2.0, 100]]})
    assert say_part_rule("demand", "coverage", changed, "en") == "markets can absorb 25 % = 0, 200 % = 100"
    assert "55" in say_criterion_rule(
        "demand", Settings().with_values({"demand.evidence_caps": [55, 60, 85, 100]}), "zh"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_scored_part_has_a_rule(evaluation, language):
    for criterion in CRITERIA:
        assert say_criterion_rule(criterion, evaluation.settings, language)
        for part in evaluation.scorecard.criteria[criterion].parts:
            assert (criterion, part) in PART_ANCHORS
            assert say_part_rule(criterion, part, evaluation.settings, language)


def test_raw_quantities_carry_their_unit():
    assert format_input("payback", "payback", math.inf, "en") == "never"
    assert format_input("payback", "payback", 3.2, "zh") == "3.2年"
    assert format_input("demand", "coverage", 0.64, "en") == "64 %"
    assert format_input("advantage", "brand", 0.6, "en") == "prefecture"
    assert format_input("demand", "coverage", math.nan, "en") == "–"
