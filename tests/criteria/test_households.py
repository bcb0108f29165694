"""The household view: a level gain, its spread over the horizon, and the poverty line of a household."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.horizon import Horizon
from evaluator.criteria.households import measure_households
from evaluator.criteria.score import Quantity
from evaluator.domain.settings import PaybackSettings


def measure(benefit_years=10.0, delay=0.0, subsidy=np.nan, *, households=20.0, persons=70.0, currency="CNY", **rules):
    def known(value):
        return Quantity.known(np.array([value], dtype=float))

    horizon = Horizon(
        known(1e6),
        known(2e5),
        known(40_000),
        known(subsidy),
        known(benefit_years),
        known(delay),
        known(10),
        np.zeros(1, bool),
    )
    frame = pd.DataFrame({"households": [households], "persons": [persons]}, index=["A"])
    return measure_households(frame, horizon, settings=PaybackSettings(**rules), currency=currency).iloc[0]


def test_a_gain_in_every_year_of_the_horizon_is_its_own_equivalent():
    found = measure()
    assert found["yearly"] == 2000
    assert found["equivalent_annual"] == pytest.approx(2000)


def test_one_year_in_ten_counts_about_a_tenth():
    """1 / 1.08 of a year's 2,000 spread at the factor 6.7101."""
    assert measure(benefit_years=1.0)["equivalent_annual"] == pytest.approx(2000 / 1.08 / 6.7101, rel=1e-4)
    assert measure(delay=10.0)["equivalent_annual"] == pytest.approx(0)


def test_the_running_subsidy_is_taken_out():
    found = measure(subsidy=30_000.0)
    assert found["yearly_own"] == 500
    assert found["equivalent_annual_own"] == pytest.approx(500)
    assert measure(subsidy=90_000.0)["yearly_own"] == 0


def test_no_line_is_built_in_and_a_stated_one_counts_for_each_person():
    assert np.isnan(measure()["line_share"])
    found = measure(poverty_line_yuan=4000.0, poverty_line_year=2020)
    assert found["line"] == pytest.approx(14_000)
    assert found["line_share"] == pytest.approx(2000 / 14_000)
    for missing in ({"persons": np.nan}, {"currency": "PHP"}):
        assert np.isnan(measure(poverty_line_yuan=4000.0, **missing)["line_share"])


def test_unknown_facts_stay_unknown():
    assert np.isnan(measure(households=np.nan)["yearly"])
    assert np.isnan(measure(households=0.0)["yearly"])
    assert np.isnan(measure(benefit_years=np.nan)["equivalent_annual"])
