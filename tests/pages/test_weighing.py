"""Weights by swings, by an order alone, by bounds: what is typed is what the rule book then holds."""

import pytest

from evaluator.domain.settings import CRITERIA
from evaluator.pages.weighing import order_of, places_of


def open_weighing(open_page, way):
    app = open_page("ranking", lang="en")
    app.session_state["weighing"] = True
    app.session_state["weighing_way"] = way
    return app.run()


def book(app):
    from evaluator.pages.book import book_of

    view = app.session_state["view"]
    return book_of(view.rules, view.weights)


def submit(app):
    next(button for button in app.button if button.label == "Use these").click().run()
    assert not app.exception, app.exception
    return app


def test_places_and_the_stated_order_are_each_other():
    places = {"payback": 1, "demand": 2, "advantage": 2}
    assert order_of(places) == "payback > demand = advantage"
    assert places_of((("payback",), ("demand", "advantage"))) == places
    assert order_of({}) == ""


def test_swings_become_weights(open_page):
    app = open_weighing(open_page, "swing")
    for name, points in zip(CRITERIA, (100, 50, 50, 0), strict=True):
        app.number_input(key=f"weighing_swing_{name}_0").set_value(points)
    submit(app)
    assert book(app).weights.shares() == pytest.approx((0.5, 0.25, 0.25, 0))
    assert [app.slider(key=f"weight_{name}").value for name in CRITERIA] == [50, 25, 25, 0]


def test_all_swings_at_nothing_are_refused(open_page):
    app = open_weighing(open_page, "swing")
    for name in CRITERIA:
        app.number_input(key=f"weighing_swing_{name}_0").set_value(0)
    submit(app)
    assert len(app.error) == 1
    assert book(app).weights.shares() == (0.25,) * 4


@pytest.mark.slow
def test_an_order_alone_narrows_the_chances_and_leaves_the_sliders(open_page):
    app = open_weighing(open_page, "order")
    app.selectbox(key="weighing_order_payback_0").set_value(1)
    app.selectbox(key="weighing_order_demand_0").set_value(2)
    submit(app)
    assert book(app).weights.order == "payback > demand"
    assert book(app).weights.shares() == (0.25,) * 4
    assert not app.warning, "equal weights lie on the edge of what is possible"
    app.button(key="weighing_clear").click().run()
    assert book(app).weights.order == ""


@pytest.mark.slow
def test_weights_outside_the_bounds_are_said_and_the_middle_is_offered(open_page):
    app = open_weighing(open_page, "bounds")
    app.slider(key="weighing_bounds_payback_0").set_value((40, 60))
    submit(app)
    assert book(app).weights.at_least[CRITERIA.index("payback")] == 0.4
    assert len(app.warning) == 1
    app.button(key="weighing_centre").click().run()
    assert not app.warning
    assert 0.4 <= book(app).weights.shares()[CRITERIA.index("payback")] <= 0.6
