"""One project: its level and total, why, what would change it, and what to ask next."""

import streamlit as st

from evaluator.charts.contributions import draw_contributions
from evaluator.evaluation import Evaluation
from evaluator.pages import figures, project_rows, state
from evaluator.pages.alike import show_alike
from evaluator.pages.household import show_household
from evaluator.pages.income_projects import offer_projection
from evaluator.pages.money import show_money
from evaluator.pages.pictures import show_chart
from evaluator.pages.policy import show_rules
from evaluator.pages.reasons import show_criteria, show_signs
from evaluator.pages.standing import show_standing
from evaluator.pages.text import LEVEL_BADGES, LEVEL_SYMBOLS, plain, say
from evaluator.pages.what_if import show_what_if
from evaluator.report import wording
from evaluator.report.calibrated import say_p_failure

MOST_QUESTIONS = 6
EXPLAINED = {"total": "range", "rank": "rank", "coverage": "coverage", "severity": "severity"}
"""Figures of the head to the word of the guide that explains them."""


def show() -> None:
    """Draw the page."""
    evaluation, language = state.evaluation(), state.view().language
    key = _choose(evaluation, language)
    if not key:
        st.info(say("project.none", language))
        return
    if key not in evaluation.scored:
        _show_unscored(evaluation, key, language)
        return
    row = figures.position_of(evaluation, key)
    _show_head(evaluation, key, row, language)
    left, right = st.columns([1, 1], gap="large")
    with left:
        _show_contributions(evaluation, row, language)
        show_standing(evaluation, row, language)
        _show_questions(evaluation, key, language)
        show_alike(evaluation, key, row, language)
    with right:
        show_signs(evaluation, key, language)
    show_criteria(evaluation, row, language)
    show_money(evaluation, key, row, language)
    show_household(evaluation, key, language)
    offer_projection(key, language)
    show_what_if(evaluation, key, language)
    show_rules(evaluation, key, language)
    _show_facts(evaluation, key, language)


def _choose(evaluation: Evaluation, language: str) -> str:
    frame = evaluation.portfolio.frame
    order = [str(evaluation.scored[row]) for row in figures.order_by_total(evaluation)]
    keys = order + [str(key) for key in evaluation.unscored]
    if not keys:
        return ""
    current = state.view().project or keys[0]
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        st.selectbox(
            say("project.choose", language),
            keys,
            format_func=lambda key: figures.shorten(frame.loc[key, "name"], 60),
            width=520,
            **state.controlled("project", current, lambda value: state.change(project=value or ""), among=keys),
        )
        st.page_link(
            state.page("ranking"),
            label=say("project.back", language),
            icon=":material/arrow_back:",
            query_params=state.link_parameters(page="ranking"),
        )
    if not state.view().project:
        state.change(project=current)
    return current


def _show_unscored(evaluation: Evaluation, key: str, language: str) -> None:
    st.header(plain(evaluation.portfolio.frame.loc[key, "name"]), anchor=False)
    st.info(say("project.unscored", language))
    _show_facts(evaluation, key, language)


def _show_head(evaluation: Evaluation, key: str, row: int, language: str) -> None:
    card, frame = evaluation.scorecard, evaluation.portfolio.frame
    level = str(evaluation.flags.level[key])
    st.header(plain(frame.loc[key, "name"]), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(f"{LEVEL_SYMBOLS[level]} {wording.say_level(level, language)}", color=LEVEL_BADGES[level])
        st.caption(plain(wording.say_level_meaning(level, language)), width="content")
    total = wording.format_interval(card.total[row], card.low[row], card.high[row], language)
    rank = wording.format_rank(
        int(card.rank[row]), int(card.rank_low[row]), int(card.rank_high[row]), bool(card.judged[row]), language
    )
    severity = evaluation.flags.severity[key]
    shown = (
        (
            "total",
            total,
            say("project.grade", language, grade=str(card.grade[row]))
            if card.judged[row]
            else say("project.not_judged", language),
        ),
        (
            "rank",
            rank,
            say("project.top", language, share=wording.format_share(card.p_top[row], language), top=card.top),
        ),
        ("coverage", wording.format_share(card.coverage[row], language), say("project.coverage_note", language)),
        ("severity", wording.format_score(severity, language), say(_calibrated_key(evaluation), language)),
        (
            "investment",
            wording.format_money(
                float(evaluation.portfolio.amounts["investment_yuan"][key]), language, evaluation.portfolio.currency
            ),
            _where(evaluation, key, language),
        ),
    )
    with st.container(horizontal=True, key="figures"):
        for name, value, note in shown:
            st.metric(
                say(f"project.{name}", language),
                value,
                delta=plain(note) if name == "investment" else note,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
                help=say(f"guide.term.{EXPLAINED[name]}.meaning", language) if name in EXPLAINED else None,
            )
    chance = say_p_failure(evaluation, key, language)
    if chance:
        st.caption(plain(chance))
    for line in card.red_lines[row]:
        st.warning(
            say("project.red_line", language, line=plain(_say_red_line(evaluation, line, language))),
            icon=":material/block:",
        )


def _calibrated_key(evaluation: Evaluation) -> str:
    return "project.uncalibrated" if "uncalibrated" in evaluation.cautions else "project.calibrated"


def _say_red_line(evaluation: Evaluation, criterion: str, language: str) -> str:
    return wording.say_red_line(criterion, language, line=evaluation.settings.score.red_line)


def _where(evaluation: Evaluation, key: str, language: str) -> str:
    frame = evaluation.portfolio.frame
    parts = [frame.loc[key, name] for name in ("township", "village")]
    named = [str(part) for part in parts if not wording.is_missing(part)]
    product = frame.loc[key, "product"]
    if not wording.is_missing(product):
        named.append(wording.say_product(str(product), language))
    return " · ".join(dict.fromkeys(named)) or say("project.no_place", language)


def _show_contributions(evaluation: Evaluation, row: int, language: str) -> None:
    rows = project_rows.contribution_rows(evaluation, row, language)
    parts = rows[rows["key"] != "total"].assign(size=lambda table: table["end"] - table["start"])
    by_size = list(parts.sort_values("size", kind="stable")["label"])
    finding = say("project.contributions", language, best=by_size[-1], weak=by_size[0])
    st.subheader(finding, anchor=False)
    show_chart(rows, draw_contributions(language, state.theme()), alt=finding, key="contributions")
    st.caption(
        say("project.balanced", language, balanced=wording.format_score(evaluation.scorecard.balanced[row], language))
    )


def _show_questions(evaluation: Evaluation, key: str, language: str) -> None:
    st.subheader(say("project.ask", language), anchor=False)
    asked = evaluation.questions.get(key, ())
    if not asked:
        st.caption(say("project.nothing_to_ask", language))
        return
    st.markdown(
        "\n".join(
            f"{number}. {plain(wording.say_question(question, language))}"
            for number, question in enumerate(asked[:MOST_QUESTIONS], 1)
        )
    )
    if len(asked) > MOST_QUESTIONS:
        st.caption(say("project.more_questions", language, rest=len(asked) - MOST_QUESTIONS))


def _show_facts(evaluation: Evaluation, key: str, language: str) -> None:
    with st.expander(say("facts.title", language), icon=":material/table_rows:"):
        st.caption(say("facts.note", language))
        st.dataframe(
            project_rows.fact_rows(evaluation, key, language),
            hide_index=True,
            key="facts",
            alt=say("facts.title", language),
        )


if __name__ == "__main__":
    show()
