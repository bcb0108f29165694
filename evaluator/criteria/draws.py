"""Random numbers keyed by project id, so that no other row can move a project's draws.

A counter-based generator: draw d of input s of project p is a 32-bit mix of (p, s, d). Nothing depends on the
order or the number of the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from evaluator.domain.settings import ScoreSettings

_CELLS = 1 << 17  # rows × draws worked on at a time: a few arrays of this size stay in the processor's cache
_STEP = np.uint32(0x9E3779B1)


def _mix(x: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Mix 32 bits in place ("lowbias32", C. Wellons 2018: measured bias 0.17 of the ideal mixer's noise)."""
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return x


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "little")


@dataclass(frozen=True, slots=True)
class Draws:
    """``count`` draws for each of n projects; ``keys`` are (n,) hashes of their ids."""

    keys: NDArray[np.uint32]
    count: int

    @classmethod
    def of(cls, ids: Sequence[str], settings: ScoreSettings) -> "Draws":
        """Draws for these ids: all of ``settings.draws`` up to 1,000 projects, then fewer, never under the least."""
        fitting = settings.draws_total // max(len(ids), 1)
        count = max(min(settings.draws, fitting), min(settings.draws_least, settings.draws))
        return cls(np.array([_key(str(i)) for i in ids], dtype=np.uint32), count)

    def chunks(self) -> Iterator[slice]:
        """Slices of the rows that are worked on together."""
        step = max(1, _CELLS // self.count)
        for start in range(0, len(self.keys), step):
            yield slice(start, min(start + step, len(self.keys)))

    def uniform(self, rows: NDArray[np.intp], room: str, stream: int) -> NDArray[np.float64]:
        """Uniform numbers in (0, 1), (rows, count), for input ``stream`` of ``room``."""
        seed = _mix(self.keys[rows] ^ np.uint32(_key(f"{room}:{stream}")))
        counter = np.arange(self.count, dtype=np.uint32) * _STEP
        return np.asarray((_mix(seed[:, None] + counter) + 0.5) * 2.0**-32, dtype=np.float64)


def draw_weights(count: int) -> NDArray[np.float64]:
    """Weights of the four criteria drawn uniformly from the simplex, (count, 4)."""
    cells = np.arange(4 * count, dtype=np.uint32) * _STEP + np.uint32(_key("weights"))
    exponential = -np.log((_mix(cells).reshape(count, 4) + 0.5) * 2.0**-32)
    return np.asarray(exponential / exponential.sum(axis=1, keepdims=True))
