import pytest

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


def test_townships_are_drawn_and_listed_where_households_are_known(county, material):
    blocks = build_spread(material, "zh")
    assert any(isinstance(block, Pictures) for block in blocks)
    towns = tabulate_townships(county.evaluation.balance, "zh")
    listed = [block.rows for block in build_spread(county, "zh") if isinstance(block, Table)]
    assert (rows(towns) in listed) == (len(county.evaluation.balance.townships.table) > 0)


def test_a_list_of_roads_has_a_balance_too(nothing):
    assert build_spread(nothing, "en")
