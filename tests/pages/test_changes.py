"""Rules and facts changed in a visit: checked, undone, carried to every page."""

import pytest
from streamlit.testing.v1 import AppTest

from evaluator.domain.settings import Settings
from evaluator.language import catalogue
from evaluator.pages import changes

WORDS = catalogue("en")


def script(steps):
    """A page that only makes changes and shows what came of them."""
    from evaluator.pages import changes as made
    from evaluator.pages import state

    state.begin()
    faults = [getattr(made, name)(*values) for name, *values in steps]
    state.finish()
    state.remember("came", (faults, state.settings().differences(), state.facts(), made.can_undo()))


def came_of(*steps):
    app = AppTest.from_function(script, args=(list(steps),), default_timeout=60).run()
    assert not app.exception, app.exception
    return (*app.session_state["kept_came"], app)


def test_a_changed_rule_stands_in_the_address():
    faults, differences, _, can_undo, app = came_of(("change_setting", "payback.rate", 0.05))
    assert (faults, can_undo) == ([None], True)
    assert differences == {"payback.rate": (0.08, 0.05)}
    assert app.query_params["set"] in ("payback.rate=0.05", ["payback.rate=0.05"])


def test_an_impossible_rule_changes_nothing_and_says_why():
    faults, differences, _, can_undo, _ = came_of(("change_setting", "payback.rate", -2.0))
    assert faults[0].key == "payback.rate"
    assert (differences, can_undo) == ({}, False)


def test_some_rules_change_together_or_not_at_all():
    faults, differences, *_ = came_of(("change_settings", {"payback.rate": 0.05, "flags.degree": 7}))
    assert faults[0].key == "flags.degree"
    assert differences == {}


def test_the_last_change_is_taken_back():
    _, differences, *_ = came_of(
        ("change_setting", "payback.rate", 0.05), ("change_setting", "flags.degree", 0.6), ("undo_setting",)
    )
    assert set(differences) == {"payback.rate"}


def test_one_rule_or_all_go_back_to_the_default():
    two = (("change_setting", "payback.rate", 0.05), ("change_setting", "flags.degree", 0.6))
    assert set(came_of(*two, ("reset_setting", "payback.rate"))[1]) == {"flags.degree"}
    assert came_of(*two, ("reset_settings",))[1] == {}


def test_an_uploaded_book_is_taken_as_it_is():
    text = Settings().with_values({"payback.rate": 0.05, "weights.order": "demand > payback"}).to_toml()
    faults, differences, *_ = came_of(("accept_settings", text))
    assert faults == [None]
    assert set(differences) == {"payback.rate", "weights.order"}
    assert came_of(("accept_settings", "[weights]\nat_most = [0.1, 0.1, 0.1, 0.1]\n"))[0][0].key == "weights.order"


def test_facts_are_kept_checked_and_forgotten(sample):
    one, two = (str(key) for key in sample.projects.frame.index[:2])
    edits = (("edit_facts", one, {"benefit_years": 9}), ("edit_facts", two, {"training_days": 5, "benefit_years": 7.5}))
    assert came_of(*edits)[2] == {one: {"benefit_years": 9}, two: {"training_days": 5, "benefit_years": 7.5}}
    assert came_of(*edits, ("forget_fact", two, "training_days"))[2][two] == {"benefit_years": 7.5}
    assert came_of(*edits, ("forget_facts", one))[2] == {two: {"training_days": 5, "benefit_years": 7.5}}
    assert came_of(*edits, ("forget_facts",))[2] == {}
    faults, _, facts, *_ = came_of(("edit_facts", one, {"benefit_years": 900}))
    assert "900" in faults[0].lines("en")[0]
    assert facts == {}


def test_a_fact_set_back_by_hand_is_no_edit(sample):
    key = str(sample.projects.frame.index[0])
    read = float(sample.projects.frame.at[key, "investment_yuan"])
    assert (
        came_of(("edit_facts", key, {"investment_yuan": 1.0}), ("edit_facts", key, {"investment_yuan": read}))[2] == {}
    )


@pytest.mark.slow
def test_an_edited_fact_reaches_every_page_and_is_named_there(open_page, turn_to):
    app = open_page("project")
    key = app.selectbox(key="project").value
    before = app.metric[0].value
    field = next(box for box in app.number_input if "signed_offtake_share" in box.key)
    field.set_value(0.0)
    next(button for button in app.button if button.label == WORDS["pages.what_if.apply"]).click().run()
    assert not app.exception
    assert app.metric[0].value != before
    for page in ("overview", "ranking", "data"):
        app = turn_to(app, page)
        assert WORDS["pages.changes.unsaved"] in [warning.value for warning in app.warning]
    app.button(key=f"undo_{key}_signed_offtake_share").click().run()
    assert WORDS["pages.changes.unsaved"] not in [warning.value for warning in app.warning]


def test_as_many_changes_can_be_undone_as_people_make():
    assert changes.MOST_UNDONE >= 20
