"""The addresses of pages are answered with the place of the server; the browser opens where somebody sits before it."""

import asyncio
import webbrowser

import pytest
from starlette.responses import PlainTextResponse
from streamlit import config

from evaluator.pages import addresses
from evaluator.pages.addresses import NAMES, PageAddresses, open_browser


def asked(path, method="GET", kind="http"):
    """The body that an app answering ``inner`` to everything gives at a path."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "method": method, "path": path, "headers": [], "query_string": b""}
    asyncio.run(PageAddresses(PlainTextResponse("inner"))(scope, None, send))
    return b"".join(message.get("body", b"") for message in sent).decode()


@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("before", ["/", "/county/evaluator/"])
def test_the_address_of_a_page_says_where_the_server_is_before_all_else(name, before):
    body = asked(before + name)
    assert body.index("BACKEND_BASE_URL") < body.index('<script type="module"')


@pytest.mark.parametrize(
    "path", ["/", "/static/js/index.js", "/ranking/_stcore/health", "/rankings", "/_stcore/host-config"]
)
def test_every_other_address_is_left_to_the_app(path):
    assert asked(path) == "inner"


def test_only_looking_is_answered():
    assert asked("/ranking", method="POST") == "inner"


@pytest.fixture
def opened(monkeypatch):
    """The addresses opened in the browser."""
    found = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    monkeypatch.setattr(addresses, "AFTER_SECONDS", 0.0)
    return found


def start(**options):
    """Start and end the server with these settings."""
    before = {key: config.get_option(key) for key in options}

    async def whole():
        async with open_browser(None):
            await asyncio.sleep(0.01)

    for key, value in options.items():
        config.set_option(key, value)
    try:
        asyncio.run(whole())
    finally:
        for key, value in before.items():
            config.set_option(key, value)


@pytest.mark.parametrize(
    ("address", "expected"), [(None, "localhost"), ("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "localhost")]
)
def test_the_browser_opens_where_somebody_sits_before_it(opened, address, expected):
    start(**{"server.headless": False, "server.address": address, "server.port": 8765})
    assert [one.rstrip("/") for one in opened] == [f"http://{expected}:8765"]


def test_a_server_without_a_screen_opens_nothing(opened):
    start(**{"server.headless": True})
    assert opened == []
