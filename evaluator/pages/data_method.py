"""Data and method: the files behind the scores, how each was understood, the rule book, and what a score cannot say."""

from collections.abc import Sequence

import streamlit as st

from evaluator.domain.errors import Issue, TableError
from evaluator.pages import rule_book, state
from evaluator.pages.columns import show_columns
from evaluator.pages.copied import show_copied
from evaluator.pages.existing import show_existing
from evaluator.pages.inputs import FILE_TYPES, SLOTS, Inputs
from evaluator.pages.link import SECTIONS
from evaluator.pages.readings import show_readings
from evaluator.pages.text import plain, say
from evaluator.report.workbook import write_template

MOST_FAULTS = 3
SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Draw the page."""
    language = state.view().language
    st.header(say("data.title", language), anchor=False)
    section = state.view().at
    st.segmented_control(
        say("data.title", language),
        SECTIONS,
        format_func=lambda key: say(f"data.tab.{key}", language),
        required=True,
        label_visibility="collapsed",
        **state.controlled("section", section, lambda key: state.change(at=key or section), start="default"),
    )
    draw = {
        "files": _show_files,
        "reading": show_readings,
        "checks": _show_checks,
        "rules": rule_book.show_rules,
        "fields": show_columns,
        "method": rule_book.show_method,
    }
    draw[section](language)


def _show_checks(language: str) -> None:
    """What people have to look into: applications with one text, and what to do with existing projects."""
    show_copied(language)
    show_existing(language)


def _show_files(language: str) -> None:
    if state.snapshot_shown() is not None:
        _show_snapshot_files(language)
        return
    _show_list_upload(language)
    st.subheader(say("data.more", language), anchor=False)
    st.caption(say("data.more_note", language))
    for slots in (SLOTS[1:4], SLOTS[4:]):
        for column, slot in zip(st.columns(3, gap="medium"), slots, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{say(f'slot.{slot}.title', language)}**")
                st.caption(say(f"slot.{slot}.use", language))
                _show_slot(slot, language)
    st.page_link(
        state.page("income"),
        label=say("income.from_data", language),
        icon=":material/trending_up:",
        query_params=state.link_parameters(page="income", income_part="panel"),
    )
    st.caption(say("data.privacy", language))


def _show_snapshot_files(language: str) -> None:
    """The files behind a snapshot: there to be read, not to be changed."""
    tables = state.inputs()
    st.info(say("opened.read_only", language), icon=":material/lock:")
    for slot, source in tables.sources.items():
        rows = say("data.in_use", language, file=plain(source.name), rows=len(getattr(tables, slot)))
        st.markdown(f"**{say(f'slot.{slot}.title', language)}** – {rows}")
    st.caption(say("data.privacy", language))


def _show_list_upload(language: str) -> None:
    tables = state.inputs()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(say("slot.projects.title", language), anchor=False)
        if tables is not state.base().inputs:
            _show_taken(tables, language)
        _show_slot("projects", language)
        if tables is not state.base().inputs:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                for key, icon in (
                    ("ranking", ":material/format_list_numbered:"),
                    ("overview", ":material/space_dashboard:"),
                ):
                    st.page_link(
                        state.page(key),
                        label=say(f"data.see_{key}", language),
                        icon=icon,
                        query_params=state.link_parameters(page=key),
                    )
                st.button(
                    say(f"data.back_to_{state.base().inputs.origin}", language),
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=state.back_to_sample,
                )
    with right:
        st.caption(say("slot.projects.use", language))
        st.caption(say("data.reads", language))


def _show_taken(tables: Inputs, language: str) -> None:
    """That the reader's own list is in place, and how much of it is assessed."""
    scored, file = len(state.evaluation().scored), plain(tables.sources["projects"].name)
    said = say(
        "data.taken" if scored else "data.taken_none", language, file=file, rows=len(tables.projects), scored=scored
    )
    (st.success if scored else st.warning)(said, icon=":material/task_alt:" if scored else ":material/rule:")


def _show_slot(slot: str, language: str) -> None:
    tables = state.inputs()
    key = f"upload_{slot}_{state.turn(slot)}"
    st.file_uploader(
        say("data.choose", language, table=say(f"slot.{slot}.title", language)),
        type=list(FILE_TYPES),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _take_file(slot, key),
    )
    fault = state.faults().get(slot)
    if fault is not None:
        lines = "\n".join(f"- {plain(line)}" for line in fault.lines[language])
        st.error(f"{say('data.refused', language, file=plain(fault.file))}\n\n{lines}", icon=":material/error:")
    source = tables.sources.get(slot)
    if source is not None:
        _show_left_out(getattr(tables, slot).issues, language)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if source is None:
            st.caption(say("data.none", language), width="content")
        else:
            table = getattr(tables, slot)
            if slot != "projects" or tables is state.base().inputs:
                st.caption(say("data.in_use", language, file=plain(source.name), rows=len(table)), width="content")
            if table.issues:
                st.caption(say("data.doubts", language, count=len(table.issues)), width="content")
            if slot != "projects":
                st.button(
                    say("data.remove", language),
                    key=f"drop_{slot}",
                    type="tertiary",
                    on_click=lambda: state.drop_file(slot),
                )
        st.download_button(
            say("data.template", language),
            lambda: write_template(slot, language),
            say("data.template_file", language, table=slot),
            SHEET_MIME,
            key=f"template_{slot}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
        )


def _show_left_out(issues: Sequence[Issue], language: str) -> None:
    """What was left out of a table, the first of it with reasons: nobody may take a part of a list for the whole."""
    faults = [issue for issue in issues if issue.severity == "error"]
    if not faults:
        return
    rows = len({(issue.sheet, issue.row) for issue in faults})
    lines = [f"- {plain(line)}" for line in TableError(*faults[:MOST_FAULTS]).lines(language)]
    if len(faults) > MOST_FAULTS:
        lines.append(f"- {say('data.left_out_more', language, rest=len(faults) - MOST_FAULTS)}")
    st.warning("\n".join((say("data.left_out", language, count=rows), "", *lines)), icon=":material/rule:")


def _take_file(slot: str, key: str) -> None:
    uploaded = state.uploaded(key)
    if uploaded is not None:
        with st.spinner(say("data.reading", state.view().language)):
            state.accept_file(slot, *uploaded)
        state.begin_anew(slot)


if __name__ == "__main__":
    show()
