"""A report put together: which sections, under which title, and as which file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evaluator.domain.errors import EvaluatorError
from evaluator.language import phrase
from evaluator.report.document import Document, Section
from evaluator.report.numbers import format_date
from evaluator.report.options import DOCUMENTS
from evaluator.report.sections import ALONE, APART, SECTIONS, STANDARD
from evaluator.report.sections.material import Material, say_place

if TYPE_CHECKING:
    import pandas as pd

TITLED = ("questions", *ALONE)
"""Sections that lend the document their own title when they stand alone."""


def read_sections(text: str, language: str) -> tuple[str, ...]:
    """The sections named with commas between, in the order of a report; ``all`` and ``standard`` name several.

    Raises ``EvaluatorError`` for a name that is none, and when no name is given.
    """
    names = {"all": tuple(SECTIONS), "standard": STANDARD, **{key: (key,) for key in SECTIONS}}
    asked = [part.strip().lower() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    wrong = [part for part in asked if part not in names]
    if wrong or not asked:
        known = ", ".join(names)
        raise EvaluatorError(phrase("cli.bad_sections", language, found=", ".join(wrong) or text, known=known))
    chosen = {key for part in asked for key in names[part]}
    return tuple(key for key in SECTIONS if key in chosen)


def make_document(
    material: Material, language: str, sections: Sequence[str] = STANDARD, *, attach: bool = False
) -> Document:
    """Build the sections asked for, in the order of a report; what has nothing to say is left out.

    ``attach`` adds the full table of results, which only a workbook carries.
    """
    evaluation = material.evaluation
    built: list[Section] = []
    title = _title(material, language, sections)
    for key in (name for name in SECTIONS if name in sections):
        blocks = SECTIONS[key](replace(material, alone=len(sections) == 1), language)
        if blocks:
            said = title if _titled(sections) else phrase(f"document.section.{key}", language)
            built.append(Section(key, said, blocks, apart=key in APART and bool(built)))
    return Document(
        title=title,
        subtitle=phrase("document.title.subtitle", language, date=format_date(evaluation.as_of, language)),
        language=language,
        day=evaluation.as_of,
        stamp=phrase(
            "score.stamp",
            language,
            as_of=format_date(evaluation.as_of, language),
            version=evaluation.version,
            fingerprint=evaluation.fingerprint,
        ),
        sections=tuple(built),
        attached=_attached(material, language) if attach and "ranking" in sections else {},
    )


def _titled(sections: Sequence[str]) -> bool:
    return len(sections) == 1 and sections[0] in TITLED


def _title(material: Material, language: str, sections: Sequence[str]) -> str:
    key = sections[0] if _titled(sections) else "report"
    title, place = phrase(f"document.title.{key}", language), say_place(material, language)
    year = material.evaluation.portfolio.year
    if not place:
        return title
    if not year:
        return phrase("document.title.place", language, title=title, place=place)
    return phrase("document.title.place_year", language, title=title, place=place, year=year)


def _attached(material: Material, language: str) -> dict[str, pd.DataFrame]:
    from evaluator.report.tables import tabulate_results  # noqa: PLC0415 - only for workbooks

    return {phrase("document.workbook", language): tabulate_results(material.evaluation, language)}


def write_document(document: Document, suffix: str) -> bytes:
    """The document as a file, ``.docx``, ``.pdf``, ``.html`` or ``.xlsx``; the same bytes for the same document."""
    match suffix:
        case ".docx":
            from evaluator.report.writers.docx import write_docx as write  # noqa: PLC0415 - one writer a document
        case ".pdf":
            from evaluator.report.writers.pdf import write_pdf as write  # noqa: PLC0415
        case ".html":
            from evaluator.report.writers.html import write_html as write  # noqa: PLC0415
        case ".xlsx":
            from evaluator.report.writers.xlsx import write_xlsx as write  # noqa: PLC0415
        case _:
            raise EvaluatorError(phrase("cli.suffix", document.language, found=suffix, known=" ".join(DOCUMENTS)))
    return write(document)
