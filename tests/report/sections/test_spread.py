import pytest

from evaluator.report.balance_finding import say_mosaic, say_tests, say_townships
from evaluator.report.balanced import tabulate_groups, tabulate_measures, tabulate_policies, tabulate_townships
from evaluator.report.document import Pictures, Table
from evaluator.report.sections.spread import build_spread


def rows(frame):
    return tuple(tuple(map(str, row)) for row in frame.itertuples(index=False, name=None))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_policy_tests_groups_and_measures_are_the_strings_of_the_screen(county, language):
    balance = county.evaluation.balance
    found = [block.rows for block in build_spread(county, language) if isinstance(block, Table)]
    assert found[0] == rows(tabulate_policies(balance, language))
    for dimension in ("industry", "horizon", "kind"):
        assert rows(tabulate_groups(balance, dimension, language)) in found
    assert rows(tabulate_measures(balance, language)) == found[-1]


def titles(material, language):
    blocks = build_spread(material, language)
    return [picture.title for block in blocks if isinstance(block, Pictures) for picture in block.items]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_mosaic_tests_and_townships_are_drawn_under_the_findings_of_the_screen(county, language):
    balance = county.evaluation.balance
    assert titles(county, language)[:2] == [say_mosaic(balance, language), say_tests(balance, language)]
    assert say_townships(balance, language) in titles(county, language)
    towns = rows(tabulate_townships(balance, language))
    assert towns in [block.rows for block in build_spread(county, language) if isinstance(block, Table)]


def test_without_households_the_funds_of_townships_are_drawn_alone(material):
    assert material.evaluation.balance.townships.reason
    assert say_townships(material.evaluation.balance, "zh") not in titles(material, "zh")


def test_a_list_of_roads_has_a_balance_too(nothing):
    assert build_spread(nothing, "en")
