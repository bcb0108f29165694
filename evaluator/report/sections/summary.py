"""The committee's first page: what the list says, how the money is spread, what is flagged, what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from evaluator.charts.shares import draw_shares
from evaluator.language import phrase
from evaluator.report.document import Block, Column, Figures, Heading, Listing, Paragraph, Picture, Pictures, Table
from evaluator.report.drawn import horizon_rows, say_largest, say_share_caption, share_rows
from evaluator.report.findings import find_settling_facts, say_caution, say_finding
from evaluator.report.numbers import format_interval, format_quantity, format_score
from evaluator.report.sections.headline import headline_figures
from evaluator.report.signs import mark_level, say_main_reason
from evaluator.report.terms import say_criterion, say_field, say_group, say_horizon

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation
    from evaluator.report.sections.material import Material

FLAGGED, ASKED, INDUSTRIES, REASONS = 5, 4, 5, 2


def build_summary(material: Material, language: str) -> tuple[Block, ...]:
    """What a committee member reads who reads one page."""
    evaluation = material.evaluation
    blocks: list[Block] = [
        Paragraph(say_finding(evaluation, language), style="lead"),
        Figures(headline_figures(evaluation, language)),
    ]
    if len(evaluation.scored):
        blocks += [Pictures(tuple(draw_spread(evaluation, language))), *_flagged(evaluation, language)]
        blocks += _asked(evaluation, language)
    if evaluation.cautions:
        said = tuple(say_caution(code, evaluation, language) for code in evaluation.cautions)
        blocks += [Heading(phrase("document.cautions", language)), Listing(said)]
    return tuple(blocks)


def draw_spread(evaluation: Evaluation, language: str) -> list[Picture]:
    """How the money is spread over industries and over years of benefit, each under its finding."""
    balance, currency = evaluation.balance, evaluation.portfolio.currency
    rows = {
        "industry": share_rows(
            balance.by_industry,
            language,
            currency=currency,
            name=lambda key: say_group(key, language),
            most=INDUSTRIES,
        ),
        "horizon": horizon_rows(balance, language, currency=currency),
    }
    names = {"industry": say_group, "horizon": say_horizon}
    return [
        Picture(
            draw_shares(language),
            tuple(rows[room].to_dict("records")),  # type: ignore[arg-type]
            say_largest(table, room, language, name=lambda key, room=room: names[room](key, language)),  # type: ignore[misc]
            say_share_caption(table, room, language),
        )
        for room, table in (("industry", balance.by_industry), ("horizon", balance.by_horizon))
    ]


def _flagged(evaluation: Evaluation, language: str) -> list[Block]:
    flags, card, labels = evaluation.flags, evaluation.scorecard, evaluation.portfolio.labels
    chosen = flags.severity[flags.level.isin(["flag", "watch"])].sort_values(ascending=False, kind="stable").index
    heading = Heading(phrase("document.flagged_first", language))
    if not len(chosen):
        none = "none_flagged" if not (flags.level == "cannot_judge").any() else "none_flagged_yet"
        return [heading, Paragraph(phrase(f"document.{none}", language))]
    columns = (
        Column(phrase("table.flag", language), 1.2, toned=True),
        Column(phrase("table.name", language), 2.6),
        Column(phrase("pages.project.severity", language), 0.9, right=True),
        Column(say_criterion("total", language), 1.5, right=True),
        Column(phrase("document.column.main_reasons", language), 5.2),
    )
    rows = []
    for project in map(str, chosen[:FLAGGED]):
        row = int(evaluation.scored.get_indexer(pd.Index([project]))[0])
        rows.append(
            (
                mark_level(str(flags.level[project]), language),
                str(labels[project]),
                format_score(float(flags.severity[project]), language),
                format_interval(card.total[row], card.low[row], card.high[row], language),
                say_main_reason(evaluation, project, language, most=REASONS),
            )
        )
    blocks: list[Block] = [heading, Table(columns, tuple(rows), small=True)]
    if len(chosen) > FLAGGED:
        rest = phrase("document.more_flagged", language, rest=len(chosen) - FLAGGED)
        blocks.append(Paragraph(rest, style="note"))
    return blocks


def _asked(evaluation: Evaluation, language: str) -> list[Block]:
    asked = find_settling_facts(evaluation, ASKED)
    if not asked:
        return []
    said = tuple(
        phrase(
            "document.ask_line" if points >= 0.5 else "document.ask_line_flag",
            language,
            field=say_field(field, language),
            projects=format_quantity(count, "projects", language),
            points=format_quantity(round(points), "points", language),
        )
        for field, count, points in asked
    )
    return [Heading(phrase("document.ask_first", language)), Listing(said, numbered=True)]
