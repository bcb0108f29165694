"""What a plan answers: the portfolio chosen, how firm it is, what safety costs; kept for a while.

Results are kept without the drawn scores: they are large and serve the core index and the frontiers only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from evaluator.balance import Balance
from evaluator.choice.chosen import Choice
from evaluator.choice.core import CoreIndex, measure_core
from evaluator.choice.frontier import MEASURES, FrontierPoint, trace_frontier
from evaluator.choice.problem import Problem
from evaluator.domain.errors import TableError
from evaluator.evaluation import Evaluation
from evaluator.pages.inputs import with_draws
from evaluator.pages.plan import PERCENTS, Plan, rules_toml, write_plan
from evaluator.pages.text import say
from evaluator.report.funding import write_choice
from evaluator.selection import Selection, choose

ASSUMED_SHARE, ROUNDED_TO = 0.5, 10_000.0


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firmly each project belongs to a portfolio, and its frontiers by measure."""

    core: CoreIndex
    frontiers: Mapping[str, tuple[FrontierPoint, ...]]


def assumed_budget(evaluation: Evaluation) -> float:
    """The budget where none is given: half of what the scored projects ask for, at least the cheapest one's, yuan."""
    cost = evaluation.portfolio.frame.loc[evaluation.scored, evaluation.settings.choice.cost]
    stated = cost[cost > 0]
    half = float(np.floor(ASSUMED_SHARE * stated.sum() / ROUNDED_TO)) * ROUNDED_TO
    cheapest = float(np.ceil(stated.min() / ROUNDED_TO)) * ROUNDED_TO if len(stated) else 0.0
    return max(ROUNDED_TO, half, cheapest)


def complete(plan: Plan, evaluation: Evaluation) -> Plan:
    """The plan with a budget and a definition of value."""
    budget = assumed_budget(evaluation) if plan.budget is None else plan.budget
    return replace(plan, budget=budget, value=plan.value or evaluation.settings.choice.value)


def rules_of(plan: Plan, language: str) -> str:
    """The simple rules of a plan as a rules file, named in the reader's language."""
    keys = (*PERCENTS, "continuing")
    return rules_toml(plan, {key: say(f"choose.rule.{key}", language) for key in keys})


def choose_plan(
    evaluation: Evaluation, plan: Plan, toml: str, language: str, *, core: bool = False
) -> Selection | TableError:
    """The best portfolio of a plan, or the faults of its budget and rules; a rules file stands before simple rules.

    ``core`` also measures how firmly each project belongs to it, which needs the drawn scores.
    """
    asked = complete(plan, evaluation)
    settings = evaluation.settings.with_values({"choice.value": asked.value})
    rules = toml or rules_of(asked, language)
    try:
        return choose(evaluation, budget_yuan=asked.budget, rules=rules or None, settings=settings, core=core)
    except TableError as fault:
        return fault


def measure_firmness(selection: Selection) -> Firmness:
    """Core, borderline and out over plausible weights and facts, and the two frontiers."""
    drawn = _with_draws(selection)
    frontiers = {name: _trace(drawn.problem, drawn.choice, name, selection.problem) for name in MEASURES}
    return Firmness(core=measure_core(drawn.problem), frontiers=frontiers)


def write_files(selection: Selection, firm: Firmness, suffix: str, language: str) -> bytes:
    """The choice as a file, as the command line writes it."""
    whole = replace(_with_draws(selection), core=firm.core)
    return write_choice(whole, suffix, language, frontiers=firm.frontiers)


def _with_draws(selection: Selection) -> Selection:
    """The selection with all drawn scores, for as long as they are needed."""
    problem = replace(selection.problem, scorecard=with_draws(selection.evaluation).scorecard)
    return replace(selection, choice=replace(selection.choice, problem=problem))


def _trace(drawn: Problem, start: Choice, measure: str, kept: Problem) -> tuple[FrontierPoint, ...]:
    """A frontier by the drawn scores, its portfolios kept without them."""
    points = trace_frontier(drawn, start, measure=measure)
    return tuple(replace(point, choice=replace(point.choice, problem=kept)) for point in points)


# --- kept for a visit


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _choose(
    fingerprint: str, asked: tuple[str, ...], toml: str, language: str, _plan: Plan, _evaluation: Evaluation
) -> Selection | TableError:
    return choose_plan(_evaluation, _plan, toml, language)


def answer(evaluation: Evaluation, plan: Plan, toml: str, language: str) -> Selection | TableError:
    """``choose_plan``, kept."""
    asked = complete(plan, evaluation)
    return _choose(evaluation.fingerprint, write_plan(asked), toml, language, asked, evaluation)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _firmness(fingerprint: str, _selection: Selection) -> Firmness:
    return measure_firmness(_selection)


def firmness(selection: Selection) -> Firmness:
    """``measure_firmness``, kept."""
    return _firmness(selection.fingerprint, selection)


@st.cache_resource(show_spinner=False, max_entries=6, scope="session")
def _balance(fingerprint: str, _selection: Selection) -> Balance:
    return _selection.balance()


def balance(selection: Selection) -> Balance:
    """The balance of what is chosen, kept."""
    return _balance(selection.fingerprint, selection)
