"""The rows behind each chart and table of the screens, with their words and formatted numbers."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from evaluator.balance import HORIZONS, Balance
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.flags import SIGNS
from evaluator.pages.link import View
from evaluator.pages.text import LEVEL_SYMBOLS, say
from evaluator.reference.places import counties
from evaluator.report import wording

LONGEST_LABEL = 18


def shorten(text: object, length: int = LONGEST_LABEL) -> str:
    """A name that fits beside a bar."""
    flat = " ".join(str(text).split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def unique_labels(names: Sequence[object], keys: Sequence[object]) -> list[str]:
    """Short names, told apart by their id where two are alike."""
    short = [shorten(name) for name in names]
    doubled = {label for label in short if short.count(label) > 1}
    return [
        f"{shorten(label, 10)} ({key})" if label in doubled else label for label, key in zip(short, keys, strict=True)
    ]


def share_rows(
    table: pd.DataFrame, language: str, *, currency: str, name: Callable[[str], str], most: int = 7
) -> pd.DataFrame:
    """The largest groups of a table of ``Balance`` and the rest in one row, for ``draw_shares``."""
    shown = table[(table["projects"] > 0) & (table.index != "unknown")]
    head, rest = shown.iloc[:most], shown.iloc[most:]
    rows = [_share_row(name(str(key)), row, language, currency, muted=False) for key, row in head.iterrows()]
    if len(rest):
        label = say("shares.rest", language, groups=len(rest))
        rows.append(_share_row(label, rest.sum(numeric_only=True), language, currency, muted=True))
    for _, row in table[(table["projects"] > 0) & (table.index == "unknown")].iterrows():
        rows.append(_share_row(say("shares.unknown", language), row, language, currency, muted=True))
    return pd.DataFrame(rows).assign(room=1.35 * max((float(str(row["share"])) for row in rows), default=1.0))


def _share_row(label: str, row: "pd.Series[float]", language: str, currency: str, *, muted: bool) -> dict[str, object]:
    projects = wording.format_quantity(float(row["projects"]), "projects", language)
    money = wording.format_money(float(row["amount"]), language, currency)
    more = say("shares.more", language, projects=projects, money=money, flagged=int(row["flagged"]))
    return {
        "label": shorten(label, 18),
        "share": float(row["share"]),
        "text": wording.format_share(float(row["share"]), language),
        "more": more,
        "muted": muted,
    }


def horizon_rows(balance: Balance, language: str, *, currency: str) -> pd.DataFrame:
    """Shares by horizon in the order of the years, for ``draw_shares``."""
    ordered = balance.by_horizon.reindex([key for key in HORIZONS if key in balance.by_horizon.index])
    return share_rows(ordered, language, currency=currency, name=lambda key: wording.say_horizon(key, language))


def say_largest(table: pd.DataFrame, room: str, language: str, *, name: Callable[[str], str]) -> str:
    """What a table of shares says: its largest known group, or that nothing is known."""
    known = table[(table["projects"] > 0) & (table.index != "unknown")].sort_values(
        "share", ascending=False, kind="stable"
    )
    if known.empty:
        return say(f"shares.{room}_unknown", language)
    unknown = float(table["share"].get("unknown", 0.0))
    if unknown > 0.5:
        return say(f"shares.{room}_mostly_unknown", language, share=wording.format_share(unknown, language))
    share = wording.format_share(float(known["share"].iloc[0]), language)
    return say(f"shares.{room}", language, group=name(str(known.index[0])), share=share)


def order_by_total(evaluation: Evaluation) -> list[int]:
    """Rows of the scorecard, best total first, list order among equals."""
    return [int(row) for row in np.argsort(-evaluation.scorecard.total, kind="stable")]


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


def total_rows(evaluation: Evaluation, rows: Sequence[int], language: str) -> pd.DataFrame:
    """Totals with ranges for ``draw_totals``."""
    card, take = evaluation.scorecard, list(rows)
    ids = [str(card.index[row]) for row in take]
    shown = ranking_rows(evaluation, take, language)
    return pd.DataFrame(
        {
            "label": unique_labels(list(shown["name"]), ids),
            "total": card.total[take],
            "low": card.low[take],
            "high": card.high[take],
            "level": evaluation.flags.level.loc[ids].to_numpy(),
            "text": shown["range"].to_numpy(),
            "rank": shown["rank"].to_numpy(),
        }
    )


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
