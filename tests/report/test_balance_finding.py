"""The balance in a sentence: built from the numbers, also where they are missing."""

import dataclasses
import math
from datetime import date

import pandas as pd
import pytest

from evaluator.balance import compare_balances
from evaluator.evaluation import evaluate
from evaluator.intake.read import read_portfolio
from evaluator.language import phrase
from evaluator.report.balance_finding import (
    say_balance_finding,
    say_headline,
    say_largest_group,
    say_mosaic,
    say_steps,
    say_tests,
    say_townships,
)
from evaluator.report.balance_tables import tabulate_mosaic
from evaluator.report.balanced import tabulate_groups
from evaluator.report.drawn import say_largest, say_share_caption


def test_the_headline_counts_types_industry_flags_and_tests(evaluation):
    said = say_headline(evaluation.balance, "en")
    types = evaluation.balance.measures["effective_types"]
    assert f"like {types:.1f} equal types" in said
    assert "% of the scored money is flagged" in said
    failed = sum(test.result == "fail" for test in evaluation.balance.policies)
    assert (f"{failed} of" in said) if failed else ("none failed" in said or "all" in said)
    assert said.endswith(".")
    assert said[0].isupper()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_of_roads_alone_is_not_praised(empty_evaluation, language):
    for say in (say_headline, say_balance_finding, say_mosaic, say_townships):
        said = say(empty_evaluation.balance, language)
        assert "nan" not in said
        assert "–" not in said
    assert "equal types" not in say_headline(empty_evaluation.balance, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_known_is_said(evaluation, language):
    silent = dataclasses.replace(
        evaluation.balance,
        measures=dict.fromkeys(evaluation.balance.measures, math.nan),
        by_industry=evaluation.balance.by_industry.iloc[:0],
        policies=(),
    )
    assert say_balance_finding(silent, language) == ""
    assert len(say_headline(silent, language)) > 5


def test_without_households_the_townships_say_why(evaluation):
    assert say_townships(evaluation.balance, "en") == "no table of poor households by township"


def test_the_largest_group_follows_what_is_counted(evaluation):
    balance = evaluation.balance
    table = balance.by_township
    share = table["projects"].max() / table["projects"].sum()
    said = say_largest_group(balance, "township", "en", by="projects")
    assert said == f"{table['projects'].idxmax()} has {100 * share:.0f} % of the projects"
    assert say_largest_group(balance, "township", "en", by="households") == "Nothing is stated of this"


def test_the_mosaic_names_the_largest_block_and_the_most_flagged(evaluation):
    said = say_mosaic(evaluation.balance, "en")
    cells = evaluation.balance.mosaic
    largest = cells["amount"].max() / cells["amount"].sum()
    assert f"({100 * largest:.0f} % of the scored money)" in said
    assert ("most flagged money" in said) == bool((cells["flagged_amount"] > 0).any())


def test_the_tests_of_other_places_are_not_counted(evaluation):
    results = [test.result for test in evaluation.balance.policies]
    here = len(results) - results.count("not_here")
    said = say_tests(evaluation.balance, "en")
    assert said.startswith(f"Of {here} tests")
    assert f"not met {results.count('fail')}" in said


def test_steps_name_who_gains_and_who_loses_most(evaluation):
    comparison = compare_balances(evaluation.balance, evaluation.balance)
    assert say_steps(comparison, "en") == "No industry's funds change"
    steps = pd.DataFrame(
        {"group": ["a", "nut", "tuber", "b"], "start": 0.0, "end": 0.0, "change": [9e5, -1e5, 2e5, 1e6]}
    )
    moved = dataclasses.replace(comparison, steps=steps)
    assert say_steps(moved, "en") == "Roots and tubers gains most (200,000 yuan); Nuts loses most (100,000 yuan)"
    assert say_steps(moved, "zh") == "薯类增加最多（20万元）；坚果减少最多（10万元）"


@pytest.mark.parametrize(("language", "money"), [("en", "money"), ("zh", "资金")])
def test_without_amounts_nothing_is_said_of_money(language, money):
    rows = {"项目名称": ["土豆种植", "养牛场", "鸡场"], "项目类型": ["产业"] * 3, "乡镇": ["甲镇", "甲镇", "乙镇"]}
    balance = evaluate(read_portfolio(pd.DataFrame(rows)), as_of=date(2026, 6, 30)).balance
    table = balance.by_township
    for said in (
        say_headline(balance, language),
        say_mosaic(balance, language),
        say_largest(table, "township", language, name=str),
        say_share_caption(table, "township", language),
    ):
        assert money not in said
    assert "100" in say_headline(balance, language), "all of them cannot be judged: 0 % flagged would praise them"
    for cells in (tabulate_groups(balance, "kind", language), tabulate_mosaic(balance, language)):
        assert (cells[phrase("balance.column.amount", language)] == "–").all()
