"""Yields above the average of the area are cut back to it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.demand import measure_demand
from evaluator.criteria.yields import cut_yields
from evaluator.domain.markets import Markets
from evaluator.domain.places import Places

PLACES = Places(pd.DataFrame({"average_yield": ["potato=1500;pig=110"]}, index=["990001"]))


def projects(*rows):
    base = {"product": "potato", "place_code": "990001", "output_per_year": 300.0, "output_unit": "t", "area_mu": 100.0,
            "heads": np.nan, "kind": "industry", "lon": 102.0, "lat": 27.0}  # fmt: skip
    return pd.DataFrame([{**base, **row} for row in rows])


def test_twice_the_average_is_cut_to_the_average_and_said():
    found = cut_yields(projects({}, {"output_per_year": 100.0}, {"area_mu": np.nan}, {"output_unit": "箱"}), PLACES)
    assert found.output.tolist() == [150.0, 100.0, 300.0, 300.0]
    assert found.stated[:2].tolist() == [3000.0, 1000.0]
    assert found.cut.tolist() == [True, False, False, False]


def test_animals_go_by_head_and_other_places_and_products_are_left():
    pig = {"product": "pig", "heads": 1000.0, "output_per_year": 130.0}
    found = cut_yields(projects(pig, {"product": "apple"}, {"place_code": "990002"}), PLACES)
    assert found.output.tolist() == [110.0, 300.0, 300.0]
    assert cut_yields(projects({}), None).output.tolist() == [300.0]


@settings(max_examples=20, deadline=None)
@given(st.floats(1, 1e4), st.floats(0.1, 1e4), st.floats(0, 1), st.floats(1, 3))
def test_a_cut_never_raises_and_keeps_the_range_in_order(output, area, low, high):
    row = {"output_per_year": output, "area_mu": area}
    found = cut_yields(
        projects({**row, "output_per_year_low": output * low, "output_per_year_high": output * high}), PLACES
    )
    assert found.output_low[0] <= found.output[0] <= found.output_high[0]
    assert found.output[0] <= output
    assert found.output[0] <= 1.5 * area * (1 + 1e-12) or not found.cut[0]


def test_coverage_counts_the_cut_output():
    town = Markets(pd.DataFrame({"product": ["potato"], "lon": [102.0], "lat": [27.0], "yearly_demand": [150.0],
                                 "supplied_elsewhere": [0.0], "unit": ["t"]}))  # fmt: skip
    assert measure_demand(projects({}), markets=town).parts["coverage"].point[0] == pytest.approx(0.5)
    assert measure_demand(projects({}), markets=town, places=PLACES).parts["coverage"].point[0] == pytest.approx(1.0)
