"""What takes longer than a move should: worked out when a page asks, kept for a while."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from evaluator.categories import Categories, propose_categories
from evaluator.criteria.drivers import Drivers
from evaluator.evaluation import Evaluation
from evaluator.pages.book import measured_book
from evaluator.pages.inputs import PAIRED, with_draws


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _measure_drivers(fingerprint: str, _evaluation: Evaluation) -> Drivers:
    return _evaluation.measure_drivers()


def drivers(result: Evaluation) -> Drivers | None:
    """What drives totals and order; ``None`` for a list too long for it."""
    return _measure_drivers(result.fingerprint, result) if result.in_depth and len(result.scored) else None


@st.cache_resource(show_spinner=False, max_entries=12, scope="session")
def _drawn(mark: str, what: tuple[object, ...], _evaluation: Evaluation, _say: Callable[[Evaluation], Any]) -> Any:  # noqa: ANN401 - whatever is said of the draws
    return _say(with_draws(_evaluation))


def from_draws(result: Evaluation, what: tuple[object, ...], say: Callable[[Evaluation], Any]) -> Any:  # noqa: ANN401
    """What ``say`` makes of the result with its drawn scores, kept under ``what``; ``None`` where the list is long."""
    if len(result.scored) > PAIRED:
        return None
    mark = f"{result.mark}:{result.as_of}:{measured_book(result.settings).to_toml()}"  # draws know no stated weight
    return _drawn(mark, what, result, say)


@st.cache_resource(show_spinner=False, max_entries=4, scope="session")
def _categories(fingerprint: str, _evaluation: Evaluation) -> Categories:
    tables = {name: _evaluation.tables[name] for name in ("places", "markets", "prices", "vacancies")}
    register = _evaluation.register
    assert register is not None
    return propose_categories(register, **tables, settings=_evaluation.settings, as_of=_evaluation.as_of)


def categories(result: Evaluation) -> Categories | None:
    """The four categories of the register's existing projects; ``None`` without a register."""
    return None if result.register is None else _categories(result.fingerprint, result)
