"""The rows behind each chart and table of the screens, with their words and formatted numbers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.flags import SIGNS
from evaluator.pages.link import View
from evaluator.pages.text import LEVEL_SYMBOLS
from evaluator.reference.places import counties
from evaluator.report import wording
from evaluator.report.drawn import (
    horizon_rows,
    order_by_total,
    say_largest,
    say_share_caption,
    share_rows,
    shorten,
    total_rows,
    unique_labels,
)

__all__ = [
    "comparison_rows",
    "find_rows",
    "horizon_rows",
    "level_words",
    "map_rows",
    "order_by_total",
    "position_of",
    "ranking_rows",
    "say_largest",
    "say_share_caption",
    "share_rows",
    "shorten",
    "total_rows",
    "unique_labels",
]


def position_of(evaluation: Evaluation, project_id: str) -> int:
    """The row of a scored project in every per-project result."""
    return int(np.flatnonzero(evaluation.scored == project_id)[0])


def find_rows(evaluation: Evaluation, view: View) -> list[int]:
    """Rows of the scorecard that pass the filters of a view, best total first."""
    frame = evaluation.portfolio.frame.loc[evaluation.scored]
    passes = np.ones(len(frame), dtype=bool)
    if view.kinds:
        passes &= frame["kind"].isin(view.kinds).to_numpy()
    if view.levels:
        passes &= evaluation.flags.level.isin(view.levels).to_numpy()
    if view.townships:
        passes &= frame["township"].isin(view.townships).to_numpy()
    if view.search.strip():
        words = view.search.casefold().split()
        text = (
            frame["name"].fillna("").astype(str)
            + " "
            + frame["village"].fillna("").astype(str)
            + " "
            + frame["content"].fillna("").astype(str)
        ).str.casefold()
        passes &= np.array([all(word in line for word in words) for line in text], dtype=bool)
    return [row for row in order_by_total(evaluation) if passes[row]]


def level_words(level: str, language: str) -> str:
    """A flag level as symbol and word."""
    return f"{LEVEL_SYMBOLS[level]} {wording.say_level(level, language)}"


def ranking_rows(evaluation: Evaluation, rows: Sequence[int], language: str) -> pd.DataFrame:
    """The table of the ranking page, one row a project in the order of ``rows``; index is the project id."""
    card, take = evaluation.scorecard, list(rows)
    ids = [str(card.index[row]) for row in take]
    table = pd.DataFrame(index=pd.Index(ids, name="project_id"))
    table["rank"] = [
        wording.format_rank(
            int(card.rank[r]), int(card.rank_low[r]), int(card.rank_high[r]), bool(card.judged[r]), language
        )
        for r in take
    ]
    table["name"] = evaluation.portfolio.labels.loc[ids].tolist()
    table["total"] = card.total[take].round()
    table["range"] = [wording.format_interval(card.total[r], card.low[r], card.high[r], language) for r in take]
    table["flag"] = [level_words(level, language) for level in evaluation.flags.level.loc[ids]]
    for key in CRITERIA:
        table[key] = card.criteria[key].score[take].round()
    table["signs"] = _sign_words(evaluation, ids, language)
    table["coverage"] = (100 * card.coverage[take]).round()
    table["investment"] = [
        wording.format_money(amount, language, evaluation.portfolio.currency)
        for amount in evaluation.portfolio.amounts["investment_yuan"].loc[ids]
    ]
    table["township"] = evaluation.portfolio.frame["township"].loc[ids].fillna("–").astype(str)
    return table


def _sign_words(evaluation: Evaluation, ids: Sequence[str], language: str) -> list[list[str]]:
    words = [wording.say_sign_name(sign, language) for sign in SIGNS]
    on = (evaluation.flags.signs.loc[list(ids), list(SIGNS)] >= evaluation.settings.flags.degree).to_numpy()
    return [[word for word, lit in zip(words, row, strict=True) if lit] for row in on]


def comparison_rows(evaluation: Evaluation, ids: Sequence[str], language: str) -> pd.DataFrame:
    """The four criteria of a few projects for ``draw_comparison``."""
    labels = unique_labels(evaluation.portfolio.labels.loc[list(ids)].tolist(), ids)
    rows = []
    for criterion in CRITERIA:
        score = evaluation.scorecard.criteria[criterion]
        for order, (key, label) in enumerate(zip(ids, labels, strict=True)):
            row = position_of(evaluation, key)
            rows.append(
                {
                    "criterion": wording.say_criterion(criterion, language),
                    "project": label,
                    "order": order,
                    "score": score.score[row],
                    "low": score.low[row],
                    "high": score.high[row],
                    "text": wording.format_interval(score.score[row], score.low[row], score.high[row], language),
                }
            )
    return pd.DataFrame(rows)


def map_rows(evaluation: Evaluation) -> pd.DataFrame:
    """One point a place with projects that has a position: its own, or the seat of its county; empty when none has."""
    frame = evaluation.portfolio.frame.loc[
        evaluation.scored, ["name", "township", "village", "place_code", "place_name", "lon", "lat"]
    ].copy()
    seats = counties()
    codes = frame["place_code"].fillna(evaluation.portfolio.place_code or "").astype(str)
    for axis in ("lon", "lat"):
        seat = codes.map(lambda code, axis=axis: getattr(seats[code], axis) if code in seats else np.nan)
        frame[axis] = frame[axis].astype(float).fillna(seat.astype(float))
    frame["level"] = evaluation.flags.level.to_numpy()
    frame["place"] = frame["village"].fillna(frame["township"]).fillna(frame["place_name"]).fillna("–").astype(str)
    known = frame[frame["lon"].notna() & frame["lat"].notna()]
    return known.groupby(["lon", "lat", "level"], as_index=False).agg(
        place=("place", lambda names: "、".join(dict.fromkeys(names))[:60]),
        projects=("name", "size"),
        flagged=("level", lambda levels: int((levels == "flag").sum())),
    )
