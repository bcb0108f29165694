"""Published worked examples of concentration and evenness to their printed digits, and the laws behind them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.balance.concentration import (
    effective_number,
    gini,
    herfindahl,
    mean_log_deviation,
    normalised_herfindahl,
    shares_of,
    similarity_diversity,
    standardised_gini,
    theil,
)
from evaluator.criteria.specialisation import location_quotient

GERMAN_GDP_2015 = [
    460.69, 549.19, 124.16, 65.29, 31.59, 109.27, 263.44, 39.87, 258.53, 645.59, 131.95, 35.03, 112.66, 56.22, 85.61,
    56.81,
]  # fmt: skip
AMOUNTS = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=12)


def test_doersam_2004_four_regions():
    shares = [20, 50, 20, 10]
    assert round(herfindahl(shares), 2) == 0.34
    assert round(normalised_herfindahl(shares), 2) == 0.12
    assert round(effective_number(shares), 2) == 2.94
    assert round(gini(shares), 4) == 0.3
    assert round(standardised_gini(shares), 4) == 0.4


def test_german_gdp_2015():
    assert round(herfindahl(GERMAN_GDP_2015), 3) == 0.125
    assert round(gini(GERMAN_GDP_2015), 4) == 0.5009


@pytest.mark.parametrize(
    ("shares", "printed"),
    [
        ([30, 30, 20, 20], 0.26),
        ([25, 20, 15, 10, 8, 7, 6, 5, 4], 0.154),
        ([25, 20, 15, 10, 9, 8, 7, 6], 0.158),
        ([45, 15, 10, 8, 7, 6, 5, 4], 0.254),
    ],
)
def test_merger_guidelines_markets(shares, printed):
    assert herfindahl(shares) == pytest.approx(printed, abs=1e-12)


def test_farhauer_kroell_gini_of_specialisation_and_concentration():
    """Their Ginis of rank-weighted location quotients are Ginis of the ratio, as funds a household are."""
    jobs, everywhere = [700, 600, 500, 10000, 40000], [30000, 15000, 10000, 60000, 50000]
    assert round(gini(np.divide(jobs, everywhere)), 7) == 0.6222222
    jobs, region = [500, 500, 1000, 7000, 1000], [20000, 15000, 20000, 40000, 5000]
    assert round(gini(np.divide(jobs, region)), 7) == 0.4068966


def test_stoermann_2009_regional_incomes():
    incomes = [10, 10, 10, 20, 50]
    assert round(mean_log_deviation(incomes), 7) == 0.2326302
    assert round(theil(incomes), 7) == 0.2502012


@pytest.mark.parametrize(("order", "printed"), [(0, 1.60), (1, 1.55), (2, 1.51), (np.inf, 1.32)])
def test_leinster_cobbold_two_types_one_fifth_alike(order, printed):
    """Printed by the authors of the sentropy package for shares .7 and .3."""
    assert round(similarity_diversity([0.7, 0.3], [[1, 0.2], [0.2, 1]], order=order), 2) == printed


def test_leinster_cobbold_three_sequences():
    """Printed by the same: 20, 1 and 1 sequences, likeness 0.3 to the edit distance."""
    alike = 0.3 ** np.array([[0, 1, 1], [1, 0, 2], [1, 2, 0]])
    assert round(similarity_diversity([20, 1, 1], alike, order=1), 2) == 1.18


@pytest.mark.parametrize(
    ("jobs", "printed"),
    [
        ((1714, 79006, 879213, 15593224), 0.3847623),
        ((10, 28, 117, 272), 0.83),
        ((4, 69, 48, 272), 0.33),
        ((25, 43, 117, 272), 1.35),
    ],
)
def test_location_quotients(jobs, printed):
    decimals = len(str(printed).split(".")[1])
    assert location_quotient(*jobs) == pytest.approx(printed, abs=0.51 * 10**-decimals)


def test_nothing_has_no_measure():
    for measure in (herfindahl, normalised_herfindahl, effective_number, gini, standardised_gini, theil):
        assert np.isnan(measure([]))
        assert np.isnan(measure([0.0, 0.0]))
    assert np.isnan(normalised_herfindahl([5]))
    assert np.isnan(similarity_diversity([0, 0], np.eye(2)))
    assert np.isnan(shares_of([0.0])).all()


@given(AMOUNTS, st.randoms())
def test_order_and_unit_do_not_matter(amounts, random):
    mixed = [1000 * amount for amount in amounts]
    random.shuffle(mixed)
    for measure in (herfindahl, gini, theil):
        assert measure(mixed) == pytest.approx(measure(amounts), rel=1e-9, abs=1e-9)


@given(AMOUNTS)
def test_likeness_never_adds_types_and_none_is_the_plain_number(amounts):
    n = len(amounts)
    plain = similarity_diversity(amounts, np.eye(n))
    assert plain == pytest.approx(effective_number(amounts))
    alike = similarity_diversity(amounts, np.full((n, n), 0.4) + 0.6 * np.eye(n))
    assert 1 - 1e-9 <= alike <= plain + 1e-9


@given(AMOUNTS)
def test_a_weight_is_as_many_copies(amounts):
    twice = np.repeat(amounts, 2)
    assert gini(amounts, np.full(len(amounts), 2.0)) == pytest.approx(gini(twice), abs=1e-9)
    assert theil(amounts, np.full(len(amounts), 2.0)) == pytest.approx(theil(twice), abs=1e-9)
