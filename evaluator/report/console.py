"""What the command line prints for people: plain text, columns aligned also where characters are two cells wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.changed import say_edit, say_setting_value
from evaluator.report.findings import say_finding
from evaluator.report.layout import WIDEST_CELL, lay_out, measure_width, shorten
from evaluator.report.numbers import (
    format_date,
    format_money,
    format_number,
    format_quantity,
    format_score,
    format_share,
)
from evaluator.report.policy import say_also, say_rule_counts
from evaluator.report.ranking import say_firmness
from evaluator.report.signs import say_level, say_signs
from evaluator.report.tables import tabulate_ranking
from evaluator.report.terms import say_criterion, say_field, say_red_line, say_rivals, say_setting, say_severity

if TYPE_CHECKING:
    from evaluator.domain.errors import Issue
    from evaluator.domain.portfolio import Portfolio, Reading
    from evaluator.evaluation import Evaluation

__all__ = ["lay_out", "measure_width", "say_check", "say_issue", "say_issues", "say_scores", "shorten"]
LISTED_PROJECTS = 20
_AGREES = 0.0005


def say_issue(issue: Issue, language: str) -> str:
    """One issue on one line: where, what is the matter, what is needed, what to do."""
    where = issue.where()
    if issue.row and not issue.sheet:
        where = phrase("issue_at.row", language, row=issue.row)
        where = f"{where} · {issue.column}" if issue.column else where
    said = phrase("format.sentence_gap", language).join(
        filter(None, [issue.message(language), issue.needed(language), issue.remedy(language)])
    )
    return phrase("issue_at.said", language, where=where, said=said) if where else said


def say_issues(issues: Sequence[Issue], language: str, *, limit: int | None = None) -> Iterator[str]:
    """One line an issue, most severe first: how grave, where, what, what is needed, what to do."""
    order = {"error": 0, "warning": 1, "note": 2}
    chosen = sorted(issues, key=lambda issue: order[issue.severity])
    for issue in chosen[:limit]:
        yield phrase(
            "format.colon", language, left=say_severity(issue.severity, language), right=say_issue(issue, language)
        )
    if limit is not None and len(chosen) > limit:
        yield phrase("cli.more_issues", language, count=len(chosen) - limit)


def say_check(portfolio: Portfolio, language: str) -> str:
    """What was understood of a list, as text: sheets, headings, unit, totals, issues."""
    lines = [line for reading in portfolio.readings for line in _say_reading(reading, language)]
    kinds = Counter(str(kind) for kind in portfolio.frame["kind"].fillna("other"))
    counted = phrase("format.list_comma", language).join(
        phrase("check.kind", language, kind=phrase(f"choice.{kind}", language), count=count)
        for kind, count in kinds.most_common()
    )
    lines += [phrase("check.rows", language, count=len(portfolio), kinds=counted), *_say_totals(portfolio, language)]
    lines.append("")
    if not portfolio.issues:
        return "\n".join([*lines, phrase("check.no_issues", language)])
    lines.append(phrase("check.issues", language, count=len(portfolio.issues)))
    return "\n".join([*lines, *(f"  {line}" for line in say_issues(portfolio.issues, language))])


def _say_reading(reading: Reading, language: str) -> Iterator[str]:
    sheet = f"{reading.file} · {reading.sheet}" if reading.sheet and reading.file else reading.file or reading.sheet
    rows = phrase("format.list_comma", language).join(map(str, reading.header_rows))
    yield phrase("check.sheet" if rows else "check.sheet_without_header", language, sheet=sheet, rows=rows)
    yield phrase("check.unit", language, unit=_say_money_unit(reading.unit, language))
    if reading.columns:
        yield phrase("check.columns", language)
    wide = max((min(measure_width(heading), WIDEST_CELL) for heading in reading.columns), default=0)
    for heading, key in reading.columns.items():
        short = shorten(heading)
        known = phrase("check.unused", language) if key is None else f"{say_field(key, language)} ({key})"
        yield f"  {short}{' ' * (wide - measure_width(short))} → {known}"
    if reading.left_out:
        yield phrase("check.left_out", language, rows=", ".join(map(str, reading.left_out)))


def _say_money_unit(unit: str, language: str) -> str:
    return phrase(
        {"yuan": "check.yuan", "10k yuan": "check.ten_thousand_yuan"}.get(unit, "check.other_unit"), language, unit=unit
    )


def _say_totals(portfolio: Portfolio, language: str) -> Iterator[str]:
    total, control, currency = portfolio.total, portfolio.control_total, portfolio.currency
    yield phrase(
        "check.total",
        language,
        total=format_money(total, language, currency),
        exact=format_number(total, language),
        currency=currency,
    )
    if control is None:
        yield phrase("check.no_control", language)
        return
    gap = (total or 0.0) - control
    agrees = abs(gap) <= _AGREES * max(abs(control), 1.0)
    said = format_money(abs(gap), language, currency)
    yield phrase(
        "check.agrees" if agrees else "check.differs",
        language,
        control=format_money(control, language, currency),
        gap=said,
    )


def say_scores(evaluation: Evaluation, language: str) -> str:
    """The ranking as text, with its finding above and what it rests on below."""
    lines = [say_finding(evaluation, language), ""]
    if len(evaluation.scored):
        lines += [lay_out(tabulate_ranking(evaluation, language, ranges=False).reset_index(names="id")), ""]
    lines += [
        *_say_flagged(evaluation, language),
        *say_rule_counts(evaluation, language),
        *_say_red_lines(evaluation, language),
        *say_firmness(evaluation, language),
        *_say_basis(evaluation, language),
    ]
    return "\n".join(lines)


def _say_flagged(evaluation: Evaluation, language: str) -> Iterator[str]:
    """Each flagged or watched project, most severe first, with the signs that are on and what would clear them."""
    flags, names = evaluation.flags, evaluation.portfolio.frame["name"]
    order = flags.severity[flags.level.isin(["flag", "watch"])].sort_values(ascending=False, kind="stable").index
    if len(order):
        yield phrase("score.flagged", language)
    for project in order[:LISTED_PROJECTS]:
        level, severity = (
            say_level(str(flags.level[project]), language),
            format_score(float(flags.severity[project]), language),
        )
        yield "  " + phrase("score.project", language, name=names[project], id=project, level=level, severity=severity)
        for sign in say_signs(evaluation, str(project), language):
            if sign.on:
                said = phrase("score.sign", language, sign=sign.name, reason=sign.reason, clears=sign.clears)
                yield "    " + said.rstrip()
        also = say_also(evaluation, str(project), language)
        if also:
            yield "    " + also
    if len(order) > LISTED_PROJECTS:
        yield "  " + phrase("score.more_flagged", language, count=len(order) - LISTED_PROJECTS)
    if len(order):
        yield ""


def _say_red_lines(evaluation: Evaluation, language: str) -> Iterator[str]:
    card = evaluation.scorecard
    for criterion in ("demand", "payback"):
        hit = [
            str(i)
            for i, lines, judged in zip(card.index, card.red_lines, card.judged, strict=True)
            if criterion in lines and judged
        ]
        if hit:
            line = say_red_line(criterion, language, line=evaluation.settings.score.red_line)
            yield phrase(
                "score.red_line", language, line=line, projects=phrase("format.list_comma", language).join(hit)
            )


def _say_basis(evaluation: Evaluation, language: str) -> Iterator[str]:
    card, portfolio = evaluation.scorecard, evaluation.portfolio
    if len(evaluation.unscored):
        amount = portfolio.amounts["investment_yuan"].loc[evaluation.unscored].sum(min_count=1)
        listed = format_quantity(len(evaluation.unscored), "projects", language)
        yield phrase(
            "score.unscored", language, listed=listed, money=format_money(float(amount), language, portfolio.currency)
        )
    named = zip(card.criteria, card.weights, strict=True)
    weights = phrase("format.list_comma", language).join(
        f"{say_criterion(n, language)} {format_share(w, language)}" for n, w in named
    )
    yield phrase("score.weights", language, weights=weights)
    yield phrase("score.varied", language, draws=format_number(card.draws, language))
    yield phrase("score.rivals", language, rivals=say_rivals(evaluation.rivals, language))
    for key, (default, value) in evaluation.settings.differences().items():
        yield phrase(
            "score.changed",
            language,
            setting=say_setting(key, language),
            key=key,
            value=say_setting_value(value, language),
            default=say_setting_value(default, language),
        )
    for edit in evaluation.portfolio.edits:
        yield phrase("changed.console_fact", language, fact=say_edit(evaluation.portfolio, edit, language))
    day = format_date(evaluation.as_of, language)
    yield phrase("score.stamp", language, as_of=day, version=evaluation.version, fingerprint=evaluation.fingerprint)
