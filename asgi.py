"""The app with security headers and a readiness address, for a server of one's own: ``streamlit run asgi.py``."""

import os
import re
from base64 import b64encode
from hashlib import sha256

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from evaluator import __version__
from evaluator.pages.addresses import FIRST_PAGE, WHERE, PageAddresses

FRAMED_BY = os.environ.get("EVALUATOR_FRAME_ANCESTORS", "'self'")
"""Sites that may show the app inside a page of theirs (``?embed=true``)."""


def inline_scripts() -> str:
    """Hashes of ``WHERE`` and of the scripts within Streamlit's own page, so that these and no others may run."""
    scripts = [WHERE, *re.findall(r"<script>(.*?)</script>", FIRST_PAGE, flags=re.DOTALL)]
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' 'wasm-unsafe-eval' {inline_scripts()}",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": FRAMED_BY,
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds ``HEADERS`` to every answer; websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def ready(_: object) -> PlainTextResponse:
    """Answer when the server takes visits."""
    return PlainTextResponse(f"evaluator {__version__}\n")


app = st.App(
    "app.py", middleware=[Middleware(SecurityHeaders), Middleware(PageAddresses)], routes=[Route("/ready", ready)]
)
