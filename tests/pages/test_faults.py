import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def page():
    """A page that fails, in its language."""
    import streamlit as st

    from evaluator.pages import faults, state

    faults.watch()
    state.begin()
    st.title("before")
    raise RuntimeError("secret inside")


def fragment():
    """A part of a page that fails."""
    import streamlit as st

    from evaluator.pages import faults, state

    faults.watch()
    state.begin()

    @st.fragment
    def part():
        raise RuntimeError("secret inside")

    part()


def callback():
    """A control whose callback fails."""
    import streamlit as st

    from evaluator.pages import faults, state

    def fail():
        raise RuntimeError("secret inside")

    faults.watch()
    state.begin()
    st.button("press", on_click=fail, key="press")


@pytest.mark.parametrize(("script", "language", "said"), [(page, "en", "went wrong"), (fragment, "zh", "意外错误")])
def test_the_visitor_gets_a_number_and_the_log_the_trace(script, language, said, caplog):
    app = AppTest.from_function(script, default_timeout=30)
    app.query_params["lang"] = language
    with caplog.at_level(logging.ERROR, "evaluator"):
        app.run()
    (box,) = app.error
    assert said in box.value
    reference = re.search(r"[0-9a-f]{8}", box.value)[0]
    assert reference in caplog.text
    assert "secret inside" in caplog.text
    assert "secret inside" not in "".join(element.value for element in app.error)
    assert not app.exception


def test_a_callback_that_fails_is_said_too(caplog):
    app = AppTest.from_function(callback, default_timeout=30).run()
    app.button(key="press").click().run()
    assert "secret inside" not in " ".join(element.message for element in app.exception)
    assert not app.error or "secret inside" in caplog.text
