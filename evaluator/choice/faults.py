"""What a rules file may say, and every fault it holds, told at once: where, found, needed, remedy."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import pandas as pd

from evaluator.choice.rules import COUNT, DERIVED_NUMBERS, DERIVED_TEXT, FUNDS
from evaluator.choice.words import CHOICES_OF
from evaluator.domain.errors import Issue
from evaluator.domain.fields import FIELDS

WORD_KINDS = frozenset({"text", "category", "set", "product"})
PERSONAL = frozenset({"name", "project_id"})
WORDS = tuple(k for k, f in FIELDS.items() if f.kind in WORD_KINDS and k not in PERSONAL) + DERIVED_TEXT
NUMBERS = tuple(k for k, f in FIELDS.items() if f.is_number) + DERIVED_NUMBERS
MEASURES = (FUNDS, COUNT, *NUMBERS)
KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("budget_yuan", "fixed", "limit", "exclusive", "depends", "together", "partial", "continuing"),
    "fixed": ("in", "out"),
    "limit": ("name", "where", "measure", "at_least", "at_most", "of", "among", "each", "unknown"),
    "exclusive": ("name", "projects", "at_most"),
    "depends": ("name", "project", "needs", "any"),
    "together": ("name", "projects"),
    "partial": ("name", "projects", "where", "least_share"),
    "continuing": ("name", "within", "score_at_least"),
    "condition": ("at_least", "at_most", "not"),
}


@dataclass(slots=True)
class Faults:
    """The list of a portfolio as rules may name it, and the faults found so far."""

    ids: frozenset[str]
    apart: Mapping[str, str]
    table: pd.DataFrame
    clusters: bool
    file: str = ""
    issues: list[Issue] = field(default_factory=list)

    def add(self, code: str, where: str, found: object = "", *, severity: str = "error", **values: object) -> None:
        """One more fault, unless the same stands there already."""
        issue = Issue(code, severity, sheet=self.file, column=where, found=_show(found), values=values)  # type: ignore[arg-type]
        if issue not in self.issues:
            self.issues.append(issue)

    @property
    def grave(self) -> bool:
        """Whether the file cannot be used."""
        return any(issue.severity == "error" for issue in self.issues)

    def check_keys(self, given: Mapping[str, Any], kind: str, where: str) -> None:
        """Every key is one this kind of rule knows."""
        for key in given:
            if key not in KEYS[kind]:
                self.add("E_RULES_KEY", where, key, known=", ".join(_near(key, KEYS[kind])))

    def number(self, given: object, where: str, *, low: float = 0.0, high: float = math.inf) -> float | None:
        """A finite number in its range, else a fault and ``None``."""
        usable = isinstance(given, int | float) and not isinstance(given, bool) and math.isfinite(given)
        if not usable or not low <= float(given) <= high:  # type: ignore[arg-type]
            self.add("E_RULES_NUMBER", where, given, low=f"{low:,g}", high="∞" if high == math.inf else f"{high:,g}")
            return None
        return float(given)  # type: ignore[arg-type]

    def words(self, given: object, where: str) -> tuple[str, ...]:
        """One word or a list of words."""
        if given is None:
            self.add("E_RULES_MISSING", where)
            return ()
        cells = given if isinstance(given, list | tuple) else [given]
        if not cells or not all(isinstance(c, str | int) and not isinstance(c, bool) and str(c) for c in cells):
            self.add("E_RULES_LIST", where, given)
            return ()
        return tuple(dict.fromkeys(str(c) for c in cells))

    def projects(self, given: object, where: str, *, choosable: bool = False) -> tuple[str, ...]:
        """Ids of projects of the list; with ``choosable`` those that could be chosen at all."""
        ids = self.words(given, where)
        for project in ids:
            if project not in self.ids:
                near = ", ".join(_near(project, sorted(self.ids)))
                self.add("E_RULES_PROJECT", where, project, near=near or "–")
            elif choosable and project in self.apart:
                self.add("E_RULES_FIXED", where, project, reason=self.apart[project])
        return tuple(p for p in ids if p in self.ids)

    def field_name(self, given: object, where: str, known: Iterable[str]) -> str:
        """A field a rule may read, else a fault and an empty text."""
        names = tuple(known)
        if given == "cluster" and "cluster" in names and not self.clusters:
            self.add("E_RULES_CLUSTER", where, given)
            return ""
        if given not in names:
            self.add("E_RULES_FIELD", where, given, near=", ".join(_near(str(given), names)))
            return ""
        return str(given)

    def check_words(self, key: str, values: tuple[str, ...], where: str) -> None:
        """Words that a field can hold; one that no project of the list has is a note only."""
        known = CHOICES_OF.get(key)
        for value in values:
            if known is not None and value not in known:
                self.add("E_RULES_VALUE", where, value, known=", ".join(known))
            elif value not in _held(self.table, key):
                near = ", ".join(_near(value, sorted(_held(self.table, key)))) or "–"
                self.add("W_RULES_NO_MATCH", where, value, severity="warning", near=near)


def _held(table: pd.DataFrame, key: str) -> frozenset[str]:
    cells = table[key].dropna()
    return frozenset(str(word) for cell in cells for word in (cell if isinstance(cell, tuple | list) else [cell]))


def _near(word: str, known: Iterable[str]) -> list[str]:
    names = list(known)
    return get_close_matches(word, names, n=3, cutoff=0.4) or names[:8]


def _show(found: object) -> str:
    return found if isinstance(found, str) else "" if found is None else str(found)
