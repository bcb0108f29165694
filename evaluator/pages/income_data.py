"""The panel: where it comes from, how it was read, who left it; and what to collect where there is none."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from evaluator.income.power import Plan, find_detectable
from evaluator.pages import panels, state
from evaluator.pages.link_income import HIGHEST, LOWEST
from evaluator.pages.pictures import show_table
from evaluator.pages.text import plain, say
from evaluator.report.collected import tabulate_attrition, tabulate_columns, tabulate_power
from evaluator.report.collection import say_steps
from evaluator.report.effect_finding import say_detectable
from evaluator.report.tables import tabulate_issues
from evaluator.report.workbook import write_template

if TYPE_CHECKING:
    from evaluator.domain.panel import IncomePanel
    from evaluator.income.findings import IncomeEffects

SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_TYPES = ("csv", "xlsx", "xls", "ods", "parquet", "txt", "tsv")
ASKED = ("flagged", "unflagged", "without", "households", "before")


def show_data(found: "IncomeEffects | None", language: str) -> None:
    """Draw the section; ``found`` is ``None`` where there is no panel."""
    _show_upload(language)
    held = panels.panel() if found is not None else None
    if held is not None:
        _show_reading(held, language)
    _show_collect(language)


def _show_upload(language: str) -> None:
    left, right = st.columns([3, 2], gap="large")
    file = panels.panel_file()
    with left:
        st.subheader(say("income.upload", language), anchor=False)
        if panels.may_upload():
            key = f"upload_panel_{state.turn('panel')}"
            st.file_uploader(
                say("income.upload", language),
                type=list(FILE_TYPES),
                key=key,
                label_visibility="collapsed",
                on_change=lambda: _take_panel(key),
            )
        else:
            st.info(say("income.hosted", language), icon=":material/lock:")
        fault = panels.refused_upload()
        if fault is not None:
            lines = "\n".join(f"- {plain(line)}" for line in fault.lines[language])
            st.error(f"{say('data.refused', language, file=plain(fault.file))}\n\n{lines}", icon=":material/error:")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if file is None:
                st.button(
                    say("income.see_sample", language), key="see_sample", icon=":material/science:",
                    on_click=panels.show_sample,
                )  # fmt: skip
            elif file.origin == "upload":
                st.caption(say("income.in_use", language, file=plain(file.name)), width="content")
                st.button(say("income.forget", language), key="drop_panel", type="tertiary", on_click=panels.drop_panel)
            st.download_button(
                say("data.template", language),
                partial(write_template, "panel", language),
                say("data.template_file", language, table="panel"),
                SHEET_MIME,
                key="template_panel",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )
    with right:
        st.caption(say("income.upload_note", language))
        st.caption(say("income.privacy", language))


def _take_panel(key: str) -> None:
    uploaded = state.uploaded(key)
    if uploaded is not None:
        with st.spinner(say("data.reading", state.view().language)):
            panels.accept_panel(*uploaded)
        state.begin_anew("panel")


def _show_reading(held: "IncomePanel", language: str) -> None:
    """How the panel was read: its faults, its columns, and who is still observed."""
    st.markdown(f"**{say('income.issues', language, count=len(held.issues))}**")
    if held.issues:
        table = tabulate_issues(held.issues, language)
        st.dataframe(table, hide_index=True, key="panel_issues", alt=say("reading.issues_alt", language))
    else:
        st.caption(say("reading.no_issues", language))
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(f"**{say('income.columns', language)}**")
        show_table(tabulate_columns(held, language), say("income.columns", language), key="panel_columns")
    with right:
        st.markdown(f"**{say('income.attrition', language)}**")
        table = tabulate_attrition(held, language, least=state.settings().income.least_units)
        show_table(table, say("income.attrition", language), key="attrition")


def _show_collect(language: str) -> None:
    """What to collect, how much of it, and the smallest effect it would show."""
    st.subheader(say("income.collect", language), anchor=False)
    st.markdown("\n".join(f"{number}. {plain(step)}" for number, step in enumerate(say_steps(language), 1)))
    window = state.settings().income.windows[-1]
    with st.container(horizontal=True, key="survey"):
        for place, name in enumerate(ASKED):
            st.number_input(
                say(f"income.plan.{name}", language),
                min_value=LOWEST[place],
                max_value=HIGHEST[place],
                **state.controlled(f"survey_{name}", state.view().survey[place], partial(_plan, place)),
            )
    plan = Plan(**dict(zip(ASKED, state.view().survey, strict=True)), window=window)
    st.markdown(f"**{plain(say_detectable(find_detectable(plan), plan.villages, language))}**")
    st.caption(say("income.power_note", language, first=window[0], last=window[1]))
    show_table(tabulate_power(plan, language), say("income.power", language), key="power")
    st.download_button(
        say("income.collect_save", language),
        partial(write_template, "panel", language),
        say("data.template_file", language, table="panel"),
        SHEET_MIME,
        key="collect",
        icon=":material/download:",
        on_click="ignore",
    )


def _plan(place: int, value: int) -> None:
    plan = list(state.view().survey)
    plan[place] = int(value)
    state.change(survey=tuple(plan))
