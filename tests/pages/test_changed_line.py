import pytest

from evaluator.domain.settings import Settings
from evaluator.language import catalogue
from evaluator.report.changed import say_difference


@pytest.mark.slow
def test_changed_rules_are_counted_and_named_on_every_page(open_page):
    line = say_difference("payback.rate", 0.08, 0.05, "en")
    for page in ("overview", "ranking", "project", "data"):
        app = open_page(page, set="payback.rate=0.05")
        assert any(line in text.value.replace("\\", "") for text in app.markdown), page


@pytest.mark.slow
def test_the_default_book_is_not_mentioned(open_page):
    app = open_page()
    assert not [button for button in app.button if button.key == "reset_rules_here"]
    app = open_page(set="payback.rate=0.05")
    app.button(key="reset_rules_here").click().run()
    assert "set" not in app.query_params
    assert Settings().differences() == {}
    assert not [button for button in app.button if button.key == "reset_rules_here"]


@pytest.mark.slow
def test_a_rule_of_the_link_that_cannot_be_is_said(open_page):
    said = [warning.value for warning in open_page(set="payback.rate=-2").warning]
    assert said
    assert catalogue("en")["pages.ignored.set"].split("(")[0] in said[0]
