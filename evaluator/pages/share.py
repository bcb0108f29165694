"""Sharing what is on the screen: its link, a snapshot nobody can guess, a bundle; and what was opened so."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from evaluator.domain.case import Case
from evaluator.evaluation import Evaluation
from evaluator.language import LANGUAGES
from evaluator.pages import basis, state
from evaluator.pages.saved import Opened, files_of, hold_against, view_texts
from evaluator.pages.text import plain, say
from evaluator.report.bundle import write_bundle
from evaluator.report.saved import make_case, outcome_of, tabulate_difference
from evaluator.report.wording import format_number
from evaluator.store.faults import StoreError
from evaluator.store.snapshots import Kept

MOST_SNAPSHOTS = 20
"""Snapshots one visit may save."""
TERMS = (30, 365, 0)
"""Days a snapshot may be kept, 0 without an end."""
SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_DIFFERENCES = 200


def show_share(language: str) -> None:
    """The popover of the header: link, snapshot, bundle.

    It tells nobody that it was opened: one that does asks for a run when it closes, and a page turned to by that very
    click would be left again.
    """
    with st.popover(say("share.title", language), icon=":material/share:", type="tertiary", key="share"):
        st.markdown(f"**{say('share.link', language)}**")
        st.caption(say(f"share.link_{state.inputs().origin}", language))
        if state.facts() and state.snapshot_shown() is None:
            st.caption(say("share.link_lacks_facts", language))
        st.code(state.full_link(), language=None, wrap_lines=True)
        st.markdown(f"**{say('share.snapshot', language)}**")
        if basis.keeps_views():
            _show_snapshots(language)
        else:
            st.caption(say("share.no_store", language))
        st.markdown(f"**{say('share.bundle', language)}**")
        st.caption(say("share.bundle_note", language))
        st.download_button(
            say("share.bundle_save", language),
            partial(_write_bundle, _gather(), language),
            say("share.bundle_file", language),
            SHEET_MIME,
            key="bundle",
            icon=":material/download:",
            on_click="ignore",
        )


def _show_snapshots(language: str) -> None:
    st.caption(say("share.snapshot_note", language))
    saved = list(reversed(state.recall("snapshots", [])))
    for kept in saved[:1]:  # where the eye is: on a low screen what stands below the button is not seen
        _show_kept(kept, language)
    term = st.segmented_control(
        say("share.keep", language),
        _terms(),
        default=_terms()[-1] if 365 not in _terms() else 365,
        format_func=lambda days: (
            say("share.endless", language) if days == 0 else say("share.days", language, days=days)
        ),
        required=True,
        key="snapshot_term",
    )
    st.button(
        say("share.snapshot_save", language),
        key="snapshot_save",
        icon=":material/bookmark_add:",
        on_click=_save,
        args=(term,),
    )
    refused = state.recall("snapshot_refused")
    if refused:
        st.error(refused[language], icon=":material/error:")
    for kept in saved[1:]:
        _show_kept(kept, language)


def _show_kept(kept: Kept, language: str) -> None:
    with st.container(border=True, gap="xsmall"):
        st.code(state.snapshot_link(kept.id), language=None, wrap_lines=True)
        end = say("share.until", language, date=kept.expires[:10]) if kept.expires else say("share.no_end", language)
        st.caption(end)
        st.caption(say("share.code", language, code=plain(kept.code)))
        st.button(
            say("share.withdraw", language),
            key=f"withdraw_{kept.id}",
            type="tertiary",
            icon=":material/link_off:",
            on_click=_withdraw,
            args=(kept.id, kept.code),
        )


def _terms() -> tuple[int, ...]:
    """The terms on offer: none longer than the operator keeps snapshots."""
    longest = basis.hosting().snapshot_days
    if longest is None:
        return TERMS
    return tuple(sorted({days for days in (*TERMS[:-1], longest) if days <= longest}))


def _gather() -> Callable[[], Case]:
    """The case of what is shown now, made when it is asked for: a download is written outside the visit's run."""
    tables, view = state.inputs(), state.view()
    return partial(
        _make_case,
        state.evaluation(),
        read=tables.projects,
        facts=state.facts(),
        view=view_texts(view),
        page=state.page_name(),
        files=files_of(tables),
    )


def gather_case() -> Case:
    """The case of what is shown now."""
    return _gather()()


def _make_case(evaluation: Evaluation, **shown: Any) -> Case:  # noqa: ANN401 - what make_case takes
    return make_case(evaluation, now=datetime.now(UTC), **shown)


def _write_bundle(gathered: Callable[[], Case], language: str) -> bytes:
    return write_bundle(gathered(), language)


def _save(term: int) -> None:
    kept = list(state.recall("snapshots", []))
    state.remember("snapshot_refused", None)
    try:
        if len(state.recall("snapshots_made", [])) >= MOST_SNAPSHOTS:
            raise StoreError("quota", most=MOST_SNAPSHOTS)
        case = gather_case()
        title = " ".join(str(part) for part in (case.projects.place_name or "", case.projects.year or "") if part)
        saved = basis.keep_case(case, title=title, days=term or None)
    except StoreError as fault:
        state.remember("snapshot_refused", {language: fault.message(language) for language in LANGUAGES})
        return
    state.remember("snapshots", [*kept, saved])
    state.remember("snapshots_made", [*state.recall("snapshots_made", []), saved.id])


def _withdraw(snapshot: str, code: str) -> None:
    try:
        basis.withdraw(snapshot, code)
    except StoreError as fault:
        state.remember("snapshot_refused", {language: fault.message(language) for language in LANGUAGES})
        return
    state.remember("snapshots", [kept for kept in state.recall("snapshots", []) if kept.id != snapshot])


# --- what was opened


def show_opened(language: str) -> None:
    """What saved view is shown, whether its numbers are still those that were saved, and the ways on."""
    opened = state.saved_view()
    if opened is None:
        return
    evaluation = state.evaluation()
    verdict, difference = hold_against(opened, evaluation, state.settings(), state.facts())
    with st.container(border=True, gap="xsmall", key="opened"):
        st.markdown(_say_opened(opened, language))
        if verdict == "same":
            st.caption(say("opened.same", language))
        elif verdict in ("yours", "edited"):
            st.warning(say(f"opened.{verdict}", language), icon=":material/edit_note:")
        elif verdict == "unkept":
            st.caption(say("opened.unkept", language, saved=plain(opened.case.version)))
        elif not difference.projects:
            st.caption(say("opened.equal", language, saved=plain(opened.case.version), now=plain(evaluation.version)))
        else:
            st.warning(
                say(
                    "opened.different",
                    language,
                    saved=plain(opened.case.version),
                    now=plain(evaluation.version),
                    count=len(difference.projects),
                    largest=format_number(difference.largest, language, decimals=1),
                ),
                icon=":material/difference:",
            )
            with st.expander(say("opened.beside", language)):
                named = difference.projects[:SHOWN_DIFFERENCES]
                table = tabulate_difference(opened.case.outcome, outcome_of(evaluation), named, language)
                st.dataframe(table, hide_index=True, key="opened_difference", alt=say("opened.beside", language))
        with st.container(horizontal=True, gap="small"):
            if verdict == "yours":
                st.button(
                    say("opened.back", language),
                    key="opened_back",
                    icon=":material/undo:",
                    on_click=state.back_to_saved,
                )
            if opened.id:
                _show_ways_on(opened, language)


def _say_opened(opened: Opened, language: str) -> str:
    case = opened.case
    said = {
        "saved": case.saved.replace("T", " ")[:16],
        "version": plain(case.version),
        "date": case.as_of.isoformat(),
        "fingerprint": plain(case.fingerprint[:12]),
    }
    if not opened.id:
        return say("opened.bundle", language, **said)
    end = say("share.until", language, date=opened.expires[:10]) if opened.expires else say("share.no_end", language)
    return say("opened.snapshot", language, end=end, **said)


def _show_ways_on(opened: Opened, language: str) -> None:
    st.button(
        say("opened.copy", language),
        key="opened_copy",
        type="tertiary",
        icon=":material/content_copy:",
        help=say("opened.copy_help", language),
        on_click=state.copy_snapshot,
    )
    with st.popover(
        say("opened.withdraw", language), icon=":material/link_off:", type="tertiary", key="opened_withdraw"
    ):
        st.caption(say("opened.withdraw_note", language))
        st.text_input(say("opened.code", language), key="withdraw_code", type="password")
        st.button(
            say("share.withdraw", language),
            key="withdraw_here",
            on_click=lambda: _withdraw(opened.id, str(state.typed("withdraw_code") or "")),
        )
        refused = state.recall("snapshot_refused")
        if refused:
            st.error(refused[language], icon=":material/error:")


def show_host_faults(language: str) -> None:
    """What this installation names and cannot use, plainly; the details are in its log."""
    for fault in state.base().faults:
        for line in fault.lines[language]:
            st.warning(line, icon=":material/build:")
