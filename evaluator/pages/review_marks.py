"""One's own marks: project by project, beside the model's; on a phone as well."""

from functools import partial

import streamlit as st

from evaluator.committee import acts
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.marks import model_beside, weigh
from evaluator.committee.nouns import VOTES, Member, Proposal, Review, Round
from evaluator.domain.settings import CRITERIA
from evaluator.pages import state
from evaluator.pages.seat import Seat, attempt, show_refusal
from evaluator.pages.text import LEVEL_BADGES, LEVEL_SYMBOLS, plain, say
from evaluator.report import rounds, wording
from evaluator.report.numbers import format_score

DONE, OPEN, RECUSED = "✓", "○", "—"


def show(seat: Seat, language: str) -> None:
    """Draw the choice of project and its form."""
    round_, member = seat.round, seat.member
    if member is None:
        return
    keys = list(round_.proposals)
    open_ = [key for key in keys if _mark(round_, member, key) == OPEN]
    current = state.recall("marks_project")
    current = current if current in round_.proposals else (open_ or keys)[0]
    state.remember("marks_project", current)
    st.selectbox(
        say("review.project", language),
        keys,
        format_func=lambda key: f"{_mark(round_, member, key)} {round_.proposals[key].name}",
        **state.controlled("marks_project", current, lambda key: state.remember("marks_project", key), among=keys),
    )
    proposal = round_.proposals[current]
    conflict = find_conflict(round_, member, current)
    show_proposal(seat, proposal, language)
    if conflict:
        reason = rounds.say_conflict(conflict, language)
        st.warning(say("review.conflict", language, reason=reason), icon=":material/block:")
        return
    _show_form(seat, member, proposal, language)
    _show_declare(seat, current, language)


def show_proposal(seat: Seat, proposal: Proposal, language: str) -> None:
    """What the model says of a proposal, and the way to all its facts."""
    level = LEVEL_BADGES.get(proposal.level)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if level:
            symbol = LEVEL_SYMBOLS[proposal.level]
            st.badge(f"{symbol} {wording.say_level(proposal.level, language)}", color=level)
        said = [say("review.model", language, total=format_score(proposal.total))]
        said += [text for text in (proposal.township, proposal.unit) if text]
        st.caption(plain(" · ".join(said)), width="content")
        st.page_link(
            state.page("project"),
            label=say("review.facts", language),
            icon=":material/open_in_new:",
            query_params=state.link_parameters(page="project", project=proposal.id, snapshot=seat.round.snapshot),
        )


def _mark(round_: Round, member: Member, key: str) -> str:
    if find_conflict(round_, member, key):
        return RECUSED
    return DONE if round_.review(member.id, key) else OPEN


def _show_form(seat: Seat, member: Member, proposal: Proposal, language: str) -> None:
    key, held = proposal.id, seat.round.reviews.get((member.id, proposal.id))
    version = held.version if held else 0
    seen = state.recall(f"seen_{seat.round.id}_{key}")
    if seen is None:
        state.remember(f"seen_{seat.round.id}_{key}", version)
    elif seen != version and held is not None:
        _show_overtaken(seat, held, language)
    if held is not None and held.content_hash != proposal.content_hash:
        st.info(say("review.changed", language), icon=":material/update:")
    if state.recall("review_sent") == key:
        _show_sent(seat.round, member, proposal, language)
    with st.form(f"marks_{key}", border=True):
        columns = [*st.columns(2), *st.columns(2)]
        for place, criterion in enumerate(CRITERIA):
            model, score = proposal.scores[place], held.scores[place] if held else None
            columns[place].number_input(
                say(
                    "review.mark",
                    language,
                    criterion=wording.say_criterion(criterion, language),
                    model=format_score(model),
                ),
                0,
                100,
                None if score is None else round(score),
                5,
                placeholder="0–100",
                key=f"mark_{criterion}_{key}",
                help=plain(wording.say_criterion_meaning(criterion, language)),
            )
        st.radio(
            say("review.vote", language),
            VOTES,
            VOTES.index(held.vote) if held else None,
            format_func=lambda vote: rounds.say_vote(vote, language),
            horizontal=True,
            key=f"vote_{key}",
        )
        st.text_area(
            say("review.comment", language),
            held.comment if held else "",
            max_chars=4000,
            key=f"comment_{key}",
            help=say("review.comment_help", language, gap=f"{seat.round.rules.reason_gap:g}"),
        )
        st.form_submit_button(
            say("review.send" if held is None else "review.send_again", language),
            type="primary",
            width="stretch",
            on_click=partial(_send, seat, proposal),
        )
    show_refusal(f"marks_{key}", language)


def _send(seat: Seat, proposal: Proposal) -> None:
    key = proposal.id
    marks = (state.typed(f"mark_{criterion}_{key}") for criterion in CRITERIA)
    seen = f"seen_{seat.round.id}_{key}"
    found = attempt(
        f"marks_{key}",
        seat,
        acts.review,
        key,
        vote=str(state.typed(f"vote_{key}") or ""),
        scores=tuple(None if mark is None else float(mark) for mark in marks),
        comment=str(state.typed(f"comment_{key}") or ""),
        content_hash=proposal.content_hash,
        after=int(state.recall(seen) or 0),
    )
    if found is not None and seat.member is not None:
        state.remember(seen, found.reviews[seat.member.id, key].version)
        state.remember("review_sent", key)
        state.remember("marks_project", key)


def _show_sent(round_: Round, member: Member, proposal: Proposal, language: str) -> None:
    given = round_.review(member.id, proposal.id)
    if given is None:
        return
    own = weigh(given.scores, round_.rules.weights)
    model = model_beside(proposal, given.scores, round_.rules.weights)
    st.success(
        say("review.sent", language, own=format_score(own), model=format_score(model)), icon=":material/check_circle:"
    )
    following = next((key for key in round_.proposals if _mark(round_, member, key) == OPEN), None)
    if following is not None:
        name = plain(round_.proposals[following].name)
        st.button(
            say("review.next", language, name=name),
            key="review_next",
            icon=":material/arrow_forward:",
            on_click=lambda: state.remember("marks_project", following),
        )


def _show_overtaken(seat: Seat, held: Review, language: str) -> None:
    """The review was changed elsewhere: both texts are here, and the member says which one holds."""
    with st.container(border=True):
        st.warning(say("review.overtaken", language), icon=":material/sync_problem:")
        st.markdown(f"**{plain(rounds.say_vote(held.vote, language))}** {plain(held.comment)}")
        st.button(
            say("review.overwrite", language),
            key=f"overwrite_{held.project}",
            on_click=lambda: state.remember(f"seen_{seat.round.id}_{held.project}", held.version),
        )


def _show_declare(seat: Seat, key: str, language: str) -> None:
    with st.expander(say("review.declare", language), icon=":material/block:"):
        st.caption(say("review.declare_note", language))
        with st.form(f"declare_{key}", border=False):
            st.text_input(say("review.declare_reason", language), max_chars=400, key=f"declare_reason_{key}")
            st.form_submit_button(say("review.declare_send", language), on_click=partial(_declare, seat, key))
        show_refusal(f"declare_{key}", language)


def _declare(seat: Seat, key: str) -> None:
    attempt(f"declare_{key}", seat, acts.declare, key, reason=str(state.typed(f"declare_reason_{key}") or ""))
