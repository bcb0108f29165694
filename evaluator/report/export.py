"""Results as files: csv, json, xlsx and parquet, with no live formula in any of them.

A csv has no types, so a text that a spreadsheet would run (it begins with = + - @ or a tab) is written with an
apostrophe before it, the sign spreadsheets themselves use for “this is text”. In xlsx and parquet every text is stored
as text and stays letter for letter; json has no formulas.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from evaluator.domain.errors import EvaluatorError
from evaluator.language import phrase
from evaluator.report.changed import tabulate_differences, tabulate_edits
from evaluator.report.options import OUTPUTS
from evaluator.report.tables import describe_evaluation, tabulate_issues, tabulate_ranking, tabulate_results

if TYPE_CHECKING:
    import pandas as pd

    from evaluator.evaluation import Evaluation


LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that make a spreadsheet run a text (its full-width forms too, which some versions fold)."""


def write_results(evaluation: Evaluation, suffix: str, language: str = "en") -> bytes:
    """The results of a list as a file; the same bytes for the same evaluation.

    Parameters
    ----------
    suffix
        One of ``.csv`` (UTF-8 with mark, so that spreadsheets read Chinese), ``.json``, ``.xlsx`` and ``.parquet``.

    Raises
    ------
    EvaluatorError
        For any other suffix.
    """
    if suffix not in OUTPUTS:
        raise EvaluatorError(phrase("cli.suffix", language, found=suffix, known=" ".join(OUTPUTS)))
    if suffix == ".json":
        return write_json(describe_evaluation(evaluation, language))
    results = tabulate_results(evaluation, language)
    if suffix == ".csv":
        return write_csv(results)
    if suffix == ".parquet":
        target = BytesIO()
        results.to_parquet(target, index=False)
        return target.getvalue()
    sheets = {
        phrase("sheet.ranking", language): tabulate_ranking(evaluation, language).reset_index(names="project_id"),
        phrase("sheet.results", language): results,
        phrase("sheet.issues", language): tabulate_issues(evaluation.issues, language),
        phrase("changed.sheet.settings", language): tabulate_differences(evaluation.settings, language),
    }
    if evaluation.portfolio.edits:
        sheets[phrase("changed.sheet.facts", language)] = tabulate_edits(evaluation.portfolio, language)
    return write_workbook(sheets)


def write_json(described: Mapping[str, Any]) -> bytes:
    """A described result as JSON in UTF-8, a line a key and a line a project or issue.

    Lines instead of indents: the indenting encoder is ten times slower. Raises ``ValueError`` should a NaN have slipped
    in.
    """
    lines = ",\n".join(f"{_encode(key)}: {_encode_rows(value)}" for key, value in described.items())
    return f"{{\n{lines}\n}}\n".encode()


def _encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _encode_rows(value: object) -> str:
    """A list of records with a line for each; anything else on one line."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(map(_encode, value)) + "\n]"
    return _encode(value)


def write_csv(table: pd.DataFrame) -> bytes:
    """A flat table as csv, UTF-8 with byte-order mark, live formulas disarmed."""
    safe = table.copy()
    for column in safe.select_dtypes(exclude=["number", "bool"]):
        safe[column] = safe[column].map(disarm, na_action="ignore")
    return safe.rename(columns=disarm).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def disarm(text: object) -> object:
    """A text that a spreadsheet would run, with an apostrophe before it; everything else unchanged."""
    return f"'{text}" if isinstance(text, str) and text.startswith(LIVE) else text


def write_workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Frames as the sheets of a workbook, numbers as numbers and every text as text."""
    import pandas as pd  # noqa: PLC0415 - the command line starts without it

    from evaluator.report.workbook import MADE, OPTIONS, settle_bytes  # noqa: PLC0415 - only for xlsx

    target = BytesIO()
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": OPTIONS}) as writer:
        writer.book.set_properties({"created": MADE})
        for name, table in sheets.items():
            table.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 2))
            for place, column in enumerate(table.columns):
                widest = max([len(str(column)), *(len(str(value)) for value in table[column].head(50))])
                writer.sheets[name].set_column(place, place, min(max(widest + 2, 8), 60))
    return settle_bytes(target.getvalue())
