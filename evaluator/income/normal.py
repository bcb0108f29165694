"""The normal equations of a design on cells: solved once, and again with each cluster left out.

With the blocks of a cluster c stacked into X_c (regressors), S_c and e_c = u_c − S_c X_c b, and A = Σ X'SX:

* the cluster's part in the sampling error of b is A⁻¹X_c'e_c;
* b without the cluster is ``b − A⁻¹X_c'(I − S_cH_c)⁻¹e_c`` with ``H_c = X_cA⁻¹X_c'`` (Woodbury), exact, and as small as
  the number of years: thousands of clusters take a second.

Where I − SH is singular the cluster alone carries some effects; these are then NaN without it. The same holds for A.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaluator.income.cells import Cells
from evaluator.income.design import Design
from evaluator.income.folding import add_up

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Steps = tuple[Array, dict[int, NDArray[np.bool_]]]
"""(I − SH)⁻¹e of each block (B, m), and which coefficients (p,) cannot be told without some clusters."""
RANK = 1e-10  # eigenvalues of the scaled normal matrix below this share are 0
LOADING = 1e-6  # an effect with a larger part in a null vector cannot be told from others
HELD = 0.5  # leverage below which a block cannot be alone
ALONE = 1e-8  # |det(I − SH)| below this is looked at closely
LITTLE = 0.1  # leverage up to which a series is summed
AT_ONCE = 2048  # blocks whose moments fit the cache together


@dataclass(frozen=True, slots=True)
class Blocks:
    """Moments by cluster and type: B blocks of size m over D types.

    ``x`` (D, m, p); ``cluster``, ``kind`` (B,) cluster and type of each block, ``of_kind`` the D lists of blocks of a
    type; ``s`` (B, m, m) or, with a ``mixture`` (B, K), the K moments that all blocks mix; ``u`` (B, m); ``total``
    Σ w y'My.
    """

    x: Array
    cluster: Ints
    kind: Ints
    of_kind: tuple[Ints, ...]
    s: Array
    mixture: csr_array | None
    u: Array
    n_clusters: int
    total: float

    def moments(self, among: Ints) -> Array:
        """(n, m, m) S of some blocks."""
        if self.mixture is None:
            return self.s[among]
        m = self.s.shape[1]
        return np.asarray(self.mixture[among] @ self.s.reshape(-1, m * m)).reshape(-1, m, m)

    def by_type(self) -> Array:
        """(D, m, m) sums of S over the blocks of each type."""
        d, m = self.x.shape[:2]
        s = self.s.reshape(-1, m * m)
        if self.mixture is None:
            return add_up(s, self.kind, d).reshape(d, m, m)
        return np.asarray([self.mixture[among].sum(axis=0) for among in self.of_kind] @ s).reshape(d, m, m)

    def times(self, vectors: Array) -> Array:
        """(B, m) S of each block times the vector (D, m) of its type."""
        return self._by_block(vectors, lambda s, vector: s @ vector)

    def inner(self, matrices: Array) -> Array:
        """(B,) sum of S of each block times, number by number, the matrix (D, m, m) of its type."""
        return self._by_block(matrices, lambda s, matrix: s.reshape(len(s), -1) @ matrix.ravel())

    def _by_block(self, of_types: Array, tell: Callable[[Array, Array], Array]) -> Array:
        """(B, …) what is told of each S (a linear function) and of something of its type."""
        found = np.empty((len(self.u), *tell(self.s[:1], of_types[0]).shape[1:]))
        if self.mixture is not None:
            for among, one in zip(self.of_kind, of_types, strict=True):
                found[among] = self.mixture[among] @ tell(self.s, one)
            return found

        def put(kind: int, among: Ints) -> None:
            found[among] = tell(self.s[among], of_types[kind])

        _on_each(self, put)
        return found


@dataclass(frozen=True, slots=True)
class Solution:
    """Coefficients, and what tells how they move without each cluster: kept by block, spread out when asked for.

    ``beta`` (p,) with NaN where not estimable; ``inverse`` A⁻¹ (p, p); ``leverage`` (C,) sums to ``rank``, ``share``
    (B,) is that of each block; ``rss`` of the residuals; ``error`` (B, m) e of each block; ``spread`` (D, m, p) carries
    it to the coefficients; ``kept`` the steps without each cluster, once they are asked for.
    """

    beta: Array
    inverse: Array
    leverage: Array
    rank: int
    rss: float
    blocks: Blocks
    error: Array
    share: Array
    spread: Array
    kept: dict[str, Steps] = field(default_factory=dict, init=False, repr=False, compare=False)

    def influence(self, weights: Array) -> Array:
        """(C, k) part of each cluster in the sampling error of k weighted sums (p, k) of coefficients."""
        return _by_cluster(self.blocks, self.error, self.spread @ weights)

    def left(self, columns: Ints) -> Array:
        """(C, q) these coefficients with each cluster left out, NaN where then not estimable."""
        if "steps" not in self.kept:
            self.kept["steps"] = _without(self.blocks, self.error, self.share, self.spread)
        step, lost = self.kept["steps"]
        left = _by_cluster(self.blocks, step, self.spread[:, :, columns])
        np.subtract(self.beta[columns], left, out=left)
        for cluster, gone in lost.items():
            left[cluster, gone[columns]] = np.nan
        return left

    def variances(self, columns: Ints) -> Array:
        """(q,) sums of the squared influence of the clusters: cluster-robust variances without a factor."""
        blocks, spread = self.blocks, self.spread[:, :, columns]
        if len(blocks.cluster) > blocks.n_clusters:  # clusters of several types
            return np.asarray((_by_cluster(blocks, self.error, spread) ** 2).sum(axis=0))
        squares = np.array([self.error[among].T @ self.error[among] for among in blocks.of_kind])  # (D, m, m)
        return np.asarray((spread * (squares @ spread)).sum(axis=(0, 1)))


def gather(cells: Cells, design: Design, baseline: Array | None = None, centre: Array | None = None) -> Blocks:
    """Sum the cells' moments by cluster and type; continuous covariates of the cells become further regressors.

    Parameters
    ----------
    baseline, centre
        (G, b) numbers constant within the units of a group, and (b, q) their means in each effect: each has a slope of
        its own in every year, and in every effect around that mean.
    """
    u = cells.right()
    fixed = np.zeros((len(u), 0)) if baseline is None else baseline
    x = design.x if baseline is None or centre is None else _with_baseline(design, centre)
    cluster = cells.groups["cluster"].to_numpy(np.int64)
    key, block = np.unique(cluster * len(design.x) + design.of_group, return_inverse=True)
    order = np.argsort(block, kind="stable")
    starts = np.searchsorted(block[order], np.arange(len(key)))
    plain = baseline is None and len(cells.variables) == 1 and len(cells.kinds()[0]) <= len(u)
    mixture = _add_rows(cells.mixture(cells.weight), order, starts) if plain else None
    if plain:
        wide, right = cells.kind_moments(), u[:, :, 0]
    else:
        wide, right = _widen(cells.moments()[0], u, cells.cross, fixed)
        wide = _add_rows(wide, order, starts)
    return Blocks(
        x=_with_covariates(x, u.shape[2] - 1),
        cluster=key // len(design.x),
        kind=(kind := key % len(design.x)),
        of_kind=tuple(np.split(np.argsort(kind, kind="stable"), np.cumsum(np.bincount(kind, minlength=len(x)))[:-1])),
        s=wide,
        mixture=mixture,
        u=_add_rows(right, order, starts),
        n_clusters=cells.n_clusters,
        total=float(cells.cross[:, 0, 0].sum()),
    )


Rows = TypeVar("Rows", Array, csr_array)


def _add_rows(values: Rows, order: Ints, starts: Ints) -> Rows:
    """Sums of runs of rows that begin at ``starts`` of an ``order``; as they lie if each is a run of its own."""
    if len(starts) == len(order) and (np.diff(order) == 1).all():
        return values
    if isinstance(values, csr_array):
        runs = csr_array((np.ones(len(order)), order, np.append(starts, len(order))), (len(starts), len(order)))
        return runs @ values
    return np.add.reduceat(values[order], starts)


def _widen(s: Array, u: Array, cross: Array, fixed: Array) -> tuple[Array, Array]:
    """Moments of each group with its fixed numbers (times every year) and continuous covariates."""
    g, t = s.shape[:2]
    k, one = u.shape[2] - 1, np.concatenate([np.ones((g, 1)), fixed], axis=1)
    m = t * one.shape[1]
    wide, right = np.zeros((g, m + k, m + k)), np.zeros((g, m + k))
    wide[:, :m, :m] = np.einsum("ga,gb,gij->gaibj", one, one, s).reshape(g, m, m)
    wide[:, :m, m:] = np.einsum("ga,gik->gaik", one, u[:, :, 1:]).reshape(g, m, k)
    wide[:, m:, :m] = np.swapaxes(wide[:, :m, m:], 1, 2)
    wide[:, m:, m:] = cross[:, 1:, 1:]
    right[:, :m] = np.einsum("ga,gi->gai", one, u[:, :, 0]).reshape(g, m)
    right[:, m:] = cross[:, 1:, 0]
    return wide, right


def _with_baseline(design: Design, centre: Array) -> Array:
    """Columns behind: for each number its slope by year, then its slope in each effect around ``centre``."""
    d, t, p = design.x.shape
    q, b = design.n_effects, len(centre)
    wide = np.zeros((d, t * (1 + b), p + b * (t - 1 + q)))
    wide[:, :t, :p] = design.x
    for j in range(b):
        rows, at = slice(t * (1 + j), t * (2 + j)), p + j * (t - 1 + q)
        wide[:, rows, at : at + t - 1] = np.eye(t)[:, 1:]
        wide[:, rows, at + t - 1 : at + t - 1 + q] = design.x[:, :, :q]
        wide[:, :t, at + t - 1 : at + t - 1 + q] = -centre[j] * design.x[:, :, :q]
    return wide


def _with_covariates(x: Array, k: int) -> Array:
    if not k:
        return x
    d, m, p = x.shape
    wide = np.zeros((d, m + k, p + k))
    wide[:, :m, :p] = x
    wide[:, m:, p:] = np.eye(k)
    return wide


def solve(blocks: Blocks) -> Solution:
    """Solve; what solving again without each cluster changes is found when asked for."""
    x = blocks.x
    u = add_up(blocks.u, blocks.kind, len(x))
    a = np.tensordot(x, blocks.by_type() @ x, axes=([0, 1], [0, 1]))
    right = np.tensordot(x, u, axes=([0, 1], [0, 1]))
    inverse, unknown, rank = _invert(a)
    beta = inverse @ right
    spread = x @ inverse  # (D, m, p): from a block's error to the coefficients
    error = blocks.u - blocks.times(x @ beta)
    share = blocks.inner(spread @ np.swapaxes(x, 1, 2))
    return Solution(
        beta=np.where(unknown, np.nan, beta),
        inverse=inverse,
        leverage=np.asarray(np.bincount(blocks.cluster, share, blocks.n_clusters), float),
        rank=rank,
        rss=blocks.total - float(beta @ right),
        blocks=blocks,
        error=error,
        share=share,
        spread=spread,
    )


def _invert(a: Array) -> tuple[Array, NDArray[np.bool_], int]:
    """Pseudo-inverse of a symmetric matrix scaled to a unit diagonal, columns not estimable, and the rank."""
    scale = np.sqrt(np.maximum(np.diag(a), 0))
    empty = scale <= 0
    scale = np.where(empty, 1.0, scale)
    root, vector = np.linalg.eigh(a / np.outer(scale, scale))
    zero = root < RANK * max(float(root.max(initial=0)), 1e-300)
    unknown = empty | (np.abs(vector[:, zero]) > LOADING).any(axis=1)
    if not zero.any():
        inverse = np.linalg.inv(a / np.outer(scale, scale))
    else:
        inverse = (vector[:, ~zero] / root[~zero]) @ vector[:, ~zero].T
    return inverse / np.outer(scale, scale), unknown, int((~zero).sum())


def _by_cluster(blocks: Blocks, error: Array, spread: Array) -> Array:
    """(C, q): each block's (B, m) row carried to the coefficients and summed within its cluster.

    In memory a coefficient's clusters lie together: averages read few coefficients and all clusters.
    """
    carried = np.empty((spread.shape[2], len(error)))
    for of_kind, among in zip(spread, blocks.of_kind, strict=True):
        carried[:, among] = of_kind.T @ error[among].T
    if len(error) > blocks.n_clusters or (np.diff(blocks.cluster) != 1).any():
        return add_up(carried.T, blocks.cluster, blocks.n_clusters)
    return carried.T


def _on_each(blocks: Blocks, task: Callable[[int, Ints], None]) -> None:
    """Do a task with the blocks of each type, as many at once as the cache holds, two at a time if there are many."""
    parts = [
        (kind, among[at : at + AT_ONCE])
        for kind, among in enumerate(blocks.of_kind)
        for at in range(0, len(among), AT_ONCE)
    ]
    if len(blocks.kind) <= AT_ONCE:
        for kind, among in parts:
            task(kind, among)
        return
    with ThreadPoolExecutor(2) as pool:  # numpy lets go of the interpreter while it works
        deque(pool.map(task, *zip(*parts, strict=True)), maxlen=0)


def _without(blocks: Blocks, error: Array, leverage: Array, spread: Array) -> Steps:
    """(I − SH)⁻¹e (B, m), and which coefficients (p,) are lost with some clusters.

    Clusters of one type with little leverage take the series ``e + SHe + (SH)²e + …``: its terms shrink by the leverage
    or faster, so that a few small products replace the solution of a system.
    """
    step = np.empty_like(error)

    def leave_out(kind: int, among: Ints) -> None:
        few = among[leverage[among] <= LITTLE]
        step[few] = _add_series(blocks.moments(few), error[few], spread[kind] @ blocks.x[kind].T)

    _on_each(blocks, leave_out)
    direct = leverage > LITTLE
    direct |= np.bincount(blocks.cluster, minlength=blocks.n_clusters)[blocks.cluster] > 1
    lost: dict[int, NDArray[np.bool_]] = {}
    order = np.flatnonzero(direct)
    order = order[np.argsort(blocks.cluster[order], kind="stable")]
    starts = np.flatnonzero(np.diff(blocks.cluster[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    for size in np.unique(sizes):
        members = order[starts[sizes == size][:, None] + np.arange(size)]  # (n, size) blocks of clusters of this size
        for some in np.array_split(members, -(-members.size // AT_ONCE)):
            step[some], gone = _solve_directly(blocks, some, error[some], spread)
            lost |= {int(blocks.cluster[some[i, 0]]): columns for i, columns in gone.items()}
    return step, lost


def _add_series(s: Array, error: Array, hat: Array) -> Array:
    """Σ (SH)^i e of blocks with little leverage, until a further term changes nothing."""
    total, term = error, error
    least = np.finfo(float).eps * np.abs(error).max(initial=0)
    while np.abs(term).max(initial=0) > least:
        term = (s @ (term @ hat)[:, :, None])[:, :, 0]
        total = total + term
    return total


def _solve_directly(
    blocks: Blocks, members: Ints, error: Array, spread: Array
) -> tuple[Array, dict[int, NDArray[np.bool_]]]:
    """Steps (n, size, m) of clusters of several types or with much leverage; what (p,) is lost with some of them."""
    n, size, m = error.shape
    product = _products(blocks, members, spread).reshape(n, size * m, size * m)
    system, right = np.eye(size * m) - product, error.reshape(n, size * m)
    held = np.trace(product, axis1=1, axis2=2) > HELD  # the determinant is at least 1 − leverage
    alone = np.zeros(n, bool)
    alone[held] = np.abs(np.linalg.det(system[held])) < ALONE
    solved, lost = np.zeros_like(right), {}
    solved[~alone] = np.linalg.solve(system[~alone], right[~alone][:, :, None])[:, :, 0]
    for i in np.flatnonzero(alone):
        solved[i], null = _solve_alone(system[i], right[i])
        if null.shape[1]:
            moved = np.einsum("bmk,bmq->kq", null.reshape(size, m, -1), spread[blocks.kind[members[i]]])
            lost[int(i)] = _moves(moved)
    return solved.reshape(error.shape), lost


def _products(blocks: Blocks, members: Ints, spread: Array) -> Array:
    """(n, size, m, size · m) moments of the blocks (n, size) of clusters times the hats between their types."""
    n, size = members.shape
    m = blocks.u.shape[1]
    kinds = blocks.kind[members]
    hats = np.einsum("dip,ejp->deij", spread, blocks.x, optimize=True)
    whole = hats[kinds[:, :, None], kinds[:, None, :]].transpose(0, 1, 3, 2, 4)
    return np.asarray(blocks.moments(members.ravel()).reshape(n, size, m, m) @ whole.reshape(n, size, m, size * m))


def _solve_alone(system: Array, right: Array) -> tuple[Array, Array]:
    """Least-squares solution and the null vectors of a matrix that may be singular."""
    left, root, vectors = np.linalg.svd(system)
    zero = root < 1e-8 * max(float(root[0]), 1.0)
    inverse = np.where(zero, 0.0, 1 / np.where(zero, 1.0, root))
    return vectors.T @ (inverse * (left.T @ right)), vectors[zero].T


def _moves(moved: Array) -> NDArray[np.bool_]:
    """Coefficients that a null direction moves, against the largest it moves."""
    size = np.abs(moved)
    return np.asarray((size > LOADING * np.maximum(size.max(axis=1, keepdims=True), 1e-300)).any(axis=0))
