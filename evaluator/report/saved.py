"""A result as a case to keep, and a kept case held against what it gives now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.domain.case import Case
from evaluator.domain.edits import Edits
from evaluator.language import phrase
from evaluator.report.numbers import format_interval, format_score

if TYPE_CHECKING:
    from evaluator.domain.portfolio import Portfolio
    from evaluator.evaluation import Evaluation

NUMBERS = ("total", "low", "high", "rank", "rank_low", "rank_high", "severity")
"""What is kept of every scored project beside its level."""
CLOSE = 1e-6
"""Difference of points or ranks that is none: machines may differ in the last bits."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a kept case gives now, beside what was kept.

    ``projects`` differ by more than ``CLOSE`` or in their level; ``largest`` is the largest change of a total, points.
    """

    projects: tuple[str, ...] = ()
    largest: float = 0.0


def make_case(
    evaluation: Evaluation,
    *,
    read: Portfolio | None = None,
    facts: Edits | None = None,
    view: Mapping[str, tuple[str, ...]] | None = None,
    page: str = "",
    files: Mapping[str, str] | None = None,
    now: datetime,
) -> Case:
    """The case of a result; ``read`` is the list before ``facts`` were changed by hand (else the evaluated list)."""
    return Case(
        projects=evaluation.portfolio if read is None else read,
        register=evaluation.register,
        places=evaluation.tables["places"],
        markets=evaluation.tables["markets"],
        prices=evaluation.tables["prices"],
        vacancies=evaluation.tables["vacancies"],
        flows=evaluation.flows,
        facts=facts or {},
        settings=evaluation.settings,
        as_of=evaluation.as_of,
        top=evaluation.top,
        view=view or {},
        page=page,
        files=files or {},
        version=evaluation.version,
        fingerprint=evaluation.fingerprint,
        saved=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        outcome=outcome_of(evaluation),
    )


def outcome_of(evaluation: Evaluation) -> pd.DataFrame:
    """The numbers a result shows of every scored project: ``NUMBERS`` and ``level``, index ``project_id``."""
    card, flags = evaluation.scorecard, evaluation.flags
    columns = {key: getattr(card, key) for key in NUMBERS if key != "severity"}
    index = pd.Index([str(project) for project in evaluation.scored], dtype=object, name="project_id")
    table = pd.DataFrame({**columns, "severity": flags.severity.to_numpy()}, index=index).astype("float64")
    return table.assign(level=pd.Series([str(level) for level in flags.level], index=index, dtype=object))


def compare_outcomes(kept: pd.DataFrame, now: pd.DataFrame) -> Difference:
    """Which projects have other numbers now than were kept; a project that only one of the two has differs too."""
    both = kept.index.intersection(now.index, sort=False)
    lone = kept.index.symmetric_difference(now.index, sort=False)
    a, b = kept.loc[both], now.loc[both]
    numbers = list(NUMBERS)
    apart = ~np.isclose(a[numbers].to_numpy(float), b[numbers].to_numpy(float), rtol=0, atol=CLOSE, equal_nan=True)
    other = apart.any(axis=1) | (a["level"].to_numpy() != b["level"].to_numpy())
    change = np.abs(a["total"].to_numpy(float) - b["total"].to_numpy(float))
    largest = float(np.nanmax(change, initial=0.0)) if len(both) else 0.0
    return Difference((*map(str, both[other]), *map(str, lone)), largest)


def tabulate_difference(
    kept: pd.DataFrame, now: pd.DataFrame, projects: tuple[str, ...], language: str
) -> pd.DataFrame:
    """Totals and ranks as they were kept and as they are now, one row a project that differs."""

    def said(table: pd.DataFrame, project: str) -> tuple[str, str]:
        if project not in table.index:
            return format_score(None), format_score(None)
        total, low, high, rank = (float(str(table.at[project, key])) for key in ("total", "low", "high", "rank"))
        return format_interval(total, low, high, language), format_score(rank, language)

    keys = ("project_id", "total_kept", "total_now", "rank_kept", "rank_now")
    rows = [(project, *_woven(said(kept, project), said(now, project))) for project in projects]
    return pd.DataFrame(rows, columns=[phrase(f"saved.column.{key}", language) for key in keys], dtype=object)


def _woven(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str, str, str]:
    return first[0], second[0], first[1], second[1]
