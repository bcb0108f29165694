"""The minutes of a round as a document: for a member what they may see, for the public the decisions.

The same round and reader give the same bytes: every date is that of the log.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from evaluator.charts.strip import draw_strip
from evaluator.committee.capability import MARKING
from evaluator.committee.quorum import take_standing
from evaluator.committee.sight import count_own, discussion, may, sees_reviews, visible_decisions, visible_reviews
from evaluator.language import phrase
from evaluator.report.document import (
    Block,
    Document,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Table,
    tabulated,
)
from evaluator.report.rounds import (
    format_moment,
    name_of,
    say_disagreement,
    say_outcome,
    say_phase,
    say_quorum,
    say_standing,
    say_vote,
    strip_rows,
    tabulate_conflicts,
    tabulate_decisions,
    tabulate_discussion,
    tabulate_members,
    tabulate_record,
    tabulate_reviews,
)
from evaluator.report.signs import say_sign_name

if TYPE_CHECKING:
    from evaluator.committee.marks import Disagreement
    from evaluator.committee.nouns import Member, Round

DRAWN = 30
"""Most projects in the picture of the marks."""
WIDE = {0: 2.2}
"""Width of the first column of most tables, for names."""


def make_minutes(round_: Round, viewer: Member | None, language: str) -> Document:
    """The minutes for a member, or for the public where ``viewer`` is ``None``."""
    found = discussion(round_, viewer)
    parts = (
        ("decisions", _decisions(round_, viewer, language)),
        ("members", _members(round_, viewer, language)),
        ("marks", _marks(round_, found, language)),
        ("projects", _projects(round_, viewer, language)),
        ("record", _record(round_, viewer, language)),
    )
    sections = [
        Section(key, phrase(f"minutes.section.{key}", language), blocks, apart=key in ("projects", "record"))
        for key, blocks in parts
        if blocks
    ]
    last = round_.lines[-1][1]
    return Document(
        title=phrase("minutes.title", language, title=round_.title),
        subtitle=phrase(
            "minutes.subtitle", language, phase=say_phase(round_.phase, language), time=format_moment(last)
        ),
        language=language,
        day=date.fromisoformat(last[:10]),
        stamp=phrase("minutes.stamp", language, seq=round_.seq, head=round_.head),
        sections=tuple(sections),
    )


def _decisions(round_: Round, viewer: Member | None, language: str) -> tuple[Block, ...]:
    decisions = visible_decisions(round_, viewer)
    if not decisions:
        return ()
    table = tabulated(
        tabulate_decisions(round_, decisions, language), {0: 2.4, 1: 1.0, 2: 1.1, 3: 2.6, 4: 3.2, 5: 1.2}, small=True
    )
    return (
        Paragraph(say_outcome(decisions, language), style="lead"),
        table,
        Paragraph(phrase("minutes.not_the_score", language), style="note"),
    )


def _members(round_: Round, viewer: Member | None, language: str) -> tuple[Block, ...]:
    if not may(round_, viewer, "see_members"):
        return ()
    counted = {}
    if may(round_, viewer, "see_record"):
        counted = {key: count_own(round_, member) for key, member in round_.members.items() if member.role in MARKING}
    blocks: list[Block] = [
        Paragraph(say_quorum(round_, language)),
        tabulated(tabulate_members(round_, counted, language), {0: 1.4, 2: 2.2}, small=True),
    ]
    conflicts = tabulate_conflicts(round_, language)
    if len(conflicts) and may(round_, viewer, "see_record"):
        blocks += [Heading(phrase("minutes.conflicts", language)), tabulated(conflicts, {1: 2.4, 2: 2.0}, small=True)]
    steps = [(say_phase(step.phase, language), format_moment(step.at), step.reason) for step in round_.steps]
    return (*blocks, Heading(phrase("minutes.steps", language)), _steps(steps, language))


def _steps(steps: list[tuple[str, str, str]], language: str) -> Table:
    heads = [phrase(f"committee.column.{key}", language) for key in ("phase", "time", "reason")]
    return tabulated(pd.DataFrame(steps, columns=heads), {2: 2.5}, small=True)


def _marks(round_: Round, found: tuple[Disagreement, ...], language: str) -> tuple[Block, ...]:
    rows = strip_rows(round_, found[:DRAWN], language)
    if not len(rows):
        return ()
    finding = say_disagreement(round_, found, language)
    picture = Picture(draw_strip(language), _records(rows), finding)
    return (
        Pictures((picture,)),
        tabulated(tabulate_discussion(round_, found, language), WIDE, small=True),
        Paragraph(phrase("minutes.order", language), style="note"),
    )


def _projects(round_: Round, viewer: Member | None, language: str) -> tuple[Block, ...]:
    """Each project's reviews, dissents, answers and earlier decisions, as far as the reader may see them."""
    if viewer is None:
        return ()
    blocks: list[Block] = []
    for project, proposal in round_.proposals.items():
        own: list[Block] = []
        if sees_reviews(round_, viewer, project):
            own.append(Paragraph(say_standing(take_standing(round_, project), language), style="note"))
            reviews = tabulate_reviews(round_, visible_reviews(round_, viewer, project), language)
            own += [tabulated(reviews, {0: 1.3, 7: 4.0}, small=True)] if len(reviews) else []
        own += _remarks(round_, project, language) if may(round_, viewer, "see_decisions") else []
        blocks += [Heading(proposal.name), *own] if own else []
    return tuple(blocks)


def _remarks(round_: Round, project: str, language: str) -> list[Block]:
    """Dissents, answers to signs, and decisions that were taken before the one that holds."""
    blocks: list[Block] = [
        Paragraph(remark.text, label=phrase("minutes.answer", language, sign=say_sign_name(sign, language)))
        for (of, sign), remark in sorted(round_.answers.items())
        if of == project
    ]
    blocks += [
        Paragraph(remark.text, label=phrase("minutes.dissent", language, name=name_of(round_, member, language)))
        for (member, of), remark in sorted(round_.dissents.items(), key=lambda item: item[1].at)
        if of == project
    ]
    holding = round_.decision(project)
    for taken in round_.decisions.get(project, ()):
        if taken is not holding:
            said = phrase("minutes.earlier", language, date=taken.at[:10], verdict=say_vote(taken.verdict, language))
            blocks.append(Paragraph(taken.reason or "–", label=said))
    return blocks


def _record(round_: Round, viewer: Member | None, language: str) -> tuple[Block, ...]:
    anchor = Notice(phrase("minutes.anchor", language, head=round_.head))
    if not may(round_, viewer, "see_record"):
        return (anchor,)
    table = tabulated(tabulate_record(round_, language), {0: 0.5, 1: 1.6, 2: 1.2, 3: 2.0, 4: 1.6}, small=True)
    sources = phrase(
        "minutes.source",
        language,
        snapshot=round_.snapshot,
        fingerprint=round_.fingerprint,
        count=len(round_.proposals),
    )
    return (Paragraph(sources), anchor, table)


def _records(rows: pd.DataFrame) -> tuple[dict[str, object], ...]:
    return tuple({str(key): value for key, value in row.items()} for row in rows.to_dict("records"))
