"""How often a chance assignment of starts to clusters would give so large an effect: for few treated clusters.

First years and kinds are dealt out again among the clusters (kinds alone among treated clusters, for a contrast), the
regression is run again, and the share of deals with an estimate at least as far from 0 is the p value. It needs no
large number of clusters, only that starts could as well have fallen elsewhere.

Source: MacKinnon and Webb (2020), "Randomization inference for difference-in-differences with few treated clusters",
Journal of Econometrics 218 (their RI-β); (hits + 1)/(deals + 1).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.cells import Cells
from evaluator.income.design import Design, lay_design, read_kinds
from evaluator.income.etwfe import kinds_of
from evaluator.income.normal import LOADING, RANK

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Measure = Callable[[pd.DataFrame, Array, Array], float]
"""From the table of effects, their estimates (q,) and weights (q,) to what is tested."""


@dataclass(frozen=True, slots=True)
class _Deck:
    """What is dealt: codes of the first year and kind of each cluster, and its moments by stratum.

    ``start``, ``kind`` (C,) codes; ``treated`` (C,); ``type_of`` (starts, kinds, strata) in the design. Groups have
    ``cluster``, ``stratum`` (G,), moments ``s`` (G, T, T), ``u`` (G, T) and observed ``weight`` (G, T).
    """

    design: Design
    start: Ints
    kind: Ints
    treated: NDArray[np.bool_]
    type_of: Ints
    cluster: Ints
    stratum: Ints
    s: Array
    u: Array
    weight: Array


def permute(
    cells: Cells,
    measure: Measure,
    *,
    trait: str | None = None,
    strata: Sequence[str] = (),
    kinds_only: bool = False,
    deals: int = 999,
    seed: int = 0,
) -> float:
    """p value of a measure of the effects; NaN when starts or kinds differ within clusters.

    Parameters
    ----------
    kinds_only
        Deal out kinds among the treated clusters and leave first years where they are.
    """
    deck = _make_deck(cells, trait, strata)
    if deck is None:
        return np.nan
    random = np.random.default_rng(seed)
    rest = np.arange(len(deck.start))
    own = abs(_estimate(deck, rest, rest, measure))
    found = np.full(deals, np.nan)
    among = deck.treated if kinds_only else np.ones(len(rest), bool)
    for deal in range(deals):
        order = rest.copy()
        order[among] = random.permutation(order[among])
        found[deal] = abs(_estimate(deck, rest if kinds_only else order, order, measure))
    known = found[np.isfinite(found)]
    if not (known.size and np.isfinite(own)):
        return np.nan
    return float(((known >= own - 1e-12).sum() + 1) / (len(known) + 1))


def _make_deck(cells: Cells, trait: str | None, strata: Sequence[str]) -> _Deck | None:
    groups = cells.groups
    parts = groups[["cluster"]].assign(start=groups["first_year"], kind=kinds_of(cells, trait)).drop_duplicates()
    if parts["cluster"].duplicated().any():
        return None
    parts = parts.sort_values("cluster")
    starts, start = np.unique(parts["start"].to_numpy(np.int64), return_inverse=True)
    kinds, kind = np.unique(parts["kind"].to_numpy(str), return_inverse=True)
    values = pd.DataFrame({str(i): read_kinds(groups[name]) for i, name in enumerate(strata)}, index=groups.index)
    stratum = values.groupby(list(values)).ngroup().to_numpy() if len(strata) else np.zeros(len(groups), np.int64)
    sample = values.iloc[np.unique(stratum, return_index=True)[1]]
    a, b, c = (part.ravel() for part in np.indices((len(starts), len(kinds), int(stratum.max()) + 1)))
    design = lay_design(
        cells.years,
        starts[a],
        np.where(starts[a] == NEVER, "", kinds[b]),
        strata=[sample[name].to_numpy(str)[c] for name in sample],
    )
    weight = np.zeros((len(groups), len(cells.years)))
    np.add.at(weight, cells.group, cells.weight[:, None] * cells.attended)
    s, u = cells.moments()
    return _Deck(
        design=design,
        start=start.astype(np.int64),
        kind=kind.astype(np.int64),
        treated=starts[start] != NEVER,
        type_of=design.of_group.reshape(len(starts), len(kinds), -1),
        cluster=groups["cluster"].to_numpy(np.int64),
        stratum=stratum.astype(np.int64),
        s=s,
        u=u[:, :, 0],
        weight=weight,
    )


def _estimate(deck: _Deck, starts: Ints, kinds: Ints, measure: Measure) -> float:
    """What is measured when cluster c has the first year of ``starts[c]`` and the kind of ``kinds[c]``."""
    start, kind = deck.start[starts][deck.cluster], deck.kind[kinds][deck.cluster]
    of_group = deck.type_of[start, kind, deck.stratum]
    x, q = deck.design.x, deck.design.n_effects
    d, t, p = x.shape
    s, u, mass = np.zeros((d, t, t)), np.zeros((d, t)), np.zeros((d, t))
    np.add.at(s, of_group, deck.s)
    np.add.at(u, of_group, deck.u)
    np.add.at(mass, of_group, deck.weight)
    flat = x.reshape(d * t, p)
    a, right = flat.T @ (s @ x).reshape(d * t, p), flat.T @ u.ravel()
    theta = _solve(a, right)[:q]
    weight = np.zeros(q)
    at = deck.design.column >= 0
    np.add.at(weight, deck.design.column[at], mass[at])
    return measure(deck.design.table, theta, weight)


def _solve(a: Array, right: Array) -> Array:
    """Coefficients, NaN for those that cannot be told apart."""
    size = np.sqrt(np.diag(a))
    empty = ~(size > 1e-6)  # effects that nobody has in this deal
    size[empty] = 1.0
    scaled = a / np.outer(size, size)
    scaled[empty, empty] = 1.0
    try:
        if np.diag(np.linalg.cholesky(scaled)).min() ** 2 > RANK:
            return np.asarray(np.linalg.solve(scaled, right / size) / size)
    except np.linalg.LinAlgError:
        pass
    root, vector = np.linalg.eigh(scaled)
    null = root < RANK * root[-1]
    known = vector[:, ~null]
    found = known @ ((known.T @ (right / size)) / root[~null]) / size
    return np.where((np.abs(vector[:, null]) > LOADING).any(axis=1), np.nan, found)
