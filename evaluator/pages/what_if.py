"""Facts of one project changed by hand: the form, and what the change does to its scores, signs and place."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from evaluator.domain.errors import TableError
from evaluator.domain.fields import FIELDS
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.flags import SIGNS
from evaluator.language import LANGUAGES
from evaluator.pages import changes, figures, state
from evaluator.pages.fact_inputs import EDITABLE, meant_fact, show_input, shown_fact
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.changed import say_edit

MOST_FACTS = 9
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
    """The facts worth changing: those to ask for next, then the usual ones that are known."""
    frame = evaluation.portfolio.frame
    asked = [question.field for question in evaluation.questions.get(key, ()) if question.field in EDITABLE]
    stated = frame.loc[key, list(USUAL)].notna()
    known = [field for field in USUAL if stated[field]]
    return tuple(dict.fromkeys([*asked[: MOST_FACTS - 4], *known]))[:MOST_FACTS]


def compare_rows(before: Evaluation, after: Evaluation, key: str, language: str) -> pd.DataFrame:
    """Total, rank, criteria, signs and level of one project before and after the change; all cells text."""
    rows = [figures.position_of(result, key) for result in (before, after)]
    found: list[tuple[str, list[str]]] = []
    cards = [result.scorecard for result in (before, after)]
    totals = [
        wording.format_interval(card.total[row], card.low[row], card.high[row], language)
        for card, row in zip(cards, rows, strict=True)
    ]
    found.append((say("what_if.total", language), totals))
    ranks = [
        wording.format_rank(
            int(card.rank[row]), int(card.rank_low[row]), int(card.rank_high[row]), bool(card.judged[row]), language
        )
        for card, row in zip(cards, rows, strict=True)
    ]
    found.append((say("what_if.rank", language), ranks))
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
    """Draw the form and, once facts were changed, what they change; the file itself stays as it was read."""
    st.subheader(say("what_if.title", language), anchor=False)
    st.caption(say("what_if.note", language))
    before = state.evaluation_as_read()
    offered = offered_facts(before, key)
    edited = tuple(field for field in state.facts().get(key, {}) if field not in offered)
    more = _choose_more((*offered, *edited), key, language)
    fields = (*offered, *edited, *more)
    with st.form(f"what_if_{key}_{state.turn('what_if')}", border=True):
        columns = st.columns(3)
        for place, field in enumerate(fields):
            with columns[place % 3]:
                show_input(evaluation.portfolio, key, field, _widget(key, field), language)
        st.form_submit_button(
            say("what_if.apply", language), type="primary", on_click=partial(_apply, evaluation, key, fields)
        )
    refused = state.recall("facts_refused")
    if refused:
        st.error("\n".join(f"- {plain(line)}" for line in refused[language]), icon=":material/error:")
    if state.facts().get(key):
        _show_change(before, evaluation, key, language)


def _choose_more(shown: Sequence[str], key: str, language: str) -> tuple[str, ...]:
    """Further facts to put on the form, whatever is asked for."""
    rest = [field for field in EDITABLE if field not in shown]
    chosen: list[str] = st.multiselect(
        say("what_if.more", language),
        rest,
        format_func=lambda field: FIELDS[field].title(language),
        placeholder=say("what_if.more_hint", language),
        key=f"more_facts_{key}_{state.turn('what_if')}",
    )
    return tuple(chosen)


def _widget(key: str, field: str) -> str:
    return f"what_if_{key}_{field}_{state.turn('what_if')}"


def _apply(evaluation: Evaluation, key: str, fields: Sequence[str]) -> None:
    """Take what was typed where it differs from what stood there; impossible facts are said and change nothing."""
    typed = {field: state.typed(_widget(key, field)) for field in fields}
    changed = {
        field: meant_fact(field, value)
        for field, value in typed.items()
        if meant_fact(field, value) != meant_fact(field, shown_fact(evaluation.portfolio, key, field))
    }
    fault: TableError | None = changes.edit_facts(key, changed) if changed else None
    said = None if fault is None else {name: tuple(fault.lines(name)) for name in LANGUAGES}
    state.remember("facts_refused", said)


def _show_change(before: Evaluation, after: Evaluation, key: str, language: str) -> None:
    edits = [edit for edit in after.portfolio.edits if edit.project_id == key]
    for edit in edits:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(say_edit(after.portfolio, edit, language)), width="content")
            st.button(
                say("changes.undo", language),
                key=f"undo_here_{key}_{edit.field}",
                icon=":material/undo:",
                type="tertiary",
                on_click=partial(changes.forget_fact, key, edit.field),
            )
    rows = compare_rows(before, after, key, language)
    st.dataframe(rows, hide_index=True, key="what_if_rows", alt=say("what_if.title", language), height="content")
    st.button(
        say("what_if.reset", language),
        on_click=partial(changes.forget_facts, key),
        icon=":material/undo:",
        key="what_if_reset",
    )
