"""How the scores come about, what they cannot say, and what identifies this result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.domain.settings import CRITERIA
from evaluator.language import phrase
from evaluator.report.calibrated import say_calibration
from evaluator.report.document import Block, Column, Heading, Listing, Paragraph, Table
from evaluator.report.findings import say_caution
from evaluator.report.numbers import format_date, format_number, format_share
from evaluator.report.rules import say_criterion_rule
from evaluator.report.terms import say_criterion, say_criterion_meaning, say_rivals

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation
    from evaluator.report.sections.material import Material

PARTS, LIMITS = ("score", "missing", "flags", "homogeneity", "rank"), 4


def build_method(material: Material, language: str) -> tuple[Block, ...]:
    """The method in a page with the weights in force, its limits, and the files it was applied to."""
    evaluation = material.evaluation
    card = evaluation.scorecard
    columns = (
        Column(phrase("document.column.criterion", language), 1.3),
        Column(phrase("document.column.weight", language), 0.7, right=True),
        Column(phrase("document.column.asks", language), 2.6),
        Column(phrase("document.column.rule", language), 4.4),
    )
    rows = tuple(
        (
            say_criterion(key, language),
            format_share(float(weight), language),
            say_criterion_meaning(key, language),
            say_criterion_rule(key, evaluation.settings, language),
        )
        for key, weight in zip(CRITERIA, card.weights, strict=True)
    )
    said = [
        Paragraph(
            phrase(f"pages.method.{key}", language),
            phrase("document.label", language, label=phrase(f"pages.method.{key}_title", language)),
        )
        for key in PARTS
    ]
    calibration = say_calibration(evaluation.calibration, language, settings=evaluation.settings.calibration)
    limits = [
        *(phrase(f"pages.method.limit.{number}", language) for number in range(1, LIMITS + 1)),
        calibration,
        *(say_caution(code, evaluation, language) for code in evaluation.cautions if code != "uncalibrated"),
    ]
    return (
        *said,
        Table(columns, rows, small=True),
        Heading(phrase("pages.method.limits_title", language)),
        Listing(tuple(limits)),
        Heading(phrase("pages.method.identity_title", language)),
        Listing(tuple(_identity(evaluation, language))),
    )


def _identity(evaluation: Evaluation, language: str) -> list[str]:
    comma = phrase("format.list_comma", language)
    files = dict.fromkeys(reading.file for reading in evaluation.portfolio.readings if reading.file)
    tables = [phrase(f"document.table.{key}", language) for key, t in _tables(evaluation).items() if t is not None]
    named = {"files": comma.join(files), "tables": comma.join(tables)}
    return [
        *(phrase(f"document.{key}", language, names=names) for key, names in named.items() if names),
        phrase("score.rivals", language, rivals=say_rivals(evaluation.rivals, language)),
        phrase("document.draws", language, draws=format_number(evaluation.scorecard.draws, language)),
        phrase(
            "score.stamp",
            language,
            as_of=format_date(evaluation.as_of, language),
            version=evaluation.version,
            fingerprint=evaluation.fingerprint,
        ),
    ]


def _tables(evaluation: Evaluation) -> dict[str, object]:
    return {"register": evaluation.register, **evaluation.tables, "flows": evaluation.flows}
