"""What takes long is worked out once a visit, and is what the evaluation itself would say."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest


def script():
    """A page that asks for everything in depth."""
    from evaluator.pages import depth, state

    state.begin()
    result = state.evaluation()
    pairs = depth.pairs(result, [0, 1])
    state.remember("came", (result, depth.drivers(result), pairs, depth.categories(result)))
    state.weigh("demand", 90)
    state.remember("moved", depth.pairs(state.evaluation(), [0, 1]))
    state.drop_file("register")
    state.remember("without", depth.categories(state.evaluation()))


@pytest.mark.slow
def test_drivers_pairs_and_categories_are_those_of_the_evaluation():
    app = AppTest.from_function(script, default_timeout=60).run()
    assert not app.exception, app.exception
    result, drivers, pairs, proposed = app.session_state["kept_came"]
    assert np.array_equal(drivers.order.total, result.measure_drivers().order.total)
    assert np.array_equal(pairs.p, result.compare([0, 1]).p, equal_nan=True)
    assert app.session_state["kept_moved"] is pairs, "chances know no stated weight"
    assert len(proposed.proposals) > 0
    assert app.session_state["kept_without"].register.frame.equals(result.portfolio.frame), (
        "without one the list itself"
    )


def bad_years():
    """A page that asks twice for the bad years, with a weight moved between."""
    from evaluator.pages import depth, state

    state.begin()
    told = []
    first = depth.downside(state.evaluation(), told.append)
    state.weigh("demand", 90)
    second = depth.downside(state.evaluation(), told.append)
    state.remember("came", (first, second, told))


def test_bad_years_are_drawn_once_and_tell_how_far_they_are():
    app = AppTest.from_function(bad_years, default_timeout=60).run()
    assert not app.exception, app.exception
    first, second, told = app.session_state["kept_came"]
    assert first is second
    assert told == sorted(told)
    assert told[-1] == 1
