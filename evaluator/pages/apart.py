"""Which of the labels in a picture have room: those that would stand in another's are left out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evaluator.charts.style import LETTER, WORD

PHONE, WIDE = (330, 260), (560, 380)
"""Pixels across and down that a picture has for its marks on a phone, and in half of a wide window."""


def find_apart(
    x: Sequence[float], y: Sequence[float], labels: Sequence[str], *, size: tuple[int, int]
) -> npt.NDArray[np.bool_]:
    """Which labels can stand at their points (0-1) in a picture of ``size`` pixels, earlier ones first.

    A label takes the width of its letters and the height of a line; an empty one takes nothing.
    """
    kept: list[tuple[float, float, float]] = []
    found = np.zeros(len(labels), dtype=bool)
    for number, (across, down, label) in enumerate(zip(x, y, labels, strict=True)):
        here = (across * size[0], down * size[1], measure_label(label))
        if label and not any(_meet(here, other) for other in kept):
            found[number] = True
            kept.append(here)
    return found


def measure_label(label: str) -> float:
    """Pixels across of a label in a chart on a screen."""
    return WORD * sum(LETTER["zh" if ord(letter) > 0x2E7F else "en"] for letter in label)


def _meet(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return abs(one[0] - other[0]) < (one[2] + other[2]) / 2 + 4 and abs(one[1] - other[1]) < WORD + 2
