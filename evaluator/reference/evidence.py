"""What published studies and reports say of incomes after projects: facts with their sources, in our own words."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TOPICS = ("lasting", "targeting", "operation", "markets", "terms")
"""Whether gains last; who gains; whether what was built runs; what markets did; the terms of asset income and funds."""
COURSES = ("grew", "held", "faded", "gone", "unknown")
"""What became of the effect in the years observed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One published fact.

    ``years_from`` and ``years_to`` since the start that it speaks of, ``None`` where it speaks of no span; ``place``,
    ``finding`` and ``caution`` by language; ``link`` of the publisher, empty without one.
    """

    id: str
    topic: str
    years_from: int | None
    years_to: int | None
    lasts: str
    place: dict[str, str]
    finding: dict[str, str]
    caution: dict[str, str]
    source: str
    link: str


@cache
def income_evidence() -> tuple[Evidence, ...]:
    """All facts, in the order of topics."""
    text = files(__package__).joinpath("income_evidence.csv").read_text("utf-8")
    rows = [_read(row) for row in csv.DictReader(text.splitlines())]
    return tuple(sorted(rows, key=lambda one: TOPICS.index(one.topic)))


def _read(row: dict[str, str]) -> Evidence:
    def both(name: str) -> dict[str, str]:
        return {language: row[f"{name}_{language}"] for language in ("en", "zh")}

    return Evidence(
        id=row["id"],
        topic=row["topic"],
        years_from=int(row["years_from"]) if row["years_from"] else None,
        years_to=int(row["years_to"]) if row["years_to"] else None,
        lasts=row["lasts"],
        place=both("place"),
        finding=both("finding"),
        caution=both("caution"),
        source=row["source"],
        link=row["link"] or "",
    )
