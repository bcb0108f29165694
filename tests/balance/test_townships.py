"""Funds for each poor household by township, worked by hand."""

import numpy as np
import pytest

from evaluator.domain.places import Places


def test_townships_beside_the_county_line(balance):
    towns = balance.townships
    assert towns.table["township"].tolist() == ["云", "石镇", "雾镇"]
    assert towns.table["per_household"].tolist() == [19_000, 10_000, 0]
    assert towns.county_line == 4_900_000 / 500
    assert towns.unmatched == {}


def test_gini_over_townships(balance):
    """x = 0, 10, 19: 2(0 + 20 + 57)/(3·29) − 4/3 = 0.4368; standardised · 3/2."""
    assert balance.measures["gini"] == pytest.approx(154 / 87 - 4 / 3)
    assert balance.measures["gini_standardised"] == pytest.approx(1.5 * (154 / 87 - 4 / 3))


def test_what_no_table_says_has_a_reason(make_balance, table):
    none = make_balance(places=None)
    assert none.townships.reason == "no_household_table"
    assert np.isnan(none.measures["gini"])
    assert none.reasons["gini"] == "no_household_table"
    elsewhere = make_balance(table.assign(township="东坝乡"))
    assert (elsewhere.townships.reason, elsewhere.townships.unmatched) == ("no_match", {"东坝乡": 5})
    unpaid = make_balance(table.drop(columns="investment_yuan"))
    assert unpaid.reasons["theil"] == "no_amounts"


def test_one_township_has_no_spread(make_balance, places):
    alone = Places(places.frame.assign(poor_households="云镇=100"))
    found = make_balance(places=alone)
    assert found.townships.county_line == 19_000
    assert found.reasons["gini"] == "one_township"
    assert found.townships.unmatched == {"石镇": 1}
