"""A server of our own on a free port, a real Chromium, and a watch on every request."""

import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
CALM = """calls => {
    const app = document.querySelector('[data-testid=stApp]');
    const begun = app && app.querySelector('.st-key-top');
    const fetched = begun && !app.querySelector('[data-testid=stSkeleton]');
    if (!fetched || app.dataset.testScriptState !== 'notRunning') { window.calm = null; return false; }
    const drawn = `${calls} ${location.href} ${app.querySelectorAll('*').length} ${app.textContent}`;
    if (!window.calm || window.calm.drawn !== drawn) { window.calm = { drawn, since: performance.now() }; }
    return performance.now() - window.calm.since >= 400;
}"""
"""Whether the app has stood still, with the same words under the same address, for a while."""
LONGEST_WAIT = 60_000
CHARTS = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"


def stand_aside(reason):
    """Skip where a person runs the suite without a browser; fail where the suite is the gate."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(script, folder, *options, path="", **environ):
    """Run a script of ours as a server of its own; yields its address."""
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1", *options],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environ},
        )
        address = f"http://127.0.0.1:{port}{path}"
        try:
            for _ in range(120):
                if is_up(address):
                    break
                try:
                    process.wait(timeout=0.5)
                except subprocess.TimeoutExpired:
                    continue
                pytest.fail(f"the app did not start: {log.read_text()[-2000:]}")
            else:
                pytest.fail("the app did not answer within a minute")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with serve("app.py", tmp_path_factory.mktemp("server")) as address:
        yield address


def is_up(address):
    try:
        with urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def browser():
    path = next((found for found in BROWSERS if Path(found).exists()), None) or shutil.which("chromium")
    if path is None:
        stand_aside("no Chromium found")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        stand_aside("playwright is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Visit:
    """One reader's window, with what it asked of other hosts and what went wrong in it."""

    def __init__(self, context, server):
        self.page = context.new_page()
        self.server = server
        self.elsewhere, self.errors, self.calls = [], [], 0
        local = (server, server.replace("http", "ws", 1), "data:", "blob:")
        self.page.on("request", lambda request: request.url.startswith(local) or self.elsewhere.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def open(self, path="/"):
        self.page.goto(path if path.startswith("http") else self.server + path)
        return self.settle()

    def settle(self):
        """Wait until the app has answered the last move and drawn it."""
        self.page.wait_for_timeout(250)
        self.calls += 1
        self.page.wait_for_function(CALM, arg=self.calls, polling=100, timeout=LONGEST_WAIT)
        return self

    def until(self, read, wanted):
        """What ``read`` gives once it is what is wanted, or in the end: a busy machine answers a press late."""
        for _ in range(LONGEST_WAIT // 250):
            if read() == wanted:
                break
            self.page.wait_for_timeout(250)
        return self.settle() and read()

    def weights(self):
        """The weights the address states."""
        found = re.search(r"[?&]w=([\d-]+)", self.page.url)
        return found.group(1) if found else ""

    def charts(self, least=1):
        """How many charts are drawn, once there are this many."""
        self.page.locator(CHARTS).nth(least - 1).wait_for(timeout=LONGEST_WAIT)
        return self.page.locator(CHARTS).count()

    def text(self):
        """The words on the page, without the names of icons."""
        return self.page.locator("[data-testid=stMain]").evaluate(
            """main => {
                const icons = main.querySelectorAll('[data-testid=stIconMaterial], [translate=no], [role=img]');
                icons.forEach(icon => { icon.dataset.kept = icon.style.display; icon.style.display = 'none'; });
                const text = main.innerText;
                icons.forEach(icon => { icon.style.display = icon.dataset.kept; });
                return text;
            }"""
        )

    def heading(self):
        return self.page.locator("[data-testid=stMain] h2").first.inner_text()

    def address(self):
        return self.page.url


@pytest.fixture
def visit(browser, server):
    """Open a window: ``visit(width=…, height=…, locale=…)``; nobody may be asked but our own server."""
    contexts, visits = [], []

    def begin(width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        contexts.append(context)
        visits.append(Visit(context, server))
        return visits[-1]

    yield begin
    asked = [url for one in visits for url in one.elsewhere]
    broken = [error for one in visits for error in one.errors]
    for context in contexts:
        context.close()
    assert not asked, "another host was asked"
    assert not broken
