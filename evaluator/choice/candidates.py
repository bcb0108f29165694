"""Which projects of a list can be chosen, what each costs and is worth, and the fields that rules read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.choice.rules import Condition, Rules
from evaluator.criteria.score import Array
from evaluator.criteria.scorecard import Scorecard
from evaluator.domain.errors import Issue, TableError
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import CHOICES, Settings
from evaluator.flags import Flags
from evaluator.reference.products import products

HORIZONS = ("up_to_1", "1_to_3", "3_to_5", "over_5")
_EDGES = (-np.inf, 1.0, 3.0, 5.0, np.inf)
APART = ("not_scored", "no_amount", "red_line", "no_households")
"""Why a project of the list cannot be chosen, the reason told first where several hold."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The projects that can be chosen, n rows sorted by project id so that the order of the list never matters.

    Attributes
    ----------
    ids
        (n,) project ids.
    cost
        (n,) yuan each takes from the budget.
    worth
        (n,) what a total of 1 (of 0-100) is worth: value = total × worth. 0 for what is not scored.
    total
        (n,) point totals 0-100; 0 for what is not scored.
    table
        n rows: every field a rule may read (form and derived), index ``ids``.
    apart
        Every other project of the list with the reason it cannot be chosen (``APART``), in list order.
    order
        All project ids of the list in its own order.
    unjudged
        Ids whose total is a point within a wide range: too little is known.
    worths
        The same ``worth`` under each definition of value (households: 0 where none are stated).
    """

    ids: tuple[str, ...]
    cost: Array
    worth: Array
    total: Array
    table: pd.DataFrame
    apart: Mapping[str, str]
    order: tuple[str, ...]
    unjudged: frozenset[str]
    worths: Mapping[str, Array]

    @property
    def value(self) -> Array:
        """(n,) value of each project funded in full."""
        return self.total * self.worth

    @property
    def at(self) -> dict[str, int]:
        """Project id to its row."""
        return {project: row for row, project in enumerate(self.ids)}


def find_candidates(
    portfolio: Portfolio,
    scorecard: Scorecard,
    flags: Flags,
    *,
    settings: Settings,
    rules: Rules,
    clusters: Mapping[str, str] | None = None,
) -> Candidates:
    """Part the list into what can be chosen and what cannot, with the reason.

    Roads, fees and the like are worth nothing here: they enter only when fixed in or needed by another project, and
    then use budget; so do projects without households where those are the value. A project over a red line enters only
    when fixed in (setting). ``clusters`` maps project ids to
    clusters of look-alikes. Raises ``TableError`` where no project has an amount in yuan.
    """
    frame = tabulate_fields(portfolio, scorecard, flags, clusters or {})
    cost = frame[settings.choice.cost].to_numpy(float)
    _check_currency(portfolio, settings.choice.cost)
    scored = frame["kind"].isin(["industry", "employment"]).to_numpy()
    asked = frame.index.isin([*rules.fixed_in, *rules.needed])
    red = np.isin(frame.index, [p for p, hit in _red_lines(scorecard) if hit]) & settings.choice.red_lines_out
    reasons = np.select(
        [
            ~scored & ~asked,
            ~(cost > 0),
            red & ~frame.index.isin(rules.fixed_in),
            frame["households"].isna().to_numpy() & (settings.choice.value == "households") & scored & ~asked,
        ],
        APART,
        "",
    )
    kept = np.flatnonzero(reasons == "")
    kept = kept[np.argsort(frame.index.to_numpy(str)[kept], kind="stable")]
    table, cost = frame.iloc[kept], cost[kept]
    total = np.nan_to_num(table["score"].to_numpy(float))
    worths = _worths(table, cost)
    return Candidates(
        ids=tuple(map(str, table.index)),
        cost=cost,
        worth=worths[settings.choice.value],
        total=total,
        table=table,
        apart={str(p): str(why) for p, why in zip(frame.index, reasons, strict=True) if why},
        order=tuple(map(str, frame.index)),
        unjudged=frozenset(str(p) for p, sure in zip(scorecard.index, scorecard.judged, strict=True) if not sure),
        worths=worths,
    )


def _check_currency(portfolio: Portfolio, cost: str) -> None:
    if len(portfolio) and portfolio.frame[cost].isna().all() and portfolio.amounts[cost].notna().any():
        raise TableError(Issue("E_CHOICE_CURRENCY", "error", found=portfolio.currency))


def _worths(table: pd.DataFrame, cost: Array) -> dict[str, Array]:
    """Worth of one point of the total: a hundredth of its yuan, a hundredth of a project, or of its households."""
    scored = table["kind"].isin(["industry", "employment"]).to_numpy()
    households = np.nan_to_num(table["households"].to_numpy(float))
    each = dict(zip(CHOICES["value"], (cost, np.ones(len(cost)), households), strict=True))
    return {name: np.where(scored, worth, 0.0) / 100.0 for name, worth in each.items()}


def _red_lines(card: Scorecard) -> list[tuple[str, bool]]:
    """Whether each scored project is over a red line on facts that are known well enough."""
    sure = {name: dict(zip(card.index, card.criteria[name].judged, strict=True)) for name in ("demand", "payback")}
    return [(p, any(sure[name][p] for name in hit)) for p, hit in zip(card.index, card.red_lines, strict=True)]


def tabulate_fields(
    portfolio: Portfolio, scorecard: Scorecard, flags: Flags, clusters: Mapping[str, str]
) -> pd.DataFrame:
    """The list with the derived fields rules may read: family, group, horizon, flag, grade, score, cluster, ..."""
    frame, lexicon = portfolio.frame, products()
    known = [lexicon.get(p) if isinstance(p, str) else None for p in frame["product"]]
    bands = pd.cut(frame["benefit_years"], _EDGES, labels=list(HORIZONS))
    derived = {
        "kind": frame["kind"].fillna("other"),
        "product_family": pd.Series([p.family if p else None for p in known], index=frame.index, dtype=object),
        "product_group": pd.Series([p.group if p else None for p in known], index=frame.index, dtype=object),
        "horizon": bands.astype(object).where(bands.notna(), None),
        "flag": flags.level.reindex(frame.index),
        "severity": flags.severity.reindex(frame.index),
        "grade": pd.Series(scorecard.grade.astype(object), index=scorecard.index).reindex(frame.index),
        "score": pd.Series(scorecard.total, index=scorecard.index).reindex(frame.index),
        "cluster": pd.Series([clusters.get(str(p)) for p in frame.index], index=frame.index, dtype=object),
        "start_year": frame["start"].dt.year.astype(float),
    }
    return frame.assign(**derived)


def mask_of(table: pd.DataFrame, where: tuple[Condition, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Rows that meet every condition, and rows of which it cannot be told because a field is not stated."""
    meets, missing = np.ones(len(table), bool), np.zeros(len(table), bool)
    fails = np.zeros(len(table), bool)
    for condition in where:
        column = table[condition.field]
        empty = column.isna().to_numpy()
        holds = np.zeros(len(table), bool)
        if condition.of_numbers:
            numbers = column.to_numpy(float)
            holds = (numbers >= condition.low) & (numbers <= condition.high)
        elif condition.values:
            holds = np.array([bool(words_of(cell) & set(condition.values)) for cell in column], bool)
        else:
            holds = ~empty & np.array([not words_of(cell) & set(condition.not_values) for cell in column], bool)
        meets &= holds
        missing |= empty
        fails |= ~empty & ~holds
    return meets, missing & ~fails


def words_of(cell: object) -> frozenset[str]:
    """The words of one cell: none, one, or those of a set."""
    if isinstance(cell, tuple | list | frozenset | set):
        return frozenset(map(str, cell))
    return frozenset() if cell is None or cell != cell else frozenset([str(cell)])  # noqa: PLR0124 - NaN
