"""The app as it is hosted: security headers, and behind a real nginx at a sub-path, by the words of the guide."""

import re
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.browser.conftest import ROOT, Visit, free_port, serve, stand_aside

pytestmark = pytest.mark.browser

GUIDE = (ROOT / "docs" / "hosting.md").read_text("utf-8")
OUTER = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off; types {{ text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; {location} }}
}}
"""


@pytest.fixture(scope="module")
def hosted(tmp_path_factory):
    """``asgi.py`` under a path of its own."""
    with serve(
        "asgi.py", tmp_path_factory.mktemp("asgi"), "--server.baseUrlPath", "evaluator", path="/evaluator"
    ) as at:
        yield at


@pytest.fixture(scope="module")
def nginx(hosted, tmp_path_factory):
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        stand_aside("no nginx found")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    block = re.search(r"```nginx\n(.*?)```", GUIDE, flags=re.DOTALL).group(1)
    location = block.replace("127.0.0.1:8501", hosted.removeprefix("http://").removesuffix("/evaluator"))
    settings = Path(folder, "nginx.conf")
    settings.write_text(OUTER.format(folder=folder, port=port, location=location))
    process = subprocess.Popen([program, "-p", str(folder), "-c", str(settings), "-e", str(folder / "error.log")])
    try:
        yield f"http://127.0.0.1:{port}/evaluator"
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_every_answer_carries_the_security_headers(hosted):
    with urlopen(f"{hosted}/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
    assert "object-src 'none'" in policy
    with urlopen(f"{hosted.removesuffix('/evaluator')}/ready") as answer:
        assert answer.read().startswith(b"evaluator ")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_work_under_the_policy_behind_nginx(browser, nginx, language):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    reader, said = Visit(context, nginx.removesuffix("/evaluator")), []
    reader.page.on("console", lambda message: message.type == "error" and said.append(message.text))
    reader.open(f"/evaluator/?lang={language}")
    assert reader.charts(3) >= 3
    assert not said
    reader.page.locator(".st-key-navigation").get_by_role("link").nth(1).click()
    reader.page.wait_for_url("**/evaluator/ranking**")
    reader.settle()
    assert "/evaluator/ranking" in reader.address()
    assert not said
    reader.open(reader.address())
    assert reader.until(lambda: reader.page.locator("[data-testid=stDataFrame]").count(), 1) == 1
    assert not said
    assert not reader.elsewhere
    assert not reader.errors
    context.close()
