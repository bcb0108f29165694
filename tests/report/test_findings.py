"""The first sentence is built from the numbers, also when most facts are missing or nothing is scored."""

import dataclasses

import numpy as np
import pytest

from evaluator.report.findings import find_settling_facts, most_facts_missing, say_caution, say_finding, say_sentences


def judged(evaluation, *, judged=True):
    """The same evaluation as if every project (or none) had the facts for a point rank."""
    card = dataclasses.replace(evaluation.scorecard, judged=np.full(len(evaluation.scored), judged))
    return dataclasses.replace(evaluation, scorecard=card)


def test_missing_facts_are_a_finding_with_what_to_ask(evaluation):
    unjudged = judged(evaluation, judged=False)
    assert most_facts_missing(unjudged)
    said = say_finding(unjudged, "en")
    assert said.startswith("Most facts are missing: 0 of 4 scored projects")
    assert "What can be judged now: likeness with neighbours" in said
    assert "Asking the townships for" in said
    field, count, gain = find_settling_facts(unjudged)[0]
    assert count > 0
    assert gain > 0
    assert field in evaluation.portfolio.frame.columns


def test_facts_that_serve_together_are_asked_once(evaluation):
    fields = [field for field, _, _ in find_settling_facts(evaluation, 10)]
    assert not {"output_per_year", "output_unit"} <= set(fields)


def test_with_facts_the_finding_counts_flags_and_names_the_best(evaluation):
    said = say_finding(judged(evaluation), "en")
    flagged = int((evaluation.flags.level == "flag").sum())
    assert f"{flagged} project" in said
    best = evaluation.scored[int(np.argmin(evaluation.scorecard.rank))]
    assert evaluation.portfolio.frame["name"].loc[best] in said


def test_the_balance_and_the_facts_to_ask_for_follow(evaluation):
    first, *rest = say_sentences(judged(evaluation), "en")
    assert "flagged" in first
    types = evaluation.balance.measures["effective_types"]
    assert rest[0].startswith(f"Balance: the money is spread like {types:.1f} equal types")
    assert rest[-1].startswith("Asking the townships for")
    assert say_finding(judged(evaluation), "en") == " ".join([first, *rest])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_without_scored_projects_says_so(empty_evaluation, language):
    said = say_finding(empty_evaluation, language)
    assert said
    assert "nan" not in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sentences_end_once(evaluation, empty_evaluation, language):
    for one in (judged(evaluation), judged(evaluation, judged=False), empty_evaluation):
        said = say_finding(one, language)
        assert said.endswith("." if language == "en" else "。")
        assert not said.endswith((" .", "..", "。。"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_caution_has_a_sentence(evaluation, language):
    codes = ("no_register", "no_markets", "foreign_currency", "nothing_scored", "one_project", "uncalibrated")
    assert set(evaluation.cautions) <= set(codes)
    assert all(say_caution(code, evaluation, language) for code in codes)
