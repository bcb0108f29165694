"""One project more or less: each measure of the balance with a project and without it."""

import streamlit as st

from evaluator.balance import MEASURES
from evaluator.evaluation import Evaluation
from evaluator.pages import figures, measured, state
from evaluator.pages.pictures import show_table
from evaluator.pages.text import plain, say
from evaluator.report.balance_tables import LEFT_OUT, say_marginal, say_measure, tabulate_effect, tabulate_strongest

LONGEST = 1_000
"""Projects of a list up to which all are worked out at once."""


def show_marginal(evaluation: Evaluation, language: str) -> None:
    """Draw the section."""
    balance, names = evaluation.balance, evaluation.portfolio.labels
    ids = [str(key) for key in evaluation.portfolio.frame.index]
    if len(ids) < 2:
        st.info(say("marginal.one", language))
        return
    current = state.view().project if state.view().project in ids else ids[0]
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader(say("marginal.title", language), anchor=False)
        st.selectbox(
            say("near.choose", language),
            ids,
            format_func=lambda key: figures.shorten(names[key], 60),
            **state.controlled("marginal", current, lambda key: state.change(project=key or ""), among=ids),
        )
        effect = measured.marginal(evaluation, (current,)).iloc[0]
        st.markdown(plain(say_marginal(balance, effect, str(names[current]), language)))
        show_table(tabulate_effect(balance, effect, language), str(names[current]), key="effect")
    with right:
        st.subheader(say("marginal.all", language), anchor=False)
        if len(ids) > LONGEST:
            st.caption(say("marginal.too_long", language, most=LONGEST))
            return
        offered = [key for key in MEASURES if key not in LEFT_OUT]
        st.selectbox(
            say("marginal.measure", language),
            offered,
            format_func=lambda key: say_measure(key, language),
            **state.controlled(
                "marginal_measure", state.view().measure, lambda key: state.change(measure=key), among=offered
            ),
        )
        with st.spinner(say("marginal.working", language), show_time=True):
            effects = measured.marginal(evaluation, None)
        st.caption(say("marginal.note", language))
        show_table(
            tabulate_strongest(balance, effects, state.view().measure, names, language),
            say("marginal.all", language),
            key="strongest",
        )
