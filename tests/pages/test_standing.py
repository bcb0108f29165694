"""How sure a place is: the chance of the top, and what would change it with the next above and below."""

import numpy as np

from evaluator.language import catalogue
from evaluator.pages.standing import standing_lines


def test_the_first_has_one_neighbour_in_the_order_and_the_others_two(evaluation):
    order = np.argsort(-evaluation.scorecard.total, kind="stable")
    assert [len(standing_lines(evaluation, int(row), "en")) for row in order[[0, 1, -1]]] == [2, 3, 2]


def test_the_chance_is_that_of_the_scorecard(evaluation):
    for row in (0, 7):
        share = round(100 * evaluation.scorecard.p_top[row])
        said = standing_lines(evaluation, row, "zh")[0]
        assert f"{share}%" in said or share in (0, 100)


def test_what_a_total_hangs_on_waits_until_it_is_opened(open_page, evaluation):
    app = open_page("project", p=str(evaluation.scored[4]), lang="en")
    before = {text.value for text in app.markdown}
    app.session_state["standing_drivers"] = True
    app.run()
    assert not app.exception, app.exception
    added = " ".join({text.value for text in app.markdown} - before)
    assert "total hangs" in added
    assert catalogue("en")["pages.standing.title"] in [title.value for title in app.subheader]
