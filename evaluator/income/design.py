"""Which effects are estimated: one regressor for each first year × kind × year, beside year effects and covariates.

Regressors are the same for all units of one *type*: first year, kind, and the discrete covariates with year effects of
their own. A national panel has many villages but few types, so a design is small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import NEVER
from evaluator.income.folding import number_columns, number_groups

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
TRUE, FALSE = frozenset({"1", "1.0", "true", "yes", "y", "是"}), frozenset({"0", "0.0", "false", "no", "n", "否"})
BLANK = frozenset({"", "nan", "none", "<na>", "nat"})


@dataclass(frozen=True, slots=True)
class Design:
    """Regressors by type of group.

    Attributes
    ----------
    x
        (D, T, p) with the q effects first, then year effects.
    of_group
        (G,) type of each group.
    table
        q rows, one an effect: ``first_year``, ``kind``, ``year``, ``event``.
    column
        (D, T) effect that a type has in a year, −1 for none.
    """

    x: Array
    of_group: Ints
    table: pd.DataFrame
    column: Ints

    @property
    def n_effects(self) -> int:
        """Number q of effects."""
        return len(self.table)


def lay_design(
    years: Ints,
    start: Ints,
    kind: NDArray[np.str_],
    *,
    strata: Sequence[NDArray[np.str_]] = (),
    leads: bool = False,
    with_last: bool = False,
) -> Design:
    """Lay out one effect for each first year × kind × year from the start on.

    Parameters
    ----------
    years
        (T,) ascending.
    start, kind
        (G,) first year of each group (``NEVER`` for none) and the kind its effects are kept apart by.
    strata
        Discrete covariates (G,), each with year effects of its own for every value.
    leads
        Also one for each year before the start but the last: the fully interacted event study. Without units that
        never start, the last to start has no leads, so that the others have something to be compared with.
    with_last
        The last year before the start too (for estimators that compare each year with the one before).
    """
    columns = {"start": start, "kind": kind, **{f"stratum{i}": s for i, s in enumerate(strata)}}
    of_group, sample = number_columns(columns.values(), len(start))
    types = pd.DataFrame({name: column[sample] for name, column in columns.items()})
    first = types["start"].to_numpy(np.int64)
    wanted = _wanted(years, first, leads=leads, with_last=with_last)
    wanted &= _controlled(types)[:, None] | (years >= first[:, None])
    pair, one = number_groups(types[["start", "kind"]])
    slot = np.where(wanted, pair[:, None] * len(years) + np.arange(len(years)), -1)
    used = np.unique(slot[slot >= 0])
    column = np.where(wanted, np.searchsorted(used, np.maximum(slot, 0)), -1)
    of_pair, year = one[used // len(years)], years[used % len(years)]
    table = pd.DataFrame({"first_year": first[of_pair], "kind": types["kind"].to_numpy()[of_pair], "year": year})
    table["event"] = year - first[of_pair]
    effects = np.zeros((len(types), len(years), len(used)))
    d, t = np.nonzero(wanted)
    effects[d, t, column[d, t]] = 1.0
    waves = _year_effects(types, len(years), n_strata=len(strata))
    return Design(np.concatenate([effects, waves], axis=2), of_group, table, column.astype(np.int64))


def read_kinds(values: pd.Series) -> NDArray[np.str_]:
    """A trait as text: ``1`` and ``0`` for yes and no in any writing, empty where it says nothing."""
    code, found = pd.factorize(values, use_na_sentinel=False)
    return np.array([_read_kind(value) for value in found] or [""])[code]


def _read_kind(value: object) -> str:
    text = "" if value is None else str(value).strip()
    lower = text.lower()
    return "1" if lower in TRUE else "0" if lower in FALSE else "" if lower in BLANK else text


def last_before(years: Ints, start: Ints) -> Ints:
    """Position of the last observed year before each start, −1 for none: the year an event study compares with."""
    return np.asarray(np.searchsorted(years, start) - 1, dtype=np.int64)


def _wanted(years: Ints, first: Ints, *, leads: bool, with_last: bool) -> NDArray[np.bool_]:
    treated = (first != NEVER)[:, None]
    wanted = treated & (years >= first[:, None])
    if leads:
        before = np.arange(len(years)) < last_before(years, first)[:, None] + with_last
        wanted |= treated & before
    return np.asarray(wanted)


def _controlled(types: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether some other start, among those with the same year effects, serves as comparison without leads."""
    strata = [name for name in types.columns if str(name).startswith("stratum")]
    number, first = number_groups(types[strata])
    start, last = types["start"].to_numpy(np.int64), np.full(len(first), -1)
    never = np.bincount(number, start == NEVER, len(first)) > 0
    np.maximum.at(last, number, start)
    return np.asarray(never[number] | (start < last[number]))


def _year_effects(types: pd.DataFrame, t: int, *, n_strata: int) -> Array:
    """(D, T, …) a column for every year but the first, and again for every value of a stratum but its first."""
    step = np.eye(t)[:, 1:]
    blocks = [np.repeat(step[None], len(types), axis=0)]
    for i in range(n_strata):
        code = pd.factorize(types[f"stratum{i}"], sort=True)[0]
        blocks += [(code == value)[:, None, None] * step[None] for value in range(1, int(code.max()) + 1)]
    return np.concatenate(blocks, axis=2)
