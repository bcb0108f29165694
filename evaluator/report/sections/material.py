"""What a document is made from, and how much of a long list it prints."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from evaluator.language import phrase
from evaluator.reference.places import counties
from evaluator.report.document import Block, Paragraph

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation
    from evaluator.income.findings import IncomeEffects
    from evaluator.selection import Selection

RANKED, DRAWN, FLAGGED, SHEETS, ASKED, LISTED, ISSUES = 200, 15, 30, 80, 150, 300, 60
"""Most projects (rows, bars, sheets) or issues that one section prints; what is left out is said where it is."""


@dataclass(frozen=True, slots=True)
class Material:
    """An evaluation and what else was worked out for it.

    Attributes
    ----------
    evaluation
        With its drawn scores: how firm the order is cannot be said without.
    selection
        The choice under a budget, when there is one; then its projects are the ones the public notice names.
    income
        What was estimated from an income panel, when there is one.
    notice_from
        First day of the public notice; blank lines to be filled in by hand unless given.
    alone
        Whether the section stands alone in its document: then a list for each township begins on a new page.
    """

    evaluation: "Evaluation"
    selection: "Selection | None" = None
    income: "IncomeEffects | None" = None
    notice_from: date | None = None
    alone: bool = False

    @property
    def scored(self) -> pd.Index:
        """Ids of the scored projects in list order."""
        return self.evaluation.scored


def say_place(material: Material, language: str) -> str:
    """The county of the list, or the one all its rows name, in the language of the reader; else nothing."""
    portfolio = material.evaluation.portfolio
    named = {key: portfolio.frame[key].dropna().unique() for key in ("place_code", "place_name")}
    code, name = (str(found[0]) if len(found) == 1 else "" for found in named.values())
    county = counties().get(portfolio.place_code or code)
    return county.name(language) if county else portfolio.place_name or name


def say_left_out(shown: int, total: int, language: str) -> tuple[Block, ...]:
    """That only the first of many are printed, and where the rest is; nothing when all are."""
    if shown >= total:
        return ()
    return (Paragraph(phrase("document.left_out", language, shown=shown, total=f"{total:,}"), style="note"),)
