from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from evaluator.language import catalogue
from evaluator.pages import ranking, state
from evaluator.pages.link import Ignored
from evaluator.pages.state import Fault


def test_the_view_outlives_a_change_of_page(open_page, turn_to):
    app = open_page("ranking", level="flag", w="60-20-20-0")
    app = turn_to(turn_to(app, "overview"), "ranking")
    assert app.slider(key="weight_demand").value == 60
    assert app.multiselect(key="levels").value == ["flag"]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("ranking", {"w": "60-20-20-0", "level": ["flag", "watch"], "kind": "industry", "q": "羊"}),
        ("portfolio", {"part": "funds", "by": "count"}),
        ("project", {"p": "MG2025-005"}),
        ("data", {"at": "rules"}),
    ],
)
def test_widgets_begin_at_what_they_show(open_page, page, link):
    """A browser that misses the run in which a widget is set begins at its first value and reports another."""
    app = open_page(page, **link)
    shown = [
        widget
        for kind in (app.slider, app.text_input, app.number_input, app.toggle, app.multiselect, app.selectbox)
        for widget in (*kind, *app.segmented_control, *app.pills)
        if widget.key and widget.key in app.session_state
    ]
    assert shown
    for widget in {widget.key: widget for widget in shown}.values():
        first, options = widget.proto.default, list(getattr(widget, "options", ())) or None
        if isinstance(first, int) and options is not None:
            first = [first]
        if isinstance(first, Sequence) and not isinstance(first, str):
            told = widget.value if isinstance(widget.value, list) else [widget.value]
            write = (lambda one: one) if options is None else widget.format_func
            words = [write(one) for one in told if one is not None]
            assert [one if options is None else options[one] for one in first] == words, widget.key
        else:
            assert first == widget.value, widget.key


def test_a_bare_link_is_left_bare(open_page):
    assert not open_page().query_params


def test_a_change_writes_the_language_too_and_an_address_that_comes_late_undoes_nothing(open_page, monkeypatch):
    app = open_page("ranking")
    app.slider(key="weight_demand").set_value(50).run()
    assert "lang" in app.query_params
    app.query_params.clear()  # the browser has not yet heard of the new address
    app.slider(key="weight_demand").set_value(55).run()
    assert app.slider(key="weight_demand").value == 55
    assert app.query_params["w"] in ("55-25-25-25", ["55-25-25-25"])
    app.query_params.clear()
    app.run()  # something pressed that is in no link
    assert app.slider(key="weight_demand").value == 55
    assert app.query_params["w"] in ("55-25-25-25", ["55-25-25-25"])
    app.query_params.clear()
    monkeypatch.setattr(state, "get_script_run_ctx", lambda **_: SimpleNamespace(is_history_navigation=True))
    assert app.run().slider(key="weight_demand").value == 25  # the reader goes back


def test_a_link_on_the_page_to_what_was_shown_before_is_followed(open_page):
    app = open_page("data", at="fields")
    app.segmented_control(key="section").set_value("checks").run()
    app.query_params.update({"lang": "en", "at": "fields"})
    assert app.run().segmented_control(key="section").value == "fields"


def test_a_link_made_on_an_upload_drops_its_projects_once(open_page):
    app = open_page("ranking", list="deadbeef", p="x", pick=["y", "z"])
    assert len(app.warning) == 1


@pytest.mark.slow
def test_a_mapping_is_remembered_with_its_file(open_page, upload, published_list):
    app = upload(open_page("data"), "mine.csv", published_list.encode())
    digest = app.session_state["inputs"].sources["projects"].digest
    app.session_state["mappings"] = {digest: {"乡镇": "village"}}
    app.file_uploader(key="upload_projects_1").set_value(("mine.csv", published_list.encode(), "text/csv"))
    app.run()
    assert app.session_state["inputs"].projects.frame["village"].notna().all()


def test_faults_and_ignored_parts_are_plain_facts():
    assert Ignored("w", "x").key == "w"
    assert Fault("a.csv", {"en": ("one",)}).lines["en"] == ("one",)


def test_a_press_on_a_page_that_outlived_its_visit_is_taken_up_and_said(open_page):
    app = open_page(w="40-20-20-20")
    app = app.switch_page(str(ranking.__file__)).run()
    app.slider(key="weight_demand").set_value(45)
    pressed, formats = app._tree.get_widget_states(), app._session_state[TESTING_KEY]
    app._session_state = SafeSessionState(SessionState(), lambda: None)  # the server was restarted
    app._session_state[TESTING_KEY] = formats
    app._run(pressed)
    assert app.slider(key="weight_demand").value == 45
    assert app.query_params["w"] in ("45-20-20-20", ["45-20-20-20"])
    words = catalogue("en")["pages.ignored.visit"]
    assert [warning.value for warning in app.run().warning] == [words]
    assert app.slider(key="weight_demand").value == 45
