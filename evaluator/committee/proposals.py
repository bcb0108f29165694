"""From an evaluated list to the proposals of a round, each with the hash of what it says."""

from collections.abc import Collection
from hashlib import sha256

import pandas as pd

from evaluator.committee.faults import RoundError
from evaluator.committee.nouns import Proposal, Rules
from evaluator.domain.case_frames import cell_of
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.store.chain import canonical

MOST_PROPOSALS = 1000
"""Proposals one round judges at most."""
DECIMALS = 6
"""Of the model's scores as a round keeps them."""


def take_proposals(evaluation: Evaluation, projects: Collection[str] | None = None) -> tuple[Proposal, ...]:
    """The scored projects as proposals, best model total first; only ``projects`` where given.

    Raises ``RoundError`` (``no_proposals``, ``many_proposals``).
    """
    frame, card = evaluation.portfolio.frame, evaluation.scorecard
    totals = pd.Series(card.total, index=card.index).sort_values(ascending=False, kind="stable")
    chosen = [key for key in totals.index if projects is None or str(key) in projects]
    if not chosen:
        raise RoundError("no_proposals")
    if len(chosen) > MOST_PROPOSALS:
        raise RoundError("many_proposals", found=len(chosen), most=MOST_PROPOSALS)
    scores = card.scores[list(CRITERIA)]
    return tuple(
        Proposal(
            id=str(key),
            name=str(evaluation.portfolio.labels[key]),
            township=_text(frame.at[key, "township"]),
            unit=_text(frame.at[key, "operator"]),
            content_hash=hash_content(frame.loc[key]),
            scores=tuple(_points(value) for value in scores.loc[key]),
            total=_points(totals[key]),
            level=str(evaluation.flags.level[key]),
            signs=tuple(sign.key for sign in evaluation.flags.of(key).values() if sign.on),
        )
        for key in chosen
    )


def rules_of(evaluation: Evaluation, **demanded: object) -> Rules:
    """The rules of a round with the weights of the list's rule book; ``demanded`` are further fields of ``Rules``."""
    return Rules(weights=tuple(evaluation.settings.weights.shares()), **demanded)  # type: ignore[arg-type]


def hash_content(row: pd.Series) -> str:
    """Hash of everything one row of a list says, whatever the order of its columns."""
    said = {str(key): cell for key, value in row.items() if (cell := cell_of(value)) is not None}
    return sha256(canonical(said).encode()).hexdigest()


def _points(value: object) -> float | None:
    cell = cell_of(value)
    return round(float(cell), DECIMALS) if isinstance(cell, float | int) else None


def _text(value: object) -> str:
    cell = cell_of(value)
    return "" if cell is None else str(cell)
