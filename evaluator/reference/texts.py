"""How alike two texts are: the cosine of their runs of two and three characters. Knows no language and no project."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Pairs = NDArray[np.int64]
GRAMS = (2, 3)
_NOISE = re.compile(r"[\s\d.,;:!?()（），。；：、！？“”\"'+/%-]+")
_POOLED = re.compile(r"入股|抱团|联建|共建|持股|同一|联合|pooled|jointly|joint venture", re.IGNORECASE)
BINS = 512
ROWS_AT_ONCE, PAIRS_AT_ONCE = 1_000, 100_000
ROUNDING = 1e-4
"""How far single precision may be off."""


def plain_text(text: str) -> str:
    """A text without spaces, figures and marks, so that amounts and names of measures do not make it another one."""
    return _NOISE.sub("", text)


def is_pooled(text: str) -> bool:
    """Whether a text says that several villages pool their money in one project."""
    return bool(_POOLED.search(text))


def find_alike(texts: Sequence[str], *, at_least: float = 0.8) -> tuple[Pairs, NDArray[np.float64]]:
    """All pairs of texts whose cosine of character 2- and 3-grams reaches a bound.

    Parameters
    ----------
    texts
        n texts; none alike to an empty one.
    at_least
        Bound of the cosine, above 0 and at most 1.

    Returns
    -------
    (k, 2) pairs i < j, and their cosines (k,).

    Notes
    -----
    Exact: grams are first folded into ``BINS`` bins, the commonest into bins of their own. Counts are never negative,
    so that folding can only raise a cosine; the pairs it leaves are then compared gram by gram.

    Examples
    --------
    >>> pairs, cosine = find_alike(["新建羊圈一座购买种羊", "新建羊圈两座购买种羊", "硬化道路"], at_least=0.6)
    >>> pairs.tolist(), cosine.round(2).tolist()
    ([[0, 1]], [0.71])
    """
    table = count_grams(texts)
    folded = _fold(table)
    pairs, cosines = [np.empty((0, 2), np.int64)], [np.empty(0)]
    for start in range(0, len(texts), ROWS_AT_ONCE):
        close = folded[start : start + ROWS_AT_ONCE] @ folded[start:].T >= at_least - ROUNDING
        one, other = np.nonzero(np.triu(close, 1))
        for some in np.array_split(np.arange(len(one)), len(one) // PAIRS_AT_ONCE + 1):
            i, j = one[some] + start, other[some] + start
            cosine = np.asarray((table[i] * table[j]).sum(axis=1)).ravel()
            alike = cosine >= at_least - 1e-12
            pairs.append(np.column_stack([i[alike], j[alike]]))
            cosines.append(cosine[alike])
    return np.concatenate(pairs), np.concatenate(cosines)


def count_grams(texts: Sequence[str]) -> sparse.csr_array:
    """Counts of each 2- and 3-gram in each text, every row of length 1 (or 0); grams by rising number of texts."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    alphabet, letters = np.unique(letters, return_inverse=True)
    owner, base = np.repeat(np.arange(len(texts)), lengths), len(alphabet) + 1
    rows, codes = [], []
    for size in GRAMS:
        last = max(len(letters) - size + 1, 0)
        whole = owner[:last] == owner[size - 1 :] if last else np.empty(0, dtype=bool)
        code = np.zeros(last, dtype=np.int64)
        for step in range(size):
            code = code * base + letters[step : step + last] + 1
        rows.append(owner[:last][whole])
        codes.append(code[whole])
    row, gram = np.concatenate(rows), np.unique(np.concatenate(codes), return_inverse=True)[1]
    width = int(gram.max(initial=-1)) + 1
    counts = sparse.csr_array(sparse.coo_array((np.ones(len(row)), (row, gram)), shape=(len(texts), width)))
    rank = np.argsort(np.argsort(np.bincount(counts.indices, minlength=width), kind="stable"), kind="stable")
    counts = sparse.csr_array((counts.data, rank[counts.indices], counts.indptr), shape=counts.shape)
    counts.sort_indices()
    norm = np.sqrt(np.asarray((counts * counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(norm, np.diff(counts.indptr))
    return counts


def _fold(table: sparse.csr_array) -> NDArray[np.float32]:
    """The grams of each row in ``BINS`` bins, (n, bins); grams come by rising number of texts."""
    bins = min(BINS, max(table.shape[1], 1))
    column = (table.shape[1] - 1 - table.indices) % bins
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    folded = np.bincount(rows * bins + column, table.data, minlength=table.shape[0] * bins)
    return np.asarray(folded.reshape(table.shape[0], bins), dtype=np.float32)
