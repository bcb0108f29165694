"""Who sits before the Review page: a member by link or sign-in, or the public; and what a member sends, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from evaluator.committee.acts import Desk
from evaluator.committee.faults import RoundError
from evaluator.committee.nouns import Member, Round
from evaluator.committee.opening import admit, check_access, find_login, new_id, round_of_link
from evaluator.language import LANGUAGES
from evaluator.pages import basis, state
from evaluator.store.faults import StoreError


@dataclass(frozen=True, slots=True)
class Seat:
    """A round and who looks at it; ``member`` is ``None`` for the public."""

    round: Round
    member: Member | None


def find_seat() -> Seat | None:
    """The round this visit is about and who looks at it; ``None`` when it is about none.

    Raises ``RoundError`` or ``StoreError`` for a link that lets nobody in.
    """
    link, now = str(state.recall("member") or ""), datetime.now(UTC)
    if link:
        round_ = basis.committee_round(round_of_link(link))
        return Seat(round_, admit(round_, link, now=now))
    login, asked = basis.signed_in(), str(state.recall("round") or "")
    rounds = (basis.committee_round(asked),) if asked else basis.latest_rounds() if login else ()
    for round_ in rounds:
        member = find_login(round_, login)
        if member is not None:
            check_access(member, now=now)
            return Seat(round_, member)
    return Seat(rounds[0], None) if asked else None


def attempt(form: str, seat: Seat, do: Callable[..., Round], *values: Any, **options: Any) -> Round | None:  # noqa: ANN401
    """Let the member act; a refusal is kept for the form. The same form sends the same message until it is taken."""
    if seat.member is None:
        return None
    message = state.recall(f"message_{form}") or new_id()
    state.remember(f"message_{form}", message)
    try:
        desk = Desk(basis.store(), seat.round, seat.member.id, datetime.now(UTC), message)
        found = do(desk, *values, **options)
    except (RoundError, StoreError) as fault:
        refuse(form, fault)
        if fault.code == "sent_before":
            state.remember(f"message_{form}", None)
        return None
    state.remember(f"message_{form}", None)
    state.remember("review_refused", None)
    return basis.keep_round(found)


def refuse(form: str, fault: RoundError | StoreError) -> None:
    """Keep why something was refused, to be said at its form."""
    state.remember("review_refused", (form, {language: fault.message(language) for language in LANGUAGES}))


def show_refusal(form: str, language: str) -> None:
    """Say at a form why it was refused."""
    refused = state.recall("review_refused")
    if refused and refused[0] == form:
        st.error(refused[1][language], icon=":material/error:")
