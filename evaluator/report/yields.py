"""Yields above the average of the area, in words and as JSON keys: what was stated, and what it was cut back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluator.language import phrase
from evaluator.report.checked import Table
from evaluator.report.numbers import format_number
from evaluator.report.plain import plain

if TYPE_CHECKING:
    from evaluator.evaluation import Evaluation


def say_yield(evaluation: Evaluation, project_id: str, language: str) -> str | None:
    """One sentence on a yield that was cut back; ``None`` where none was."""
    row = list(map(str, evaluation.scored)).index(project_id)
    yields = evaluation.advantage.yields
    if not yields.cut[row]:
        return None
    stated, average = (format_number(float(values[row]), language) for values in (yields.stated, yields.average))
    return phrase("yields.cut", language, stated=stated, average=average)


def describe_yields(evaluation: Evaluation) -> list[Table]:
    """``yield_kg``, ``average_yield_kg`` (a mu, or a head) and ``yield_cut`` of each scored project."""
    yields = evaluation.advantage.yields
    return [
        {"yield_kg": plain(stated), "average_yield_kg": plain(average), "yield_cut": bool(cut)}
        for stated, average, cut in zip(yields.stated, yields.average, yields.cut, strict=True)
    ]


def no_yield() -> Table:
    """The same keys of a project that is not scored."""
    return {"yield_kg": None, "average_yield_kg": None, "yield_cut": False}
