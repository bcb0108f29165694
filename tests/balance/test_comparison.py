"""One project more or less, and two lists side by side."""

import numpy as np
import pandas as pd
import pytest

from evaluator.balance import MEASURES, compare_balances, measure_marginal


def test_without_the_road_industry_has_more(balance, make_balance, table):
    marginal = measure_marginal(balance)
    assert list(marginal.columns) == list(MEASURES)
    assert list(marginal.index) == ["A", "B", "C", "D", "E"]
    assert marginal.loc["C", "industry_share"] == pytest.approx(0.8 - 4 / 4.1)
    assert marginal.loc["C", "projects"] == 1
    without = make_balance(table[table["project_id"] != "B"].reset_index(drop=True))
    for key in MEASURES:
        expected = balance.measures[key] - without.measures[key]
        assert marginal.loc["B", key] == pytest.approx(expected, nan_ok=True), key


def test_some_projects_only_and_unknown_ids(balance):
    assert list(measure_marginal(balance, ids=("C", "A")).index) == ["C", "A"]
    with pytest.raises(KeyError):
        measure_marginal(balance, ids=("Z",))


def test_a_to_b_adds_up(balance, make_balance, table):
    other = table.assign(investment_yuan=[2_000_000.0, 3_000_000.0, None, None, 100_000.0])
    other = pd.concat([other[other["project_id"] != "C"], table.iloc[[0]].assign(project_id="N", name="新基地")])
    found = compare_balances(balance, make_balance(other.reset_index(drop=True)))
    assert (found.added, found.removed, found.changed) == (("N",), ("C",), ("A",))
    assert found.measures.loc["amount"].tolist() == [5_000_000, 6_100_000, 1_100_000]
    steps = found.steps
    assert steps["group"].tolist() == ["a", "other", "tuber", "b"]
    assert steps["change"].iloc[1:-1].sum() == 1_100_000
    assert (steps["start"].iloc[1], steps["end"].iloc[-2]) == (5_000_000, 6_100_000)
    assert found.groups["industry"].loc["tuber", "amount_change"] == 2_000_000
    assert found.policies.loc["industry_share", "found_b"] == pytest.approx(6 / 6.1)


def test_a_list_beside_itself_is_no_change(balance):
    found = compare_balances(balance, balance)
    assert (found.measures["change"].dropna() == 0).all()
    assert found.steps["group"].tolist() == ["a", "b"]
    assert (found.added, found.removed, found.changed) == ((), (), ())


def test_two_currencies_are_not_subtracted(balance, make_balance, table):
    from dataclasses import replace

    found = compare_balances(balance, replace(balance, currency="PHP"))
    assert not found.same_currency
    assert np.isnan(found.measures.loc["amount", "change"])
    assert found.groups["kind"]["amount_change"].isna().all()
