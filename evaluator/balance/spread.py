"""The balance of a list: how its funds, projects and households are spread, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.balance.concentration import effective_number, herfindahl, normalised_herfindahl
from evaluator.balance.ledger import DIMENSIONS, HORIZONS, SCORED_ONLY, UNKNOWN, Ledger, read_ledger
from evaluator.balance.measures import find_reasons, measure_all
from evaluator.balance.policies import PolicyTest, hold_policies
from evaluator.balance.townships import Townships, spread_over_townships
from evaluator.criteria.likeness import Similarity
from evaluator.criteria.rivals import SIMILARITY
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import BalanceSettings
from evaluator.rules import stated_columns

COLUMNS = (
    "projects",
    "amount",
    "flagged",
    "share",
    "flagged_amount",
    "households",
    "poor_households",
    "without_amount",
)


@dataclass(frozen=True, slots=True)
class Balance:
    """Projects, funds and households of a list by group, and every single measure of its balance.

    Attributes
    ----------
    by_industry, by_product, by_family, by_stage, by_horizon, by_township, by_kind, by_type
        One row a group, largest share first (horizons in their order). Columns: ``projects`` (count), ``amount`` (in
        the list's currency; missing amounts count as nothing and are counted in ``without_amount``), ``flagged``
        (count), ``share`` of the whole amount (of the projects when no amount is known), ``flagged_amount``,
        ``households`` and ``poor_households`` (sums of what is stated). Industry is the product group; employment
        projects stand under ``employment``, what is not scored under ``other``; what is not said under ``unknown``.
        Type is the first level of the published project type. Product, family, stage and horizon count scored
        projects only.
    mosaic
        Industry × horizon of the scored projects: ``industry``, ``horizon``, ``projects``, ``amount``, ``flagged``,
        ``flagged_amount``, ``flagged_share`` (of the funds; NaN without any), industries by funds.
    concentration
        One row a dimension, over the known groups: ``groups``, ``hhi``, ``hhi_normalised``, ``effective_number``
        (1/HHI), ``largest``, ``largest_share``.
    townships
        Funds for each poor household.
    measures, reasons
        Every measure of ``measures.MEASURES``; for those without a value, a code that says why.
    policies
        The policy tests that are on.
    missing
        ``amount, township, product, horizon, households`` to the ids of the projects that do not state it.
    basis
        What shares are of: ``amount``, or ``projects`` when no amount is known.
    ledger
        The coded facts, for marginal effects.
    """

    by_industry: pd.DataFrame
    by_product: pd.DataFrame
    by_family: pd.DataFrame
    by_stage: pd.DataFrame
    by_horizon: pd.DataFrame
    by_township: pd.DataFrame
    by_kind: pd.DataFrame
    by_type: pd.DataFrame
    mosaic: pd.DataFrame
    concentration: pd.DataFrame
    townships: Townships
    measures: Mapping[str, float]
    reasons: Mapping[str, str]
    policies: tuple[PolicyTest, ...]
    missing: Mapping[str, tuple[str, ...]]
    basis: str
    currency: str
    labels: pd.Series = field(repr=False)
    ledger: Ledger = field(repr=False)
    settings: BalanceSettings = field(repr=False)

    @property
    def without_amount(self) -> int:
        """How many projects state no amount."""
        return len(self.missing["amount"])

    def by(self, dimension: str) -> pd.DataFrame:
        """The table of one of ``ledger.DIMENSIONS``."""
        table: pd.DataFrame = getattr(self, f"by_{dimension}")
        return table


def measure_balance(
    portfolio: Portfolio,
    *,
    groups: Mapping[str, str],
    level: pd.Series,
    places: Places | None = None,
    similarity: Similarity = SIMILARITY,
    settings: BalanceSettings | None = None,
) -> Balance:
    """Measure the balance of a list.

    Parameters
    ----------
    groups
        Product id to its broad group.
    level
        Flag level of the scored projects.
    places
        Counties with the poor households of their townships; without them nothing is said per poor household.
    similarity
        Levels of likeness, as homogeneity takes them.
    """
    rules = settings or BalanceSettings()
    linked = "link_mechanisms" in stated_columns(portfolio)
    ledger = read_ledger(portfolio, groups=groups, level=level, linked_column=linked, similarity=similarity)
    tables = {name: _tabulate(ledger, name) for name in DIMENSIONS}
    towns = spread_over_townships(ledger, places)
    measures = measure_all(ledger, towns, long_years=rules.long_years, short_years=rules.short_years)
    codes = {str(code) for code in ledger.county if code}
    return Balance(
        **{f"by_{name}": table for name, table in tables.items()},
        mosaic=_cross(ledger, list(tables["industry"].index)),
        concentration=_concentrate(tables),
        townships=towns,
        measures=measures,
        reasons=find_reasons(ledger, towns, measures),
        policies=hold_policies(ledger, settings=rules, place_codes=codes),
        missing=ledger.missing(),
        basis=ledger.basis,
        currency=portfolio.currency,
        labels=portfolio.labels,
        ledger=ledger,
        settings=rules,
    )


def _sums(ledger: Ledger, rows: NDArray[np.bool_]) -> pd.DataFrame:
    """What is summed of each row, index as the kept rows."""
    amount, flagged = np.nan_to_num(ledger.amount), ledger.level == "flag"
    columns = {
        "projects": np.ones(len(ledger), dtype=np.int64),
        "amount": amount,
        "flagged": flagged.astype(np.int64),
        "flagged_amount": np.where(flagged, amount, 0.0),
        "households": np.nan_to_num(ledger.households),
        "poor_households": np.nan_to_num(ledger.poor_households),
        "without_amount": np.isnan(ledger.amount).astype(np.int64),
    }
    return pd.DataFrame({name: values[rows] for name, values in columns.items()})


def _tabulate(ledger: Ledger, dimension: str) -> pd.DataFrame:
    rows = ledger.scored if dimension in SCORED_ONLY else np.ones(len(ledger), dtype=bool)
    group = pd.Series(ledger.groups[dimension][rows], name="group", dtype=object)
    sums = _sums(ledger, rows).groupby(group, sort=True).sum()
    whole = sums["amount"].sum()
    sums["share"] = sums["amount"] / whole if whole > 0 else sums["projects"] / max(sums["projects"].sum(), 1)
    sums = sums[list(COLUMNS)]
    if dimension == "horizon":
        return sums.reindex(list(HORIZONS), fill_value=0)
    return sums.sort_values(["share", "projects"], ascending=False, kind="stable")


def _cross(ledger: Ledger, industries: list[str]) -> pd.DataFrame:
    rows = ledger.scored
    keys = [pd.Series(ledger.groups[name][rows], name=name, dtype=object) for name in ("industry", "horizon")]
    table = _sums(ledger, rows).groupby(keys, sort=True).sum().reset_index()
    table["flagged_share"] = (table["flagged_amount"] / table["amount"].where(table["amount"] > 0)).astype(float)
    place = {name: at for at, name in enumerate([*industries, *HORIZONS])}
    table = table.sort_values(["industry", "horizon"], key=lambda column: column.map(place), ignore_index=True)
    return table[["industry", "horizon", "projects", "amount", "flagged", "flagged_amount", "flagged_share"]]


def _concentrate(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    found = {}
    for name, table in tables.items():
        known = table[(table.index != UNKNOWN) & (table["projects"] > 0)]
        share = known["share"]
        held = share[share > 0].to_numpy(float)
        found[name] = {
            "groups": len(held),
            "hhi": herfindahl(held),
            "hhi_normalised": normalised_herfindahl(held),
            "effective_number": effective_number(held),
            "largest": str(share.idxmax()) if len(held) else "",
            "largest_share": float(held.max() / held.sum()) if len(held) else np.nan,
        }
    return pd.DataFrame.from_dict(found, orient="index")
