"""Talking and deciding: where members are apart, what each said, what was decided, who disagrees."""

from datetime import date
from functools import partial

import streamlit as st

from evaluator.charts.strip import draw_strip
from evaluator.committee import acts
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.marks import weigh
from evaluator.committee.nouns import VERDICTS, Condition
from evaluator.committee.quorum import take_standing
from evaluator.committee.sight import discussion, may, sees_reviews, visible_decisions, visible_reviews
from evaluator.pages import state
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.review_marks import show_proposal
from evaluator.pages.seat import Seat, attempt, show_refusal
from evaluator.pages.text import plain, say
from evaluator.report import rounds
from evaluator.report.numbers import format_score
from evaluator.report.signs import say_sign_name

DRAWN = 20
MOST_CONDITIONS = 6


def show_discussion(seat: Seat, language: str) -> None:
    """Draw what there is to discuss, first what divides most, and what was said on one project."""
    round_, member = seat.round, seat.member
    found = discussion(round_, member)
    rows = rounds.strip_rows(round_, found[:DRAWN], language)
    if len(rows):
        finding = rounds.say_disagreement(round_, found, language)
        spec = draw_strip(language, state.theme())
        show_picture(finding, rows, spec, key="strip", language=language, caption=say("review.order", language))
        show_table(rounds.tabulate_discussion(round_, found, language), finding, key="discussion")
    hidden = len(round_.proposals) - len(found)
    if hidden:
        st.caption(say("review.hidden", language, count=hidden))
    if found:
        key = _choose(seat, [one.project for one in found], language)
        show_proposal(seat, round_.proposals[key], language)
        _show_reviews(seat, key, language)
        _show_answers(seat, key, language)


def _choose(seat: Seat, keys: list[str], language: str) -> str:
    current = state.recall("talk_project")
    current = current if current in keys else keys[0]
    st.selectbox(
        say("review.project", language),
        keys,
        format_func=lambda key: seat.round.proposals[key].name,
        **state.controlled("talk_project", current, lambda key: state.remember("talk_project", key), among=keys),
    )
    return str(current)


def _show_reviews(seat: Seat, key: str, language: str) -> None:
    round_ = seat.round
    st.caption(rounds.say_standing(take_standing(round_, key), language))
    for review in visible_reviews(round_, seat.member, key):
        total = weigh(review.scores, round_.rules.weights)
        with st.container(border=True, gap="xsmall"):
            name = plain(rounds.name_of(round_, review.member, language))
            st.markdown(f"**{name}** · {rounds.say_vote(review.vote, language)} · {format_score(total)}")
            if review.comment:
                st.markdown(plain(review.comment))


def _show_answers(seat: Seat, key: str, language: str) -> None:
    """What the committee answers to each sign that is on; chair and secretary write it."""
    proposal = seat.round.proposals[key]
    for sign in proposal.signs:
        name, kept = say_sign_name(sign, language), seat.round.answers.get((key, sign))
        with st.container(border=True, gap="xsmall"):
            said = plain(kept.text) if kept else say("review.no_answer", language)
            st.markdown(f"**{plain(name)}** {said}")
            if may(seat.round, seat.member, "answer"):
                form = f"answer_{key}_{sign}"
                with st.form(form, border=False):
                    st.text_input(say("review.answer", language), max_chars=1000, key=f"text_{form}")
                    st.form_submit_button(
                        say("review.answer_send", language), on_click=partial(_answer, seat, key, sign, form)
                    )
                show_refusal(form, language)


def _answer(seat: Seat, key: str, sign: str, form: str) -> None:
    attempt(form, seat, acts.answer, key, sign=sign, text=str(state.typed(f"text_{form}") or ""))


# --- decisions


def show_decisions(seat: Seat, language: str) -> None:
    """Draw what was decided, the form of the chair, and dissent."""
    round_, member = seat.round, seat.member
    decisions = visible_decisions(round_, member)
    st.markdown(f"**{plain(rounds.say_outcome(decisions, language))}**")
    table = rounds.tabulate_decisions(round_, decisions, language)
    show_table(table, say("review.part.decisions", language), key="decisions", figures=False)
    if member is None or not (may(round_, member, "decide") or may(round_, member, "dissent")):
        return
    key = _choose(seat, list(round_.proposals), language)
    show_proposal(seat, round_.proposals[key], language)
    conflict = find_conflict(round_, member, key)
    if conflict:
        reason = rounds.say_conflict(conflict, language)
        st.warning(say("review.conflict", language, reason=reason), icon=":material/block:")
        return
    if sees_reviews(round_, member, key):
        st.caption(rounds.say_standing(take_standing(round_, key), language))
    if may(round_, member, "decide"):
        _show_decide(seat, key, language)
    if round_.decision(key) is not None:
        _show_dissent(seat, key, language)


def _show_decide(seat: Seat, key: str, language: str) -> None:
    count = st.number_input(
        say("review.condition_count", language), 0, MOST_CONDITIONS, 0, key=f"count_{key}", width=320
    )
    with st.form(f"decide_{key}", border=True):
        st.radio(
            say("review.verdict", language),
            VERDICTS,
            None,
            format_func=lambda verdict: rounds.say_vote(verdict, language),
            horizontal=True,
            key=f"verdict_{key}",
        )
        st.text_area(say("review.reason", language), max_chars=4000, key=f"reason_{key}")
        for number in range(int(count)):
            text, due, person = st.columns([3, 1, 1])
            text.text_input(say("review.condition", language, number=number + 1), key=f"text_{number}_{key}")
            due.date_input(say("review.due", language), None, key=f"due_{number}_{key}", format="YYYY-MM-DD")
            person.text_input(say("review.person", language), key=f"person_{number}_{key}")
        st.form_submit_button(
            say("review.decide", language), type="primary", on_click=partial(_decide, seat, key, int(count))
        )
    show_refusal(f"decide_{key}", language)


def _decide(seat: Seat, key: str, count: int) -> None:
    conditions = []
    for number in range(count):
        due = state.typed(f"due_{number}_{key}")
        conditions.append(
            Condition(
                str(state.typed(f"text_{number}_{key}") or ""),
                due.isoformat() if isinstance(due, date) else "",
                str(state.typed(f"person_{number}_{key}") or ""),
            )
        )
    attempt(
        f"decide_{key}",
        seat,
        acts.decide,
        key,
        verdict=str(state.typed(f"verdict_{key}") or ""),
        reason=str(state.typed(f"reason_{key}") or ""),
        conditions=conditions,
        content_hash=seat.round.proposals[key].content_hash,
        after=len(seat.round.decisions.get(key, ())),
    )


def _show_dissent(seat: Seat, key: str, language: str) -> None:
    for (member, project), remark in seat.round.dissents.items():
        if project == key:
            st.markdown(f"**{plain(rounds.name_of(seat.round, member, language))}** {plain(remark.text)}")
    with st.expander(say("review.dissent", language), icon=":material/thumbs_up_down:"):
        with st.form(f"dissent_{key}", border=False):
            st.text_area(say("review.dissent_text", language), max_chars=4000, key=f"dissent_text_{key}")
            st.form_submit_button(say("review.dissent_send", language), on_click=partial(_dissent, seat, key))
        show_refusal(f"dissent_{key}", language)


def _dissent(seat: Seat, key: str) -> None:
    attempt(f"dissent_{key}", seat, acts.dissent, key, text=str(state.typed(f"dissent_text_{key}") or ""))
