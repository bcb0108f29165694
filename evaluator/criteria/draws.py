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
_BLOCK_STEP = np.uint32(0x85EBCA6B)
_STRATA = 1024
_LOW_BITS = np.uint16(_STRATA - 1)


def _mix(x: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Mix 32 bits in place ("lowbias32", C. Wellons 2018: measured bias 0.17 of the ideal mixer's noise)."""
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return x


def _shuffle(seeds: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """The numbers 0-1023 in an order of each seed's own, one more axis: odd products and shifts of 10 bits."""
    more = _mix(seeds + _STEP)
    factors = [(bits | np.uint32(1)).astype(np.uint16) for bits in (seeds, seeds >> np.uint32(16), more)]
    x = np.arange(_STRATA, dtype=np.uint16) ^ ((more >> np.uint32(16)).astype(np.uint16) & _LOW_BITS)[..., None]
    for factor, shift in zip(factors, (5, 4, 6), strict=True):
        x *= factor[..., None]
        x &= _LOW_BITS
        x ^= x >> np.uint16(shift)
    return x


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "little")


@dataclass(frozen=True, slots=True)
class Draws:
    """``count`` draws for each of n projects; ``keys`` are (n,) hashes of their ids.

    With an ``anchor_share`` above 0 the anchors are drawn too: each point of a value function moves by up to that
    share of the way to its nearer neighbour, the same for all projects (``anchor_room`` names the sample).
    """

    keys: NDArray[np.uint32]
    count: int
    anchor_share: float = 0.0
    anchor_room: str = ""

    @classmethod
    def of(cls, ids: Sequence[str], settings: ScoreSettings) -> "Draws":
        """Draws for these ids: all of ``settings.draws`` up to 1,000 projects, then fewer, never under the least."""
        fitting = settings.draws_total // max(len(ids), 1)
        count = max(min(settings.draws, fitting), min(settings.draws_least, settings.draws))
        return cls(np.array([_key(str(i)) for i in ids], dtype=np.uint32), count)

    @classmethod
    def again(cls, ids: Sequence[str], count: int, sample: str) -> "Draws":
        """Another ``count`` draws for these ids, unrelated to those of any other ``sample``."""
        return cls(np.array([_key(f"{i}\n{sample}") for i in ids], dtype=np.uint32), count)

    def chunks(self) -> Iterator[slice]:
        """Slices of the rows that are worked on together."""
        step = max(1, _CELLS // self.count)
        for start in range(0, len(self.keys), step):
            yield slice(start, min(start + step, len(self.keys)))

    def uniform(self, rows: NDArray[np.intp], room: str, stream: int) -> NDArray[np.float64]:
        """Uniform numbers in (0, 1), (rows, count), for input ``stream`` of ``room``.

        Every full block of 1,024 draws has one number in each 1,024th of (0, 1), in an order of its own (stratified,
        McKay et al. 1979), so that the range read from the first thousand is as good as from many more at random.
        """
        blocks = -(-self.count // _STRATA)
        seed = _mix(self.keys[rows] ^ np.uint32(_key(f"{room}:{stream}")))
        counter = np.arange(blocks * _STRATA, dtype=np.uint32) * _STEP
        mixed = _mix(seed[:, None] + counter)
        mixed >>= np.uint32(10)
        starts = np.arange(1, blocks + 1, dtype=np.uint32) * _BLOCK_STEP
        strata = _shuffle(_mix(seed[:, None] ^ starts)).reshape(len(rows), -1)
        mixed |= strata.astype(np.uint32) << np.uint32(22)
        return np.asarray((mixed[:, : self.count] + 0.5) * 2.0**-32, dtype=np.float64)

    def moved_points(self, points: Sequence[float], name: str) -> NDArray[np.float64]:
        """The x of a value function's anchors in each draw, (points, count), still strictly rising."""
        stated = np.array(points, dtype=np.float64)
        gaps = np.diff(stated)
        nearer = np.minimum(np.append(gaps, np.inf), np.insert(gaps, 0, np.inf))
        uniform = keyed_uniform(self.count, len(stated), f"{self.anchor_room}:{name}").T
        return np.asarray(stated[:, None] + self.anchor_share * nearer[:, None] * (2.0 * uniform - 1.0))


def keyed_uniform(count: int, columns: int, room: str) -> NDArray[np.float64]:
    """Uniform numbers in (0, 1), (count, columns), that no project owns; equal for equal ``room``."""
    cells = np.arange(columns * count, dtype=np.uint32) * _STEP + np.uint32(_key(room))
    return np.asarray((_mix(cells).reshape(count, columns) + 0.5) * 2.0**-32, dtype=np.float64)
