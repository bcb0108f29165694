"""The sections of a report, each built from the numbers by one function; a new one is a line in ``SECTIONS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from evaluator.report.document import Block
from evaluator.report.sections.asked import build_asked
from evaluator.report.sections.changed import build_changed
from evaluator.report.sections.choice import build_choice
from evaluator.report.sections.clusters import build_clusters
from evaluator.report.sections.flagged import build_flagged
from evaluator.report.sections.income import build_income
from evaluator.report.sections.issues import build_issues
from evaluator.report.sections.material import Material
from evaluator.report.sections.method import build_method
from evaluator.report.sections.notice import build_notice
from evaluator.report.sections.ranking import build_ranking
from evaluator.report.sections.sheets import build_sheets
from evaluator.report.sections.spread import build_spread
from evaluator.report.sections.summary import build_summary

Builder: TypeAlias = Callable[[Material, str], tuple[Block, ...]]

SECTIONS: Mapping[str, Builder] = {
    "summary": build_summary,
    "ranking": build_ranking,
    "flags": build_flagged,
    "balance": build_spread,
    "rivals": build_clusters,
    "choice": build_choice,
    "effects": build_income,
    "questions": build_asked,
    "sheets": build_sheets,
    "notice": build_notice,
    "changes": build_changed,
    "issues": build_issues,
    "method": build_method,
}
"""Every section in the order of a report; its title is the phrase ``document.section.<key>``. A builder that returns
nothing has nothing to say of this list, and the section is left out."""

APART = ("ranking", "sheets", "notice")
"""Sections that begin on a new page."""

ALONE = ("sheets", "notice")
"""Sections that are documents of their own: printed only when asked for by name."""

STANDARD = tuple(key for key in SECTIONS if key not in ALONE)
