"""Copied applications in words: which projects carry one text, as a sentence and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from evaluator.language import phrase
from evaluator.report.numbers import format_percent

if TYPE_CHECKING:
    from evaluator.criteria.copies import CopyGroup
    from evaluator.evaluation import Evaluation

NAMED = 10
EXACT = 0.9995


def say_copies(evaluation: Evaluation, language: str) -> tuple[str, ...]:
    """One sentence a group of copied applications, largest first; one that none was found."""
    if not evaluation.copies:
        return (phrase("copies.none", language),)
    return tuple(
        phrase(
            f"copies.group{_exact(group)}",
            language,
            count=len(group.project_ids),
            likeness=format_percent(group.likeness, language),
            names=_name_projects(group, evaluation, language),
        )
        for group in evaluation.copies
    )


def say_copy(evaluation: Evaluation, project_id: str, language: str) -> str:
    """Which other applications carry the text of one project; empty where none does."""
    for group in evaluation.copies:
        if project_id in group.project_ids:
            others = replace(group, project_ids=tuple(key for key in group.project_ids if key != project_id))
            return phrase(
                f"copies.with{_exact(group)}",
                language,
                likeness=format_percent(group.likeness, language),
                names=_name_projects(others, evaluation, language),
            )
    return ""


def tabulate_copies(evaluation: Evaluation, language: str) -> pd.DataFrame:
    """Groups of copied applications, a row each, with titles in the language."""
    titles = [phrase(f"copies.column_{key}", language) for key in ("count", "likeness", "names")]
    rows = [
        (
            len(group.project_ids),
            format_percent(group.likeness, language),
            _name_projects(group, evaluation, language),
        )
        for group in evaluation.copies
    ]
    return pd.DataFrame(rows, columns=titles)


def _exact(group: CopyGroup) -> str:
    """Texts that are word for word the same are not “at least 100 % alike”."""
    return "_exact" if group.likeness > EXACT else ""


def _name_projects(group: CopyGroup, evaluation: Evaluation, language: str) -> str:
    names = dict(
        zip(map(str, evaluation.portfolio.frame.index), evaluation.portfolio.frame["name"].tolist(), strict=True)
    )
    shown = [str(names.get(key) or key) for key in group.project_ids[:NAMED]]
    if rest := len(group.project_ids) - len(shown):
        shown.append(phrase("copies.more", language, count=rest))
    return phrase("format.list_comma", language).join(shown)
