"""Sums over all rivals of a field without forming pairs of projects.

Likeness is a sum over nested levels and nearness a sum over layers, so each sum over rivals is a sparse product:
weights between places times the capacity of each class at each place. What a project (or its pooled venture) adds
to its own place is left out before summing, so nothing is lost to cancellation. Every sum runs in an order set by
content, so neither the order of rows nor a project out of reach moves a single bit.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from evaluator.criteria.nearness import Array, Codes, Layer
from evaluator.criteria.rivals import Field


def sum_levels(field: Field) -> Array:
    """Σ w c over the rivals of each scored project that are the same on each level.

    Returns (4, scored), yuan: same product, same family and stage, same family, any.
    """
    return _sum_alike(field, [level[field.classes.row_class] for level in field.classes.levels] + [_any(field)])


def sum_around(field: Field) -> Array:
    """Σ w c over all rivals of each scored project; (scored,), yuan."""
    return np.asarray(_sum_alike(field, [_any(field)])[0])


def _any(field: Field) -> Codes:
    return np.zeros(len(field.yuan), dtype=np.int64)


def _sum_alike(field: Field, codes: list[Codes]) -> Array:
    """Σ w c over the rivals that share each code; (codes, scored)."""
    total = np.zeros((len(codes), field.scored))
    for layer in field.layers:
        for at, code in enumerate(codes):
            total[at, layer.target] += layer.own_weight * _own_group(layer, code, field)
        if layer.links is not None:
            linked = _linked(layer, codes, field.yuan)
            pooled = layer.only(field.pooled)
            if len(pooled.target) and len(pooled.source):
                mine = _linked(pooled, [_within(field.actor, code) for code in codes], field.yuan)
                linked[:, field.pooled[layer.target]] -= mine
            total[:, layer.target] += np.maximum(linked, 0.0)
    return total


def sum_doubt(field: Field) -> tuple[Array, Array]:
    """How much less and how much more of Σ w s c might be alike than is known; two (scored,) arrays, yuan."""
    classes, sums = field.classes, np.zeros((2, field.scored))
    bucket = classes.bucket[classes.row_class]
    word = np.where(classes.same_word > 0, classes.levels[0], -1)[classes.row_class]
    if not classes.less.nnz and not classes.more.nnz:
        return sums[0], sums[1]
    for layer in field.layers:
        for at, table in enumerate((classes.less, classes.more)):
            sums[at, layer.target] += _doubted(layer, bucket, table, field.yuan)
        sums[1, layer.target] -= classes.same_word[classes.row_class[layer.target]] * _alike(layer, word, field.yuan)
        _take_out_own(layer, field, bucket, word, sums)
    return np.maximum(sums[0], 0.0), np.maximum(sums[1], 0.0)


def _take_out_own(layer: Layer, field: Field, bucket: Codes, word: Codes, sums: Array) -> None:
    """Subtract what a project, or its pooled venture, counts of itself."""
    classes = field.classes
    pooled = layer.only(field.pooled)
    if len(pooled.target) and len(pooled.source):
        mine = _within(field.actor, bucket)
        for at, table in enumerate((classes.less, classes.more)):
            sums[at, pooled.target] -= _doubted(pooled, mine, _per_actor(table, field.actor, bucket, mine), field.yuan)
        same = classes.same_word[classes.row_class[pooled.target]]
        sums[1, pooled.target] += same * _alike(pooled, _within(field.actor, word), field.yuan)
    alone = layer.only(~field.pooled)
    rows = alone.target[_in_own_group(alone)]
    own = layer.own_weight * field.yuan[rows]
    sums[0, rows] -= classes.less.diagonal()[bucket[rows]] * own
    sums[1, rows] -= (classes.more.diagonal()[bucket[rows]] - classes.same_word[classes.row_class[rows]]) * own


def _in_own_group(layer: Layer) -> NDArray[np.bool_]:
    """Which targets are themselves a source in their own group."""
    group = np.full(max(layer.target.max(initial=-1), layer.source.max(initial=-1)) + 1, -1, dtype=np.int64)
    group[layer.source] = layer.source_group
    return np.asarray(group[layer.target] == layer.target_group, dtype=bool)


def _own_group(layer: Layer, code: Codes, field: Field) -> Array:
    """Capacity of the target's code in the target's own group, without the target and its venture; (targets,)."""
    width = int(code.max(initial=-1)) + 1
    t_key = np.where(code[layer.target] < 0, -1, layer.target_group * width + code[layer.target])
    known = code[layer.source] >= 0
    rows, key = layer.source[known], (layer.source_group * width + code[layer.source])[known]
    key, yuan, own = _merge_ventures(rows, key, layer, t_key, field)
    if not len(key):
        return np.zeros(len(t_key))
    order = np.lexsort((yuan, key))
    key, yuan = key[order], yuan[order]
    starts = np.flatnonzero(np.append(True, np.diff(key) != 0))
    ends = np.append(starts[1:], len(key)) - 1
    largest = yuan[ends]
    yuan[ends] = 0.0
    rest = np.add.reduceat(yuan, starts)
    at = np.minimum(np.searchsorted(key[starts], t_key), len(starts) - 1)
    others = np.where(own >= largest[at], rest[at], largest[at] + (rest[at] - own))
    return np.where(key[starts][at] == t_key, others, 0.0)


def _merge_ventures(rows: Codes, key: Codes, layer: Layer, t_key: Codes, field: Field) -> tuple[Codes, Array, Array]:
    """Sources with each venture's rows of one key as one; and what each target itself holds under its key."""
    pooled = field.pooled[rows]
    own = np.where(_in_own_group(layer), field.yuan[layer.target], 0.0)
    if not pooled.any():
        return key, field.yuan[rows], own
    actors = int(field.actor.max()) + 1
    together = key[pooled] * actors + field.actor[rows[pooled]]
    joint, sums = _sum_by(together, field.yuan[rows[pooled]])
    mine = np.where(t_key < 0, -1, t_key * actors + field.actor[layer.target])
    at = np.minimum(np.searchsorted(joint, mine), len(joint) - 1)
    held = np.where(joint[at] == mine, sums[at], 0.0)
    own = np.where(field.pooled[layer.target], held, own)
    return np.append(key[~pooled], joint // actors), np.append(field.yuan[rows[~pooled]], sums), own


def _sum_by(key: Codes, yuan: Array) -> tuple[Codes, Array]:
    """Distinct keys, sorted, and their sums, each added up from the smallest."""
    order = np.lexsort((yuan, key))
    key, yuan = key[order], yuan[order]
    starts = np.flatnonzero(np.append(True, np.diff(key) != 0)) if len(key) else np.empty(0, dtype=np.int64)
    return key[starts], np.add.reduceat(yuan, starts) if len(key) else yuan


def _capacity(layer: Layer, code: Codes, yuan: Array) -> sparse.csr_array:
    """Capacity by source group and code, columns sorted."""
    groups, place = np.unique(layer.source_group, return_inverse=True)
    width = max(int(code.max(initial=-1)) + 1, 1)
    known = code[layer.source] >= 0
    cell, sums = _sum_by((place * width + code[layer.source])[known], yuan[layer.source[known]])
    ends = np.searchsorted(cell, np.arange(len(groups) + 1) * width)
    return sparse.csr_array((sums, cell % width, ends), shape=(len(groups), width))


def _linked(layer: Layer, codes: list[Codes], yuan: Array) -> Array:
    """Σ w c over linked groups for each code; (codes, targets)."""
    total = np.zeros((len(codes), len(layer.target)))
    capacity = [_capacity(layer, code, yuan) for code in codes]
    for rows, local, weights, _ in layer.blocks(own=False):
        for at, code in enumerate(codes):
            total[at, rows] = _pick(weights @ capacity[at], local, code[layer.target[rows]])
    return total


def _alike(layer: Layer, code: Codes, yuan: Array) -> Array:
    """Σ w c over sources of the same code, the target's own group and itself included; (targets,)."""
    total = np.zeros(len(layer.target))
    capacity = _capacity(layer, code, yuan)
    for rows, local, weights, _ in layer.blocks(own=True):
        total[rows] = _pick(weights @ capacity, local, code[layer.target[rows]])
    return total


def _doubted(layer: Layer, bucket: Codes, table: sparse.csr_array, yuan: Array) -> Array:
    """Σ w · table · c over all sources, the target's own group and itself included; (targets,)."""
    total = np.zeros(len(layer.target))
    if not table.nnz:
        return total
    capacity = _capacity(layer, bucket, yuan)
    for rows, local, weights, _ in layer.blocks(own=True):
        around = sparse.csr_array(weights @ capacity)
        around.sort_indices()
        total[rows] = _pick(around @ table[: capacity.shape[1]], local, bucket[layer.target[rows]])
    return total


def _pick(sums: sparse.csr_array, row: Codes, column: Codes) -> Array:
    """Entries of a sparse matrix; 0 where the column is negative."""
    picked = np.zeros(len(row))
    known = (column >= 0) & (column < sums.shape[1])
    if sums.nnz and known.any():
        sums.sort_indices()
        picked[known] = np.asarray(sums[row[known], column[known]]).ravel()
    return picked


def _within(actor: Codes, code: Codes) -> Codes:
    """The code within one actor: equal only where both are equal; -1 where the code is."""
    combined = np.unique(actor * (int(code.max(initial=-1)) + 1) + code, return_inverse=True)[1]
    return np.where(code < 0, -1, combined)


def _per_actor(table: sparse.csr_array, actor: Codes, bucket: Codes, within: Codes) -> sparse.csr_array:
    """The table spread over the buckets within each actor: entries only between two of one actor."""
    codes, first = np.unique(within, return_index=True)
    member = sparse.csr_array((np.ones(len(codes)), (codes, actor[first])))
    a, b = sparse.coo_array(member @ member.T).coords
    values = np.asarray(table[bucket[first][a], bucket[first][b]]).ravel()
    return sparse.csr_array((values, (codes[a], codes[b])), shape=(codes.max() + 1, codes.max() + 1))
