"""The single numbers of a list, by hand, with laws on likeness, and plain answers where there is none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.balance import MEASURES
from evaluator.balance.concentration import effective_number, similarity_diversity
from evaluator.criteria.likeness import describe, known_likeness

PRODUCTS = ("potato", "sweet_potato", "apple", "apple_juice", "chicken", "duck", "livestock", "moonstone")


def test_shares_by_hand(balance):
    """4 of 5 million to industry; the fee is 0.1 of 5; flagged 1 of the 4 scored million; 3 of 4 pay over 5 years."""
    found = balance.measures
    assert list(found) == list(MEASURES)
    assert found["amount"] == 5_000_000
    assert (found["industry_share"], found["fee_share"]) == pytest.approx((0.8, 0.02))
    assert (found["flagged_share"], found["flagged_projects_share"]) == pytest.approx((0.25, 1 / 3))
    assert (found["long_share"], found["short_share"]) == pytest.approx((0.75, 0.25))
    assert (found["households"], found["poor_households"]) == (110, 30)


def test_types_by_hand(balance):
    """Potato 1 and walnut 3 million, unlike: 1/(1/16 + 9/16) = 1.6 types either way."""
    assert balance.measures["effective_types"] == pytest.approx(1.6)
    assert balance.measures["inverse_hhi"] == pytest.approx(1.6)
    assert balance.measures["hhi"] == 0.625
    assert balance.measures["hhi_normalised"] == 0.25


def test_likeness_lowers_the_number_of_types(make_balance, table):
    """Two tubers of one stage, 0.6 alike: 1/(1/16 + 9/16 + 2·0.6·3/16)."""
    alike = table.assign(product=["potato", "sweet_potato", None, None, None])
    assert make_balance(alike).measures["effective_types"] == pytest.approx(1 / (0.625 + 1.2 * 3 / 16))


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PRODUCTS), st.floats(1.0, 100.0)), min_size=1, max_size=10))
def test_level_sums_are_the_published_formula(make_balance, rows):
    """The sum over levels equals Leinster and Cobbold's over all pairs of types."""
    words, amounts = zip(*rows, strict=True)
    frame = pd.DataFrame({"name": "基地", "kind": "industry", "product": words, "investment_yuan": amounts})
    ledger = make_balance(frame, level=pd.Series(dtype=object)).ledger
    products = [p if isinstance(p, str) else "" for p in ledger.groups["product"]]
    kinds = [describe(p) if p != "unknown" else describe("") for p in products]
    order = sorted(set(kinds))
    held = [sum(a for a, k in zip(ledger.amount, kinds, strict=True) if k == kind) for kind in order]
    typed = [h if kind.family else 0.0 for h, kind in zip(held, order, strict=True)]
    alike = [[1.0 if a == b else known_likeness(a, b, (1.0, 0.6, 0.2)) for b in order] for a in order]
    expected = similarity_diversity(typed, alike)
    found = make_balance(frame, level=pd.Series(dtype=object)).measures
    if all(kind.family for kind in order):
        assert found["effective_types"] == pytest.approx(expected)
        assert found["inverse_hhi"] == pytest.approx(effective_number(typed))
        assert found["effective_types"] <= found["inverse_hhi"] + 1e-9


def test_no_projects_no_amounts_nothing_scored(make_balance, table):
    roads = make_balance(table.iloc[[2]])
    assert roads.reasons["effective_types"] == "none_scored"
    empty = make_balance(table).ledger
    assert empty is not None
    unpaid = make_balance(table.drop(columns="investment_yuan"))
    assert unpaid.basis == "projects"
    assert np.isnan(unpaid.measures["amount"])
    assert unpaid.reasons["amount"] == "no_amounts"
    assert unpaid.measures["industry_share"] == pytest.approx(0.4)
    vague = make_balance(
        table.drop(columns=["product", "benefit_years", "households", "poor_households"]).assign(name="项目")
    )
    assert vague.reasons["long_share"] == "no_horizons"
    assert vague.reasons["households"] == "no_households"
