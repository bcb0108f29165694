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
    frame = evaluation.portfolio.frame
    here = frame.index.get_indexer(evaluation.scored)
    passes = np.ones(len(here), dtype=bool)
    for column, wanted in (("kind", view.kinds), ("township", view.townships)):
        if wanted:
            passes &= frame[column].isin(wanted).to_numpy()[here]
    if view.levels:
        passes &= evaluation.flags.level.isin(view.levels).to_numpy()
    if view.search.strip():
        words = view.search.casefold().split()
        texts = (frame[column].array[here].fillna("").astype(str) for column in ("name", "village", "content"))
        lines = (" ".join(line).casefold() for line in zip(*texts, strict=True))
        passes &= np.array([all(word in line for word in words) for line in lines], dtype=bool)
    order = np.array(order_by_total(evaluation), dtype=np.intp)
    found: list[int] = order[passes[order]].tolist()
    return found


def level_words(level: str, language: str) -> str:
    """A flag level as symbol and word."""
    return f"{LEVEL_SYMBOLS[level]} {wording.say_level(level, language)}"


def ranking_rows(evaluation: Evaluation, rows: Sequence[int], language: str) -> pd.DataFrame:
    """The table of the ranking page, one row a project in the order of ``rows``; index is the project id."""
    card, take, portfolio = evaluation.scorecard, list(rows), evaluation.portfolio
    ids = pd.Index([str(card.index[row]) for row in take], name="project_id")
    here = portfolio.frame.index.get_indexer(ids)
    ranks = zip(card.rank[take].tolist(), card.rank_low[take].tolist(), card.rank_high[take].tolist(), strict=True)
    low, high = card.range_of(take)
    ranges = zip(card.total[take].tolist(), low.tolist(), high.tolist(), strict=True)
    columns = {
        "rank": [
            wording.format_rank(*rank, sure, language)
            for rank, sure in zip(ranks, card.judged[take].tolist(), strict=True)
        ],
        "name": portfolio.labels.array[here],
        "total": card.total[take].round(),
        "range": [wording.format_interval(*one, language) for one in ranges],
        "flag": [level_words(level, language) for level in evaluation.flags.level.array[take]],
        **{key: card.criteria[key].score[take].round() for key in CRITERIA},
        "signs": _sign_words(evaluation, take, language),
        "coverage": (100 * card.coverage[take]).round(),
        "investment": [
            wording.format_money(amount, language, portfolio.currency)
            for amount in portfolio.amounts["investment_yuan"].to_numpy()[here]
        ],
        "township": portfolio.frame["township"].array[here].fillna("–").astype(str),
    }
    return pd.DataFrame(columns, index=ids)


def _sign_words(evaluation: Evaluation, rows: Sequence[int], language: str) -> list[list[str]]:
    words = [wording.say_sign_name(sign, language) for sign in SIGNS]
    on = evaluation.flags.signs.iloc[list(rows)][list(SIGNS)].to_numpy() >= evaluation.settings.flags.degree
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
