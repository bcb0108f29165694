"""How the money of a list is spread: by industry, horizon and township."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluator.domain.portfolio import Portfolio

HORIZONS = ("up_to_1", "1_to_3", "3_to_5", "over_5", "unknown")
_EDGES = (-np.inf, 1.0, 3.0, 5.0, np.inf)


@dataclass(frozen=True, slots=True)
class Balance:
    """Projects and money of a list by group.

    Each table has one row a group, largest money first: ``projects`` (count), ``amount`` (in the list's currency,
    missing amounts counted as nothing and reported in ``without_amount``), ``share`` of the whole amount (of the
    projects when no amount is known), ``flagged`` (count). The industry table is indexed by product group, employment
    projects stand under ``employment``; what is not scored under ``other``.
    """

    by_industry: pd.DataFrame
    by_horizon: pd.DataFrame
    by_township: pd.DataFrame
    by_kind: pd.DataFrame
    without_amount: int


def measure_balance(portfolio: Portfolio, *, groups: Mapping[str, str], level: pd.Series) -> Balance:
    """Measure the shares of a list.

    ``groups`` maps a product id to its broad group; ``level`` is the flag level of the scored projects.
    """
    frame, amount = portfolio.frame, portfolio.amounts["investment_yuan"]
    flagged = level.reindex(frame.index).eq("flag")
    product_group = frame["product"].map(groups, na_action="ignore")
    industry = product_group.where(frame["kind"] == "industry", frame["kind"]).fillna("unknown")
    horizon = pd.Series(
        pd.cut(frame["benefit_years"], _EDGES, labels=list(HORIZONS[:-1])).astype(object), index=frame.index
    ).fillna("unknown")
    scored = frame["kind"].isin(["industry", "employment"])
    return Balance(
        by_industry=_share(industry, amount, flagged),
        by_horizon=_share(horizon[scored], amount[scored], flagged[scored]).reindex(list(HORIZONS), fill_value=0),
        by_township=_share(frame["township"].fillna(frame["village"]).fillna("unknown"), amount, flagged),
        by_kind=_share(frame["kind"].fillna("other"), amount, flagged),
        without_amount=int(amount.isna().sum()),
    )


def _share(group: pd.Series, amount: pd.Series, flagged: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"group": group, "amount": amount, "flagged": flagged}).groupby("group", sort=True)
    sums = pd.DataFrame(
        {"projects": table.size(), "amount": table["amount"].sum(min_count=0), "flagged": table["flagged"].sum()}
    )
    whole = sums["amount"].sum()
    sums["share"] = sums["amount"] / whole if whole > 0 else sums["projects"] / max(sums["projects"].sum(), 1)
    return sums.sort_values(["share", "projects"], ascending=False, kind="stable")
