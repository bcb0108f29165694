"""The facts of a list that balance reads, coded once, so that every measure of any part of it is a few sums."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.likeness import Similarity
from evaluator.criteria.product_classes import ProductClasses, classify_products
from evaluator.criteria.rivals import SIMILARITY
from evaluator.domain.portfolio import Portfolio
from evaluator.reference.lexicon import products
from evaluator.reference.rule_words import names_fee

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

HORIZONS = ("up_to_1", "1_to_3", "3_to_5", "over_5", "unknown")
DIMENSIONS = ("industry", "product", "family", "stage", "horizon", "township", "kind", "type")
SCORED_ONLY = ("product", "family", "stage", "horizon")
UNKNOWN = "unknown"
_EDGES = (-np.inf, 1.0, 3.0, 5.0, np.inf)


@dataclass(frozen=True, slots=True)
class Ledger:
    """n rows of a list.

    Attributes
    ----------
    amount
        (n,) funds of each project in the list's currency, NaN where not stated.
    scored
        (n,) industry and employment projects.
    fee
        (n,) management fees.
    linked
        (n,) 1 a link with households is stated, 0 it is not, NaN the list has no column for it.
    level
        (n,) flag level; "" for what is not scored.
    years, households, poor_households
        (n,) as stated, NaN where not.
    groups
        Dimension to (n,) group of each row; what is not stated is ``unknown``.
    types
        Product classes of the rows; ``typed`` says which rows have one.
    """

    ids: pd.Index
    amount: Array
    scored: Mask
    fee: Mask
    linked: Array
    level: NDArray[np.object_]
    years: Array
    households: Array
    poor_households: Array
    county: NDArray[np.object_]
    township: NDArray[np.object_]
    groups: Mapping[str, NDArray[np.object_]]
    types: ProductClasses
    typed: Mask
    similarity: Similarity

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def weight(self) -> Array:
        """(n,) what shares are taken of: funds, 0 where not stated; each project 1 when no amount is known."""
        return np.ones(len(self)) if self.basis == "projects" else np.nan_to_num(self.amount)

    @property
    def basis(self) -> str:
        """``amount``, or ``projects`` when no amount above 0 is known."""
        return "amount" if np.nansum(self.amount) > 0 else "projects"

    def missing(self) -> dict[str, tuple[str, ...]]:
        """Ids of the projects that state no amount, township, product, horizon or households; in list order."""
        gone = {
            "amount": np.isnan(self.amount),
            "township": pd.isna(self.township),
            "product": self.scored & ~self.typed,
            "horizon": self.scored & np.isnan(self.years),
            "households": self.scored & np.isnan(self.households),
        }
        return {key: tuple(str(i) for i in self.ids[mask]) for key, mask in gone.items()}


def read_ledger(
    portfolio: Portfolio,
    *,
    groups: Mapping[str, str],
    level: pd.Series,
    linked_column: bool = True,
    similarity: Similarity = SIMILARITY,
) -> Ledger:
    """Code a list; ``groups`` maps a product id to its broad group, ``level`` is the flag level of scored rows.

    ``linked_column`` says whether the list has a column for links at all: without one nothing is known of them.
    """
    frame = portfolio.frame
    kind = frame["kind"].fillna(UNKNOWN).to_numpy(object)
    scored = np.isin(kind.astype(str), ["industry", "employment"])
    types = classify_products(frame, similarity=similarity)
    family = types.levels[2][types.row_class]
    stated = frame["link_mechanisms"].notna() & frame["link_mechanisms"].astype(bool)
    words = frame["name"].fillna("") + " " + frame["project_type"].fillna("")
    return Ledger(
        ids=frame.index,
        amount=portfolio.amounts["investment_yuan"].to_numpy(float),
        scored=scored,
        fee=~scored & np.array([names_fee(str(text)) for text in words], dtype=bool),
        linked=np.where(stated, 1.0, 0.0 if linked_column else np.nan),
        level=level.reindex(frame.index).fillna("").to_numpy(object),
        years=frame["benefit_years"].to_numpy(float),
        households=frame["households"].to_numpy(float),
        poor_households=frame["poor_households"].to_numpy(float),
        county=frame["place_code"].fillna(portfolio.place_code or "").to_numpy(object),
        township=frame["township"].to_numpy(object),
        groups=_groups(frame, kind, scored, groups),
        types=types,
        typed=scored & (family >= 0),
        similarity=similarity,
    )


def _groups(
    frame: pd.DataFrame, kind: NDArray[np.object_], scored: Mask, broad: Mapping[str, str]
) -> dict[str, NDArray[np.object_]]:
    known = products()
    product = frame["product"]
    family = product.map({key: one.family for key, one in known.items()}, na_action="ignore")
    stage = frame["stage"].where(
        frame["stage"].notna(), product.map({k: p.stage for k, p in known.items()}, na_action="ignore")
    )
    horizon = pd.Series(pd.cut(frame["benefit_years"], _EDGES, labels=list(HORIZONS[:-1])), index=frame.index)
    industry = product.map(broad, na_action="ignore").where(frame["kind"] == "industry", frame["kind"])
    columns = {
        "industry": industry,
        "product": product,
        "family": family,
        "stage": stage,
        "horizon": horizon.astype(object),
        "township": frame["township"].fillna(frame["village"]),
        "kind": frame["kind"].fillna("other"),
        "type": frame["project_type"].map(lambda text: str(text).split("/")[0].strip() or None, na_action="ignore"),
    }
    return {
        key: np.where(scored | (key not in SCORED_ONLY), column.fillna(UNKNOWN).to_numpy(object), kind)
        for key, column in columns.items()
    }
