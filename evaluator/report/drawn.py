"""The rows behind charts that stand on screens and in documents alike: shares, totals; with words and numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.balance import HORIZONS
from evaluator.language import phrase
from evaluator.report.console import measure_width
from evaluator.report.console import shorten as cut
from evaluator.report.numbers import format_interval, format_money, format_quantity, format_rank, format_share
from evaluator.report.terms import say_horizon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaluator.balance import Balance
    from evaluator.evaluation import Evaluation

LONGEST_LABEL, LABEL_CELLS = 18, 25
"""Characters of a label; cells of a label with an id (a Chinese character takes two)."""


def shorten(text: object, length: int = LONGEST_LABEL) -> str:
    """A name that fits beside a bar."""
    flat = " ".join(str(text).split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def unique_labels(names: Sequence[object], keys: Sequence[object]) -> list[str]:
    """Short names, told apart by their id where two are alike; the id is never what is cut."""
    short = [cut(str(name), LABEL_CELLS) for name in names]
    count = Counter(short)
    return [
        f"{cut(label, max(6, LABEL_CELLS - 3 - measure_width(str(key))))} ({key})" if count[label] > 1 else label
        for label, key in zip(short, keys, strict=True)
    ]


def share_rows(
    table: pd.DataFrame, language: str, *, currency: str, name: Callable[[str], str], most: int = 7
) -> pd.DataFrame:
    """The largest groups of a table of ``Balance`` and the rest in one row, for ``draw_shares``."""
    shown = table[(table["projects"] > 0) & (table.index != "unknown")]
    head, rest = shown.iloc[:most], shown.iloc[most:]
    rows = [_share_row(name(str(key)), row, language, currency, muted=False) for key, row in head.iterrows()]
    if len(rest):
        label = phrase("pages.shares.rest", language, groups=len(rest))
        rows.append(_share_row(label, rest.sum(numeric_only=True), language, currency, muted=True))
    for _, row in table[(table["projects"] > 0) & (table.index == "unknown")].iterrows():
        rows.append(_share_row(phrase("pages.shares.unknown", language), row, language, currency, muted=True))
    return pd.DataFrame(rows).assign(room=1.35 * max((float(str(row["share"])) for row in rows), default=1.0))


def _share_row(label: str, row: pd.Series[float], language: str, currency: str, *, muted: bool) -> dict[str, object]:
    projects = format_quantity(float(row["projects"]), "projects", language)
    silent = row["without_amount"] == row["projects"]
    money = format_money(None if silent else float(row["amount"]), language, currency)
    more = phrase("pages.shares.more", language, projects=projects, money=money, flagged=int(row["flagged"]))
    return {
        "label": shorten(label, 18),
        "share": float(row["share"]),
        "text": format_share(float(row["share"]), language),
        "more": more,
        "muted": muted,
    }


def horizon_rows(balance: Balance, language: str, *, currency: str) -> pd.DataFrame:
    """Shares by horizon in the order of the years, for ``draw_shares``."""
    ordered = balance.by_horizon.reindex([key for key in HORIZONS if key in balance.by_horizon.index])
    return share_rows(ordered, language, currency=currency, name=lambda key: say_horizon(key, language))


def say_largest(table: pd.DataFrame, room: str, language: str, *, name: Callable[[str], str]) -> str:
    """What a table of shares says: its largest known group, or that nothing is known."""
    of = _of(table)
    known = table[(table["projects"] > 0) & (table.index != "unknown")].sort_values(
        "share", ascending=False, kind="stable"
    )
    if known.empty:
        return phrase(f"pages.shares.{room}_unknown", language)
    unknown = float(table["share"].get("unknown", 0.0))
    if unknown > 0.5:
        return phrase(f"pages.shares.{room}_mostly_unknown{of}", language, share=format_share(unknown, language))
    share = format_share(float(known["share"].iloc[0]), language)
    return phrase(f"pages.shares.{room}{of}", language, group=name(str(known.index[0])), share=share)


def say_share_caption(table: pd.DataFrame, room: str, language: str) -> str:
    """What the shares of a table are of: money, or projects where no amount is known."""
    return phrase(f"pages.shares.{room}_caption{_of(table)}", language)


def _of(table: pd.DataFrame) -> str:
    return "" if float(table["amount"].sum()) > 0 else "_of_projects"


def order_by_total(evaluation: Evaluation) -> list[int]:
    """Rows of the scorecard, best total first, list order among equals."""
    order: list[int] = np.argsort(-evaluation.scorecard.total, kind="stable").tolist()
    return order


def total_rows(evaluation: Evaluation, rows: Sequence[int], language: str) -> pd.DataFrame:
    """Totals with ranges for ``draw_totals``."""
    card, take = evaluation.scorecard, list(rows)
    ids = [str(card.index[row]) for row in take]
    names = evaluation.portfolio.labels.loc[ids].tolist()
    low, high = card.range_of(take)
    return pd.DataFrame(
        {
            "label": unique_labels(names, ids),
            "total": card.total[take],
            "low": low,
            "high": high,
            "level": evaluation.flags.level.loc[ids].to_numpy(),
            "text": [format_interval(*one, language) for one in zip(card.total[take], low, high, strict=True)],
            "rank": [
                format_rank(
                    int(card.rank[r]), int(card.rank_low[r]), int(card.rank_high[r]), bool(card.judged[r]), language
                )
                for r in take
            ],
        }
    )
