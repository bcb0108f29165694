"""Cells under understood headings become values: each column by the reader of its kind."""

from collections.abc import Callable, Sequence

import numpy as np

from evaluator.domain.fields import FIELDS, Field
from evaluator.intake.columns import Column
from evaluator.intake.draft import Draft
from evaluator.intake.listing import AnyArray, AnySeries, Listing
from evaluator.intake.numbers import read_checked_column, read_number_column
from evaluator.intake.words import read_choice_column, read_date_column, read_period_column, read_text_column


def read_columns(draft: Draft, listing: Listing, columns: Sequence[Column]) -> None:
    """Every understood column but money into the draft."""
    for column in sorted(columns, key=lambda c: (c.key == "period", c.position)):
        cells = listing.cells[column.position]
        percents = np.zeros(len(draft), dtype=bool)
        percents[[row for row, position in listing.percents if position == column.position]] = True
        if column.role == "checked":
            read_checked_column(draft, column, cells, percents=percents)
        elif column.role in ("field", "low", "high") and column.key:
            draft.headings.setdefault(column.key, column.heading)
            _reader_of(FIELDS[column.key], column, percents)(draft, column, cells)


def _reader_of(field: Field, column: Column, percents: AnyArray) -> Callable[[Draft, Column, AnySeries], None]:
    if field.kind == "money":
        return lambda draft, column, cells: None
    if field.is_number:
        return lambda draft, column, cells: read_number_column(draft, column, cells, percents=percents)
    if field.key == "period":
        return read_period_column
    if field.kind == "date":
        return read_date_column
    return read_choice_column if field.kind in ("category", "set", "flag", "product") else read_text_column
