"""What takes longer than a move should: worked out when a page asks, kept for a while."""

from collections.abc import Sequence

import streamlit as st

from evaluator.categories import Categories, propose_categories
from evaluator.criteria.downside import Downside, Progress
from evaluator.criteria.drivers import Drivers
from evaluator.criteria.robustness import Pairwise
from evaluator.evaluation import Evaluation
from evaluator.pages.book import measured_book
from evaluator.provenance import fingerprint_of


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _measure_drivers(fingerprint: str, _evaluation: Evaluation) -> Drivers:
    return _evaluation.measure_drivers()


def drivers(result: Evaluation) -> Drivers | None:
    """What drives totals and order; ``None`` for a list too long for it."""
    return _measure_drivers(result.fingerprint, result) if result.in_depth and len(result.scored) else None


@st.cache_resource(show_spinner=False, max_entries=12, scope="session")
def _compare(mark: str, rows: tuple[int, ...], _evaluation: Evaluation) -> Pairwise:
    return _evaluation.compare(rows)


def pairs(result: Evaluation, rows: Sequence[int]) -> Pairwise:
    """How often each of these rows beats each other; a weight moved on a slider asks for nothing anew."""
    return _compare(_unweighed(result), tuple(rows), result)


@st.cache_resource(show_spinner=False, scope="session")
def _downsides() -> dict[str, Downside]:
    """What a bad year leaves, by what it was drawn from; the last one only."""
    return {}


def downside(result: Evaluation, progress: Progress | None = None) -> Downside:
    """What a bad year leaves to households; drawn once, whatever the weights, telling ``progress`` the share done."""
    kept, mark = _downsides(), _unweighed(result)
    if mark not in kept:
        found = result.downside(progress=progress)
        kept.clear()
        kept[mark] = found
    return kept[mark]


def _unweighed(result: Evaluation) -> str:
    """Equal for results that differ in the stated weights alone."""
    return fingerprint_of(result.mark, measured_book(result.settings), result.as_of, result.top)


@st.cache_resource(show_spinner=False, max_entries=4, scope="session")
def _categories(fingerprint: str, _evaluation: Evaluation) -> Categories:
    tables = {name: _evaluation.tables[name] for name in ("places", "markets", "prices", "vacancies")}
    listed = _evaluation.portfolio if _evaluation.register is None else _evaluation.register
    return propose_categories(listed, **tables, settings=_evaluation.settings, as_of=_evaluation.as_of)


def categories(result: Evaluation) -> Categories:
    """The four categories of the register's existing projects; without a register those of the list's own."""
    return _categories(result.fingerprint, result)
