"""The four numbers that stand over every list: projects scored, money, flagged, cannot be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.document import Figure
from evaluator.report.numbers import format_money, format_share

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation

KEYS = ("scored", "money", "flagged", "unjudged")


def headline_figures(evaluation: Evaluation, language: str) -> tuple[Figure, ...]:
    """The four numbers in the order of ``KEYS``, each with its remark: the same on the screen and on paper."""
    portfolio, levels = evaluation.portfolio, evaluation.flags.level
    counts, scored = levels.value_counts(), len(evaluation.scored)
    amounts = portfolio.amounts["investment_yuan"].loc[evaluation.scored]
    share = float(amounts[levels == "flag"].sum() / amounts.sum()) if amounts.sum() > 0 else None
    known = float(evaluation.scorecard.coverage.mean()) if scored else None
    missing = evaluation.balance.without_amount
    money_note = "money_note" if missing else "money_note_all"
    watch = int(counts.get("watch", 0))
    said = (
        (f"{scored}", phrase("pages.overview.scored_note", language, others=len(portfolio) - scored)),
        (
            format_money(portfolio.total, language, portfolio.currency),
            phrase(f"pages.overview.{money_note}", language, missing=missing),
        ),
        (
            f"{int(counts.get('flag', 0))}",
            phrase("pages.overview.flagged_note", language, share=format_share(share, language), watch=watch),
        ),
        (
            f"{int(counts.get('cannot_judge', 0))}",
            phrase("pages.overview.unjudged_note", language, share=format_share(known, language)),
        ),
    )
    return tuple(
        Figure(phrase(f"pages.overview.{key}", language), value, note)
        for key, (value, note) in zip(KEYS, said, strict=True)
    )
