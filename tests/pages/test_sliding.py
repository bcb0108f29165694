import numpy as np
import pytest

from evaluator.domain.settings import CRITERIA
from evaluator.language import catalogue
from evaluator.pages import answers
from evaluator.pages.plan import Plan
from evaluator.pages.sliding import compare_shares
from evaluator.pages.text import unbroken


@pytest.fixture(scope="module")
def selection(evaluation):
    return answers.choose_plan(evaluation, Plan(), "", "en")


def test_present_weights_change_nothing(selection):
    now = selection.slide_weights(np.ones(4))
    assert compare_shares(selection, now, now) == ([], [], pytest.approx(1))


def test_who_comes_and_goes_is_told_apart(selection):
    n = len(selection.problem.candidates.ids)
    now, other = np.zeros(n), np.zeros(n)
    now[0], other[1] = 1.0, 0.5
    comes, goes, stays = compare_shares(selection, other, now)
    assert comes == [selection.problem.candidates.ids[1]]
    assert goes == [selection.problem.candidates.ids[0]]
    assert stays == 0


@pytest.mark.slow
def test_a_move_answers_and_leaves_the_view_alone(open_page):
    app = open_page("portfolio", part="choose")
    keys = [slider.key for slider in app.slider]
    assert [next(name for name in CRITERIA if name in key) for key in keys] == list(CRITERIA)
    assert any(unbroken("100 %") in element.value for element in app.markdown)
    app.slider(key=keys[0]).set_value(100).run()
    assert not app.exception
    assert "w" not in app.query_params
    use = next(button for button in app.button if button.label == catalogue("en")["pages.sliding.use"])
    use.click().run()
    assert app.query_params["w"] in ("100-25-25-25", ["100-25-25-25"])


def test_all_weights_zero_are_equal_weights(open_page):
    app = open_page("portfolio", part="choose")
    for key in [slider.key for slider in app.slider]:
        app.slider(key=key).set_value(0)
    app.run()
    assert not app.exception
    assert catalogue("en")["pages.weights.all_zero"] in [warning.value for warning in app.warning]
