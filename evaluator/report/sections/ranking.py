"""The order of the projects with its ranges, and how firm it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.charts.totals import draw_totals
from evaluator.language import phrase
from evaluator.report.document import Block, Column, Heading, Listing, Paragraph, Picture, Pictures, Table
from evaluator.report.drawn import order_by_total, total_rows
from evaluator.report.numbers import format_number
from evaluator.report.ranking import say_firmness
from evaluator.report.sections.material import DRAWN, RANKED, say_left_out
from evaluator.report.signs import mark_level
from evaluator.report.tables import tabulate_ranking

if TYPE_CHECKING:
    from evaluator.report.sections.material import Material

WIDTHS = {
    "en": (1.55, 2.7, 1.7, 1.4, 1.65, 1.4, 1.5, 0.95, 0.95, 1.7, 1.1),
    "zh": (1.7, 3.4, 1.75, 1.15, 1.15, 1.15, 1.15, 0.95, 0.75, 1.8, 1.1),
}


def build_ranking(material: Material, language: str) -> tuple[Block, ...]:
    """Totals drawn with their ranges, what the order hangs on, and the whole order as a table."""
    evaluation = material.evaluation
    if not len(evaluation.scored):
        return ()
    order, draws = order_by_total(evaluation), format_number(evaluation.scorecard.draws, language)
    shown = order[:RANKED]
    drawn = total_rows(evaluation, order[:DRAWN], language)
    first = phrase("pages.totals.first", language, shown=len(drawn), total=len(order)) if len(order) > DRAWN else ""
    note = phrase("format.sentence_gap", language).join((phrase("pages.totals.note", language, draws=draws), first))
    title = phrase("pages.totals.title", language)
    picture = Picture(draw_totals(language), tuple(drawn.to_dict("records")), title, note.strip())  # type: ignore[arg-type]
    firm = tuple(say_firmness(evaluation, language))
    return (
        Paragraph(phrase("score.varied", language, draws=draws), style="note"),
        _tabulate(material, shown, language),
        *say_left_out(len(shown), len(order), language),
        Pictures((picture,)),
        *((Heading(phrase("document.firmness", language)), Listing(firm)) if firm else ()),
    )


def _tabulate(material: Material, rows: list[int], language: str) -> Table:
    """The ranking table in the order of the totals, flag levels with their symbols."""
    evaluation = material.evaluation
    table = tabulate_ranking(evaluation, language, ranges=False).iloc[rows, : len(WIDTHS[language])]
    table[phrase("table.name", language)] = evaluation.portfolio.labels.loc[table.index].tolist()
    flag = phrase("table.flag", language)
    table[flag] = [mark_level(str(evaluation.flags.level.iloc[row]), language) for row in rows]
    columns = tuple(
        Column(str(title), width, right=place not in (1, 9), toned=title == flag)
        for place, (title, width) in enumerate(zip(table.columns, WIDTHS[language], strict=True))
    )
    return Table(columns, tuple(table.itertuples(index=False, name=None)), small=True)
