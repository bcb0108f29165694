"""What if the facts were different: the form, the comparison, the way back."""

import pytest

from evaluator.domain.edits import with_facts
from evaluator.evaluation import evaluate
from evaluator.language import catalogue
from evaluator.pages.what_if import compare_rows, offered_facts


def test_facts_to_ask_for_come_first_and_numbers_only(evaluation):
    for key in evaluation.scored[::7]:
        offered = offered_facts(evaluation, str(key))
        assert 0 < len(offered) <= 9
        asked = [question.field for question in evaluation.questions[str(key)]]
        if asked and offered[0] in asked:
            assert offered[0] == next(field for field in asked if field in offered)


@pytest.mark.slow
def test_the_comparison_shows_what_changed_and_only_that(evaluation):
    key = str(evaluation.scored[0])
    same = compare_rows(evaluation, evaluation, key, "en")
    assert (same.iloc[:, 1] == same.iloc[:, 2]).all()
    shorter = evaluate(with_facts(evaluation.portfolio, key, {"benefit_years": 1}), settings=evaluation.settings)
    plain = evaluate(evaluation.portfolio, settings=evaluation.settings)
    changed = compare_rows(plain, shorter, key, "zh")
    assert (changed.iloc[:, 1] != changed.iloc[:, 2]).any()


@pytest.mark.slow
def test_a_changed_fact_is_compared_and_can_be_taken_back(open_page):
    app = open_page("project")
    words = catalogue("en")
    field = app.number_input[0]
    field.set_value((field.min or 1.0) if field.value != (field.min or 1.0) else field.min + 1)
    next(button for button in app.button if button.label == words["pages.what_if.apply"]).click().run()
    assert not app.exception
    assert any(words["pages.what_if.before"] in table.value for table in app.dataframe)
    app.button(key="what_if_reset").click().run()
    assert not any(words["pages.what_if.before"] in table.value for table in app.dataframe)


def test_pressing_the_button_without_a_change_edits_nothing(open_page):
    app = open_page("project")
    next(button for button in app.button if button.label == catalogue("en")["pages.what_if.apply"]).click().run()
    assert not app.exception
    assert not app.session_state["kept_facts"] if "kept_facts" in app.session_state else True
