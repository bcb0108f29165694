"""What to ask the proposers: which facts each project lacks, what they serve, and room for the answer, by township."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evaluator.domain.fields import FIELDS
from evaluator.language import phrase
from evaluator.report.document import Block, Column, Heading, Listing, Paragraph, Table
from evaluator.report.findings import find_settling_facts
from evaluator.report.numbers import format_quantity, is_missing
from evaluator.report.sections.material import ASKED, say_left_out
from evaluator.report.terms import say_field, say_purpose

if TYPE_CHECKING:
    from evaluator.questions import Question
    from evaluator.report.sections.material import Material

SETTLING, OF_ONE = 8, 6


def build_asked(material: Material, language: str) -> tuple[Block, ...]:
    """The facts that settle most, then a list for each township to be handed out and filled in."""
    evaluation = material.evaluation
    asked = find_settling_facts(evaluation, SETTLING)
    if not asked:
        return (Paragraph(phrase("pages.overview.nothing_to_ask", language)),) if len(evaluation.scored) else ()
    said = tuple(
        phrase(
            "document.asked_fact",
            language,
            field=say_field(field, language),
            meaning=FIELDS[field].meaning(language).rstrip(".。"),
            projects=format_quantity(count, "projects", language),
        )
        for field, count, _ in asked
    )
    blocks: list[Block] = [Listing(said, numbered=True)]
    if material.alone:
        blocks.insert(0, Paragraph(phrase("document.asked_note", language), style="note"))
    towns = _first(by_township(material, language), ASKED)
    shown, total = sum(map(len, towns.values())), sum(map(bool, evaluation.questions.values()))
    if material.alone:
        blocks += [block for town, ids in towns.items() for block in tabulate_township(material, town, ids, language)]
    else:
        blocks.append(_tabulate_all(material, towns, language))
    return (*blocks, *say_left_out(shown, total, language))


def _first(towns: Mapping[str, list[str]], most: int) -> dict[str, list[str]]:
    """The first projects of a long list, township by township."""
    kept: dict[str, list[str]] = {}
    for town, ids in towns.items():
        left = most - sum(map(len, kept.values()))
        if left > 0:
            kept[town] = ids[:left]
    return kept


def _tabulate_all(material: Material, towns: Mapping[str, list[str]], language: str) -> Table:
    """All townships in one table, a line a project."""
    evaluation, comma = material.evaluation, phrase("format.list_comma", language)
    rows = []
    for town, ids in towns.items():
        for place, project in enumerate(ids):
            asked = comma.join(
                say_field(question.field, language) for question in evaluation.questions[project][:OF_ONE]
            )
            rows.append((town if place == 0 else "", str(evaluation.portfolio.labels[project]), asked))
    keys = (("township", 1.2), ("project", 2.4), ("fact", 4.6))
    columns = tuple(Column(phrase(f"document.column.{key}", language), width) for key, width in keys)
    return Table(columns, tuple(rows), small=True, grouped=True)


def by_township(material: Material, language: str) -> dict[str, list[str]]:
    """Scored projects that lack a fact, by township in the order of the list; what names none comes last."""
    evaluation, found = material.evaluation, dict[str, list[str]]()
    unknown, towns = phrase("document.no_township", language), evaluation.portfolio.frame["township"]
    for project in map(str, evaluation.scored):
        town = unknown if is_missing(towns[project]) or not str(towns[project]).strip() else str(towns[project])
        if evaluation.questions[project]:
            found.setdefault(town, []).append(project)
    last = found.pop(unknown, [])
    return {**found, unknown: last} if last else found


def tabulate_township(material: Material, town: str, ids: list[str], language: str) -> list[Block]:
    """The list of one township: project, fact, what it serves, room for the answer."""
    evaluation = material.evaluation
    rows = []
    for project in ids:
        name = phrase("format.bracket", language, left=evaluation.portfolio.labels[project], right=project)
        for question in evaluation.questions[project][:OF_ONE]:
            rows.append((name, say_field(question.field, language), _say_use(question, language), ""))
            name = ""
    keys = (("project", 2.4), ("fact", 1.6), ("use", 2.4), ("answer", 2.6))
    columns = tuple(Column(phrase(f"document.column.{key}", language), width) for key, width in keys)
    count = format_quantity(len(ids), "projects", language)
    title = phrase("format.bracket", language, left=town, right=count)
    return [
        Heading(title, apart=True),
        Table(columns, tuple(rows), open=True, grouped=True),
        Paragraph(phrase("document.asked_sign", language)),
    ]


def _say_use(question: Question, language: str) -> str:
    return say_purpose(question.why, language)
