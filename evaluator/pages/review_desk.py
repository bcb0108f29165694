"""The desk of chair and secretary: phases, members and their links, proposals, record and minutes."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from evaluator.committee import acts
from evaluator.committee.capability import MEMBER_ROLES, PHASES
from evaluator.committee.faults import RoundError
from evaluator.committee.nouns import Member, Round
from evaluator.committee.opening import make_member, new_secret, write_link
from evaluator.committee.proposals import take_proposals
from evaluator.committee.sight import may, progress, visible_decisions
from evaluator.language import LANGUAGES
from evaluator.pages import basis, state
from evaluator.pages.pictures import show_table
from evaluator.pages.report_making import FORMS, name_file
from evaluator.pages.review_open import has_new_link, show_new_link
from evaluator.pages.seat import Seat, attempt, refuse, show_refusal
from evaluator.pages.share import gather_case
from evaluator.pages.text import plain, say
from evaluator.report import rounds
from evaluator.report.compose import write_document
from evaluator.report.minutes import make_minutes
from evaluator.store.faults import StoreError
from evaluator.store.snapshots import write_time


def show_committee(seat: Seat, language: str) -> None:
    """Draw the members, and for chair and secretary the way on."""
    round_, member = seat.round, seat.member
    show_new_link("top", language, round_.snapshot)
    if may(round_, member, "move"):
        _show_move(seat, language)
    if may(round_, member, "reopen"):
        _show_reopen(seat, language)
    table = rounds.tabulate_members(round_, progress(round_, member), language)
    show_table(table, say("review.part.committee", language), key="members")
    st.caption(rounds.say_quorum(round_, language))
    if may(round_, member, "invite"):
        _show_invite(seat, language)
    if may(round_, member, "revoke"):
        _show_links(seat, language)
    if may(round_, member, "replace"):
        _show_replace(seat, language)
    if may(round_, member, "revoke"):
        st.markdown(f"**{say('review.public_link', language)}**")
        st.caption(say("review.public_link_note", language))
        st.code(state.review_link(snapshot=round_.snapshot, round=round_.id), language=None, wrap_lines=True)


def _show_move(seat: Seat, language: str) -> None:
    round_ = seat.round
    following = PHASES[PHASES.index(round_.phase) + 1]
    with st.container(border=True, gap="small", key="review_move"):
        st.markdown(say(f"review.move.{following}", language))
        if following == "closed":
            open_ = sum(taken is None for taken in visible_decisions(round_, seat.member).values())
            if open_:
                st.caption(say("review.open_decisions", language, count=open_))
        st.button(
            say("review.move.button", language, phase=rounds.say_phase(following, language)),
            key="move_on",
            type="primary",
            on_click=partial(_move, seat),
        )
        show_refusal("move", language)


def _move(seat: Seat) -> None:
    attempt("move", seat, acts.move_on)


def _show_reopen(seat: Seat, language: str) -> None:
    with st.expander(say("review.reopen", language), icon=":material/lock_open:"):
        st.caption(say("review.reopen_note", language))
        with st.form("reopen", border=False):
            st.text_input(say("review.reason", language), max_chars=1000, key="reopen_reason")
            st.form_submit_button(say("review.reopen", language), on_click=partial(_reopen, seat))
        show_refusal("reopen", language)


def _reopen(seat: Seat) -> None:
    attempt("reopen", seat, acts.reopen, reason=str(state.typed("reopen_reason") or ""))


def _show_invite(seat: Seat, language: str) -> None:
    roles = [role for role in MEMBER_ROLES if role != "chair" or (seat.member and seat.member.role == "chair")]
    with st.expander(
        say("review.invite", language), expanded=has_new_link("invite"), icon=":material/person_add:", key="invite_box"
    ):
        st.caption(say("review.invite_note", language))
        with st.form("invite", border=False, clear_on_submit=True):
            left, right = st.columns(2)
            left.text_input(say("review.member_name", language), max_chars=80, key="invite_name")
            right.selectbox(
                say("review.member_role", language),
                roles,
                roles.index("reviewer"),
                format_func=lambda role: rounds.say_role(role, language),
                key="invite_role",
            )
            known = seat.round.proposals.values()
            for place, key, named in (
                (left, "unit", {one.unit for one in known}),
                (right, "township", {one.township for one in known}),
            ):
                place.selectbox(
                    say(f"review.member_{key}", language),
                    sorted(named - {""}),
                    None,
                    accept_new_options=True,
                    placeholder=say("review.member_place_hint", language),
                    key=f"invite_{key}",
                )
            if basis.offers_sign_in():
                left.text_input(say("review.member_login", language), max_chars=80, key="invite_login")
            st.form_submit_button(say("review.invite_send", language), type="primary", on_click=partial(_invite, seat))
        show_refusal("invite", language)
        show_new_link("invite", language, seat.round.snapshot)


def _invite(seat: Seat) -> None:
    secret = new_secret()
    typed = {key: str(state.typed(f"invite_{key}") or "") for key in ("name", "role", "unit", "township", "login")}
    try:
        made = make_member(secret=secret, now=datetime.now(UTC), **typed)
    except RoundError as fault:
        refuse("invite", fault)
        return
    if attempt("invite", seat, acts.invite, made) is not None:
        state.remember("member_link", ("invite", made.name, write_link(seat.round.id, secret)))


def _show_links(seat: Seat, language: str) -> None:
    round_ = seat.round
    others = [one for one in round_.members.values() if seat.member is None or one.id != seat.member.id]
    if not others:
        return
    with st.expander(
        say("review.links", language), expanded=has_new_link("links"), icon=":material/key:", key="links_box"
    ):
        now = write_time(datetime.now(UTC))
        st.selectbox(
            say("review.member", language),
            [one.id for one in others],
            format_func=lambda key: _say_member(round_, round_.members[key], now, language),
            key="link_member",
        )
        with st.container(horizontal=True, gap="small"):
            if may(round_, seat.member, "invite"):
                st.button(say("review.renew", language), key="link_renew", on_click=partial(_renew, seat))
            st.button(
                say("review.revoke", language),
                key="link_revoke",
                on_click=partial(_act_on, seat, acts.revoke),
            )
            if may(round_, seat.member, "remove"):
                st.button(
                    say("review.remove", language),
                    key="link_remove",
                    on_click=partial(_act_on, seat, acts.remove),
                )
        show_refusal("links", language)
        show_new_link("links", language, round_.snapshot)


def _say_member(round_: Round, member: Member, now: str, language: str) -> str:
    role, link = rounds.say_role(member.role, language), rounds.say_link_state(member, now, language)
    return f"{member.name} · {role} · {link}"


def _renew(seat: Seat) -> None:
    secret, member = new_secret(), str(state.typed("link_member") or "")
    if attempt("links", seat, acts.renew, member, secret=secret) is not None:
        name = seat.round.members[member].name
        state.remember("member_link", ("links", name, write_link(seat.round.id, secret)))


def _act_on(seat: Seat, do: Callable[..., Round]) -> None:
    attempt("links", seat, do, str(state.typed("link_member") or ""))


def _show_replace(seat: Seat, language: str) -> None:
    with st.expander(say("review.replace", language), icon=":material/published_with_changes:"):
        st.markdown(say("review.replace_note", language, count=len(seat.round.proposals)))
        st.button(say("review.replace_send", language), key="replace", on_click=partial(_replace, seat))
        show_refusal("replace", language)


def _replace(seat: Seat) -> None:
    """Take the same projects from the list of this visit as it now stands."""
    evaluation = state.evaluation()
    try:
        proposals = take_proposals(evaluation, set(seat.round.proposals))
        kept = basis.keep_case(gather_case(), title=seat.round.title, days=basis.hosting().snapshot_days)
    except (RoundError, StoreError) as fault:
        refuse("replace", fault)
        return
    attempt("replace", seat, acts.replace_proposals, proposals, snapshot=kept.id, fingerprint=evaluation.fingerprint)


# --- the record


def show_record(seat: Seat, language: str) -> None:
    """Draw the minutes to take away and the log without its contents."""
    show_minutes(seat, language)
    st.caption(plain(say("review.head", language, head=seat.round.head)))
    table = rounds.tabulate_record(seat.round, language).iloc[::-1]
    show_table(table, say("review.part.record", language), key="record", figures=False)


def show_minutes(seat: Seat, language: str) -> None:
    """The minutes as a file, in the form and language chosen."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="minutes"):
        form = st.segmented_control(
            say("report.form", language),
            list(FORMS),
            default="docx",
            required=True,
            format_func=lambda key: say(f"report.forms.{key}", language),
            key="minutes_form",
        )
        spoken = st.segmented_control(
            say("report.language", language),
            LANGUAGES,
            default=language,
            required=True,
            format_func={"en": "English", "zh": "中文"}.__getitem__,
            key=f"minutes_language_{language}",
        )
        form, spoken = form or "docx", spoken or language
        st.download_button(
            say("review.minutes", language),
            partial(_write_minutes, seat, form, spoken),
            name_file(f"{say('review.minutes', spoken)} {seat.round.title}", form),
            FORMS[form],
            key="minutes_download",
            icon=":material/download:",
            on_click="ignore",
        )


def _write_minutes(seat: Seat, form: str, language: str) -> bytes:
    return write_document(make_minutes(seat.round, seat.member, language), f".{form}")
