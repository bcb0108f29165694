"""Signing in and out, and the way back: Streamlit returns to the first page with nothing of the address left."""

from collections.abc import Callable, Mapping
from itertools import cycle
from typing import Any

import streamlit as st

from evaluator.pages import basis, state

COOKIE = "_streamlit_xsrf"
"""Holds a secret of the browser, there before anybody signs in: by it the browser is known again."""


def sign_in() -> None:
    """Go to the provider, and afterwards back to this round and view."""
    _leave(st.login, signed=True)


def sign_out() -> None:
    """Sign out, and stay with this round and view."""
    _leave(st.logout, signed=False)


def come_back(pages: Mapping[str, Any]) -> None:
    """On the first run after signing in or out: open the Review page with all that its address said."""
    browser = tell_browser(st.context.cookies.get(COOKIE, ""))
    if not browser or not basis.offers_sign_in():
        return
    place = _places(browser)
    if place and place["signed"] == bool(st.user.is_logged_in) and not st.query_params:
        parameters = place["parameters"]
        place.clear()
        st.switch_page(pages["review"], query_params=parameters)


def tell_browser(cookie: str) -> str:
    """The secret in the cookie, which is written anew with every page: ``2|mask|secret xor mask|time``; else empty."""
    try:
        _, mask, masked, _ = cookie.strip("\"'").split("|")
        pairs = zip(bytes.fromhex(masked), cycle(bytes.fromhex(mask)), strict=False)
        return bytes(one ^ other for one, other in pairs).hex()
    except ValueError:
        return ""


def _leave(go: Callable[[], None], *, signed: bool) -> None:
    if browser := tell_browser(st.context.cookies.get(COOKIE, "")):
        _places(browser).update(parameters=state.link_parameters(page="review"), signed=signed)
    go()


@st.cache_resource(show_spinner=False, ttl=900, max_entries=1000)
def _places(browser: str) -> dict[str, Any]:
    """Where a browser left for its provider; forgotten after a quarter of an hour."""
    return {}
