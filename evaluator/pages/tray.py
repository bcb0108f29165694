"""The compare tray: two to four projects side by side, kept whatever the table shows."""

from functools import partial

import streamlit as st

from evaluator.charts.comparison import draw_comparison
from evaluator.evaluation import Evaluation
from evaluator.pages import figures, state
from evaluator.pages.link import MOST_COMPARED
from evaluator.pages.text import plain, say
from evaluator.report import wording


def show_tray(evaluation: Evaluation, language: str) -> None:
    """Draw the tray under the ranking."""
    picked = list(state.view().picked)
    st.subheader(say("tray.title", language), anchor=False)
    if state.recall("too_many"):
        st.warning(say("tray.too_many", language, most=MOST_COMPARED))
    if not picked:
        st.caption(say("tray.empty", language))
        return
    card, frame = evaluation.scorecard, evaluation.portfolio.frame
    columns = st.columns(max(len(picked), 2))
    for column, key in zip(columns, picked, strict=False):
        row = figures.position_of(evaluation, key)
        with column, st.container(border=True, gap="xsmall", height="stretch"):
            st.page_link(
                state.page("project"),
                label=plain(figures.shorten(frame.loc[key, "name"], 48)),
                icon=":material/description:",
                query_params=state.link_parameters(page="project", project=key),
            )
            st.markdown(f"**{wording.format_interval(card.total[row], card.low[row], card.high[row], language)}**")
            rank = wording.format_rank(
                int(card.rank[row]), int(card.rank_low[row]), int(card.rank_high[row]), bool(card.judged[row]), language
            )
            st.caption(say("tray.rank", language, rank=rank))
            st.caption(figures.level_words(str(evaluation.flags.level[key]), language))
            st.button(
                say("tray.remove", language),
                key=f"remove_{row}",
                type="tertiary",
                icon=":material/close:",
                on_click=partial(_remove, key),
            )
    if len(picked) > 1:
        finding = say("tray.chart", language)
        st.markdown(f"**{finding}**")
        st.vega_lite_chart(
            figures.comparison_rows(evaluation, picked, language),
            draw_comparison(language),
            alt=finding,
            key="comparison",
        )


def _remove(project: str) -> None:
    state.pick(other for other in state.view().picked if other != project)
    state.remember("too_many", False)
    state.begin_anew("ranking")
