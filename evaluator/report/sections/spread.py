"""How the money is spread: townships, industries, years of benefit, the policy tests, and every measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from evaluator.charts.mosaic import draw_mosaic
from evaluator.charts.policies import draw_policies
from evaluator.charts.shares import draw_shares
from evaluator.charts.townships import draw_townships
from evaluator.language import phrase
from evaluator.report.balance_finding import say_mosaic, say_tests, say_townships
from evaluator.report.balance_rows import mosaic_rows, policy_rows, township_rows
from evaluator.report.balanced import (
    say_missing,
    tabulate_groups,
    tabulate_measures,
    tabulate_policies,
    tabulate_townships,
)
from evaluator.report.document import Block, Heading, Paragraph, Picture, Pictures, tabulated
from evaluator.report.drawn import say_largest, say_share_caption, share_rows
from evaluator.report.sections.material import LISTED

if TYPE_CHECKING:
    from evaluator.balance import Balance
    from evaluator.report.sections.material import Material

TOWNSHIPS, MOSAIC = 12, 400
DIMENSIONS = ("industry", "horizon", "kind")


def build_spread(material: Material, language: str) -> tuple[Block, ...]:
    """The mosaic and the policy tests first, then the groups, the townships and the measures."""
    balance = material.evaluation.balance
    blocks: list[Block] = [*_mosaic(balance, language)]
    if balance.basis == "projects":
        blocks.append(Paragraph(phrase("balance.shares_of_projects", language), style="note"))
    blocks += [
        *_policies(balance, language),
        tabulated(
            tabulate_policies(balance, language),
            {0: 2.2, 1: 1.3, 2: 1.6, 3: 1.1, 4: 2.6},
            title=phrase("document.policies", language),
            small=True,
        ),
        Paragraph(phrase("balance.confirm", language), style="note"),
    ]
    for dimension in DIMENSIONS:
        titled = tabulate_groups(balance, dimension, language)
        if not len(titled):
            continue
        name = phrase(f"balance.dimension.{dimension}", language)
        shown = titled.rename(columns={titled.columns[0]: name})
        blocks += [
            Heading(phrase("document.by", language, dimension=name)),
            tabulated(shown, {0: 2.0, 2: 1.6}, small=True),
        ]
    blocks += _townships(balance, language)
    measures = tabulated(tabulate_measures(balance, language), {0: 2.2, 1: 1.2, 2: 3.0}, small=True)
    blocks += [Heading(phrase("document.measures", language)), measures]
    missing = say_missing(balance, language)
    return (*blocks, Paragraph(missing, style="note")) if missing else tuple(blocks)


def _mosaic(balance: Balance, language: str) -> list[Block]:
    """Industry by years of benefit: areas are funds, colour is the share flagged."""
    rows = mosaic_rows(balance, language)
    if rows.empty:
        return []
    note = phrase(f"pages.portfolio.mosaic_note.{balance.basis}", language)
    spec = draw_mosaic(language, height=MOSAIC, by=balance.basis)
    return [Pictures((Picture(spec, _rows(rows), say_mosaic(balance, language), note),))]


def _policies(balance: Balance, language: str) -> list[Block]:
    rows = policy_rows(balance, language)
    drawn = rows[rows["found"].notna() | rows["low"].notna()] if len(rows) else rows
    if drawn.empty:
        return []
    note = phrase("pages.tests.note", language)
    return [Pictures((Picture(draw_policies(language), _rows(drawn), say_tests(balance, language), note),))]


def _rows(frame: pd.DataFrame) -> tuple[Mapping[str, object], ...]:
    return tuple(frame.to_dict("records"))  # type: ignore[arg-type]


def _townships(balance: Balance, language: str) -> list[Block]:
    blocks: list[Block] = [Heading(phrase("document.by_township", language))]
    if balance.by_township["projects"].sum():
        rows = share_rows(balance.by_township, language, currency=balance.currency, name=str, most=TOWNSHIPS)
        finding = say_largest(balance.by_township, "township", language, name=str)
        caption = say_share_caption(balance.by_township, "township", language)
        blocks.append(Pictures((Picture(draw_shares(language), _rows(rows), finding, caption),)))
    if len(balance.townships.table):
        poor, unit = township_rows(balance, language)
        note = phrase("pages.portfolio.townships_note", language)
        finding = say_townships(balance, language)
        spec = draw_townships(language, unit)
        blocks.append(Pictures((Picture(spec, _rows(poor.head(TOWNSHIPS)), finding, note),)))
        table = tabulate_townships(balance, language)
        shown = pd.concat([table.iloc[: LISTED - 1], table.iloc[-1:]]) if len(table) > LISTED else table
        blocks.append(tabulated(shown, {0: 1.6}, small=True))
    lost = phrase("format.list_comma", language).join(balance.townships.unmatched)
    return [*blocks, Paragraph(phrase("balance.unmatched", language, names=lost), style="note")] if lost else blocks
