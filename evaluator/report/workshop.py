"""Drawing charts and setting pages, done in a process of its own that ends with its work.

Both are done by large native libraries: a drawing takes 80 MB and a report up to 200 MB that a process never gives
back, and a fault in native code would end the server for everybody. So this file is also run by itself, reads one job
as JSON and writes its outcome; it needs nothing of this package.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

LONGEST_SECONDS = 300
ARCHIVED = ("a-2a", "ua-1")
"""Standards a PDF keeps to where it can: for archives, and for readers who do not see."""


_AHEAD: ContextVar[subprocess.Popen[bytes] | None] = ContextVar("ahead", default=None)


class Spoilt(Exception):  # noqa: N818 - caught where there is another way
    """The work failed; its last line says why."""


def draw(specs: Sequence[Mapping[str, Any]], *, fonts: Path, form: str, scale: float = 1.0) -> list[bytes]:
    """Vega-Lite specs as ``svg`` or ``png``; raises ``Spoilt`` when one cannot be drawn."""
    job = {"do": "draw", "specs": specs, "fonts": str(fonts), "form": form, "scale": scale}
    return [base64.b64decode(one) for one in _run(job)]


def set_pages(
    source: str, inputs: Mapping[str, str], *, fonts: Path, system_fonts: bool = False, timestamp: int = 0
) -> bytes:
    """A Typst source as PDF; fonts of the machine are looked at only when asked."""
    job = {"do": "set", "source": source, "inputs": inputs, "fonts": str(fonts), "system": system_fonts}
    return base64.b64decode(_run({**job, "timestamp": timestamp})[0])


def find_undrawable(letters: Sequence[str], *, fonts: Path, family: str) -> list[str]:
    """The letters that no font of this machine has, our ``family`` included."""
    return _run({"do": "probe", "letters": list(letters), "fonts": str(fonts), "family": family})


@contextmanager
def begun() -> Iterator[None]:
    """Start the process that draws while there is other work to do: it takes a second to get ready.

    It serves the first drawing within the block, and ends with it where nothing was drawn.
    """
    process = _start("draw")
    token = _AHEAD.set(process)
    try:
        yield
    finally:
        _AHEAD.reset(token)
        if process.poll() is None:
            process.kill()
            process.communicate()


def _start(room: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-P", __file__, room], stdin=pipe, stdout=pipe, stderr=pipe)


def _run(job: Mapping[str, Any]) -> list[str]:
    """One job in a process of its own."""
    ahead = _AHEAD.get() if job["do"] == "draw" else None
    process = _start(job["do"]) if ahead is None else ahead
    _AHEAD.set(None)
    try:
        found, said = process.communicate(json.dumps(job).encode(), timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired as fault:
        process.kill()
        process.communicate()
        raise Spoilt(str(fault)) from fault
    except OSError as fault:  # the process ended before it had read its job
        raise Spoilt(str(fault)) from fault
    if process.returncode:
        lines = said.decode("utf-8", "replace").strip().splitlines()
        raise Spoilt(lines[-1] if lines else f"{job['do']}: {process.returncode}")
    done: list[str] = json.loads(found)
    return done


# --- the other side: what the process does


def _work(room: str) -> list[str]:
    """Get ready, read the job, do it."""
    if room == "draw":
        _warm_up()
    job = json.load(sys.stdin.buffer)
    return {"draw": _draw, "set": _set, "probe": _probe}[job["do"]](job)


def _warm_up() -> None:
    import vl_convert  # noqa: PLC0415 - one library a job

    vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "point"})


def _draw(job: Mapping[str, Any]) -> list[str]:
    import vl_convert  # noqa: PLC0415 - one library a job

    vl_convert.register_font_directory(job["fonts"])
    drawn: list[bytes] = [
        vl_convert.vegalite_to_png(spec, scale=job["scale"])
        if job["form"] == "png"
        else vl_convert.vegalite_to_svg(spec).encode()
        for spec in job["specs"]
    ]
    return [base64.b64encode(one).decode() for one in drawn]


def _set(job: Mapping[str, Any]) -> list[str]:
    import typst  # noqa: PLC0415 - one library a job

    fonts = _fonts(job, job["system"])

    def compile_to(standards: Any) -> bytes:  # noqa: ANN401 - words only typst knows
        compiler = typst.Compiler(
            job["source"].encode(), font_paths=fonts, ignore_system_fonts=not job["system"], sys_inputs=job["inputs"]
        )
        pages: Any = compiler.compile(format="pdf", timestamp=job["timestamp"], pdf_standards=list(standards))
        return bytes(pages)

    try:
        pages = compile_to(ARCHIVED)
    except typst.TypstError:  # a plain file is better than none; what is wrong with the source is told here
        pages = compile_to(())
    return [base64.b64encode(pages).decode()]


def _fonts(job: Mapping[str, Any], system: bool) -> Any:  # noqa: ANN401 - typst is loaded when first used
    import typst  # noqa: PLC0415 - one library a job

    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[job["fonts"]])


def _probe(job: Mapping[str, Any]) -> list[str]:
    """The archive standard refuses a text that no font has; tried letter by letter."""
    import typst  # noqa: PLC0415 - one library a job

    fonts, lacking = _fonts(job, True), []
    source = b"#set text(font: sys.inputs.family)\n#json(bytes(sys.inputs.text))"
    for letter in job["letters"]:
        inputs = {"text": json.dumps(letter), "family": job["family"]}
        compiler = typst.Compiler(source, font_paths=fonts, sys_inputs=inputs)
        try:
            compiler.compile(format="pdf", timestamp=0, pdf_standards="a-2b")
        except typst.TypstError:
            lacking.append(letter)
    return lacking


if __name__ == "__main__":
    json.dump(_work(sys.argv[1]), sys.stdout)
