"""From what the reader ticked to a file: the result with its drawn scores, the choice if asked for, the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evaluator.domain.errors import TableError
from evaluator.evaluation import Evaluation
from evaluator.income.findings import IncomeEffects
from evaluator.pages.answers import choose_plan
from evaluator.pages.inputs import with_draws
from evaluator.pages.memory import give_back
from evaluator.pages.plan import read_plan
from evaluator.report.compose import make_document, write_document
from evaluator.report.document import visible
from evaluator.report.sections import STANDARD
from evaluator.report.sections.material import Material
from evaluator.report.workshop import begun
from evaluator.selection import Selection

KINDS: Mapping[str, tuple[str, ...]] = {
    "committee": STANDARD,
    "questions": ("questions",),
    "sheets": ("sheets",),
    "notice": ("notice",),
    "own": (),
}
"""Documents people ask for, and the sections each has; the last one is ticked section by section."""
CHOOSING = frozenset({"choice", "notice"})
"""Sections that print a choice under a budget."""
FORMS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
_BARRED = '\\/:*?"<>|'
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader ticked: sections, language and form of the file, plan and rules file of a choice, first day.

    ``plan`` is that of ``pages.plan`` with its budget; empty for no choice.
    """

    sections: tuple[str, ...]
    language: str
    form: str
    plan: tuple[str, ...] = ()
    rules: str = ""
    notice_from: date | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A file ready to be handed out."""

    name: str
    data: bytes
    form: str


def make_report(evaluation: Evaluation, asked: Asked, income: IncomeEffects | None = None) -> Made:
    """Build the report, with the income effects where a panel is at hand.

    Raises ``EvaluatorError`` for a budget or rules that cannot be used.
    """
    with begun():
        try:
            return _make(evaluation, asked, income)
        finally:
            give_back()


def _make(evaluation: Evaluation, asked: Asked, income: IncomeEffects | None) -> Made:
    full = with_draws(evaluation)
    selection: Selection | None = None
    if asked.plan and CHOOSING & set(asked.sections):
        found = choose_plan(full, read_plan(asked.plan)[0], asked.rules, asked.language, core=True)
        if isinstance(found, TableError):
            raise found
        selection = found
    material = Material(full, selection=selection, notice_from=asked.notice_from, income=income)
    document = make_document(material, asked.language, asked.sections, attach=asked.form == "xlsx")
    data = write_document(document, f".{asked.form}")
    return Made(name_file(document.title, asked.form), data, asked.form)


def name_file(title: str, form: str) -> str:
    """The title as the name of a file that every system takes."""
    stem = visible(title).translate(dict.fromkeys(map(ord, _BARRED), " "))
    return f"{' '.join(stem.split())[:LONGEST_NAME].strip(' .')}.{form}"
