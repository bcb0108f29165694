"""Titles say what the numbers say."""

from dataclasses import replace

import pytest

from evaluator.income.findings import ALL, CONTRAST
from evaluator.income.power import Detectable
from evaluator.income.results import Caution, Estimate
from evaluator.report.effect_finding import (
    STATIC,
    say_courses,
    say_detectable,
    say_extremes,
    say_figure,
    say_limits,
    say_methods_finding,
    say_naive,
    say_power_now,
    say_support_finding,
)
from evaluator.report.effect_words import format_effect
from tests.income.made import world_effects as shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_course_names_its_first_and_last_window(language):
    said = say_courses(shown(), ("flagged", "unflagged"), language)
    for group in ("flagged", "unflagged"):
        for window in (shown().windows[group][0], shown().windows[group][-1]):
            assert format_effect(window.estimate, "log", language) in said
    contrast = say_courses(shown(), (CONTRAST,), language)
    assert format_effect(shown().headline.estimate, "log", language) in contrast
    assert say_courses(replace(shown(), windows={}), (ALL,), language)


def test_support_counts_the_years_after_the_start_alone():
    path = shown().paths[ALL]
    after = path.clusters[path.events >= 0]
    assert say_support_finding(shown(), (ALL,), "en").endswith(f"{after.min()} to {after.max()}")


def test_estimators_lie_between_their_ends_without_the_naive_one():
    values = [
        shown().headline.estimate,
        *(one.contrasts[-1].estimate for one in shown().alternatives if one.contrasts),
    ]
    said = say_methods_finding(shown(), "en")
    assert said.startswith(f"{len(values)} estimators")
    assert format_effect(min(values), "log", "en") in said
    assert format_effect(shown().naive.contrast.estimate, "log", "en") in say_naive(shown(), "en")


def test_a_figure_has_its_interval_or_its_reason():
    assert say_figure(shown().overall, "log", "en")[1].startswith("from ")
    assert say_figure(Estimate("x", refusal=Caution("few_units", {"needed": 10})), "log", "en") == (
        "–", "fewer than 10 households: withheld",
    )  # fmt: skip
    assert say_figure(None, "log", "en") == ("–", "the panel has no two kinds of projects")


def test_limits_of_the_result_come_before_those_of_the_method():
    lines = list(say_limits(shown(), "en"))
    assert len(lines) == len(shown().cautions) + len(STATIC)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_more_villages_would_show_smaller_effects(language):
    assert "24" in say_power_now(shown(), language)
    assert say_power_now(replace(shown(), contrasts=(), windows={}), language) == ""
    assert "10.5" in say_detectable(Detectable(0.1, 0.05), 24, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_best_and_the_worst_group_of_the_long_run_are_named(language):
    last = {group: parts[-1].estimate for group, parts in shown().windows.items() if group != ALL}
    said = say_extremes(shown(), language)
    assert said.index(format_effect(max(last.values()), "log", language)) < said.index(
        format_effect(min(last.values()), "log", language)
    )
    assert say_extremes(replace(shown(), windows={}), language)
