"""What all visits of one process share: the settings of the installation, its default tables, and the open store."""

import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec

import streamlit as st

from evaluator.committee.faults import RoundError
from evaluator.committee.nouns import Round
from evaluator.committee.opening import read_round
from evaluator.domain.case import Case
from evaluator.domain.hosting import SECTION, Hosting
from evaluator.pages.host import Base, find_hosting, make_base, mark_files
from evaluator.pages.saved import Opened, open_snapshot_case
from evaluator.store.engine import Store, has_rows, open_store
from evaluator.store.faults import StoreError
from evaluator.store.log import list_rounds
from evaluator.store.snapshots import Kept, count_opening, open_snapshot, save_snapshot, withdraw_snapshot

log = logging.getLogger("evaluator.store")


def hosting() -> Hosting:
    """The settings of this installation."""
    return find_hosting(_secrets(), os.environ)[0]


def _secrets() -> Mapping[str, object]:
    if not st.secrets.load_if_toml_exists():
        return {}
    section = st.secrets.get(SECTION)
    return {SECTION: dict(section)} if isinstance(section, Mapping) else {}


def base() -> Base:
    """What a visit starts from; the default files are read again when one of them has changed."""
    settings, faults = find_hosting(_secrets(), os.environ)
    found = _base(mark_files(settings), settings)
    return replace(found, faults=(*faults, *found.faults)) if faults else found


@st.cache_resource(show_spinner=False, max_entries=2)
def _base(mark: object, _settings: Hosting) -> Base:
    return make_base(_settings)


# --- the store


def keeps_views() -> bool:
    """Whether this installation has a store at all."""
    return hosting().store is not None


def store() -> Store:
    """The open store; raises ``StoreError``."""
    address = hosting().store
    if address is None:
        raise StoreError("off")
    return _store(address)


@st.cache_resource(show_spinner=False, max_entries=1, on_release=Store.close)
def _store(address: str) -> Store:
    return open_store(address)


def keep_case(case: Case, *, title: str, days: int | None) -> Kept:
    """Save a case as a snapshot; raises ``StoreError``."""
    try:
        return save_snapshot(store(), case, title=title, now=datetime.now(UTC), days=days)
    except StoreError as fault:
        _log(fault)
        raise


def open_kept(snapshot: str) -> Opened:
    """The snapshot of this id, shared by all who open it; raises ``StoreError`` or ``TableError``."""
    settings = hosting()
    if settings.store is not None and not has_rows(settings.store):
        raise StoreError("unknown")
    try:
        found = open_snapshot(store(), snapshot, now=datetime.now(UTC))
        count_opening(store(), snapshot)
    except StoreError as fault:
        _log(fault)
        raise
    return _shared(snapshot, found.case, found.expires)


@st.cache_resource(show_spinner=False, max_entries=8)
def _shared(snapshot: str, _case: Case, _expires: str | None) -> Opened:
    return open_snapshot_case(_case, snapshot=snapshot, expires=_expires)


def withdraw(snapshot: str, code: str) -> None:
    """Withdraw a snapshot by its code; raises ``StoreError``."""
    withdraw_snapshot(store(), snapshot, now=datetime.now(UTC), code=code)


def _log(fault: StoreError) -> None:
    """Only what the operator can mend; an unknown or expired id is a visitor's matter."""
    if fault.code in ("address", "driver", "unreachable", "busy", "newer", "full", "damaged", "log_damaged"):
        log.error("store: %s (%s)", fault.code, type(fault.__cause__).__name__)


# --- the committee

MOST_ROUNDS, MOST_KEPT = 20, 50
"""Rounds looked through for a visitor without a link; rounds kept read."""


def committee_round(round_id: str) -> Round:
    """The round as it stands now; raises ``RoundError`` or ``StoreError``."""
    settings = hosting()
    if settings.store is not None and not has_rows(settings.store):
        raise RoundError("unknown_round")
    try:
        return keep_round(read_round(store(), round_id, known=_rounds().get(round_id)))
    except StoreError as fault:
        _log(fault)
        raise


def keep_round(found: Round) -> Round:
    """Remember what was read of a round, for all visitors: the next reading goes on from there."""
    kept = _rounds()
    kept.pop(found.id, None)
    kept[found.id] = found
    while len(kept) > MOST_KEPT:
        kept.pop(next(iter(kept)), None)
    return found


@st.cache_resource(show_spinner=False)
def _rounds() -> dict[str, Round]:
    return {}


def latest_rounds() -> tuple[Round, ...]:
    """The rounds begun last; raises ``StoreError``. One whose log is damaged is left out here and said in the log."""
    settings = hosting()
    if settings.store is None or not has_rows(settings.store):
        return ()
    found = []
    for round_id in list_rounds(store(), most=MOST_ROUNDS):
        try:
            found.append(committee_round(round_id))
        except StoreError as fault:
            if fault.code != "log_damaged":
                raise
    return tuple(found)


def offers_sign_in() -> bool:
    """Whether this installation has set up a sign-in (``[auth]`` in its secrets, with the package it needs)."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets and find_spec("authlib") is not None


def signed_in() -> str:
    """The address a visitor signed in with, once its provider has checked it; empty otherwise."""
    if not offers_sign_in() or not st.user.is_logged_in or not st.user.get("email_verified", True):
        return ""
    return str(st.user.get("email") or "")
