"""Opening a round: whoever holds the key of the installation takes the list at hand as its proposals."""

from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any

import streamlit as st

from evaluator.committee.faults import RoundError
from evaluator.committee.opening import make_member, new_id, new_secret, open_round, write_link
from evaluator.committee.proposals import rules_of, take_proposals
from evaluator.pages import basis, state
from evaluator.pages.seat import refuse, show_refusal
from evaluator.pages.share import gather_case
from evaluator.pages.text import plain, say
from evaluator.store.faults import StoreError

QUORUMS = {"1/2": (1, 2), "2/3": (2, 3), "3/4": (3, 4), "1/1": (1, 1)}
MOST_GUESSES = 5
"""Wrong keys one visit may try."""


def show(language: str) -> None:
    """Draw the form, or say what is missing for it."""
    with st.expander(say("review.open.title", language), icon=":material/add:", key="review_open"):
        if not basis.hosting().rounds_key:
            st.markdown(say("review.open.no_key", language))
            return
        evaluation = state.evaluation()
        st.caption(say("review.open.note", language, count=len(evaluation.scored)))
        with st.form("open_round", border=False):
            st.text_input(say("review.open.name", language), max_chars=80, key="open_title")
            st.text_input(say("review.open.chair", language), max_chars=80, key="open_chair")
            left, middle, right = st.columns(3)
            left.number_input(say("review.open.minimum", language), 1, 50, 3, key="open_minimum")
            middle.selectbox(
                say("review.open.quorum", language),
                list(QUORUMS),
                index=1,
                format_func=lambda key: say("review.open.all", language) if key == "1/1" else key,
                key="open_quorum",
            )
            right.number_input(say("review.open.gap", language), 0, 100, 20, key="open_gap")
            st.multiselect(
                say("review.open.projects", language),
                [str(key) for key in evaluation.scored],
                format_func=lambda key: str(evaluation.portfolio.labels[key]),
                placeholder=say("review.open.all_projects", language, count=len(evaluation.scored)),
                key="open_projects",
            )
            st.checkbox(say("review.open.listed", language), value=True, key="open_listed")
            st.text_input(say("review.open.key", language), type="password", key="open_key")
            st.form_submit_button(say("review.open.send", language), type="primary", on_click=_open)
        show_refusal("open", language)


def _open() -> None:
    """Save a snapshot, begin the round on it, and sit down as its chair."""
    try:
        _check_key(str(state.typed("open_key") or ""))
        evaluation, now, secret = state.evaluation(), datetime.now(UTC), new_secret()
        chosen = state.typed("open_projects") or None
        proposals = take_proposals(evaluation, None if chosen is None else set(chosen))
        demanded: dict[str, Any] = {
            "minimum_reviews": int(state.typed("open_minimum") or 1),
            "quorum": QUORUMS[state.typed("open_quorum") or "2/3"],
            "reason_gap": float(state.typed("open_gap") or 0),
        }
        chair = make_member(str(state.typed("open_chair") or ""), "chair", secret=secret, now=now)
        title = " ".join(str(state.typed("open_title") or "").split())
        if not title:
            raise RoundError("no_title")
        kept = basis.keep_case(gather_case(), title=title, days=basis.hosting().snapshot_days)
        state.remember("snapshots", [*state.recall("snapshots", []), kept])
        round_ = open_round(
            basis.store(), proposals, round_id=new_id(), title=title, snapshot=kept.id,
            fingerprint=evaluation.fingerprint, rules=rules_of(evaluation, **demanded), chair=chair,
            listed=bool(state.typed("open_listed")), now=now,
        )  # fmt: skip
    except (RoundError, StoreError) as fault:
        refuse("open", fault)
        return
    state.remember("review_refused", None)
    link = write_link(round_.id, secret)
    state.remember("member", link)
    state.remember("member_link", ("top", chair.name, link))
    state.remember("review_part", "committee")
    st.query_params["member"] = link


def _check_key(given: str) -> None:
    """Whether this is the key of the installation; only a few guesses a visit."""
    tried = int(state.recall("keys_tried", 0))
    if tried >= MOST_GUESSES:
        raise RoundError("many_keys")
    if not compare_digest(given.encode(), basis.hosting().rounds_key.encode()):
        state.remember("keys_tried", tried + 1)
        raise RoundError("wrong_key")


def has_new_link(place: str) -> bool:
    """Whether the last link was made there."""
    made = state.recall("member_link")
    return bool(made) and made[0] == place


def show_new_link(place: str, language: str, snapshot: str) -> None:
    """The link just made there, to be handed to its member: it is kept nowhere else."""
    if has_new_link(place):
        _, name, link = state.recall("member_link")
        st.success(say("review.link_made", language, name=plain(name)), icon=":material/key:")
        st.code(state.review_link(snapshot=snapshot, member=link), language=None, wrap_lines=True)
