"""Published evidence beside the county's own estimates: a table for the page and for files, and how to read it."""

import pandas as pd

from evaluator.language import phrase
from evaluator.reference.evidence import TOPICS, Evidence, income_evidence
from evaluator.report.numbers import MISSING

LONG_YEARS = 5
"""Years since the start from which a gain can be said to last."""
COLUMNS = ("topic", "place", "years", "finding", "course", "caution", "source")


def tabulate_evidence(language: str, *, topics: tuple[str, ...] = TOPICS) -> pd.DataFrame:
    """One row a fact: what was looked at, years since the start, what was found and became of it, cautions, source."""
    rows = [_row(one, language) for one in income_evidence() if one.topic in topics]
    return pd.DataFrame(rows, columns=[phrase(f"evidence.column.{key}", language) for key in COLUMNS])


def _row(one: Evidence, language: str) -> tuple[str, ...]:
    return (
        phrase(f"evidence.topic.{one.topic}", language),
        one.place[language],
        say_span(one, language),
        one.finding[language],
        phrase(f"evidence.course.{one.lasts}", language),
        one.caution[language] or MISSING,
        one.source,
    )


def say_span(one: Evidence, language: str) -> str:
    """The years since the start that a fact speaks of."""
    if one.years_from is None or one.years_to is None:
        return MISSING
    if one.years_from == one.years_to:
        return str(one.years_to)
    return phrase("evidence.span", language, first=one.years_from, last=one.years_to)


def say_lasting(language: str) -> str:
    """Of the programmes whose incomes were followed long enough, in how many the gain faded and in how many it held."""
    long = [
        one.lasts
        for one in income_evidence()
        if one.topic == "lasting" and (one.years_to or 0) >= LONG_YEARS and one.lasts != "unknown"
    ]
    faded = sum(course in {"faded", "gone"} for course in long)
    return phrase("evidence.finding", language, count=len(long), years=LONG_YEARS, faded=faded, held=len(long) - faded)


def say_evidence(language: str) -> list[str]:
    """How to read the table."""
    return [phrase(f"evidence.read.{key}", language) for key in ("few", "elsewhere", "failures")]


def evidence_links() -> dict[str, str]:
    """Source to the publisher's page, where there is one."""
    return {one.source: one.link for one in income_evidence() if one.link}
