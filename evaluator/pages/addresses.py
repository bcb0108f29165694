"""What the server does beside the script: the addresses of pages, and the first look at the app.

The answer to the address of a page (``/ranking``) also says where the server is: a browser would first ask for it below
that address, and note as an error that it is not there.
"""

import asyncio
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.server_util import get_display_address, get_url

from evaluator.pages.frame import FIRST, PAGES

NAMES = frozenset({FIRST, *PAGES})
WHERE = f"""var own = location.pathname.match(/^(.*\\/)({"|".join(sorted(NAMES))})$/);
if (own) window.__streamlit = {{ BACKEND_BASE_URL: location.origin + own[1] }};"""
"""Run in the browser before all else: the server is where the name of the page begins."""
FIRST_PAGE = Path(st.__file__).with_name("static").joinpath("index.html").read_text("utf-8")
PAGE = HTMLResponse(
    FIRST_PAGE.replace("<head>", f"<head><script>{WHERE}</script>", 1), headers={"Cache-Control": "no-cache"}
)
AFTER_SECONDS = 1.0
"""The browser is opened when the server has had time to take its first visit."""


class PageAddresses:
    """Answers the addresses of pages with Streamlit's page, ``WHERE`` at its head."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        name = scope["path"].rpartition("/")[2] if scope["type"] == "http" and scope["method"] == "GET" else ""
        await (PAGE if name in NAMES else self.app)(scope, receive, send)


@asynccontextmanager
async def open_browser(_app: object) -> AsyncIterator[None]:
    """Show the app to whoever started it at a machine with a screen, as Streamlit does for a script."""
    if not st.get_option("server.headless"):
        address = get_url(get_display_address(st.get_option("server.address") or "localhost"))
        asyncio.get_running_loop().call_later(AFTER_SECONDS, webbrowser.open, address)
    yield
