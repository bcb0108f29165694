"""The compare tray: two to four projects side by side, kept whatever the table shows."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations

import streamlit as st

from evaluator.charts.comparison import draw_comparison
from evaluator.evaluation import Evaluation
from evaluator.pages import depth, figures, state
from evaluator.pages.link import MOST_COMPARED
from evaluator.pages.pictures import show_chart
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.ranking import say_pair, say_switch


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
            low, high = (float(end[0]) for end in card.range_of([row]))
            st.markdown(f"**{wording.format_interval(card.total[row], low, high, language)}**")
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
        _show_pairs(evaluation, picked, language)
        finding = say("tray.chart", language)
        st.markdown(f"**{finding}**")
        show_chart(
            figures.comparison_rows(evaluation, picked, language),
            draw_comparison(language),
            alt=finding,
            key="comparison",
        )


def _show_pairs(evaluation: Evaluation, picked: Sequence[str], language: str) -> None:
    """For each pair how often one beats the other, and the nearest weight that changes their places."""
    rows = [figures.position_of(evaluation, key) for key in picked]
    pairs = list(combinations(rows, 2))
    found = depth.pairs(evaluation, rows)
    lines = []
    for pair in pairs:
        chance, switch = say_pair(evaluation, *pair, language, pairs=found), say_switch(evaluation, *pair, language)
        lines.append(say("tray.pair", language, chance=chance, switch=switch[:1].upper() + switch[1:]))
    st.markdown("\n".join(f"- {plain(line[:1].upper() + line[1:])}" for line in lines))


def _remove(project: str) -> None:
    state.pick(other for other in state.view().picked if other != project)
    state.remember("too_many", False)
    state.begin_anew("ranking")
