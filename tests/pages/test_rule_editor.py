"""Settings changed on the page: found by group and search, refused when impossible, undone, carried by the link."""

import pytest

from evaluator.domain.settings import Settings
from evaluator.language import catalogue
from evaluator.pages.rule_editor import MOST_ROWS, find_entries

WORDS = catalogue("en")
BOOK = Settings()


def open_rules(open_page, group=None, **link):
    app = open_page("data", at="rules", **link)
    if group:
        app.button_group(key="rules_group").set_value(group).run()
        assert not app.exception, app.exception
    return app


def change(app, key, text):
    app.text_input(key=f"rule_{key}").set_value(text).run()
    assert not app.exception, app.exception
    return app


def test_settings_are_found_by_group_word_and_change():
    assert {key.split(".")[0] for key, *_ in find_entries(BOOK, "", "payback", changed_only=False)} == {"payback"}
    assert [key for key, *_ in find_entries(BOOK, "discount rate", "weights", changed_only=False)] == ["payback.rate"]
    assert [key for key, *_ in find_entries(BOOK, "折现率", "weights", changed_only=False)] == ["payback.rate"]
    assert "demand.cobweb" in [key for key, *_ in find_entries(BOOK, "ezekiel", "weights", changed_only=False)]
    assert not find_entries(BOOK, "", "weights", changed_only=True)
    assert [key for key, *_ in find_entries(BOOK.with_values({"payback.rate": 0.05}), "", "weights", changed_only=True)]


@pytest.mark.slow
def test_every_group_can_be_opened(open_page):
    app = open_rules(open_page)
    for group in dict.fromkeys(key.split(".")[0] for key, *_ in BOOK.rules()):
        app.button_group(key="rules_group").set_value(group).run()
        assert not app.exception, (group, app.exception)
        assert not app.error


@pytest.mark.slow
def test_a_changed_setting_counts_stands_in_the_link_and_is_undone(open_page):
    app = change(open_rules(open_page, "payback"), "payback.rate", "5 %")
    assert app.query_params["set"] in ("payback.rate=0.05", ["payback.rate=0.05"])
    assert app.text_input(key="rule_payback.rate").value == "0.05"
    app.button(key="rules_undo").click().run()
    assert "set" not in app.query_params
    assert app.text_input(key="rule_payback.rate").value == "0.08"


@pytest.mark.slow
def test_one_setting_goes_back_to_its_default_by_itself(open_page):
    app = open_rules(open_page, "payback", set=["payback.rate=0.05", "payback.loss_cap=10.0"])
    app.button(key="back_payback.rate").click().run()
    assert app.query_params["set"] in ("payback.loss_cap=10.0", ["payback.loss_cap=10.0"])


@pytest.mark.slow
def test_an_impossible_setting_is_refused_with_key_found_and_range(open_page):
    app = open_rules(open_page, "payback")
    for typed, found in (("-200%", "-2.0"), ("much", "much")):
        change(app, "payback.rate", typed)
        assert len(app.error) == 1
        said = app.error[0].value.replace("\\", "")
        assert "payback.rate" in said
        assert found in said
        assert "set" not in app.query_params
        assert app.text_input(key="rule_payback.rate").value == "0.08"
    assert not change(app, "payback.rate", "0.06").error


@pytest.mark.slow
def test_anchors_are_edited_as_points_and_must_keep_their_direction(open_page):
    app = change(open_rules(open_page, "demand"), "demand.coverage", "0.4→0; 1→60; 2→100")
    assert not app.error
    assert "demand.coverage=[[0.4,0.0],[1.0,60.0],[2.0,100.0]]" in str(app.query_params["set"])
    assert len(change(app, "demand.coverage", "0.4→100; 2→0").error) == 1


@pytest.mark.slow
def test_switches_and_words_are_edited_in_place(open_page):
    app = open_rules(open_page, "choice")
    app.toggle(key="rule_choice.red_lines_out").set_value(False).run()
    app.selectbox(key="rule_choice.value").set_value("households").run()
    assert not app.exception
    assert "choice.red_lines_out=false" in str(app.query_params["set"])
    assert 'choice.value="households"' in str(app.query_params["set"])


def test_a_search_looks_through_all_groups_and_says_what_it_leaves_out(open_page):
    app = open_rules(open_page)
    app.text_input(key="rules_search").set_value("judgement").run()
    assert not app.exception
    assert len([box for box in app.text_input if box.key.startswith("rule_")]) <= MOST_ROWS
    assert any("40" in caption.value and "narrow" in caption.value for caption in app.caption)
    app.text_input(key="rules_search").set_value("no such setting").run()
    assert WORDS["pages.rules.no_match"] in [info.value for info in app.info]
