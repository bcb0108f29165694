"""Faults name what was found and what is near; a rule that concerns nobody is a warning."""

import pytest

from evaluator.domain.errors import TableError
from tests.choice.made import pose


def test_near_ids_fields_and_words_are_named():
    rules = '[fixed]\nin = ["P0"]\n[[limit]]\nwhere = {produkt = "potato", kind = "industri"}\nat_most = 3\n'
    with pytest.raises(TableError) as told:
        pose(rules=rules)
    needed = " ".join(issue.needed("en") for issue in told.value.issues)
    assert "P0" in needed and "product" in needed and "industry" in needed
    assert [issue.column for issue in told.value.issues] == [
        "limit 1 · where · produkt",
        "limit 1 · where · kind",
        "fixed · in",
    ]


def test_a_word_nobody_has_is_a_warning_with_what_is_near():
    (issue,) = pose(rules='[[limit]]\nwhere = {township = "甲乡镇"}\nat_most = 3\n').issues
    assert issue.severity == "warning" and "甲乡" in issue.needed("zh")


def test_a_fault_is_told_once():
    with pytest.raises(TableError) as told:
        pose(rules='[fixed]\nin = ["X", "X"]\n')
    assert len(told.value.issues) == 1
