"""What people changed: facts edited by hand, settings that differ from the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.changed import tabulate_differences, tabulate_edits
from evaluator.report.document import Block, Heading, Paragraph, tabulated

if TYPE_CHECKING:
    from evaluator.report.sections.material import Material


def build_changed(material: Material, language: str) -> tuple[Block, ...]:
    """Always said, also where nothing was changed."""
    portfolio, settings = material.evaluation.portfolio, material.evaluation.settings
    facts: Block = (
        tabulated(tabulate_edits(portfolio, language), {0: 1.2, 1: 2.4, 2: 1.6, 3: 1.6, 4: 1.6}, small=True)
        if portfolio.edits
        else Paragraph(phrase("document.no_edits", language))
    )
    rules: Block = (
        tabulated(tabulate_differences(settings, language), {0: 2.0, 1: 2.4, 2: 1.8, 3: 1.8}, small=True)
        if settings.differences()
        else Paragraph(phrase("document.no_differences", language))
    )
    return (
        Heading(phrase("document.edits", language)),
        facts,
        Heading(phrase("document.differences", language)),
        rules,
    )
