"""What the portfolio pages measure beside an evaluation, when asked: the network, a move, one project less."""

import pandas as pd
import streamlit as st

from evaluator.balance import measure_marginal
from evaluator.evaluation import Evaluation
from evaluator.network import Move, MoveEffect, Network, arrange
from evaluator.reference.places import townships


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _network(fingerprint: str, county: str | None, _evaluation: Evaluation) -> Network:
    return _evaluation.network(county=county)


def network(evaluation: Evaluation, county: str | None) -> Network:
    """The look-alike network of a county; of the one most projects stand in unless named."""
    return _network(evaluation.fingerprint, county, evaluation)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _positions(fingerprint: str, county: str | None, _network: Network) -> pd.DataFrame:
    return arrange(_network)


def positions(evaluation: Evaluation, drawn: Network) -> pd.DataFrame:
    """Where the projects of a network stand in its picture."""
    return _positions(evaluation.fingerprint, drawn.county, drawn)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _moved(fingerprint: str, project: str, move: Move, _evaluation: Evaluation) -> MoveEffect:
    return _evaluation.what_if_moved(project, move)


def moved(evaluation: Evaluation, project: str, move: Move) -> MoveEffect:
    """What a move of one project changes for everyone."""
    return _moved(evaluation.fingerprint, project, move, evaluation)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _marginal(fingerprint: str, ids: tuple[str, ...] | None, _evaluation: Evaluation) -> pd.DataFrame:
    return measure_marginal(_evaluation.balance, ids=ids)


def marginal(evaluation: Evaluation, ids: tuple[str, ...] | None) -> pd.DataFrame:
    """What projects do to each measure of the balance, of all projects unless named."""
    return _marginal(evaluation.fingerprint, ids, evaluation)


def counties_of(evaluation: Evaluation) -> list[str]:
    """Codes of the counties that list and register stand in: the list's own, most projects first, then the others."""
    counted: dict[str, int] = {}
    for portfolio in (evaluation.portfolio, evaluation.register):
        if portfolio is not None:
            found = portfolio.frame["place_code"].dropna().astype(str).value_counts()
            for code, count in found.items():
                counted.setdefault(str(code), int(count))
    own = evaluation.portfolio.place_code
    if not counted and own:
        counted[own] = 0
    return list(counted)


def places_of(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Every township of list and register as (county code, name), and all of the embedded lists; own county first."""
    found: dict[tuple[str, str], None] = {}
    codes = counties_of(evaluation)
    for code in codes:
        found |= dict.fromkeys((code, name) for name in sorted(townships(code).values()))
    for portfolio in (evaluation.portfolio, evaluation.register):
        if portfolio is not None:
            frame = portfolio.frame[["place_code", "township"]].copy()
            frame["place_code"] = frame["place_code"].fillna(portfolio.place_code)
            for code, name in frame.dropna().drop_duplicates().itertuples(index=False):
                found.setdefault((str(code), str(name)))
    order = {code: at for at, code in enumerate(codes)}
    return sorted(found, key=lambda place: order.get(place[0], len(order)))


def most_alike(evaluation: Evaluation) -> str:
    """The scored project with the largest likeness to its neighbours; the first where none is known."""
    h = pd.Series(evaluation.homogeneity.h, index=evaluation.scored).astype(float)
    return str(h.idxmax()) if h.notna().any() else str(evaluation.scored[0])
