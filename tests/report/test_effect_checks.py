"""Checks in words: each has a line in both languages."""

from dataclasses import replace

import pytest

from evaluator.income.honest import Sensitivity
from evaluator.income.pretrend import Pretrend
from evaluator.income.results import Caution
from evaluator.report.effect_checks import say_breakdown, say_checks, say_pretrend, tabulate_bounds, tabulate_checks
from tests.income.made import world_effects as shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_check_has_a_line(language):
    table = tabulate_checks(shown(), language)
    assert len(table) == 2 + 3 + 2 + 1 + 2 + 1 + 1  # leads, placebos, villages, effective, leavers, naive, agreement
    assert not table.iloc[:, 1].str.contains("{", regex=False).any()


def test_villages_left_out_are_a_range():
    lines = dict(say_checks(shown(), "en"))
    low, high = shown().influence["overall"].min(), shown().influence["overall"].max()
    assert low < shown().overall.estimate < high
    assert "One village left out, All projects" in lines


def test_a_test_that_could_not_be_made_says_why():
    test = Pretrend((), refusal=Caution("no_leads"))
    assert say_pretrend(test, "log", "en") == "not tested: no village is observed two years or more before its start"


def test_bounds_by_restriction_and_where_the_sign_breaks():
    table = tabulate_bounds(shown(), "en")
    assert list(table.iloc[:, 0])[:2] == ["trend changes ≤ 0.5 × before", "trend changes ≤ 1 × before"]
    assert say_breakdown(Sensitivity((), float("inf")), "en").startswith("The sign holds whatever")
    assert "not sure" in say_breakdown(Sensitivity((), 0.0), "en")
    assert "0.75 times" in say_breakdown(Sensitivity((), 0.75), "en")
    assert tabulate_bounds(replace(shown(), sensitivity={}), "zh").empty
