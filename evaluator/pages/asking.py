"""The question of a choice as a form: budget, value, simple rules, what is fixed; or a rules file in place of them."""

from hashlib import sha256

import streamlit as st

from evaluator.domain.errors import TableError
from evaluator.evaluation import Evaluation
from evaluator.pages import answers, figures, state
from evaluator.pages.plan import PERCENTS, VALUES, Plan, read_plan, write_plan
from evaluator.pages.text import say

LARGEST_FILE = 200_000
"""Bytes of a rules file that are read."""
EXAMPLE = Plan(industry=40, township=30, flagged=10, long=30, continuing=True)
"""The rules a downloaded file starts from where none are asked."""


def asked_plan() -> Plan:
    """The plan of this view."""
    return read_plan(state.view().plan)[0]


def say_faults(fault: TableError, language: str) -> list[str]:
    """The faults of a budget or a rules file; those of the budget without the name and the unit of its field."""
    said = []
    for issue in fault.issues:
        parts = [issue.where(), issue.message(language), issue.needed(language), issue.remedy(language)]
        if issue.code == "E_CHOICE_BUDGET":
            parts = [issue.message(language), say("choose.budget_needed", language)]
        said.append(" ".join(part for part in parts if part))
    return said


def show_form(evaluation: Evaluation, language: str) -> None:
    """Draw the form; a change is taken when it is sent."""
    plan, toml = asked_plan(), state.view().toml
    shown = answers.complete(plan, evaluation)
    mark = sha256(repr((state.view().plan, language, bool(toml), evaluation.fingerprint)).encode()).hexdigest()[:10]
    scale = 1e4 if language == "zh" else 1e3
    ids, names = [str(key) for key in evaluation.scored], evaluation.portfolio.labels
    with st.form(f"plan_{mark}", border=True):
        budget = st.number_input(
            say("choose.budget", language),
            value=round((shown.budget or 0.0) / scale, 4),
            step=100.0,
            format="%.0f" if ((shown.budget or 0.0) / scale).is_integer() else "%.2f",
            help=say("choose.budget_help", language),
            key=f"budget_{mark}",
        )
        value = st.selectbox(
            say("choose.value", language),
            VALUES,
            index=VALUES.index(shown.value),
            format_func=lambda key: say(f"choose.values.{key}", language),
            help=say("choose.value_help", language),
            key=f"value_{mark}",
        )
        if toml:
            st.info(say("choose.by_file", language), icon=":material/rule:")
        percents = _ask_percents(plan, mark, language, disabled=bool(toml))
        continuing = st.toggle(
            say("choose.rule.continuing", language), plan.continuing, disabled=bool(toml), key=f"continuing_{mark}"
        )
        fixed = {
            side: st.multiselect(
                say(f"choose.fixed_{side}", language),
                ids,
                [key for key in getattr(plan, f"fixed_{side}") if key in ids],
                format_func=lambda key: figures.shorten(names[key], 30),
                placeholder=say("choose.nobody", language),
                disabled=bool(toml),
                key=f"{side}_{mark}",
            )
            for side in ("in", "out")
        }
        if st.form_submit_button(say("choose.apply", language), type="primary", width="stretch"):
            typed = None if budget is None else float(round(budget * scale, 2))
            unchanged = plan.budget is None and typed == shown.budget
            wanted = Plan(
                budget=None if unchanged else typed,
                value="" if value == evaluation.settings.choice.value else value,
                continuing=continuing,
                fixed_in=tuple(fixed["in"]),
                fixed_out=tuple(fixed["out"]),
                **percents,
            )
            state.change(plan=write_plan(wanted))
            st.rerun()
    if plan.budget is None:
        st.caption(say("choose.assumed", language))
    _show_file(evaluation, plan, language)


def _ask_percents(plan: Plan, mark: str, language: str, *, disabled: bool) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    columns = [column for _ in range(0, len(PERCENTS), 2) for column in st.columns(2, gap="small")]
    for column, key in zip(columns, PERCENTS, strict=True):
        found[key] = column.number_input(
            say(f"choose.ask.{key}", language),
            value=getattr(plan, key),
            min_value=0.0,
            max_value=100.0,
            step=5.0,
            format="%.0f",
            placeholder=say("choose.no_limit", language),
            help=say(f"choose.help.{key}", language),
            disabled=disabled,
            key=f"{key}_{mark}",
        )
    return found


def _show_file(evaluation: Evaluation, plan: Plan, language: str) -> None:
    """Rules beyond the simple ones: as a file that is downloaded, extended and put back."""
    toml = state.view().toml
    with st.expander(say("choose.file.title", language), icon=":material/rule:", expanded=bool(toml)):
        st.caption(say("choose.file.note", language))
        key = f"rules_file_{state.turn('rules_file')}"
        st.file_uploader(
            say("choose.file.title", language),
            type=["toml", "txt"],
            key=key,
            label_visibility="collapsed",
            on_change=lambda: _take_file(key),
        )
        if state.recall("rules_file_refused"):
            st.error(say("choose.file.refused", language), icon=":material/error:")
        if toml:
            st.code(toml, language="toml", height=220)
            st.button(say("choose.file.remove", language), icon=":material/undo:", on_click=_drop_file)
        simple = answers.rules_of(plan, language) or answers.rules_of(EXAMPLE, language)
        st.download_button(
            say("choose.file.download", language),
            toml or simple,
            say("choose.file.name", language),
            "application/toml",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def _take_file(key: str) -> None:
    found = state.uploaded(key)
    if found is None:
        return
    try:
        text = found[1][:LARGEST_FILE].decode("utf-8-sig")
    except UnicodeDecodeError:
        state.remember("rules_file_refused", True)
    else:
        state.remember("rules_file_refused", False)
        state.change(toml=state.keep_rules_file(text))
    state.begin_anew("rules_file")


def _drop_file() -> None:
    state.change(toml="")
