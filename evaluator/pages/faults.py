"""A fault nobody foresaw: the visitor gets a reference number and a way on, the trace goes to the log."""

import logging
from secrets import token_hex

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from evaluator.language import LANGUAGES
from evaluator.pages.text import say

_LOG = logging.getLogger("evaluator")


def watch() -> None:
    """Take every uncaught fault of a visit: of a page, of a part of it redrawn alone, of a control's callback.

    A callback runs before the page, so the session is told as well.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    context.on_script_error = show_fault
    if runtime.exists():
        sessions = getattr(runtime.get_instance(), "_session_mgr", None)
        known = sessions.get_session_info(context.session_id) if sessions is not None else None
        if known is not None and hasattr(known.session, "_on_script_error"):
            known.session._on_script_error = show_fault


def show_fault(fault: Exception) -> bool:
    """Say that something went wrong, under which number it is in the log; ``True``: nothing else need be shown."""
    reference = token_hex(4)
    _LOG.error("fault %s", reference, exc_info=fault)
    view = st.session_state.get("view")
    language = view.language if view is not None and view.language in LANGUAGES else "en"
    st.error(
        f"**{say('fault.title', language)}**  \n{say('fault.note', language, reference=reference)}",
        icon=":material/error:",
    )
    return True
