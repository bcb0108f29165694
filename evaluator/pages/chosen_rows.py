"""The rows of a choice: candidates by decision and firmness, and the points of a frontier."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from evaluator.choice.core import CoreIndex
from evaluator.choice.frontier import FrontierPoint
from evaluator.language import phrase
from evaluator.pages.text import say
from evaluator.report import wording
from evaluator.report.chosen import TRACE
from evaluator.report.selected import decide, tabulate_chosen
from evaluator.selection import Selection

MOST_ROWS = 200
"""Candidates that are sent to the screen; the file holds all."""
SHOWN = ("funded", "borderline", "not_funded", "all")
"""What the table of candidates can be narrowed to."""


def with_core(selection: Selection, core: CoreIndex) -> Selection:
    """The selection with how firm each place in it is."""
    return replace(selection, core=core)


def _ids_of(selection: Selection, core: CoreIndex, shown: str) -> list[str]:
    decided = {key: what for key, what in decide(selection).items() if what != "apart"}
    if shown == "funded":
        return [key for key, what in decided.items() if what in ("fund", "part")]
    if shown == "not_funded":
        return [key for key, what in decided.items() if what == "no"]
    if shown == "borderline":
        return [key for key in decided if core.place.get(key) == "borderline"]
    return list(decided)


def count_shown(selection: Selection, core: CoreIndex) -> dict[str, int]:
    """How many candidates each narrowing shows."""
    return {shown: len(_ids_of(selection, core, shown)) for shown in SHOWN}


def candidate_rows(
    selection: Selection, core: CoreIndex, shown: str, language: str, *, most: int = MOST_ROWS
) -> pd.DataFrame:
    """The first candidates as a table people read, funded first, then by how firmly they belong; index project id."""
    kept, shares = _ids_of(selection, core, shown), selection.shares
    index = dict(zip(core.ids, core.index.tolist(), strict=True))
    kept.sort(key=lambda key: (key not in shares, -index.get(key, 0.0)))
    table = tabulate_chosen(with_core(selection, core), language, all_candidates=True, ids=kept[:most])
    table.isetitem(0, selection.evaluation.portfolio.labels.loc[table.index].to_numpy(object))  # names told apart
    decision, place = (phrase(f"chosen.column.{key}", language) for key in ("decision", "place"))
    plain_decision = shown in ("funded", "not_funded") and table[decision].nunique() == 1  # the heading says it already
    first = [key for key in (place, decision) if key in table and not (key == decision and plain_decision)]
    rest = [key for key in table.columns[1:] if key not in (place, decision)]
    return table[[table.columns[0], *first, *rest]]


def is_flat(points: Sequence[FrontierPoint]) -> bool:
    """Whether a frontier has nothing to show: one portfolio, or all of them as good as without risk."""
    return len(points) < 2 or points[0].found < TRACE


def frontier_rows(points: Sequence[FrontierPoint], language: str, *, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The portfolios of a frontier for ``draw_frontier``, safest first; the one that funds ``chosen`` is marked."""
    largest = max(point.choice.value for point in points)
    here = {place for place, point in enumerate(points) if point.choice.chosen == chosen}
    rows = [
        {
            "found": point.found,
            "value": point.choice.value / largest,
            "here": place in here,
            "label": say("choose.here", language) if place in here else "",
            "found_text": wording.format_percent(point.found, language),
            "value_text": wording.format_percent(point.choice.value / largest, language),
            "projects": wording.format_quantity(len(point.choice.chosen), "projects", language),
        }
        for place, point in enumerate(points)
    ]
    return pd.DataFrame(rows[::-1])
