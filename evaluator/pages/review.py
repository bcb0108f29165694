"""Review: a committee's round for its members, and what a closed round decided for everyone."""

import streamlit as st

from evaluator.committee.capability import PHASES
from evaluator.committee.faults import RoundError
from evaluator.committee.sight import count_own, may, visible_decisions
from evaluator.language import phrase
from evaluator.pages import basis, review_desk, review_marks, review_open, review_talk, signing, state
from evaluator.pages.pictures import show_table
from evaluator.pages.review_desk import show_minutes
from evaluator.pages.seat import Seat, find_seat
from evaluator.pages.text import plain, say
from evaluator.report import rounds
from evaluator.store.faults import StoreError

PARTS = {
    "marks": review_marks.show,
    "talk": review_talk.show_discussion,
    "decisions": review_talk.show_decisions,
    "committee": review_desk.show_committee,
    "record": review_desk.show_record,
}
ASKS = {
    "marks": "review",
    "talk": "see_reviews",
    "decisions": "see_decisions",
    "committee": "see_members",
    "record": "see_record",
}
"""What a member must be allowed to do for a part to be shown."""


def show() -> None:
    """Draw the page."""
    language = state.view().language
    if not basis.keeps_views():
        st.header(say("review.title", language), anchor=False)
        st.info(say("review.no_store", language), icon=":material/database_off:")
        return
    try:
        seat = find_seat()
        if seat is not None and seat.member is not None and may(seat.round, seat.member, "see_round"):
            _show_member(seat, language)
            return
        _show_public(seat, language)
    except (RoundError, StoreError) as fault:
        st.header(say("review.title", language), anchor=False)
        st.error(fault.message(language), icon=":material/link_off:")
        if state.carried():
            st.button(say("review.without_link", language), on_click=_forget, key="review_forget")


def _forget() -> None:
    for key in state.CARRIED:
        state.remember(key, None)
    st.query_params.from_dict(state.link_parameters())


# --- a member


def _show_member(seat: Seat, language: str) -> None:
    round_, member = seat.round, seat.member
    if member is None:
        return
    st.header(plain(round_.title), anchor=False)
    _show_phases(round_.phase, language)
    said = say("review.you", language, name=plain(member.name), role=rounds.say_role(member.role, language))
    st.markdown(said + phrase("format.sentence_gap", language) + _say_task(seat, language))
    parts = [part for part in PARTS if may(round_, member, ASKS[part])]
    if not parts:
        return
    current = state.recall("review_part")
    current = current if current in parts else parts[0]
    st.segmented_control(
        say("review.parts", language),
        parts,
        format_func=lambda part: say(f"review.part.{part}", language),
        required=True,
        label_visibility="collapsed",
        **state.controlled("review_part", current, lambda part: state.remember("review_part", part), start="default"),
    )
    PARTS[current](seat, language)


def _show_phases(phase: str, language: str) -> None:
    with st.container(horizontal=True, gap="small", key="review_phases"):
        for number, key in enumerate(PHASES, 1):
            here = key == phase
            st.badge(
                f"{number} {rounds.say_phase(key, language)}",
                color="blue" if here else "gray",
                icon=":material/arrow_right:" if here else None,
            )


def _say_task(seat: Seat, language: str) -> str:
    round_, member = seat.round, seat.member
    if member is not None and may(round_, member, "review"):
        given, due = count_own(round_, member)
        return say("review.task.marks", language, given=given, due=due)
    return say(f"review.task.{round_.phase}", language)


# --- the public


def _show_public(seat: Seat | None, language: str) -> None:
    if seat is None:
        st.header(say("review.title", language), anchor=False)
        st.markdown(say("review.what", language))
        _show_sign_in(language)
        closed = [one for one in basis.latest_rounds() if one.listed and may(one, None, "see_decisions")]
        if closed:
            chosen = st.selectbox(
                say("review.closed_rounds", language),
                closed,
                format_func=lambda one: f"{one.title} · {one.lines[-1][1][:10]}",
                key="review_public",
            )
            _show_decided(Seat(chosen, None), language)
        review_open.show(language)
        return
    st.header(plain(seat.round.title), anchor=False)
    if may(seat.round, seat.member, "see_decisions"):
        _show_decided(seat, language)
    else:
        st.info(say("review.under_way", language), icon=":material/hourglass_top:")
        _show_sign_in(language)


def _show_decided(seat: Seat, language: str) -> None:
    decisions = visible_decisions(seat.round, seat.member)
    st.markdown(f"**{plain(rounds.say_outcome(decisions, language))}**")
    table = rounds.tabulate_decisions(seat.round, decisions, language)
    show_table(table, say("review.part.decisions", language), key="public_decisions", figures=False)
    st.caption(say("review.not_the_score", language))
    show_minutes(seat, language)


def _show_sign_in(language: str) -> None:
    if not basis.offers_sign_in():
        return
    if basis.signed_in():
        st.caption(say("review.signed_in", language, login=plain(basis.signed_in())))
        st.button(say("review.sign_out", language), on_click=signing.sign_out, key="sign_out")
    else:
        st.button(say("review.sign_in", language), on_click=signing.sign_in, key="sign_in", icon=":material/login:")


if __name__ == "__main__":
    show()
