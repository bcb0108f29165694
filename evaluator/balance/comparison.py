"""What one project more or less does to each measure, and how two lists differ."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluator.balance.ledger import DIMENSIONS
from evaluator.balance.measures import MEASURES, measure_all
from evaluator.balance.spread import Balance


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists side by side, A first.

    Attributes
    ----------
    measures
        One row a measure: ``a``, ``b``, ``change`` (b − a; NaN where either has no value).
    groups
        Dimension to one row a group: ``amount_a, amount_b, amount_change, share_a, share_b, share_change,
        projects_a, projects_b``; largest change of funds first.
    steps
        From A to B by industry, for a waterfall: ``group``, ``start``, ``end``, ``change``; first and last row hold
        the two sums under ``a`` and ``b``.
    policies
        One row a test that either list was held to: ``result_a``, ``result_b``, ``found_a``, ``found_b``, ``needed``.
    added, removed, changed
        Ids that only B has, only A has, and those of both whose amount differs.
    same_currency
        Whether amounts can be set beside each other at all; else their changes are NaN.
    """

    measures: pd.DataFrame
    groups: Mapping[str, pd.DataFrame]
    steps: pd.DataFrame
    policies: pd.DataFrame
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    same_currency: bool


def measure_marginal(balance: Balance, *, ids: tuple[str, ...] | None = None) -> pd.DataFrame:
    """What each project does to each measure: the list with it minus the list without it.

    Parameters
    ----------
    ids
        Projects asked about, all unless given. For a project that is not in the list, measure the list with it added.

    Returns
    -------
    pandas.DataFrame
        Index project id, columns ``MEASURES``; NaN where a measure has no value with or without the project. Whether
        shares are of funds or of projects is settled by the whole list.

    Raises
    ------
    KeyError
        For an id the list does not have.
    """
    ledger, s = balance.ledger, balance.settings
    wanted = ledger.ids if ids is None else pd.Index(ids)
    at = ledger.ids.get_indexer(wanted)
    if (at < 0).any():
        raise KeyError(str(wanted[at < 0][0]))
    kept = np.ones(len(ledger), dtype=bool)
    rows = []
    for row in at:
        kept[row] = False
        without = measure_all(ledger, balance.townships, long_years=s.long_years, short_years=s.short_years, kept=kept)
        kept[row] = True
        rows.append([balance.measures[key] - without[key] for key in MEASURES])
    return pd.DataFrame(rows, index=wanted, columns=list(MEASURES), dtype=float)


def compare_balances(a: Balance, b: Balance) -> Comparison:
    """Set two lists beside each other, by measure, group, policy test and project."""
    same = a.currency == b.currency
    pair = pd.DataFrame({"a": dict(a.measures), "b": dict(b.measures)}, index=list(MEASURES), dtype=float)
    pair["change"] = pair["b"] - pair["a"]
    if not same:
        pair.loc["amount", "change"] = np.nan
    groups = {name: _side_by_side(a.by(name), b.by(name), same=same) for name in DIMENSIONS}
    one, other = (pd.Series(x.ledger.amount, index=x.ledger.ids) for x in (a, b))
    both = one.index.intersection(other.index, sort=False)
    differs = ~((one[both] == other[both]) | (one[both].isna() & other[both].isna()))
    return Comparison(
        measures=pair,
        groups=groups,
        steps=_steps(groups["industry"]),
        policies=_policies(a, b),
        added=tuple(map(str, other.index.difference(one.index, sort=False))),
        removed=tuple(map(str, one.index.difference(other.index, sort=False))),
        changed=tuple(map(str, both[differs.to_numpy(bool)])),
        same_currency=same,
    )


def _side_by_side(a: pd.DataFrame, b: pd.DataFrame, *, same: bool) -> pd.DataFrame:
    index = a.index.union(b.index, sort=False)
    table = pd.DataFrame(index=index)
    for column in ("amount", "share", "projects"):
        for name, side in (("a", a), ("b", b)):
            table[f"{column}_{name}"] = side[column].reindex(index, fill_value=0)
        table[f"{column}_change"] = table[f"{column}_b"] - table[f"{column}_a"]
    if not same:
        table["amount_change"] = np.nan
    order = table["amount_change" if same else "share_change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order]


def _steps(table: pd.DataFrame) -> pd.DataFrame:
    """Start and end of each bar of the waterfall; groups without a change are left out."""
    whole_a, whole_b = float(table["amount_a"].sum()), float(table["amount_b"].sum())
    moved = table.loc[table["amount_change"].abs() > 0, "amount_change"].sort_values(kind="stable")
    ends = whole_a + moved.cumsum().to_numpy(float)
    starts = np.concatenate([[whole_a], ends[:-1]]) if len(ends) else ends
    middle = pd.DataFrame({"group": moved.index, "start": starts, "end": ends, "change": moved.to_numpy(float)})
    first = pd.DataFrame({"group": ["a"], "start": [0.0], "end": [whole_a], "change": [whole_a]})
    last = pd.DataFrame({"group": ["b"], "start": [0.0], "end": [whole_b], "change": [whole_b]})
    return pd.concat([part for part in (first, middle, last) if len(part)], ignore_index=True)


def _policies(a: Balance, b: Balance) -> pd.DataFrame:
    held = [{test.key: test for test in side.policies} for side in (a, b)]
    rows = {}
    for key in dict.fromkeys([*held[0], *held[1]]):
        one, other = (side.get(key) for side in held)
        rows[key] = {
            "result_a": one.result if one else "",
            "result_b": other.result if other else "",
            "found_a": one.found if one else np.nan,
            "found_b": other.found if other else np.nan,
            "needed": (other or one).needed,  # type: ignore[union-attr] # one of the two holds the key
        }
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["result_a", "result_b", "found_a", "found_b", "needed"]
    )
