"""Opening a round on the page: with the key of the installation, on the list at hand."""

import pytest

from evaluator.language import catalogue
from evaluator.pages import basis

WORDS = catalogue("zh")


@pytest.fixture
def keyed(tmp_path, monkeypatch):
    monkeypatch.setenv("EVALUATOR_STORE", str(tmp_path / "store.sqlite"))
    monkeypatch.setenv("EVALUATOR_ROUNDS_KEY", "lantern")


def send(app, key):
    app.text_input(key="open_title").set_value("第一批")
    app.text_input(key="open_chair").set_value("主任甲")
    app.text_input(key="open_key").set_value(key)
    button = next(button for button in app.button if button.label == WORDS["pages.review.open.send"])
    button.click().run()
    assert not app.exception, app.exception
    return app


def test_without_a_key_nobody_opens_a_round(tmp_path, monkeypatch, open_page, words):
    monkeypatch.setenv("EVALUATOR_STORE", str(tmp_path / "store.sqlite"))
    app = open_page("review", lang="zh")
    assert WORDS["pages.review.open.no_key"] in words(app)
    assert not app.text_input
    assert not (tmp_path / "store.sqlite").exists()


def test_the_holder_of_the_key_opens_a_round_and_sits_down_as_its_chair(keyed, open_page, words):
    app = send(open_page("review", lang="zh"), "wrong")
    assert WORDS["committee.fault.wrong_key"] in words(app)
    assert basis.latest_rounds() == ()
    app = send(app, "lantern")
    (round_,) = basis.latest_rounds()
    assert (round_.title, round_.phase) == ("第一批", "draft")
    assert len(round_.proposals) == len(app.session_state["base"].inputs.projects.frame.index) - 5
    assert "主任甲" in words(app)
    links = [code.value for code in app.code]
    assert any(f"member={round_.id}." in link for link in links)
    assert basis.open_kept(round_.snapshot).case.fingerprint == round_.fingerprint


def test_guesses_are_counted(keyed, open_page, words):
    app = open_page("review", lang="zh")
    app.session_state["kept_keys_tried"] = 5
    assert WORDS["committee.fault.many_keys"] in words(send(app, "lantern"))
