"""The readable rules themselves: each held against n rows of a list, from the facts the list states.

A list without a column for a fact cannot be held to it: its rows cannot be told, they do not fail.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.settings import PolicySettings
from evaluator.reference.products import products
from evaluator.reference.rule_words import find_barred_words, find_words_of_depth, names_contribution, names_organiser

Mask = NDArray[np.bool_]

NOTICE = (
    "name", "place_name", "operator", "start", "end", "content", "standard", "fund_source", "investment_yuan",
    "performance_target", "link_mechanisms",
)  # fmt: skip
"""What a notice of an approved project names, as far as the form holds it (never persons or telephones)."""


@dataclass(frozen=True, slots=True)
class Tested:
    """One rule over n projects: to whom it applies, who fails, for whom it cannot be told, and what was read."""

    applies: Mask
    fails: Mask
    unknown: Mask
    values: NDArray[np.object_]
    thresholds: NDArray[np.float64]
    lacking: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Rows:
    """The facts of the scored projects that rules read; ``columns`` are the form fields the list has at all."""

    frame: pd.DataFrame
    amounts: pd.DataFrame
    columns: Collection[str]
    settings: PolicySettings

    def has(self, key: str) -> Mask:
        """Whether a text or set is stated: not missing, not empty."""
        known = self.frame[key].notna() & self.frame[key].astype(bool)
        return np.asarray(known, dtype=bool)

    def number(self, key: str) -> NDArray[np.float64]:
        """(n,) numbers of a field, NaN where missing; money in the list's currency."""
        table = self.amounts if key in self.amounts else self.frame
        return table[key].to_numpy(float)

    def kind(self, kind: str) -> Mask:
        """(n,) whether the project is of this kind."""
        return np.asarray(self.frame["kind"] == kind)

    @property
    def new(self) -> Mask:
        """(n,) whether the project is said to be new."""
        return np.asarray(self.frame["nature"] == "new")

    @property
    def may_be_new(self) -> Mask:
        """(n,) nature not stated, and not said to exist already."""
        return np.asarray(self.frame["nature"].isna() & ~self.frame["status"].isin(["running", "idle", "ended"]))

    def text(self, *keys: str) -> list[str]:
        """The words of these fields, one text a row."""
        parts = [self.frame[key].fillna("").astype(str).tolist() for key in keys]
        return ["\n".join(row) for row in zip(*parts, strict=True)]

    def links(self) -> list[frozenset[str]]:
        """The kinds of link with households that each row states."""
        return [
            frozenset(links) if isinstance(links, tuple) else frozenset() for links in self.frame["link_mechanisms"]
        ]


def _objects(values: Collection[object]) -> NDArray[np.object_]:
    out = np.empty(len(values), dtype=object)
    out[:] = list(values)
    return out


def _tested(
    rows: Rows,
    *,
    applies: Mask,
    fails: Mask,
    unknown: Mask,
    values: Collection[object],
    lacking: Collection[object],
    thresholds: NDArray[np.float64] | float = np.nan,
) -> Tested:
    n = len(rows.frame)
    bounds = np.broadcast_to(np.asarray(thresholds, dtype=np.float64), (n,))
    return Tested(applies, fails & ~unknown, unknown, _objects(values), bounds, _objects(lacking))


def _dividend_only(rows: Rows) -> Tested:
    links, stated = rows.links(), rows.has("link_mechanisms")
    words = rows.text("content", "beneficiaries", "fund_source", "note")
    taking_part = (rows.number("training_days") > 0) | (rows.number("jobs") > 0)
    taking_part |= np.array([names_contribution(text) for text in words], dtype=bool)
    only = np.array([found == {"dividend"} for found in links], dtype=bool)
    return _tested(
        rows, applies=rows.kind("industry") | rows.kind("employment"), fails=only & ~taking_part, unknown=~stated,
        values=[tuple(sorted(found)) for found in links], lacking=[("link_mechanisms",)] * len(links),
    )  # fmt: skip


def _no_link(rows: Rows) -> Tested:
    links = rows.links()
    empty = ~rows.has("link_mechanisms")
    no_column = "link_mechanisms" not in rows.columns
    lacking = [("link_mechanisms",) if no_column else ("nature",)] * len(links)
    return _tested(
        rows, applies=rows.new | rows.may_be_new, fails=empty & rows.new,
        unknown=empty & (rows.may_be_new | no_column),
        values=[tuple(sorted(found)) for found in links], lacking=lacking,
    )  # fmt: skip


def _fewer_links_than(rows: Rows) -> Tested:
    count = np.array([len(found) for found in rows.links()], dtype=np.float64)
    unread = ~rows.has("link_mechanisms") & ("link_mechanisms" not in rows.columns)
    least = float(rows.settings.fewer_links_than_kinds)
    return _tested(
        rows, applies=rows.kind("industry"), fails=count < least, unknown=unread, values=count.tolist(),
        lacking=[("link_mechanisms",)] * len(count), thresholds=least,
    )  # fmt: skip


def _no_performance_target(rows: Rows) -> Tested:
    empty = ~rows.has("performance_target")
    unread = empty & ("performance_target" not in rows.columns)
    n = len(empty)
    return _tested(
        rows, applies=np.ones(n, bool), fails=empty, unknown=unread, values=[None] * n,
        lacking=[("performance_target",)] * n,
    )  # fmt: skip


NO_WORDS = ("否", "无", "没有", "no", "none", "false", "0")


def _no_operator_or_plan(rows: Rows) -> Tested:
    keys = ("plan", "operator", "link_mechanisms")
    stated = {key: rows.has(key) for key in keys}
    denied = rows.frame["plan"].astype(str).str.strip().str.lower().isin(NO_WORDS).to_numpy()
    stated["plan"] = stated["plan"] & ~denied
    asked = {key: key in rows.columns for key in keys}
    empty = [
        tuple(k for k in keys if not stated[k][i] and (asked[k] or (k == "plan" and denied[i])))
        for i in range(len(rows.frame))
    ]
    unasked = [tuple(k for k in keys if not stated[k][i] and not asked[k]) for i in range(len(rows.frame))]
    wanting = np.array([bool(found) for found in empty], dtype=bool)
    open_rows = np.array([bool(found) for found in unasked], dtype=bool)
    unsure = (wanting & ~rows.new) | (~wanting & open_rows)
    lacking = [(*left, *(() if sure else ("nature",))) for left, sure in zip(unasked, rows.new, strict=True)]
    return _tested(
        rows, applies=rows.kind("industry") & (rows.new | rows.may_be_new), fails=wanting, unknown=unsure,
        values=empty, lacking=lacking,
    )  # fmt: skip


def _same_year(rows: Rows) -> Tested:
    keys = ("start", "end", "first_income")
    years = np.column_stack([rows.frame[key].dt.year.to_numpy(float) for key in keys])
    missing = np.isnan(years)
    with np.errstate(invalid="ignore"):
        spread = np.where(missing, -np.inf, years).max(axis=1) - np.where(missing, np.inf, years).min(axis=1)
    fails = ~missing.any(axis=1) & (spread == 0)
    unknown = missing.any(axis=1) & ~(spread > 0)
    lacking = [tuple(k for k, gone in zip(keys, row, strict=True) if gone) for row in missing]
    return _tested(
        rows, applies=rows.kind("industry") | rows.kind("employment"), fails=fails, unknown=unknown,
        values=years[:, 0].tolist(), lacking=lacking, thresholds=years[:, 0] + 1,
    )  # fmt: skip


def _short_horizon(rows: Rows) -> Tested:
    years, least = rows.number("benefit_years"), rows.settings.short_horizon_years
    return _tested(
        rows, applies=rows.kind("industry"), fails=years < least, unknown=np.isnan(years), values=years.tolist(),
        lacking=[("benefit_years",)] * len(years), thresholds=least,
    )  # fmt: skip


def _promised_income_outlives_asset(rows: Rows) -> Tested:
    promised, life = rows.number("promised_asset_income_share"), rows.number("asset_life_years")
    needed = np.divide(1.0, life, out=np.full(len(life), np.nan), where=life > 0)
    return _tested(
        rows, applies=promised > 0, fails=promised < needed * (1 - 1e-12), unknown=np.isnan(needed),
        values=promised.tolist(), lacking=[("asset_life_years",)] * len(life), thresholds=needed,
    )  # fmt: skip


def _negative_list(rows: Rows) -> Tested:
    found = [find_barred_words(text) for text in rows.text("name", "content")]
    barred = np.array([bool(words) for words in found], dtype=bool)
    return _tested(
        rows, applies=np.ones(len(found), bool), fails=barred, unknown=~barred & ~rows.has("content"), values=found,
        lacking=[("content",)] * len(found),
    )  # fmt: skip


LOW_END_FAMILIES = ("poultry", "fruit", "pome fruit", "stone fruit", "other fruit", "citrus", "subtropical fruit")


def _low_end(rows: Rows) -> Tested:
    """Low-end product, in the field, without a word of processing, brand or organiser, at a small ticket."""
    product = rows.frame["product"]
    families = {key: known.family for key, known in products().items()}
    listed = product.map(families).isin(LOW_END_FAMILIES).to_numpy() & np.asarray(
        rows.frame["stage"].isna() | rows.frame["stage"].isin(["grow", "raise"])
    )
    texts = rows.text("name", "content", "operator", "performance_target", "project_type")
    deep = [find_words_of_depth(text) for text in texts]
    organised = np.array([names_organiser(text) for text in texts], dtype=bool)
    organised |= np.array([bool(found & {"contract", "trusteeship"}) for found in rows.links()], dtype=bool)
    better = organised | np.array([bool(words) for words in deep], dtype=bool)
    households = rows.number("households")
    ticket = np.divide(
        rows.number("investment_yuan"), households, out=np.full(len(households), np.nan), where=households > 0
    )
    bound = rows.settings.low_end_yuan_per_household
    has_content, has_operator, amount = rows.has("content"), rows.has("operator"), rows.number("investment_yuan")
    seen = has_content & has_operator
    candidate = listed & ~better & ~(ticket > bound)
    lacking = [
        tuple(
            key
            for key, gone in (
                ("content", not has_content[i]),
                ("operator", not has_operator[i]),
                ("households", np.isnan(households[i])),
                ("investment_yuan", np.isnan(amount[i])),
            )
            if gone
        )
        if candidate[i]
        else ()
        for i in range(len(texts))
    ]
    return _tested(
        rows, applies=rows.kind("industry") & product.notna().to_numpy(), fails=candidate,
        unknown=candidate & (~seen | np.isnan(ticket)), values=ticket.tolist(), lacking=lacking, thresholds=bound,
    )  # fmt: skip


def _notice_incomplete(rows: Rows) -> Tested:
    stated = {
        key: ~np.isnan(rows.number(key)) if key == "investment_yuan" else rows.frame[key].notna().to_numpy()
        for key in NOTICE
    }
    empty = [tuple(key for key in NOTICE if not stated[key][i]) for i in range(len(rows.frame))]
    return _tested(
        rows, applies=np.asarray(rows.frame["status"] == "approved"),
        fails=np.array([bool(found) for found in empty], dtype=bool), unknown=np.zeros(len(empty), bool),
        values=empty, lacking=[()] * len(empty),
    )  # fmt: skip


TESTS: Mapping[str, Callable[[Rows], Tested]] = {
    "dividend_only": _dividend_only,
    "no_link": _no_link,
    "fewer_links_than": _fewer_links_than,
    "no_performance_target": _no_performance_target,
    "no_operator_or_plan": _no_operator_or_plan,
    "same_year": _same_year,
    "short_horizon": _short_horizon,
    "promised_income_outlives_asset": _promised_income_outlives_asset,
    "negative_list": _negative_list,
    "low_end": _low_end,
    "notice_incomplete": _notice_incomplete,
}
"""How each rule is held against the rows; one function a rule."""
