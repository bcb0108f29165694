from datetime import date

import pytest

from evaluator.domain.edits import with_facts
from evaluator.domain.fields import FIELDS
from evaluator.pages.fact_inputs import EDITABLE, meant_fact, say_unit, shown_fact


def test_shares_are_typed_in_percent_and_come_back_exactly(sample):
    key = str(sample.projects.frame.index[0])
    for share in (0.07, 0.29, 1 / 3, 0.0, 1.0):
        edited = with_facts(sample.projects, key, {"signed_offtake_share": share})
        shown = shown_fact(edited, key, "signed_offtake_share")
        assert shown == pytest.approx(100 * share)
        assert meant_fact("signed_offtake_share", shown) == pytest.approx(share, abs=1e-12)


def test_what_is_empty_is_unknown():
    assert meant_fact("village", "  ") is None
    assert meant_fact("link_mechanisms", []) is None
    assert meant_fact("benefit_years", None) is None


def test_words_of_a_set_stand_in_the_order_of_the_form():
    assert meant_fact("link_mechanisms", ["wage", "own work"]) == ("own work", "wage")


def test_other_facts_are_what_was_typed():
    assert meant_fact("start", date(2025, 3, 1)) == date(2025, 3, 1)
    assert meant_fact("outcome_3y", False) is False
    assert meant_fact("stage", "process") == "process"


def test_what_names_a_row_cannot_be_edited():
    assert not {"project_id", "name", "kind", "place_code"} & set(EDITABLE)
    assert set(EDITABLE) <= set(FIELDS)


def test_money_of_another_country_is_typed_in_its_currency(sample):
    assert say_unit(sample.projects, "investment_yuan", "zh") == "元"
    assert say_unit(sample.projects, "evidence_grade", "zh") == ""


@pytest.mark.slow
def test_every_fact_of_the_form_can_be_put_on_it(open_page):
    app = open_page("project")
    chooser = next(box for box in app.multiselect if box.key.startswith("more_facts"))
    for language in ("en", "zh"):
        app.segmented_control(key="language").set_value(language).run()
        chooser = next(box for box in app.multiselect if box.key.startswith("more_facts"))
        chooser.set_value(["stage", "start", "link_mechanisms", "product", "village", "outcome_3y", "lon"]).run()
        assert not app.exception, app.exception
