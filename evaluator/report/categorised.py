"""The four categories in words, as a table people read, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.categories import BASE_RATES, ELEMENTS
from evaluator.language import phrase
from evaluator.report.layout import lay_out
from evaluator.report.numbers import format_interval
from evaluator.report.plain import plain

if TYPE_CHECKING:
    from evaluator.categories import Categories, Category

COLUMNS = ("name", "category", "reason", *ELEMENTS, "market", "market_score", "confirmed")


def say_category(category: str, language: str) -> str:
    """A category in a word: consolidate, upgrade, revive, adjust, or cannot be told."""
    return phrase(f"category.{category}", language)


def say_category_reason(proposal: Category, language: str) -> str:
    """Which element decided a proposal; of one that runs and has a market, only what is weak."""
    named = [name for name in proposal.decided_by if proposal.reason != "weak" or name != "market"]
    decided = [phrase(f"category.element.{name}", language) for name in named]
    listed = phrase("format.list_comma", language).join(decided)
    said = phrase(f"category.reason.{proposal.reason}", language, elements=listed)
    return said[:1].upper() + said[1:]


def say_category_counts(categories: Categories, language: str) -> str:
    """How many projects of each category, how one county's sorting came out, and that people confirm."""
    counted = [
        phrase("category.count", language, category=say_category(category, language), count=count)
        for category, count in categories.counts().items()
    ]
    listed = phrase("format.list_comma", language).join(counted)
    said = (
        phrase("category.counts", language, counts=listed, left_out=categories.left_out),
        phrase("category.confirm", language),
        phrase("category.reference", language),
    )
    return phrase("format.sentence_gap", language).join(said)


def tabulate_categories(categories: Categories, language: str) -> pd.DataFrame:
    """The proposals under titles people read, in the order of the register; index ``project_id``, all cells text."""
    names = categories.register.frame["name"]
    rows = [
        (
            str(names[proposal.project_id]),
            say_category(proposal.category, language),
            say_category_reason(proposal, language),
            *(phrase(f"category.state.{proposal.elements[name]}", language) for name in (*ELEMENTS, "market")),
            format_interval(proposal.market_score, proposal.market_low, proposal.market_high, language),
            phrase("category.to_confirm", language),
        )
        for proposal in categories.proposals
    ]
    index = pd.Index([p.project_id for p in categories.proposals], name=phrase("category.table.project_id", language))
    titles = [phrase(f"category.table.{column}", language) for column in COLUMNS]
    return pd.DataFrame(rows, columns=titles, index=index, dtype=object)


def say_categories(categories: Categories, language: str) -> str:
    """The proposals as text, with their counts below."""
    if not categories.proposals:
        return say_category_counts(categories, language)
    table = tabulate_categories(categories, language).reset_index()
    return "\n".join([lay_out(table), "", say_category_counts(categories, language)])


def describe_categories(categories: Categories, language: str = "en") -> dict[str, Any]:
    """The proposals as plain values for JSON; reasons are sentences in ``language``."""
    names = categories.register.frame["name"]
    return {
        "as_of": categories.as_of.isoformat(),
        "counts": categories.counts(),
        "left_out": categories.left_out,
        "confirm": phrase("category.confirm", language),
        "reference": {"place": phrase("rule.place.no_operator_or_plan", language), "year": 2024, **BASE_RATES},
        "projects": [
            {
                "project_id": proposal.project_id,
                "name": plain(names[proposal.project_id]),
                "category": proposal.category,
                "code": proposal.reason,
                "reason": say_category_reason(proposal, language),
                "decided_by": list(proposal.decided_by),
                "elements": dict(proposal.elements),
                "market": plain(proposal.market_score),
                "market_low": plain(proposal.market_low),
                "market_high": plain(proposal.market_high),
            }
            for proposal in categories.proposals
        ],
    }


def write_categories(categories: Categories, suffix: str, language: str = "en") -> bytes:
    """The proposals as a file, ``.csv``, ``.json``, ``.xlsx`` or ``.parquet``."""
    from evaluator.report.export import write_csv, write_json, write_workbook  # noqa: PLC0415 - only for files

    if suffix == ".json":
        return write_json(describe_categories(categories, language))
    table = tabulate_categories(categories, language).reset_index()
    if suffix == ".xlsx":
        return write_workbook({phrase("setting_group.categories", language): table})
    if suffix == ".parquet":
        from io import BytesIO  # noqa: PLC0415 - only for parquet

        target = BytesIO()
        table.to_parquet(target, index=False)
        return target.getvalue()
    return write_csv(table)
