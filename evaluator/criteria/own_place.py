"""Capacity in a project's own place, without the project and its pooled venture.

The largest rival of a group is kept apart before summing, so that leaving one project out never cancels: a giant does
not blur the small neighbours it stands among.
"""

import numpy as np
from numpy.typing import NDArray

from evaluator.criteria.nearness import Array, Codes, Layer
from evaluator.criteria.rivals import Field


def sum_own_group(layer: Layer, code: Codes, field: Field) -> Array:
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
    own = np.where(in_own_group(layer), field.yuan[layer.target], 0.0)
    if not pooled.any():
        return key, field.yuan[rows], own
    actors = int(field.actor.max()) + 1
    together = key[pooled] * actors + field.actor[rows[pooled]]
    joint, sums = sum_by(together, field.yuan[rows[pooled]])
    mine = np.where(t_key < 0, -1, t_key * actors + field.actor[layer.target])
    at = np.minimum(np.searchsorted(joint, mine), len(joint) - 1)
    held = np.where(joint[at] == mine, sums[at], 0.0)
    own = np.where(field.pooled[layer.target], held, own)
    return np.append(key[~pooled], joint // actors), np.append(field.yuan[rows[~pooled]], sums), own


def in_own_group(layer: Layer) -> NDArray[np.bool_]:
    """Which targets are themselves a source in their own group."""
    group = np.full(max(layer.target.max(initial=-1), layer.source.max(initial=-1)) + 1, -1, dtype=np.int64)
    group[layer.source] = layer.source_group
    return np.asarray(group[layer.target] == layer.target_group, dtype=bool)


def sum_by(key: Codes, yuan: Array) -> tuple[Codes, Array]:
    """Distinct keys, sorted, and their sums, each added up from the smallest."""
    order = np.lexsort((yuan, key))
    key, yuan = key[order], yuan[order]
    starts = np.flatnonzero(np.append(True, np.diff(key) != 0)) if len(key) else np.empty(0, dtype=np.int64)
    return key[starts], np.add.reduceat(yuan, starts) if len(key) else yuan
