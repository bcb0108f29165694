"""What was changed by people, named on every screen: rules that differ, facts edited by hand, and the way back."""

from functools import partial

import streamlit as st

from evaluator.domain.settings import Settings
from evaluator.evaluation import Evaluation
from evaluator.pages import changes, state
from evaluator.pages.text import plain, say
from evaluator.report.changed import say_difference, say_edit

MOST_NAMED = 12


def show_changed_rules(settings: Settings, language: str) -> None:
    """How many settings differ from the default; behind it which, and the way back."""
    differences = settings.differences()
    if not differences:
        return
    title = say("changes.rules", language, count=len(differences))
    with st.popover(title, icon=":material/edit_note:", type="tertiary", key="changed_rules"):
        lines = [say_difference(key, default, value, language) for key, (default, value) in differences.items()]
        st.markdown("\n".join(f"- {plain(line)}" for line in lines[:MOST_NAMED]))
        if len(lines) > MOST_NAMED:
            st.caption(say("changes.more", language, count=len(lines) - MOST_NAMED))
        st.page_link(
            state.page("data"),
            label=say("changes.open_rules", language),
            icon=":material/tune:",
            query_params=state.link_parameters(page="data", at="rules"),
        )
        st.button(
            say("changes.reset_rules", language),
            key="reset_rules_here",
            icon=":material/restart_alt:",
            on_click=changes.reset_settings,
        )


def show_changed_facts(evaluation: Evaluation, language: str) -> None:
    """How many facts were changed by hand, that they are not saved, and the way back of each and all."""
    edits = evaluation.portfolio.edits
    if not edits:
        return
    title = say("changes.facts", language, count=len(edits))
    with st.popover(title, icon=":material/edit:", type="tertiary", key="changed_facts"):
        st.warning(say("changes.unsaved", language), icon=":material/warning:")
        for edit in edits[:MOST_NAMED]:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(plain(say_edit(evaluation.portfolio, edit, language)))
                st.button(
                    say("changes.undo", language),
                    key=f"undo_{edit.project_id}_{edit.field}",
                    icon=":material/undo:",
                    type="tertiary",
                    on_click=partial(changes.forget_fact, edit.project_id, edit.field),
                )
        if len(edits) > MOST_NAMED:
            st.caption(say("changes.more", language, count=len(edits) - MOST_NAMED))
        st.button(
            say("changes.forget_facts", language),
            key="forget_facts",
            icon=":material/undo:",
            on_click=changes.forget_facts,
        )
