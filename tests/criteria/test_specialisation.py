import numpy as np
import pytest

from evaluator.criteria.specialisation import location_quotient, shrink_quotient, symmetric_quotient


@pytest.mark.parametrize(
    ("outputs", "expected", "tolerance"),
    [
        ((1714, 79006, 879213, 15593224), 0.3847623, 1e-6),
        ((10, 28, 117, 272), 0.83, 0.005),
        ((4, 69, 48, 272), 0.33, 0.005),
        ((25, 43, 117, 272), 1.35, 0.005),
    ],
)
def test_m14_lq_farhauer_kroell_2013_and_beer_and_bread_counties(outputs, expected, tolerance):
    assert location_quotient(*outputs) == pytest.approx(expected, abs=tolerance)


def test_m14_lq_works_on_arrays_and_says_nothing_of_empty_industries():
    found = location_quotient(np.array([10, 4, 1]), np.array([28, 69, 0]), np.array([117, 48, 3]), np.array(272))
    assert found == pytest.approx([0.8303, 0.3285, np.nan], abs=5e-5, nan_ok=True)


def test_symmetric_quotient_is_zero_as_everywhere_and_mirrors_reciprocals():
    assert symmetric_quotient(np.array([0.0, 1.0, 3.0])).tolist() == [-1.0, 0.0, 0.5]
    assert symmetric_quotient(np.array([4.0]))[0] == pytest.approx(-symmetric_quotient(np.array([0.25]))[0])


def test_shrinking_equals_adding_output_at_the_national_share():
    share, output, total, mass = 0.2, 30.0, 100.0, 0.05
    by_hand = ((output + mass * total * share) / (total * (1 + mass))) / share
    assert shrink_quotient(np.array(output / total / share), prior_mass=mass) == pytest.approx(by_hand)
