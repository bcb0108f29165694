"""Tables of the balance: the mosaic in rows, and what one project does, with the right signs and units."""

import pytest

from evaluator.balance import MEASURES, compare_balances, measure_marginal
from evaluator.report.balance_tables import (
    format_change,
    say_dimension,
    say_marginal,
    say_measure,
    tabulate_effect,
    tabulate_mosaic,
    tabulate_policy_results,
    tabulate_strongest,
)
from evaluator.report.terms import say_setting


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("flagged_share", 0.031, "+3.1 points"),
        ("long_share", -0.002, "−0.2 points"),
        ("gini", 0.0124, "+0.012"),
        ("effective_types", -0.94, "−0.9"),
        ("amount", -500_000.0, "−500,000 yuan"),
        ("projects", 1.0, "+1"),
        ("fee_share", 0.00001, "0.0 points"),
        ("theil", float("nan"), "–"),
    ],
)
def test_changes_carry_their_sign_and_unit(key, value, said):
    assert format_change(key, value, "en") == said


def test_with_and_without_differ_by_the_change(evaluation):
    effect = measure_marginal(evaluation.balance).loc["A3"]
    table = tabulate_effect(evaluation.balance, effect, "en")
    assert list(table.columns) == ["Measure", "Without", "With", "Change"]
    assert len(table) == len(MEASURES)
    assert list(table.iloc[0]) == ["Funds", "2.8 million yuan", "5.8 million yuan", "+3 million yuan"]


def test_the_strongest_stands_first(evaluation):
    effects = measure_marginal(evaluation.balance)
    names = evaluation.portfolio.labels
    table = tabulate_strongest(evaluation.balance, effects, "effective_types", names, "zh")
    order = effects["effective_types"].dropna().abs().sort_values(ascending=False, kind="stable").index
    assert list(table.index) == list(order)


def test_a_project_is_said_with_what_it_changes(evaluation):
    effect = measure_marginal(evaluation.balance).loc["A1"]
    said = say_marginal(evaluation.balance, effect, "甲", "en")
    assert said.startswith("甲 changes")
    assert say_marginal(evaluation.balance, effect * 0, "甲", "zh") == "“甲”对主要指标没有明显影响。"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_mosaic_has_a_row_a_cell(evaluation, empty_evaluation, language):
    table = tabulate_mosaic(evaluation.balance, language)
    assert len(table) == len(evaluation.balance.mosaic)
    assert tabulate_mosaic(empty_evaluation.balance, language).empty
    assert table.columns[0] == say_dimension("industry", language)
    assert table.columns[-1] == say_measure("flagged_share", language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_policy_results_stand_side_by_side_without_other_places_rules(evaluation, language):
    one, two = evaluation.balance_of(["A1", "A3"]), evaluation.balance_of(["A2", "A4"])
    comparison = compare_balances(one, two)
    table = tabulate_policy_results(comparison, language)
    here = [test for test in one.policies if test.result != "not_here"]
    assert len(table) == len(here)
    shares = table.iloc[:, 0] == say_setting("balance.industry_share", language)
    assert "100" in table.loc[shares].iloc[0, 1]
    assert table.loc[shares].iloc[0, 1] != table.loc[shares].iloc[0, 2]
