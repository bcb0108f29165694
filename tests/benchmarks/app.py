"""How the app feels beside an empty Streamlit app, in a real Chromium, both served here and moved in turn.

Run by hand: ``python tests/benchmarks/app.py [--moves 30] [--parts settle size people paint memory]``. Times are wall
times in the browser from a key press on a slider until the last message of that move was drawn; the ratio to the
empty app, moved in the same minute, is what counts. Lists are invented (``tests/benchmarks/score.py``) and uploaded.

- settle: one weight moved on the ranking, on the ranking with four projects compared, and on the portfolio page.
- size: the same move with 10,000 projects against 500, and what each move sends.
- people: many readers, each moving every three seconds.
- paint: from the address to the first whole page, on a server just started and after.
- memory: the server before and after many visits with 10,000 projects, and after an export.
"""

import argparse
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.score import invent
from tests.browser.conftest import BROWSERS, STILL, serve

EMPTY = 'import streamlit as st\nst.set_page_config(layout="wide")\nst.write(st.slider("x", 0, 100, 25))\n'
PARTS = ["settle", "size", "people", "paint", "memory"]
QUIET_MS = 500
LISTEN = """() => {
    const Plain = window.WebSocket;
    window.WebSocket = class extends Plain {
        constructor(...given) {
            super(...given);
            this.addEventListener('message', () => {
                window.heard = performance.now();
                requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now(); }));
            });
        }
    };
}"""
BEGIN = "() => { window.heard = window.drawn = 0; return window.begun = performance.now(); }"
SETTLED = f"""() => window.drawn > window.begun && performance.now() - window.heard > {QUIET_MS}
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""


class Reader:
    """One window with a slider to move."""

    def __init__(self, browser, address, path="/"):
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page = self.context.new_page()
        self.page.add_init_script(f"({LISTEN})()")
        self.received = 0
        self.page.on("websocket", self._listen)
        self.address, self.steps = address, 0
        self.open(path)

    def _listen(self, socket):
        socket.on("framereceived", lambda frame: setattr(self, "received", self.received + len(frame)))

    def open(self, path):
        """Go to a page; seconds until it is whole."""
        begin = perf_counter()
        self.page.goto(self.address + path)
        self.page.wait_for_selector(
            "[data-testid=stSlider], [data-testid=stMetric], [data-testid=stFileUploader]", timeout=120_000
        )
        self.page.wait_for_selector(STILL, timeout=120_000)
        return perf_counter() - begin

    def upload(self, file):
        """Use a list of one's own, then go back to where the sliders are."""
        self.open("/data")
        self.page.locator("[data-testid=stFileUploaderDropzoneInput]").first.set_input_files(str(file))
        self.page.wait_for_timeout(3_000)
        self.page.wait_for_selector(STILL, timeout=180_000)

    def go(self, place):
        """Follow a link of the navigation, which keeps the list."""
        self.page.locator(".st-key-navigation").get_by_role("link").nth(place).click()
        self.page.wait_for_timeout(1_500)
        self.page.wait_for_selector(STILL, timeout=120_000)

    def move(self):
        """One step on the first slider, up and down without reaching an end: milliseconds and bytes received."""
        thumb = self.page.get_by_role("slider").first
        thumb.focus()
        before = self.received
        begun = self.page.evaluate(BEGIN)
        thumb.press("ArrowRight" if self.steps % 24 < 12 else "ArrowLeft")
        self.steps += 1
        self.page.wait_for_function(SETTLED, timeout=60_000)
        return self.page.evaluate("() => window.drawn") - begun, self.received - before


def in_turn(readers, moves):
    """Moves of all readers in turn: name to (moves,) milliseconds and bytes; the first three are not counted."""
    found = {name: [] for name in readers}
    for turn in range(moves + 3):
        for name, reader in readers.items():
            taken = reader.move()
            if turn >= 3:
                found[name].append(taken)
            reader.page.wait_for_timeout(120)
    return {name: np.array(taken).T for name, taken in found.items()}


def quantiles(times):
    return np.quantile(times, [0.5, 0.95])


def report(found, floor="empty"):
    base = quantiles(found[floor][0])
    for name, (times, sizes) in found.items():
        p50, p95 = quantiles(times)
        ratios = f"ratio p50 {p50 / base[0]:.2f}, p95 {p95 / base[1]:.2f}"
        print(
            f"  {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, {ratios}; {median(sizes) / 1000:.0f} KB a move", flush=True
        )


def measure_settle(browser, ours, empty, moves):
    print("settle, sample county")
    ranking = Reader(browser, ours, "/ranking")
    compared = Reader(browser, ours, "/ranking")
    rows = compared.page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    for row in range(4):
        compared.page.mouse.click(rows["x"] + 17, rows["y"] + 38 + 36 * row + 18)
        compared.page.wait_for_timeout(900)
    readers = {"empty": Reader(browser, empty), "ranking": ranking, "four compared": compared}
    portfolio = Reader(browser, ours, "/portfolio")
    if portfolio.page.get_by_role("slider").count():
        readers["portfolio"] = portfolio
    report(in_turn(readers, moves))


def measure_size(browser, ours, empty, moves, files):
    print("size, ranking")
    readers = {"empty": Reader(browser, empty)}
    for rows, file in files.items():
        reader = Reader(browser, ours, "/data")
        reader.upload(file)
        reader.go(1)
        readers[f"{rows:,} projects"] = reader
    found = in_turn(readers, moves)
    report(found)
    few, many = (quantiles(found[f"{rows:,} projects"][0]) for rows in files)
    print(f"  many against few: p50 {many[0] / few[0]:.2f}, p95 {many[1] / few[1]:.2f}")


def measure_people(browser, ours, empty, count):
    print(f"people, {count} at once, a move every three seconds each")
    floor = None
    for name, address, path in (("empty", empty, "/"), ("ranking", ours, "/ranking")):
        readers = [Reader(browser, address, path) for _ in range(count)]
        times, begin = [], perf_counter()
        for turn in range(6 * count):
            wait = begin + 3.0 * turn / count - perf_counter()
            if wait > 0:
                readers[0].page.wait_for_timeout(1000 * wait)
            times.append(readers[turn % count].move()[0])
        p50, p95 = quantiles(times[count:])
        floor = floor or p95
        print(f"  {name}: p50 {p50:.0f} ms, p95 {p95:.0f} ms, p95 against empty {p95 / floor:.2f}", flush=True)
        for reader in readers:
            reader.context.close()


def visit_seconds(browser, address):
    """A visit by someone new, to the first whole page."""
    begin = perf_counter()
    Reader(browser, address).context.close()
    return perf_counter() - begin


def measure_paint(browser, folder, scripts):
    print("first paint")
    cold, warm = {}, {}
    for name, script in scripts.items():
        first = []
        for _ in range(3):
            with serve(script, folder) as address:
                first.append(visit_seconds(browser, address))
                warm.setdefault(name, []).extend(visit_seconds(browser, address) for _ in range(4))
        cold[name] = first
    for kind, found in (("cold", cold), ("warm", warm)):
        ours, empty = median(found["ours"]), median(found["empty"])
        print(f"  {kind}: {ours:.2f} s against {empty:.2f} s, ratio {ours / empty:.2f}", flush=True)


def memory_mb(address):
    """Resident memory of the server at an address."""
    port = address.rsplit(":", 1)[1]
    for folder in Path("/proc").glob("[0-9]*"):
        words = (folder / "cmdline").read_bytes().split(b"\0")
        if port.encode() in words and b"streamlit" in words:
            status = (folder / "status").read_text()
            return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024
    raise RuntimeError(address)


def measure_memory(browser, folder, files, visits):
    print("memory of the server")
    with serve("app.py", folder) as address:
        visit_seconds(browser, address)
        print(f"  after a first visit: {memory_mb(address):.0f} MB", flush=True)
        reader = Reader(browser, address, "/ranking")
        with reader.page.expect_download() as waiting:
            reader.page.locator(".st-key-download_xlsx button").click()
        assert waiting.value.path().stat().st_size
        print(f"  after an export: {memory_mb(address):.0f} MB", flush=True)
        reader.context.close()
        for visit in range(1, visits + 1):
            reader = Reader(browser, address, "/data")
            reader.upload(files[max(files)])
            reader.context.close()
            if visit in {5, visits // 3, 2 * visits // 3, visits}:
                print(f"  after {visit} visits with {max(files):,} projects: {memory_mb(address):.0f} MB", flush=True)


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        path = next(found for found in BROWSERS if Path(found).exists())
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=30)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--visits", type=int, default=150)
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        script = folder / "empty.py"
        script.write_text(EMPTY)
        files = {rows: folder / f"{rows}.csv" for rows in (500, 10_000)}
        for rows, file in files.items():
            invent(rows, seed=1, label="P", missing=0.4).to_csv(file, index=False)
        if {"settle", "size", "people"} & set(chosen.parts):
            with serve("app.py", folder) as ours, serve(str(script), folder) as empty:
                if "settle" in chosen.parts:
                    measure_settle(browser, ours, empty, chosen.moves)
                if "size" in chosen.parts:
                    measure_size(browser, ours, empty, chosen.moves, files)
                if "people" in chosen.parts:
                    measure_people(browser, ours, empty, chosen.people)
        if "paint" in chosen.parts:
            measure_paint(browser, folder, {"empty": str(script), "ours": "app.py"})
        if "memory" in chosen.parts:
            measure_memory(browser, folder, files, chosen.visits)


if __name__ == "__main__":
    main()
