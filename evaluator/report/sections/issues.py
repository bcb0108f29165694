"""What was found in the files: faults and doubts with their address, what is needed, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.document import Block, Column, Paragraph, Table
from evaluator.report.sections.material import ISSUES, say_left_out
from evaluator.report.terms import say_severity

if TYPE_CHECKING:
    from evaluator.report.sections.material import Material

ORDER = {"error": 0, "warning": 1, "note": 2}


def build_issues(material: Material, language: str) -> tuple[Block, ...]:
    """The issues of the list, the register and the side tables, most severe first."""
    issues = sorted(material.evaluation.issues, key=lambda issue: ORDER[issue.severity])
    if not issues:
        return (Paragraph(phrase("check.no_issues", language)),)
    gap = phrase("format.sentence_gap", language)
    rows = tuple(
        (
            say_severity(issue.severity, language),
            issue.where(),
            issue.message(language),
            gap.join(filter(None, (issue.needed(language), issue.remedy(language)))),
        )
        for issue in issues[:ISSUES]
    )
    keys = (("severity", 0.7), ("where", 1.8), ("message", 3.6), ("remedy", 3.2))
    columns = tuple(Column(phrase(f"table.{key}", language), width) for key, width in keys)
    return (Table(columns, rows, small=True), *say_left_out(len(rows), len(issues), language))
