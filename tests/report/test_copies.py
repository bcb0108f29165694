"""Copied applications are named in both languages, and listed in JSON."""

import dataclasses

import pytest

from evaluator.criteria.copies import CopyGroup
from evaluator.report.copies import say_copies, tabulate_copies
from evaluator.report.scored import describe_evaluation


@pytest.fixture
def copied(evaluation):
    ids = tuple(map(str, evaluation.scored[:2]))
    return dataclasses.replace(evaluation, copies=(CopyGroup(ids, 0.934),))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_copies_are_named(copied, language):
    (said,) = say_copies(copied, language)
    assert "青岭花椒基地" in said
    assert "93" in said
    table = tabulate_copies(copied, language)
    assert table.shape == (1, 3)
    assert "石坝花椒种植" in table.iloc[0, 2]


def test_long_groups_name_the_first_and_count_the_rest(copied):
    many = dataclasses.replace(copied, copies=(CopyGroup(tuple(f"X{at}" for at in range(14)), 0.8),))
    assert "and 4 more" in say_copies(many, "en")[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_none_found_is_said(evaluation, language):
    assert len(say_copies(evaluation, language)) == 1
    assert tabulate_copies(evaluation, language).empty


def test_json_lists_the_groups(copied, evaluation):
    assert describe_evaluation(copied)["copies"] == [{"projects": ["A1", "A2"], "likeness": pytest.approx(0.934)}]
    assert describe_evaluation(evaluation)["copies"] == []


def test_one_project_names_the_others_of_its_group(evaluation):
    from dataclasses import replace

    from evaluator.criteria.copies import CopyGroup
    from evaluator.report.copies import say_copy

    first, second = map(str, evaluation.scored[:2])
    found = replace(evaluation, copies=(CopyGroup((first, second), 0.9),))
    names = evaluation.portfolio.frame["name"]
    assert str(names[second]) in say_copy(found, first, "en")
    assert str(names[first]) not in say_copy(found, first, "en")
    assert say_copy(replace(evaluation, copies=()), first, "en") == ""


def test_texts_that_are_word_for_word_the_same_are_not_at_least_100_percent_alike(copied):
    same = dataclasses.replace(copied, copies=(CopyGroup(copied.copies[0].project_ids, 1.0),))
    assert "word for word" in say_copies(same, "en")[0] and "100" not in say_copies(same, "zh")[0]
