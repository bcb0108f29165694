"""Sums over all rivals of a field without forming pairs of projects.

Likeness is a sum over nested levels and nearness a sum over layers, so each sum over rivals is a sparse product:
weights between places, times the capacity of each product class at each place, times a table of levels. Every sum
runs in an order set by content, so neither the order of rows nor a project out of reach moves a single bit.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evaluator.criteria.nearness import Array, Codes, Layer
from evaluator.criteria.own_place import in_own_group, sum_by, sum_own_group
from evaluator.criteria.rivals import Field

CELLS_AT_ONCE = 2_000_000
"""Largest dense table of places and classes held in memory."""


@dataclass(frozen=True, slots=True)
class _Request:
    """A sum to make: ``table`` (codes × classes) weighs the classes, ``code`` is the one a row asks, or -1.

    ``code`` stands by row, or by class where ``of`` (rows,) says each row's class: long lists then hold it once.
    """

    table: sparse.csr_array
    code: Codes
    of: Codes | None = None

    def asked(self, rows: Codes | slice) -> Codes:
        """The code of some rows."""
        return np.asarray(self.code[rows if self.of is None else self.of[rows]])


def sum_levels(field: Field) -> Array:
    """Σ w c over the rivals of each scored project that are the same on each level.

    Returns (4, scored), yuan: same product, same family and stage, same family, any.
    """
    everything = np.zeros(len(field.classes.bucket), dtype=np.int64)
    return _sum_alike(field, [*field.classes.levels, everything])


def sum_around(field: Field) -> Array:
    """Σ w c over all rivals of each scored project; (scored,), yuan."""
    return np.asarray(_sum_alike(field, [np.zeros(len(field.classes.bucket), dtype=np.int64)])[0])


def sum_discount(field: Field) -> Array:
    """Σ w c × what complements and harvests apart take from the likeness by levels; (scored,), yuan."""
    classes, sums = field.classes, np.zeros(field.scored)
    if not classes.discount.nnz:
        return sums
    row_class = classes.row_class
    asked = [_Request(classes.discount, row_class)]
    within, rows = _within(field, row_class)
    mine = [_Request(_discount_within(field, rows), within)]
    for layer in field.layers:
        sums[layer.target] += _sum_layer(layer, row_class, asked, field.yuan, own=True)[0]
        pooled = layer.only(field.pooled)
        if len(pooled.target) and len(pooled.source):
            sums[pooled.target] -= _sum_layer(pooled, within, mine, field.yuan, own=True)[0]
    return np.maximum(sums, 0.0)


def _discount_within(field: Field, rows: Codes) -> sparse.csr_array:
    """The discount between the classes of each venture alone; ``rows`` is one row for each."""
    actors = int(field.actor.max(initial=0)) + 1
    holds = _roll_up(field.actor[rows], np.arange(len(rows)), len(rows), height=actors)
    a, b = sparse.coo_array(holds.T @ holds).coords
    kind = field.classes.row_class[rows]
    value = np.asarray(field.classes.discount[kind[a], kind[b]]).ravel() if len(a) else np.empty(0)
    return sparse.csr_array((value, (a, b)), shape=(len(rows), len(rows)))


def sum_doubt(field: Field) -> tuple[Array, Array]:
    """How much less and how much more of Σ w s c might be alike than is known; two (scored,) arrays, yuan."""
    classes, sums = field.classes, np.zeros((2, field.scored))
    if not classes.less.nnz and not classes.more.nnz:
        return sums[0], sums[1]
    row_class, size = classes.row_class, len(classes.bucket)
    word = np.where(classes.same_word > 0, classes.levels[0], -1)
    tables = [table[:, classes.bucket] for table in (classes.less, classes.more)]
    requests = [_Request(sparse.csr_array(table), classes.bucket, row_class) for table in tables]
    requests.append(_Request(_roll_up(word, np.arange(size), size), word, row_class))
    mine = _doubt_within(field, word)
    for layer in field.layers:
        _add_doubt(sums, layer, _sum_layer(layer, row_class, requests, field.yuan, own=True), field)
        pooled = layer.only(field.pooled)
        if len(pooled.target) and len(pooled.source):
            within, own_requests = mine
            _add_doubt(sums, pooled, -_sum_layer(pooled, within, own_requests, field.yuan, own=True), field)
        alone = layer.only(~field.pooled)
        rows = alone.target[in_own_group(alone)]
        own = layer.own_weight * field.yuan[rows]
        kind = row_class[rows]
        sums[0, rows] -= classes.less.diagonal()[classes.bucket[kind]] * own
        sums[1, rows] -= (classes.more.diagonal()[classes.bucket[kind]] - classes.same_word[kind]) * own
    return np.maximum(sums[0], 0.0), np.maximum(sums[1], 0.0)


def _add_doubt(sums: Array, layer: Layer, found: Array, field: Field) -> None:
    """Add less, and more without what equal unlisted words count too much."""
    sums[:, layer.target] += found[:2]
    sums[1, layer.target] -= field.classes.same_word[field.classes.row_class[layer.target]] * found[2]


def _sum_alike(field: Field, levels: list[Codes]) -> Array:
    """Σ w c over the rivals that share each level; (levels, scored)."""
    row_class, total = field.classes.row_class, np.zeros((len(levels), field.scored))
    size = len(field.classes.bucket)
    requests = [_Request(_roll_up(level, np.arange(size), size), level, row_class) for level in levels]
    for layer in field.layers:
        for at, request in enumerate(requests):
            total[at, layer.target] += layer.own_weight * sum_own_group(layer, request.asked(slice(None)), field)
        if layer.links is None:
            continue
        linked = _sum_layer(layer, row_class, requests, field.yuan)
        pooled = layer.only(field.pooled)
        if len(pooled.target) and len(pooled.source):
            within, rows = _within(field, row_class)
            coded = [_within(field, request.asked(slice(None)))[0] for request in requests]
            mine = [_Request(_roll_up(code[rows], within[rows], len(rows)), code) for code in coded]
            linked[:, field.pooled[layer.target]] -= _sum_layer(pooled, within, mine, field.yuan)
        for at, amount in enumerate(linked):
            total[at, layer.target] += np.maximum(amount, 0.0)
    return total


def _sum_layer(layer: Layer, row_class: Codes, requests: list[_Request], yuan: Array, *, own: bool = False) -> Array:
    """The requested sums over linked groups, with ``own`` also over the target's own; (requests, targets)."""
    total = np.zeros((len(requests), len(layer.target)))
    capacity = _capacity(layer, row_class, yuan, width=requests[0].table.shape[1])
    for rows, local, weights in layer.blocks(own=own):
        around = sparse.csr_array(weights @ capacity)
        few = around.shape[0] * around.shape[1] <= CELLS_AT_ONCE
        by_class = around.T.toarray() if few else None
        for at, request in enumerate(requests):
            total[at, rows] = _weigh(around, by_class, request.table, local, request.asked(layer.target[rows]))
    return total


def _weigh(around: sparse.csr_array, by_class: Array | None, table: sparse.csr_array, row: Codes, code: Codes) -> Array:
    """Entries (row, code) of around · tableᵀ, 0 for code -1; the same bits whether classes are few or many."""
    picked, known = np.zeros(len(row)), code >= 0
    if not table.nnz or not around.nnz or not known.any():
        return picked
    if by_class is not None:
        picked[known] = (table @ by_class)[code[known], row[known]]
        return picked
    around.sort_indices()
    sums = sparse.csr_array(around @ table.T)
    sums.sort_indices()
    picked[known] = np.asarray(sums[row[known], code[known]]).ravel()
    return picked


def _capacity(layer: Layer, row_class: Codes, yuan: Array, *, width: int) -> sparse.csr_array:
    """Capacity by source group and class, columns sorted."""
    groups, place = np.unique(layer.source_group, return_inverse=True)
    cell, sums = sum_by(place * width + row_class[layer.source], yuan[layer.source])
    ends = np.searchsorted(cell, np.arange(len(groups) + 1) * width)
    return sparse.csr_array((sums, cell % width, ends), shape=(len(groups), width))


def _roll_up(code: Codes, column: Codes, width: int, *, height: int | None = None) -> sparse.csr_array:
    """A table of ones at (code, column), entries without a code left out."""
    known = np.flatnonzero(code >= 0)
    shape = (int(code.max(initial=0)) + 1 if height is None else height, width)
    return sparse.csr_array((np.ones(len(known)), (code[known], column[known])), shape=shape)


def _within(field: Field, code: Codes) -> tuple[Codes, Codes]:
    """A code within one venture, -1 for rows of none or without code; and one row for each such code."""
    rows = np.flatnonzero(field.pooled & (code >= 0))
    key = field.actor[rows] * (int(code.max(initial=-1)) + 1) + code[rows]
    _, first, within = np.unique(key, return_index=True, return_inverse=True)
    result = np.full(len(code), -1, dtype=np.int64)
    result[rows] = within
    return result, rows[first]


def _doubt_within(field: Field, word: Codes) -> tuple[Codes, list[_Request]]:
    """The requests of ``sum_doubt`` inside each venture alone."""
    classes = field.classes
    within, rows = _within(field, classes.row_class)
    bucket, bucket_rows = _within(field, classes.bucket[classes.row_class])
    word_code, _ = _within(field, word[classes.row_class])
    if not len(rows):
        return within, []
    actors = int(field.actor.max()) + 1
    asks = _roll_up(field.actor[bucket_rows], np.arange(len(bucket_rows)), len(bucket_rows), height=actors)
    holds = _roll_up(field.actor[rows], np.arange(len(rows)), len(rows), height=actors)
    a, b = sparse.coo_array(asks.T @ holds).coords
    kind_a, kind_b = (classes.bucket[classes.row_class[some]] for some in (bucket_rows[a], rows[b]))
    shape = (len(bucket_rows), len(rows))
    values = [np.asarray(table[kind_a, kind_b]).ravel() for table in (classes.less, classes.more)]
    requests = [_Request(sparse.csr_array((value, (a, b)), shape=shape), bucket) for value in values]
    requests.append(_Request(_roll_up(word_code[rows], within[rows], len(rows)), word_code))
    return within, requests
