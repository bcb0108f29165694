"""What if the facts were different: a project's numbers changed by hand, and what that does to its scores and signs."""

import pandas as pd
import streamlit as st

from evaluator.domain.edits import with_facts
from evaluator.domain.fields import FIELDS
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.flags import SIGNS
from evaluator.pages import figures, state
from evaluator.pages.text import plain, say
from evaluator.report import wording

MOST_FACTS = 9
UNITS = ("yuan", "yuan a month", "years", "months", "days", "hours", "minutes", "households", "posts", "days a year")
USUAL = (
    "yearly_benefit_yuan",
    "benefit_years",
    "signed_offtake_share",
    "evidence_grade",
    "training_days",
    "investment_yuan",
    "yearly_household_benefit_yuan",
    "value_added_share",
    "yearly_subsidy_yuan",
    "contract_months",
    "wage_yuan_month",
)
"""Facts that are offered after those a project still owes."""


def offered_facts(evaluation: Evaluation, key: str) -> tuple[str, ...]:
    """The numbers worth changing: those to ask for next, then the usual ones that are known."""
    frame = evaluation.portfolio.frame
    asked = [question.field for question in evaluation.questions.get(key, ()) if FIELDS[question.field].is_number]
    stated = frame.loc[key, list(USUAL)].notna()
    known = [field for field in USUAL if stated[field]]
    return tuple(dict.fromkeys([*asked[: MOST_FACTS - 4], *known]))[:MOST_FACTS]


def compare_rows(before: Evaluation, after: Evaluation, key: str, language: str) -> pd.DataFrame:
    """Total, criteria, signs and level of one project before and after the change; all cells text."""
    rows = [figures.position_of(result, key) for result in (before, after)]
    found: list[tuple[str, list[str]]] = []
    cards = [result.scorecard for result in (before, after)]
    totals = [
        wording.format_interval(card.total[row], card.low[row], card.high[row], language)
        for card, row in zip(cards, rows, strict=True)
    ]
    found.append((say("what_if.total", language), totals))
    for name in CRITERIA:
        scores = [card.criteria[name] for card in cards]
        shown = [
            wording.format_interval(score.score[row], score.low[row], score.high[row], language)
            for score, row in zip(scores, rows, strict=True)
        ]
        found.append((wording.say_criterion(name, language), shown))
    for sign in SIGNS:
        degrees = [float(result.flags.signs[sign].loc[key]) for result in (before, after)]
        found.append((wording.say_sign_name(sign, language), [wording.format_share(d, language) for d in degrees]))
    levels = [wording.say_level(str(result.flags.level[key]), language) for result in (before, after)]
    found.append((say("what_if.level", language), levels))
    columns = [say(f"what_if.{column}", language) for column in ("what", "before", "after")]
    return pd.DataFrame([(name, *pair) for name, pair in found], columns=columns)


def show_what_if(evaluation: Evaluation, key: str, language: str) -> None:
    """Draw the form and, once facts were changed, what they change; the list itself stays as it was read."""
    st.subheader(say("what_if.title", language), anchor=False)
    st.caption(say("what_if.note", language))
    stated = _stated(evaluation, key)
    facts: dict[str, float | None] = state.recall(f"what_if_{key}", {})
    with st.form(f"what_if_{key}_{state.turn('what_if')}", border=True):
        columns = st.columns(3)
        typed = {
            field: columns[place % 3].number_input(
                _label(evaluation, field, language),
                value=facts.get(field, value),
                min_value=_bound(field, low=True),
                max_value=_bound(field, low=False),
                format=_format(value),
                help=plain(FIELDS[field].meaning(language)),
                key=f"what_if_{key}_{field}_{state.turn('what_if')}",
            )
            for place, (field, value) in enumerate(stated.items())
        }
        if st.form_submit_button(say("what_if.apply", language), type="primary"):
            facts = {field: value for field, value in typed.items() if value != stated[field]}
            state.remember(f"what_if_{key}", facts)
    if not facts:
        return
    mark = f"{evaluation.fingerprint}:{key}:{sorted(facts.items())}"
    after = state.evaluation_of(with_facts(evaluation.portfolio, key, _inside(facts)), mark)
    st.info(say("what_if.changed", language, facts=", ".join(FIELDS[field].title(language) for field in facts)))
    rows = compare_rows(evaluation, after, key, language)
    st.dataframe(rows, hide_index=True, key="what_if_rows", alt=say("what_if.title", language), height="content")
    st.button(say("what_if.reset", language), on_click=_forget, args=(key,), icon=":material/undo:")


def _forget(key: str) -> None:
    state.remember(f"what_if_{key}", {})
    state.begin_anew("what_if")


def _stated(evaluation: Evaluation, key: str) -> dict[str, float | None]:
    """The facts as they stand, in the units of the form: shares as percent."""
    portfolio = evaluation.portfolio
    found: dict[str, float | None] = {}
    for field in offered_facts(evaluation, key):
        table = portfolio.amounts if field in portfolio.amounts else portfolio.frame
        value = float(table[field].to_numpy(float)[table.index.get_indexer(pd.Index([key]))[0]])
        found[field] = None if pd.isna(value) else value * _scale(field)
    return found


def _inside(facts: dict[str, float | None]) -> dict[str, float | None]:
    return {field: None if value is None else value / _scale(field) for field, value in facts.items()}


def _scale(field: str) -> float:
    return 100.0 if FIELDS[field].kind == "share" else 1.0


def _format(value: float | None) -> str:
    return "%.0f" if value is None or float(value).is_integer() else "%.2f"


def _bound(field: str, *, low: bool) -> float | None:
    bound = FIELDS[field].low if low else FIELDS[field].high
    return None if bound is None else float(bound) * _scale(field)


def _label(evaluation: Evaluation, field: str, language: str) -> str:
    unit = "%" if FIELDS[field].kind == "share" else _unit(evaluation, field, language)
    title = FIELDS[field].title(language)
    return plain(f"{title} ({unit})" if unit else title)


def _unit(evaluation: Evaluation, field: str, language: str) -> str:
    unit = FIELDS[field].unit
    if FIELDS[field].kind == "money" and evaluation.portfolio.currency != "CNY":
        return evaluation.portfolio.currency
    return say(f"what_if.units.{unit.replace(' ', '_')}", language) if unit in UNITS else ""
