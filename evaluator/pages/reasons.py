"""Why a project stands where it stands: its six signs, and its four criteria part by part."""

import streamlit as st

from evaluator.charts.signs import draw_signs
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.pages import project_rows, state
from evaluator.pages.pictures import ROW, show_chart
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.remarks import say_remarks


def show_signs(evaluation: Evaluation, key: str, language: str) -> None:
    """Draw the six signs with their reasons and what would clear them."""
    signs = evaluation.flags.of(key)
    lit = sum(sign.on for sign in signs.values())
    unknown = sum(sign.degree != sign.degree for sign in signs.values())
    finding = say("project.signs", language, lit=lit, unknown=unknown)
    if not unknown:
        finding = say("project.signs_known" if lit else "project.signs_none", language, lit=lit)
    st.subheader(finding, anchor=False)
    show_chart(
        project_rows.sign_rows(evaluation, key, language), draw_signs(language, state.theme()), alt=finding, key="signs"
    )
    signed = wording.say_signs(evaluation, key, language)
    for said in signed:
        _show_sign(said, language)
    sources = dict.fromkeys(said.source for said in signed)
    st.caption("  \n".join(plain(source) for source in sources))


def _show_sign(said: wording.SaidSign, language: str) -> None:
    """One sign with its reason, and the smallest change of the project's own facts that clears it."""
    state_word = "on" if said.on else "unknown" if said.degree != said.degree else "off"
    mark = say(f"project.sign_state.{state_word}", language)
    meaning = plain(wording.say_sign_meaning(said.key, language))
    st.markdown(f"{mark} **{plain(said.name)}** – {plain(said.reason)}", help=meaning)
    if said.clears:
        st.caption(f":material/lightbulb: {plain(said.clears)}")


def show_criteria(evaluation: Evaluation, row: int, language: str) -> None:
    """Draw the four criteria, each with its parts."""
    st.subheader(say("project.criteria", language), anchor=False)
    names = [f"{wording.say_criterion(key, language)} {_say_score(evaluation, key, row, language)}" for key in CRITERIA]
    column = st.column_config
    for key, tab in zip(CRITERIA, st.tabs(names), strict=True):
        with tab:
            st.caption(plain(wording.say_criterion_meaning(key, language)))
            st.dataframe(
                project_rows.part_rows(evaluation, key, row, language),
                hide_index=True,
                key=f"parts_{key}",
                row_height=ROW,
                alt=wording.say_criterion(key, language),
                column_config={
                    "part": column.TextColumn(say("parts.part", language), width=238),
                    "raw": column.TextColumn(say("parts.raw", language), width=113),
                    "value": column.ProgressColumn(
                        say("parts.value", language), min_value=0, max_value=100, format="%d", width=118
                    ),
                    "weight": column.TextColumn(say("parts.weight", language), width=74),
                    "evidence": column.TextColumn(say("parts.evidence", language), width=290),
                    "rule": column.TextColumn(say("parts.rule", language), width=646),
                },
                placeholder="–",
            )
            st.caption(plain(wording.say_criterion_rule(key, evaluation.settings, language)))
            for line in say_remarks(evaluation, key, row, language):
                st.markdown(plain(line))


def _say_score(evaluation: Evaluation, criterion: str, row: int, language: str) -> str:
    score = evaluation.scorecard.criteria[criterion]
    return wording.format_interval(float(score.score[row]), float(score.low[row]), float(score.high[row]), language)
