"""The text of the seven-day public notice, to be checked, dated and published; it names no score and no person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from evaluator.criteria.policy_rules import NOTICE
from evaluator.language import phrase
from evaluator.report.document import Block, Column, Heading, Notice, Paragraph, Table
from evaluator.report.numbers import format_date, format_money, format_number, format_quantity, is_missing
from evaluator.report.sections.material import LISTED, say_left_out, say_place
from evaluator.report.terms import say_field

if TYPE_CHECKING:
    from evaluator.report.sections.material import Material

DAYS = 7
COLUMNS = (
    ("name", 2.2), ("place", 1.5), ("content", 3.4), ("money", 1.3), ("households", 1.0), ("operator", 1.5),
    ("target", 2.2),
)  # fmt: skip


def build_notice(material: Material, language: str) -> tuple[Block, ...]:
    """The notice with its table of projects; what the rows do not state is left open and listed for completion."""
    if not len(material.scored):
        return ()
    ids = _named(material)
    facts = _facts(material, ids, language)
    title = phrase("document.notice.title", language, **facts)
    begins = material.notice_from
    blank = phrase("document.notice.blank_day", language)
    ends = None if begins is None else begins + timedelta(days=DAYS - 1)
    period = phrase(
        "document.notice.period",
        language,
        first=blank if begins is None else format_date(begins, language),
        last=blank if ends is None else format_date(ends, language),
        days=DAYS,
    )
    return (
        Notice(phrase("document.notice.check", language), phrase("document.notice.check_label", language)),
        Heading(title),
        Paragraph(phrase("document.notice.opening", language, **facts)),
        Paragraph(period),
        Paragraph(phrase("document.notice.objections", language)),
        Paragraph(phrase("document.notice.contact", language)),
        Paragraph(phrase("document.notice.annex", language)),
        Paragraph(phrase("document.notice.office", language), style="right"),
        Paragraph(blank, style="right"),
        Table(
            tuple(Column(phrase(f"document.notice.column.{key}", language), width) for key, width in COLUMNS),
            tuple(_row(material, project, language) for project in ids[:LISTED]),
            title=phrase("document.notice.table", language),
            small=True,
        ),
        *say_left_out(min(LISTED, len(ids)), len(ids), language),
        *_to_complete(material, ids, language),
    )


def _named(material: Material) -> list[str]:
    """The projects chosen under the budget; all scored ones where nothing was chosen."""
    chosen = None if material.selection is None else material.selection.chosen
    return list(chosen) if chosen else [str(project) for project in material.scored]


def _facts(material: Material, ids: list[str], language: str) -> dict[str, str]:
    portfolio = material.evaluation.portfolio
    amount = float(portfolio.amounts["investment_yuan"].loc[ids].sum(min_count=1))
    blank = phrase("document.notice.blank", language)
    return {
        "place": say_place(material, language) or blank,
        "year": phrase("document.year_of", language, year=portfolio.year) if portfolio.year else "",
        "projects": format_quantity(len(ids), "projects", language),
        "money": format_money(amount, language, portfolio.currency) if not is_missing(amount) else blank,
    }


def _row(material: Material, project: str, language: str) -> tuple[str, ...]:
    portfolio = material.evaluation.portfolio
    facts: Any = portfolio.frame.loc[project]
    blank = phrase("document.notice.blank", language)

    def stated(key: str) -> str:
        return blank if is_missing(facts[key]) or not str(facts[key]).strip() else str(facts[key])

    places = [str(facts[key]) for key in ("township", "village") if not is_missing(facts[key])]
    households = facts["households"]
    amount = float(portfolio.amounts["investment_yuan"][project])
    return (
        str(portfolio.frame.at[project, "name"]),
        "".join(places) if language == "zh" and places else ", ".join(places) or stated("place_name"),
        stated("content"),
        blank if is_missing(amount) else format_money(amount, language, portfolio.currency),
        blank if is_missing(households) else format_number(float(households), language, decimals=0),
        stated("operator"),
        stated("performance_target"),
    )


def _to_complete(material: Material, ids: list[str], language: str) -> list[Block]:
    """Which facts a notice names are missing in how many rows."""
    frame = material.evaluation.portfolio.frame.loc[ids]
    lacking = {key: int((~_known(frame[key])).sum()) for key in NOTICE if key in frame}
    comma = phrase("format.list_comma", language)
    said = comma.join(
        phrase(
            "format.bracket", language, left=say_field(key, language), right=format_quantity(n, "projects", language)
        )
        for key, n in lacking.items()
        if n
    )
    return [Notice(said, phrase("document.notice.complete", language))] if said else []


def _known(column: Any) -> Any:  # noqa: ANN401 - a column of any kind
    return column.notna() & column.astype(bool)
