"""The memory of the server: what is freed goes back to the system, what stays is not searched for garbage."""

import ctypes
import gc
from itertools import count

FREEZES = 2
_RUNS = count()


def freeze_libraries() -> None:
    """What is imported by now, and after a first run what that imported, is not searched for garbage after every move.

    Never later: what a visitor has at hand would be kept for good.
    """
    if next(_RUNS) < FREEZES:
        gc.freeze()


def give_back() -> None:
    """Return what was freed; the C library of Linux keeps it otherwise, and others need no such thing."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return
