"""A level yearly benefit: tabulated annuity factors, payback, half-life."""

import numpy as np
import pytest

from evaluator.criteria.cashflow import npv
from evaluator.criteria.level_benefit import (
    annuity,
    half_life_years,
    lasting_years,
    payback_years,
    paying_years,
    present_value,
)


def one(*numbers):
    return [np.array([number], dtype=float) for number in numbers]


@pytest.mark.parametrize(("rate", "years", "factor"), [(0.08, 10, 6.7101), (0.05, 20, 12.4622), (0.12, 5, 3.6048)])
def test_tabulated_annuity_factors(rate, years, factor):
    assert annuity(np.array([years]), rate)[0] == pytest.approx(factor, abs=5e-5)


def test_present_value_equals_that_of_the_yearly_flows():
    value = present_value(*one(1000, 250, 1, 5), 0.08)[0]
    assert value == pytest.approx(npv(np.array([-1000, 0, *[250] * 5]), rate=0.08)[0])


def test_payback_never_and_unknown():
    assert payback_years(*one(1000, 250, 1, 9)).tolist() == [5]
    assert np.isinf(payback_years(*one(1000, 50, 1, 9))).all()
    assert np.isnan(payback_years(*one(1000, np.nan, 1, 9))).all()
    assert paying_years(*one(np.nan, 2, 10)).tolist() == [8]


def test_half_of_a_level_benefit_arrives_half_way_without_discount():
    assert half_life_years(*one(6, 1), 0.0).tolist() == [4]
    assert lasting_years(*one(1000, 60, 20, 7), 0.05).tolist() == [0]
    assert lasting_years(*one(1000, 60, 5, 7), 0.05).tolist() == [7]
