"""Products as whole-number classes on nested levels, so that likeness is a sum over levels and no pair is formed.

Where a product is unknown or named only in general, two small tables say how much less and how much more alike two
kinds might be than by what is known; a third what complements and harvests in other months take from the levels.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from evaluator.criteria.likeness import (
    PRIMARY,
    Kind,
    Similarity,
    are_complements,
    describe,
    highest_likeness,
    known_likeness,
    lowest_likeness,
)
from evaluator.criteria.seasons import harvests_apart, read_months

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ProductClasses:
    """Product classes of n rows; k classes in b buckets, numbered by content, never by row.

    Attributes
    ----------
    row_class
        (n,) class of each row.
    levels
        Codes (k,) for same product, same family and stage, same family; -1 where that is not known. Nested: equal
        on one level is equal on every later one.
    bucket
        (k,) the bucket of each class in ``less`` and ``more``; an unlisted word shares one with the unknown.
    less, more
        Sparse (b × b): known minus lowest possible likeness, and highest possible minus known likeness.
    same_word
        (k,) what ``more`` counts too much for two rows of this one class.
    certain
        (k,) whether product, family and stage are all known.
    discount
        Sparse (k × k): what complements and harvests in other months take from the likeness by levels.
    """

    row_class: Codes
    levels: tuple[Codes, Codes, Codes]
    bucket: Codes
    less: sparse.csr_array
    more: sparse.csr_array
    same_word: NDArray[np.float64]
    certain: NDArray[np.bool_]
    discount: sparse.csr_array


def classify_products(frame: pd.DataFrame, *, similarity: Similarity, season_factor: float = 1.0) -> ProductClasses:
    """Product classes of each row from ``product`` (lexicon id or any word for it), ``family`` and ``stage``.

    What a row states of family or stage goes before the lexicon. Same product means same product and stage: a
    processor beside its growers shares the family. A word the lexicon does not know is a product of its own; without
    a family it is surely like its equal only, and possibly like anything. Under a ``season_factor`` below 1 two
    projects of one product whose ``harvest_window`` months are known and apart are less alike, though never less than
    another product of their family and stage.
    """
    product_codes, words = _words(frame, "product")
    family_codes, families = _words(frame, "family")
    stage_codes, stages = _words(frame, "stage")
    combined = (product_codes * len(families) + family_codes) * len(stages) + stage_codes
    met, row_met = np.unique(combined, return_inverse=True)
    parts = zip(*np.unravel_index(met, (len(words), len(families), len(stages))), strict=True)
    described = [describe(words[p], families[f], stages[s]) for p, f, s in parts]
    kinds = sorted(set(described))
    rank = {kind: code for code, kind in enumerate(kinds)}
    met_class = np.array([rank[kind] for kind in described], dtype=np.int64)
    classes = _group(met_class[row_met], kinds, similarity)
    return classes if season_factor >= 1 else _split_seasons(classes, frame, similarity, season_factor)


def _words(frame: pd.DataFrame, key: str) -> tuple[Codes, list[str]]:
    """Code of each row and the distinct words; missing and blank are the word ``""``."""
    if key not in frame:
        return np.zeros(len(frame), dtype=np.int64), [""]
    codes, values = pd.factorize(frame[key], use_na_sentinel=True)
    tidy = np.array(["", *(str(value).strip() for value in values)], dtype=object)
    words, place = np.unique(tidy, return_inverse=True)
    return place.astype(np.int64)[codes + 1], [str(word) for word in words]


def _group(row_class: Codes, kinds: list[Kind], similarity: Similarity) -> ProductClasses:
    buckets = [kind if kind.certain else replace(kind, product="") for kind in kinds]
    distinct = sorted(set(buckets))
    rank = {bucket: code for code, bucket in enumerate(distinct)}
    same_word = [
        0.0 if kind.certain or not kind.product else similarity[0] - known_likeness(bucket, bucket, similarity)
        for kind, bucket in zip(kinds, buckets, strict=True)
    ]
    less, more = _doubt(distinct, similarity)
    return ProductClasses(
        row_class=row_class,
        levels=_levels(kinds),
        bucket=np.array([rank[bucket] for bucket in buckets], dtype=np.int64),
        less=less,
        more=more,
        same_word=np.array(same_word, dtype=np.float64),
        certain=np.array([kind.certain for kind in kinds], dtype=bool),
        discount=_complements(kinds, similarity),
    )


def _complements(kinds: list[Kind], similarity: Similarity) -> sparse.csr_array:
    """What a processor and its growers lack to the likeness of their family, (k × k)."""
    gap = similarity[2] - similarity[-1]
    by_family: dict[str, list[int]] = {}
    for at, kind in enumerate(kinds if gap > 0 else []):
        if kind.family and (kind.stage == "process" or kind.stage in PRIMARY):
            by_family.setdefault(kind.family, []).append(at)
    pairs = [
        (a, b)
        for some in by_family.values()
        for a in some
        for b in some
        if are_complements(kinds[a].stage, kinds[b].stage)
    ]
    where = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return sparse.csr_array((np.full(len(pairs), gap), (where[:, 0], where[:, 1])), shape=(len(kinds), len(kinds)))


def _split_seasons(
    classes: ProductClasses, frame: pd.DataFrame, similarity: Similarity, season_factor: float
) -> ProductClasses:
    """Each class split by its months of harvest, so that the levels stay sums over classes."""
    words, row_word = _months(frame)
    combined, row_class = np.unique(classes.row_class * len(words) + row_word, return_inverse=True)
    parent, months = combined // len(words), words[combined % len(words)]
    product = classes.levels[0][parent]
    gap = similarity[0] - max(season_factor * similarity[0], similarity[1])
    pairs = [
        (a, b)
        for code in np.unique(product[(product >= 0) & (months > 0)])
        for some in [np.flatnonzero((product == code) & (months > 0))]
        for a in some
        for b in some
        if harvests_apart(int(months[a]), int(months[b]))
    ]
    where = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    shape = (len(parent), len(parent))
    seasons = sparse.csr_array((np.full(len(pairs), gap), (where[:, 0], where[:, 1])), shape=shape)
    return replace(
        classes,
        row_class=row_class.astype(np.int64),
        levels=(product, classes.levels[1][parent], classes.levels[2][parent]),
        bucket=classes.bucket[parent],
        same_word=classes.same_word[parent],
        certain=classes.certain[parent],
        discount=sparse.csr_array(classes.discount[parent][:, parent] + seasons),
    )


def _months(frame: pd.DataFrame) -> tuple[Codes, Codes]:
    """The distinct months of harvest, as bits and sorted, and the place of each row's among them."""
    if "harvest_window" not in frame:
        return np.zeros(1, dtype=np.int64), np.zeros(len(frame), dtype=np.int64)
    codes, values = pd.factorize(frame["harvest_window"], use_na_sentinel=True)
    bits = np.array([0, *(read_months(value) for value in values)], dtype=np.int64)
    words, place = np.unique(bits, return_inverse=True)
    return words, place.astype(np.int64)[codes + 1]


def _levels(kinds: list[Kind]) -> tuple[Codes, Codes, Codes]:
    def family(kind: Kind) -> tuple[str, ...] | None:
        if kind.family:
            return (kind.family,)
        return ("", kind.product, kind.stage) if kind.product else None

    def stage(kind: Kind) -> tuple[str, ...] | None:
        if kind.stage and kind.family:
            return (kind.family, kind.stage)
        return (kind.family, kind.stage, kind.product) if kind.product else None

    def product(kind: Kind) -> tuple[str, ...] | None:
        return (kind.family, kind.stage, kind.product) if kind.product else None

    def numbered(keys: list[tuple[str, ...] | None]) -> Codes:
        ranks = {key: code for code, key in enumerate(sorted({key for key in keys if key is not None}))}
        return np.array([-1 if key is None else ranks[key] for key in keys], dtype=np.int64)

    return (
        numbered([product(k) for k in kinds]),
        numbered([stage(k) for k in kinds]),
        numbered([family(k) for k in kinds]),
    )


def _doubt(buckets: list[Kind], similarity: Similarity) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Sparse tables (bucket × bucket) of how much less and how much more alike than known two kinds might be."""
    size = len(buckets)
    doubtful = [j for j, kind in enumerate(buckets) if not kind.certain]
    pairs = [(i, j) for i, a in enumerate(buckets) for j in (doubtful if a.certain else range(size))]
    gaps = np.zeros((len(pairs), 2))
    for at, (i, j) in enumerate(pairs):
        known = known_likeness(buckets[i], buckets[j], similarity)
        gaps[at, 0] = known - lowest_likeness(buckets[i], buckets[j], similarity)
        gaps[at, 1] = highest_likeness(buckets[i], buckets[j], similarity) - known
    where = np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def table(gap: NDArray[np.float64]) -> sparse.csr_array:
        open_pairs = where[gap > 0]
        return sparse.csr_array((gap[gap > 0], (open_pairs[:, 0], open_pairs[:, 1])), shape=(size, size))

    return table(gaps[:, 0]), table(gaps[:, 1])
