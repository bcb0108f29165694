"""What projects did to incomes, where a panel was given: the headline, effects by year, what speaks against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.document import Block, Heading, Listing, Notice, Paragraph, tabulated
from evaluator.report.effect_checks import say_breakdown, say_checks, tabulate_bounds
from evaluator.report.effect_tables import (
    tabulate_alternatives,
    tabulate_estimates,
    tabulate_group_effects,
    tabulate_years,
)
from evaluator.report.effect_words import say_caution, say_group
from evaluator.report.effects import say_headline, say_how, say_last_window, say_title

if TYPE_CHECKING:
    import pandas as pd

    from evaluator.income.findings import IncomeEffects
    from evaluator.report.document import Table
    from evaluator.report.sections.material import Material


def build_income(material: Material, language: str) -> tuple[Block, ...]:
    """The estimates with their checks and limits, or why there are none; nothing without a panel."""
    found = material.income
    if found is None:
        return ()
    title = Paragraph(say_title(found, language), style="note")
    if found.refusals:
        return (title, *_refused(found, language))
    window = say_last_window(found)
    tables = [("by_year", tabulate_years(found, language)), ("by_group", tabulate_group_effects(found, language))]
    if found.contrasts:
        tables.append(("contrast", tabulate_estimates(found.contrasts, found.scale, language)))
    if found.below_line is not None and not found.below_line.refusals:
        tables.append(("below_line", tabulate_group_effects(found.below_line, language)))
    if found.alternatives:
        tables.append(("others", tabulate_alternatives(found, language)))
    if found.errors:
        tables.append(("errors", tabulate_estimates(found.errors, found.scale, language, title="inference")))
    return (
        title,
        Paragraph(say_headline(found, language), style="lead"),
        Paragraph(say_how(found, language), style="note"),
        *(_table(key, table, language, **window) for key, table in tables),
        *_against(found, language, window),
    )


def _against(found: IncomeEffects, language: str, window: dict[str, str]) -> list[Block]:
    """Checks, how far trends may part, and what limits the estimates."""
    blocks: list[Block] = []
    checks = [phrase("effects.line", language, name=name, result=said) for name, said in say_checks(found, language)]
    if checks:
        blocks += [Heading(phrase("effects.checks", language)), Listing(tuple(checks))]
    if found.sensitivity:
        said = [
            phrase("effects.line", language, name=say_group(group, language), result=say_breakdown(one, language))
            for group, one in found.sensitivity.items()
        ]
        blocks += [_table("bounds", tabulate_bounds(found, language), language, **window), Listing(tuple(said))]
    limits = [say_caution(one, language, found.scale) for one in found.cautions]
    limits.append(phrase("effects.descriptive", language))
    return [*blocks, Heading(phrase("effects.limits", language)), Listing(tuple(limits))]


def _refused(found: IncomeEffects, language: str) -> list[Block]:
    blocks: list[Block] = [Notice(phrase("effects.no_estimate", language))]
    missing = tuple(say_caution(one, language, found.scale) for one in found.refusals)
    blocks += [Heading(phrase("effects.refused", language)), Listing(missing)]
    if found.errors:
        blocks.append(
            _table("errors", tabulate_estimates(found.errors, found.scale, language, title="inference"), language)
        )
    if found.cautions:
        blocks.append(Listing(tuple(say_caution(one, language, found.scale) for one in found.cautions)))
    return blocks


def _table(key: str, table: pd.DataFrame, language: str, **values: object) -> Table:
    return tabulated(table, title=phrase(f"effects.{key}", language, **values), small=True)
