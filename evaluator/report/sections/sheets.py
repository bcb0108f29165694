"""One page a project: its scores with the rules behind them, its signs, money, neighbours, and what to ask next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.domain.settings import CRITERIA
from evaluator.language import phrase
from evaluator.report.document import (
    Block,
    Column,
    Figure,
    Figures,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Table,
)
from evaluator.report.drawn import order_by_total
from evaluator.report.household import say_household
from evaluator.report.numbers import (
    format_interval,
    format_money,
    format_percent,
    format_rank,
    format_score,
    format_share,
    format_years,
    is_missing,
)
from evaluator.report.policy import say_also
from evaluator.report.rules import format_input, say_part_rule
from evaluator.report.sections.clusters import say_likeness
from evaluator.report.sections.flagged import sign_columns
from evaluator.report.sections.material import SHEETS, say_left_out
from evaluator.report.signs import mark_level, say_neighbours, say_signs
from evaluator.report.terms import (
    say_choice,
    say_criterion,
    say_grade,
    say_part,
    say_product,
    say_question,
    say_red_line,
)

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation
    from evaluator.report.sections.material import Material

NEIGHBOURS, QUESTIONS = 5, 5


def build_sheets(material: Material, language: str) -> tuple[Block, ...]:
    """A page for each scored project, best total first."""
    order = order_by_total(material.evaluation)
    blocks: list[Block] = []
    for place, row in enumerate(order[:SHEETS]):
        blocks += build_sheet(material, row, language, apart=place > 0)
    return (*say_left_out(min(SHEETS, len(order)), len(order), language), *blocks)


def build_sheet(material: Material, row: int, language: str, *, apart: bool = False) -> list[Block]:
    """The page of one scored project by its row."""
    evaluation = material.evaluation
    project = str(evaluation.scored[row])
    name = phrase("format.bracket", language, left=evaluation.portfolio.labels[project], right=project)
    blocks: list[Block] = [
        Heading(name, apart=apart),
        Paragraph(_say_what(evaluation, project, language), style="note"),
        Figures(_figures(evaluation, project, row, language)),
    ]
    for line in evaluation.scorecard.red_lines[row]:
        said = say_red_line(line, language, line=evaluation.settings.score.red_line)
        blocks.append(Notice(said, phrase("document.red_line", language)))
    blocks += [_tabulate_parts(evaluation, row, language), _tabulate_signs(evaluation, project, language)]
    for key, text in _remarks(material, project, row, language).items():
        if text:
            blocks.append(Paragraph(text, phrase(f"document.remark.{key}", language), "note"))
    asked = tuple(say_question(question, language) for question in evaluation.questions[project][:QUESTIONS])
    if asked:
        blocks += [Heading(phrase("pages.project.ask", language), 3), Listing(asked, numbered=True)]
    return blocks


def _say_what(evaluation: Evaluation, project: str, language: str) -> str:
    """Kind, place, product, money and who carries it out, as far as stated."""
    facts = evaluation.portfolio.frame.loc[project]
    amount = float(evaluation.portfolio.amounts["investment_yuan"][project])
    parts = (
        say_choice(str(facts["kind"]), language),
        *(str(facts[key]) for key in ("township", "village") if not is_missing(facts[key])),
        "" if is_missing(facts["product"]) else say_product(str(facts["product"]), language),
        "" if is_missing(amount) else format_money(amount, language, evaluation.portfolio.currency),
        "" if is_missing(facts["operator"]) else str(facts["operator"]),
    )
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _figures(evaluation: Evaluation, project: str, row: int, language: str) -> tuple[Figure, ...]:
    card, flags = evaluation.scorecard, evaluation.flags
    judged = bool(card.judged[row])
    grade = phrase("pages.project.grade", language, grade=say_grade(str(card.grade[row]), language))
    rank = format_rank(int(card.rank[row]), int(card.rank_low[row]), int(card.rank_high[row]), judged, language)
    top = phrase("pages.project.top", language, share=format_share(card.p_top[row], language), top=card.top)
    known = "uncalibrated" if "uncalibrated" in evaluation.cautions else "calibrated"
    said = {
        "total": (
            format_interval(card.total[row], card.low[row], card.high[row], language),
            grade if judged else phrase("pages.project.not_judged", language),
        ),
        "rank": (rank, top),
        "coverage": (format_share(card.coverage[row], language), phrase("pages.project.coverage_note", language)),
        "severity": (
            format_score(float(flags.severity[project]), language),
            f"{mark_level(str(flags.level[project]), language)} · {phrase(f'pages.project.{known}', language)}",
        ),
    }
    return tuple(Figure(phrase(f"pages.project.{key}", language), value, note) for key, (value, note) in said.items())


def _tabulate_parts(evaluation: Evaluation, row: int, language: str) -> Table:
    """The criteria part by part: what was found, what it scores, by which rule."""
    rows = []
    for criterion in CRITERIA:
        score = evaluation.scorecard.criteria[criterion]
        said = format_interval(float(score.score[row]), float(score.low[row]), float(score.high[row]), language)
        name = f"{say_criterion(criterion, language)} {said}"
        for part in score.parts.columns:
            if float(score.weights[part].iloc[row]) <= 0:
                continue
            rows.append(
                (
                    name,
                    say_part(criterion, part, language),
                    format_input(criterion, part, float(score.inputs[part].iloc[row]), language),
                    format_score(float(score.parts[part].iloc[row]), language),
                    say_part_rule(criterion, part, evaluation.settings, language),
                )
            )
            name = ""
    keys = (("criterion", 1.6), ("part", 1.4), ("found", 0.9), ("score", 0.6), ("rule", 5.2))
    columns = tuple(
        Column(phrase(f"document.column.{key}", language), width, right=key in ("found", "score"))
        for key, width in keys
    )
    return Table(columns, tuple(rows), small=True, grouped=True)


def _tabulate_signs(evaluation: Evaluation, project: str, language: str) -> Table:
    """The six signs: on, off or not known, why, and what clears those that are on."""
    rows = []
    for sign in say_signs(evaluation, project, language):
        state = "on" if sign.on else "unknown" if is_missing(sign.degree) else "off"
        rows.append((phrase(f"document.sign.{state}", language, sign=sign.name), sign.reason, sign.clears))
    first, *rest = sign_columns(language)
    columns = (Column(first.title, 1.6, toned=True), *rest)
    if not any(row[2] for row in rows):  # nothing is on, so nothing has to clear it
        return Table(columns[:2], tuple(row[:2] for row in rows), small=True)
    return Table(columns, tuple(rows), small=True)


def _remarks(material: Material, project: str, row: int, language: str) -> dict[str, str]:
    """Money, household, neighbours and rules in a line each; empty where nothing is to be said."""
    evaluation = material.evaluation
    also = say_also(evaluation, project, language)
    gap, found = phrase("format.sentence_gap", language), evaluation.neighbours[row][:NEIGHBOURS]
    neighbours = [say_likeness(material, project, language)]
    named = say_neighbours([n for n in found if n.project_id], language, limit=NEIGHBOURS)
    if named:
        neighbours.append(phrase("flag.say.largest", language, neighbours=named))
    return {
        "money": gap.join(_say_money(evaluation, row, language)),
        "household": say_household(evaluation, project, language),
        "neighbours": phrase("format.sentence_join", language).join(neighbours),
        "rules": also[:1].upper() + also[1:],
    }


def _say_money(evaluation: Evaluation, row: int, language: str) -> list[str]:
    measures = evaluation.appraisal.iloc[row]
    years = float(measures["payback_years"])
    if is_missing(years):
        return [phrase("document.payback_unknown", language)]
    never = years == float("inf")
    said = phrase("pages.money.never", language) if never else phrase(
        "pages.money.finding", language, years=format_years(years, language)
    )  # fmt: skip
    facts = {
        "discounted": format_years(float(measures["discounted_payback_years"]), language),
        "npv": format_money(float(measures["npv_yuan"]), language, evaluation.portfolio.currency),
        "irr": format_percent(float(measures["irr"]), language),
        "rate": format_percent(evaluation.settings.payback.rate, language),
        "lasting": format_years(float(measures["lasting_years"]), language),
    }
    return [phrase("document.money", language, finding=said, **facts)]
