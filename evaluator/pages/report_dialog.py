"""The report from any page: choose sections, language and form, take the file. Nothing is built before it is asked."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from evaluator.domain.errors import EvaluatorError, SettingsError, TableError
from evaluator.language import LANGUAGES
from evaluator.pages import panels, state
from evaluator.pages.answers import complete
from evaluator.pages.asking import asked_plan
from evaluator.pages.plan import Plan, write_plan
from evaluator.pages.report_making import CHOOSING, FORMS, KINDS, Asked, Made, make_report
from evaluator.pages.text import plain, say
from evaluator.report.sections import SECTIONS, STANDARD

_PRINT = """<style>
.print-note {{ display: none; }}
@media print {{
  .print-note {{ display: block; border: 1px solid; padding: 1rem; margin: 1rem 0; font-size: 1rem; }}
  [data-testid=stToolbar], [data-testid=stFileUploader], [data-testid=stBottom] {{ display: none; }}
}}
</style><div class="print-note">{note}</div>"""
TEN_THOUSAND, LEAST = 10_000.0, 0.01
CHOICES = ("choose", "compare")
"""Sections of the portfolio page that show a choice."""


def show_button(language: str) -> None:
    """Draw the button that opens the dialog."""
    if st.button(say("report.button", language), key="report_open", icon=":material/description:"):
        state.remember("report", None)
        st.dialog(say("report.title", language), width="medium", icon=":material/description:")(show_dialog)()


def print_note(language: str) -> str:
    """HTML by which a browser that prints the page says where the report is."""
    return _PRINT.format(note=say("report.print_note", language))


def show_dialog() -> None:
    """What stands in the dialog: what is wanted, and the file once it is made."""
    language = state.view().language
    st.caption(say("report.note", language))
    kind = st.radio(
        say("report.kind", language),
        list(KINDS),
        format_func=lambda key: say(f"report.kinds.{key}", language),
        captions=[say(f"report.captions.{key}", language) for key in KINDS],
        key="report_kind",
    )
    asked = _ask(kind, language)
    made: Made | None = state.recall("report")
    if made is not None and state.recall("report_asked") != asked:
        made = None
    if st.button(
        say("report.make", language),
        type="secondary" if made else "primary",
        key="report_make",
        disabled=not asked.sections,
        icon=":material/draft:",
    ):
        made = _make(asked, language)
    if made is not None:
        _hand_out(made, language)


def _ask(kind: str, language: str) -> Asked:
    sections: tuple[str, ...] = KINDS[kind]
    if kind == "own":
        ticked = st.pills(
            say("report.sections", language),
            list(SECTIONS),
            selection_mode="multi",
            default=list(STANDARD),
            format_func=lambda key: say(f"report.section.{key}", language),
            key="report_sections",
        )
        sections = tuple(key for key in SECTIONS if key in ticked)
    left, right = st.columns(2)
    with left:
        form = st.segmented_control(
            say("report.form", language),
            list(FORMS),
            default="docx",
            required=True,
            format_func=lambda key: say(f"report.forms.{key}", language),
            key="report_form",
        )
    with right:
        spoken = st.segmented_control(
            say("report.language", language),
            LANGUAGES,
            default=language,
            required=True,
            format_func={"en": "English", "zh": "中文"}.__getitem__,
            key="report_language",
        )
    return Asked(sections, spoken or language, form or "docx", **_ask_more(sections, language))


def _ask_more(sections: tuple[str, ...], language: str) -> dict[str, Any]:
    """A budget where a choice is printed, a day where a notice is."""
    more: dict[str, Any] = {}
    if CHOOSING & set(sections):
        plan = _plan_at_hand()
        shown = None if plan.budget is None else round(plan.budget / TEN_THOUSAND, 4)
        amount = st.number_input(
            say("report.budget", language),
            min_value=LEAST,
            value=None if shown is None or shown < LEAST else shown,
            key="report_budget",
            placeholder=say("report.budget_hint", language),
            help=say("report.budget_help", language),
        )
        if amount is not None:
            budget = plan.budget if amount == shown else float(amount) * TEN_THOUSAND
            more |= {"plan": write_plan(replace(plan, budget=budget)), "rules": state.view().toml}
    if "notice" in sections:
        day = st.date_input(
            say("report.notice_from", language),
            value=None,
            key="report_day",
            format="YYYY-MM-DD",
            help=say("report.notice_help", language),
        )
        more["notice_from"] = day if isinstance(day, date) else None
    return more


def _plan_at_hand() -> Plan:
    """The plan of the portfolio page, its assumed budget only while that page shows a choice."""
    plan = asked_plan()
    return complete(plan, state.evaluation()) if state.view().part in CHOICES else plan


def _make(asked: Asked, language: str) -> Made | None:
    """Build the file with words for the wait; a budget or rules that cannot be used are said."""
    state.remember("report", None)
    try:
        with st.spinner(say("report.making", language), show_time=True):
            income = panels.effects(checks=True) if "effects" in asked.sections else None
            made = make_report(state.evaluation(), asked, income)
    except EvaluatorError as fault:
        st.error("\n".join(f"- {plain(line)}" for line in _lines(fault, language)), icon=":material/error:")
        return None
    state.remember("report", made)
    state.remember("report_asked", asked)
    return made


def _lines(fault: EvaluatorError, language: str) -> tuple[str, ...]:
    if isinstance(fault, TableError):
        return tuple(fault.lines(language))
    return (fault.message(language) if isinstance(fault, SettingsError) else str(fault),)


def _hand_out(made: Made, language: str) -> None:
    size = say("report.size", language, kilobytes=f"{max(1, round(len(made.data) / 1024)):,}")
    st.success(f"{plain(made.name)} · {size}", icon=":material/task:")
    st.download_button(
        say("report.download", language),
        made.data,
        made.name,
        FORMS[made.form],
        type="primary",
        key="report_download",
        icon=":material/download:",
        on_click="ignore",
    )
