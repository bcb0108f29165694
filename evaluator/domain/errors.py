"""What can be wrong with an input, and the errors a caller may catch.

An ``Issue`` holds facts only (a code, where, what was found); its words come from the language
catalogue under ``issue.<code>``, so that every screen, report and exception says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evaluator.language import has_phrase, phrase, slug

LONGEST_FOUND = 120
"""Characters of a refused value that a message repeats."""
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to know about an input: where it stands, what was found, what is needed.

    ``row`` is the 1-based row of the sheet as a person sees it, ``column`` the heading (or the
    spreadsheet letters when there is none). ``values`` fills the placeholders of the phrase.
    ``severity``: ``error`` left something out, ``warning`` changed or doubted a reading, ``note`` informs.
    """

    code: str
    severity: Severity
    sheet: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def _say(self, part: str, language: str) -> str:
        facts = {"sheet": self.sheet, "row": self.row or "", "column": self.column, "found": self.found}
        values = dict(self.values)
        if "low" in values and "high" in values:  # a range of the form: as people write numbers and units
            values |= {end: _say_number(values[end]) for end in ("low", "high")}
            values["unit"] = _say_unit(str(values.get("unit", "")), language)
        return phrase(f"issue.{self.code}.{part}", language, **{**facts, **values})

    def message(self, language: str = "en") -> str:
        """What is the matter, in one sentence."""
        return self._say("message", language)

    def needed(self, language: str = "en") -> str:
        """What is needed instead."""
        return self._say("needed", language)

    def remedy(self, language: str = "en") -> str:
        """What to do."""
        return self._say("remedy", language)

    def where(self) -> str:
        """The address in the file, e.g. ``Sheet1!12 · 资金金额``; empty when the whole file is meant."""
        cell = "!".join(str(part) for part in (self.sheet, self.row) if part)
        return " · ".join(part for part in (cell, self.column) if part)


class EvaluatorError(ValueError):
    """Base of every error this package raises on purpose."""


class TableError(EvaluatorError):
    """An input table cannot be used; ``issues`` lists every fault found."""

    def __init__(self, *issues: Issue) -> None:
        self.issues = issues
        super().__init__("\n".join(self.lines("en")))

    def __reduce__(self) -> tuple[type["TableError"], tuple[Issue, ...]]:
        return type(self), self.issues  # so that it survives the way between processes

    def lines(self, language: str = "en") -> list[str]:
        """One line a fault: where, what was found, what is needed, what to do."""
        return [
            " ".join(part for part in (i.where(), i.message(language), i.needed(language), i.remedy(language)) if part)
            for i in self.issues
        ]


class SettingsError(EvaluatorError):
    """A setting is impossible; says the key, the value found and what is needed (phrase ``error.need.<need>``).

    ``others`` are the further impossible settings of the same rule book.
    """

    def __init__(self, key: str, found: object, need: str, **values: object) -> None:
        self.key, self.found, self.need, self.values = key, found, need, values
        self.others: tuple[SettingsError, ...] = ()
        super().__init__(self.message("en"))

    @classmethod
    def together(cls, faults: Sequence["SettingsError"]) -> "SettingsError":
        """The first of some faults, with the rest of them as its ``others``."""
        first, *rest = (each for fault in faults for each in (fault, *fault.others))
        met = cls(first.key, first.found, first.need, **first.values)
        met.others = tuple(rest)
        met.args = (met.message("en"),)
        return met

    def lines(self, language: str = "en") -> list[str]:
        """One sentence a fault: the key, the value found, what is needed."""
        return [self._say(language), *(fault.message(language) for fault in self.others)]

    def message(self, language: str) -> str:
        """The fault in one sentence, in ``en`` or ``zh``; of several, one sentence a line."""
        return "\n".join(self.lines(language))

    def _say(self, language: str) -> str:
        values = dict(self.values)
        if "unit" in values:
            values["unit"] = _say_unit(str(values["unit"]), language)
        needed = phrase(f"error.need.{self.need}", language, **values)
        found = (
            repr(self.found).replace("(", "[").replace(")", "]") if isinstance(self.found, tuple) else repr(self.found)
        )
        shown = found if len(found) <= LONGEST_FOUND else f"{found[:LONGEST_FOUND]}…"
        key = "error.no_setting" if self.need == "known_key" else "error.setting"
        return phrase(key, language, key=self.key, found=shown, needed=needed)


def _say_number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _say_unit(unit: str, language: str) -> str:
    """A unit in the reader's language, as it stands where the catalogue does not know it."""
    key = f"unit.{slug(unit)}"
    return phrase(key, language) if has_phrase(key, language) else unit
