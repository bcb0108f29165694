"""How the money is spread: townships, industries, years of benefit, the policy tests, and every measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from evaluator.charts.shares import draw_shares
from evaluator.language import phrase
from evaluator.report.balanced import (
    say_missing,
    tabulate_groups,
    tabulate_measures,
    tabulate_policies,
    tabulate_townships,
)
from evaluator.report.document import Block, Heading, Paragraph, Picture, Pictures, tabulated
from evaluator.report.drawn import say_largest, share_rows
from evaluator.report.sections.material import LISTED

if TYPE_CHECKING:
    from evaluator.balance import Balance
    from evaluator.report.sections.material import Material

TOWNSHIPS = 12
DIMENSIONS = ("industry", "horizon", "kind")


def build_spread(material: Material, language: str) -> tuple[Block, ...]:
    """Policy tests first, then the groups, the townships and the measures."""
    balance = material.evaluation.balance
    blocks: list[Block] = []
    if balance.basis == "projects":
        blocks.append(Paragraph(phrase("balance.shares_of_projects", language), style="note"))
    blocks += [
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


def _townships(balance: Balance, language: str) -> list[Block]:
    blocks: list[Block] = [Heading(phrase("document.by_township", language))]
    if balance.by_township["projects"].sum():
        rows = share_rows(balance.by_township, language, currency=balance.currency, name=str, most=TOWNSHIPS)
        finding = say_largest(balance.by_township, "township", language, name=str)
        caption = phrase("pages.shares.township_caption", language)
        blocks.append(
            Pictures((Picture(draw_shares(language), tuple(rows.to_dict("records")), finding, caption),))  # type: ignore[arg-type]
        )
    if len(balance.townships.table):
        table = tabulate_townships(balance, language)
        shown = pd.concat([table.iloc[: LISTED - 1], table.iloc[-1:]]) if len(table) > LISTED else table
        blocks.append(tabulated(shown, {0: 1.6}, small=True))
    lost = phrase("format.list_comma", language).join(balance.townships.unmatched)
    return [*blocks, Paragraph(phrase("balance.unmatched", language, names=lost), style="note")] if lost else blocks
