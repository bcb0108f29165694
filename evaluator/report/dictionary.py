"""The data dictionary: every column of every table, for people. ``docs/data-dictionary.md`` is what this writes.

Rewrite the page with ``python -m evaluator.report.dictionary > docs/data-dictionary.md``.
"""

import pandas as pd

from evaluator.domain.fields import Field
from evaluator.domain.tables import TABLE_FIELDS
from evaluator.language import phrase
from evaluator.report.workbook import EXPLAINED, explain_field


def tabulate_dictionary(table: str, language: str) -> pd.DataFrame:
    """One row a column of the table: title, key, unit, range, need, choices, meaning; headings in the language."""
    rows = [explain_field(field, language) for field in TABLE_FIELDS[table]]
    return pd.DataFrame(rows, columns=[phrase(f"template.{column}", language) for column in EXPLAINED])


def write_dictionary_book(language: str) -> bytes:
    """The whole dictionary as a workbook, a sheet a table."""
    from evaluator.report.export import write_workbook  # noqa: PLC0415 - only for files

    named = {phrase(f"template.tables.{table}", language): table for table in TABLE_FIELDS}
    return write_workbook({name: tabulate_dictionary(table, language) for name, table in named.items()})


def write_dictionary() -> str:
    """The page in Markdown, English and Chinese side by side in each table."""
    parts = [phrase("dictionary.page", "en"), phrase("dictionary.page", "zh")]
    for table, fields in TABLE_FIELDS.items():
        titles = [phrase(f"template.tables.{table}", language) for language in ("en", "zh")]
        parts.append(f"## {titles[0]} · {titles[1]}")
        head = "| key | title | 名称 | unit | range | need | meaning | 含义 |\n|---|---|---|---|---|---|---|---|"
        parts.append("\n".join([head, *(_line(field) for field in fields)]))
    return "\n\n".join(parts) + "\n"


def _line(field: Field) -> str:
    _, key, unit, span, need, _, meaning = explain_field(field, "en")
    cells = (
        f"`{key}`",
        field.title_en,
        field.title_zh,
        unit,
        ", ".join(field.choices) or span,
        need,
        meaning,
        field.meaning_zh,
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(write_dictionary(), end="")
