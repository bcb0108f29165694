"""Which projects to fund under a budget: the answer, how sure it is, what binds, what simple habits would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.document import Block, Listing, Paragraph, tabulated
from evaluator.report.funding import say_choice_findings
from evaluator.report.numbers import format_money
from evaluator.report.sections.material import LISTED, say_left_out
from evaluator.report.selected import (
    tabulate_apart,
    tabulate_baselines,
    tabulate_chosen,
    tabulate_conflict,
    tabulate_rules,
)

if TYPE_CHECKING:
    import pandas as pd

    from evaluator.report.document import Table
    from evaluator.report.sections.material import Material


def build_choice(material: Material, language: str) -> tuple[Block, ...]:
    """The choice, or why there is none; nothing when no budget was given."""
    selection = material.selection
    if selection is None:
        return ()
    budget = format_money(selection.problem.budget_yuan, language)
    first, *rest = say_choice_findings(selection, language)
    blocks: list[Block] = [
        Paragraph(phrase("document.budget", language, budget=budget), style="note"),
        Paragraph(first, style="lead"),
    ]
    if selection.choice.chosen:
        chosen = _with_ids(tabulate_chosen(selection, language), language)
        meaning = phrase(f"chosen.value_{selection.problem.settings.choice.value}", language)
        blocks += [
            _table(chosen, "chosen", language, {1: 2.6}),
            *say_left_out(min(LISTED, len(chosen)), len(chosen), language),
        ]
        blocks += [
            Paragraph(meaning, style="note"),
            _table(tabulate_rules(selection, language), "rules", language, {0: 1.8, 1: 2.2}),
        ]
    elif selection.choice.conflict is not None:
        blocks.append(_table(tabulate_conflict(selection, language), "conflict", language))
    blocks.append(Listing(tuple(rest)))
    if selection.problem.candidates.ids:
        blocks.append(_table(tabulate_baselines(selection, language), "habits", language, {0: 1.5, 4: 2.4}))
    apart = _with_ids(tabulate_apart(selection, language), language)
    if len(apart):
        blocks += [
            _table(apart, "apart", language, {1: 2.0, 3: 2.4}),
            *say_left_out(min(LISTED, len(apart)), len(apart), language),
        ]
    return tuple(blocks)


def _with_ids(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """The table with the ids in front, by which rules name projects."""
    titled = table.copy()
    titled.insert(0, phrase("chosen.column.project_id", language), [str(key) for key in table.index])
    return titled


def _table(table: pd.DataFrame, key: str, language: str, widths: dict[int, float] | None = None) -> Table:
    title = phrase(f"document.choice.{key}", language)
    return tabulated(table.iloc[:LISTED], widths, title=title, small=True)
