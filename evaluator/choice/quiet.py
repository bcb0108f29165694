"""Keep what the solver's own C code prints away from standard output, and keep to a time limit."""

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

_LOCK = Lock()
_STANDARD_OUTPUT = 1


class _Redirection:
    """How many solves are under way in this process, and where standard output really goes meanwhile."""

    depth = 0
    kept: int | None = None


def _flush_c() -> None:
    """Empty C's own buffers: what it holds back would otherwise come out after the redirection has ended."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).fflush(None)


def _begin() -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    _flush_c()
    try:
        _Redirection.kept = os.dup(_STANDARD_OUTPUT)
    except OSError:  # there is no standard output to protect
        _Redirection.kept = None
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, _STANDARD_OUTPUT)
    os.close(sink)


def _end() -> None:
    _flush_c()
    if _Redirection.kept is not None:
        os.dup2(_Redirection.kept, _STANDARD_OUTPUT)
        os.close(_Redirection.kept)
        _Redirection.kept = None


@contextmanager
def keep_quiet() -> Iterator[None]:
    """While this lasts, nothing written to file descriptor 1 is seen; solves in several threads share one redirection.

    HiGHS prints some lines from C whatever its log options say. The descriptor belongs to the whole process: another
    thread that prints meanwhile is not seen either, so it is held only for the solve itself.
    """
    with _LOCK:
        if not _Redirection.depth:
            _begin()
        _Redirection.depth += 1
    try:
        yield
    finally:
        with _LOCK:
            _Redirection.depth -= 1
            if not _Redirection.depth:
                _end()


class Deadline:
    """A moment by which an answer is due; ``seconds`` from now."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether no time is left."""
        return not self.left
