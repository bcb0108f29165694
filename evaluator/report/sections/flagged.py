"""Every flagged or watched project with its signs, their reasons and what would clear them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.document import Block, Column, Heading, Paragraph, Table
from evaluator.report.numbers import format_score
from evaluator.report.policy import say_also
from evaluator.report.sections.material import FLAGGED, LISTED, say_left_out
from evaluator.report.signs import mark_level, say_signs
from evaluator.report.terms import say_field

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation
    from evaluator.report.sections.material import Material

ASKED = 4


def build_flagged(material: Material, language: str) -> tuple[Block, ...]:
    """Flagged projects, most severe first; then those that cannot be judged with the facts they lack."""
    evaluation = material.evaluation
    flags = evaluation.flags
    if not len(evaluation.scored):
        return ()
    order = flags.severity[flags.level.isin(["flag", "watch"])].sort_values(ascending=False, kind="stable").index
    blocks: list[Block] = [Paragraph(phrase("pages.overview.flag_meaning", language), style="note")]
    if not len(order):
        none = "none_flagged_yet" if (flags.level == "cannot_judge").any() else "none_flagged"
        blocks.append(Paragraph(phrase(f"document.{none}", language)))
    for project in map(str, order[:FLAGGED]):
        blocks += tabulate_flag(evaluation, project, language)
    blocks += say_left_out(min(len(order), FLAGGED), len(order), language)
    return (*blocks, *_unjudged(evaluation, language))


def tabulate_flag(evaluation: Evaluation, project: str, language: str) -> list[Block]:
    """One project: its level and severity, the signs that are on, what would clear each, the rules it fails."""
    flags = evaluation.flags
    heading = phrase(
        "score.project",
        language,
        name=evaluation.portfolio.labels[project],
        id=project,
        level=mark_level(str(flags.level[project]), language),
        severity=format_score(float(flags.severity[project]), language),
    )
    rows = tuple((sign.name, sign.reason, sign.clears) for sign in say_signs(evaluation, project, language) if sign.on)
    also = say_also(evaluation, project, language)
    if also:
        rows += ((phrase("document.column.other_rules", language), also[:1].upper() + also[1:], ""),)
    return [Heading(heading), Table(sign_columns(language), rows, small=True)]


def sign_columns(language: str) -> tuple[Column, ...]:
    """Sign, why, what clears it."""
    keys = (("sign", 1.1), ("reason", 4.2), ("clears", 2.9))
    return tuple(Column(phrase(f"document.column.{key}", language), width) for key, width in keys)


def _unjudged(evaluation: Evaluation, language: str) -> list[Block]:
    ids = [str(project) for project in evaluation.scored if evaluation.flags.level[project] == "cannot_judge"]
    if not ids:
        return []
    comma, labels = phrase("format.list_comma", language), evaluation.portfolio.labels
    columns = (
        Column(phrase("table.name", language), 2.0),
        Column(phrase("document.column.missing", language), 4.0),
    )
    rows = tuple(
        (
            str(labels[project]),
            comma.join(say_field(question.field, language) for question in evaluation.questions[project][:ASKED]),
        )
        for project in ids[:LISTED]
    )
    title = phrase("document.unjudged", language, count=len(ids))
    return [Heading(title), Table(columns, rows, small=True), *say_left_out(len(rows), len(ids), language)]
