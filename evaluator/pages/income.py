"""Income effect: do incomes last, and do short, flat and fast projects last less? Read from a panel of incomes."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from evaluator.income.findings import ALL
from evaluator.language import phrase
from evaluator.pages import (
    income_data,
    income_groups,
    income_projects,
    income_studies,
    income_trust,
    income_years,
    panels,
    state,
)
from evaluator.pages.link_income import INCOME_PARTS
from evaluator.pages.text import Badge, plain, say
from evaluator.report.effect_finding import say_figure, say_span
from evaluator.report.effect_tables import main_groups
from evaluator.report.effect_words import say_caution, say_group
from evaluator.report.effects import say_headline, say_how, say_title, write_effects

if TYPE_CHECKING:
    from evaluator.income.findings import IncomeEffects
    from evaluator.income.results import Estimate

SECTIONS = dict(
    zip(
        INCOME_PARTS,
        (
            income_years.show_years,
            income_groups.show_groups,
            income_trust.show_trust,
            income_projects.show_projects,
            income_studies.show_studies,
            income_data.show_data,
        ),
        strict=True,
    )
)
CHECKED = ("groups", "trust")
"""Sections that need everything worked out, not the estimates alone."""
ORIGINS: dict[str, tuple[str, Badge]] = {
    "sample": (":material/science:", "orange"),
    "host": (":material/account_balance:", "blue"),
    "upload": (":material/upload_file:", "blue"),
}
MOST_FAULTS = 3
"""Faults of reading said beside the numbers; all of them stand with the panel."""
STAGES = ("compressing", "estimating", "checking", "comparing", "splitting")
FORMS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def show() -> None:
    """Draw the page; only the section that is open is worked out."""
    language, part = state.view().language, state.view().income_part
    if panels.panel_file() is None or panels.panel() is None:
        _show_no_panel(language)
        return
    space = st.empty()
    found = panels.effects(checks=False, progress=_tell(space, language))
    space.empty()
    assert found is not None
    headline = say("income.refused", language) if found.refusals else say_headline(found, language)
    st.header(plain(headline), anchor=False)
    _show_source(found, language)
    if found.refusals:
        _show_refusals(found, language)
        income_data.show_data(found, language)
        income_studies.show_studies(found, language)
        return
    _show_figures(found, language)
    st.segmented_control(
        say("income.parts", language),
        INCOME_PARTS,
        format_func=lambda key: say(f"income.part.{key}", language),
        required=True,
        label_visibility="collapsed",
        **state.controlled(
            "income_part", part, lambda key: state.change(income_part=key or INCOME_PARTS[0]), start="default"
        ),
    )
    if part in CHECKED:
        space = st.empty()
        checked = panels.effects(checks=True, progress=_tell(space, language))
        space.empty()
        found = checked or found
    SECTIONS[part](found, language)
    _show_downloads(language)


def _tell(space: "st.delta_generator.DeltaGenerator", language: str) -> panels.Progress:
    """Say which stage has begun."""

    def tell(stage: str) -> None:
        space.progress((STAGES.index(stage) + 0.5) / len(STAGES), text=say(f"income.stage.{stage}", language))

    return tell


def _show_no_panel(language: str) -> None:
    st.header(say("income.no_panel", language), anchor=False)
    fault = panels.unread()
    if fault is not None:
        st.error("\n".join(f"- {plain(line)}" for line in fault.lines[language]), icon=":material/error:")
    st.markdown(say("income.no_panel_why", language))
    income_data.show_data(None, language)
    income_studies.show_studies(None, language)


def _show_source(found: "IncomeEffects", language: str) -> None:
    file = panels.panel_file()
    assert file is not None
    icon, colour = ORIGINS[file.origin]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="panel_line"):
        st.badge(say(f"income.origin.{file.origin}", language), icon=icon, color=colour)
        st.caption(plain(say_title(found, language)), width="content")
        income_years.show_settings(language)
    if not found.refusals:
        st.caption(plain(say_how(found, language)))
    left_out = [issue.message(language) for issue in found.issues if issue.severity == "error"]
    if left_out:
        shown = phrase("format.sentence_gap", language).join(left_out[:MOST_FAULTS])
        st.warning(plain(shown), icon=":material/rule:")


def _show_refusals(found: "IncomeEffects", language: str) -> None:
    """Why there is no number, what would make one, and what can be said all the same."""
    lines = "\n".join(f"- {plain(say_caution(one, language, found.scale))}" for one in found.refusals)
    st.error(f"{say('income.missing', language)}\n\n{lines}", icon=":material/block:")
    for caution in found.cautions:
        st.info(plain(say_caution(caution, language, found.scale)), icon=":material/info:")
    if found.errors:
        income_trust.show_errors(found, language)


def _show_figures(found: "IncomeEffects", language: str) -> None:
    """Overall effect, long run by kind, and their difference, each with its interval."""
    window = say_span(found.windows[ALL][-1].name, language) if found.windows.get(ALL) else ""
    shown: list[tuple[str, str, Estimate | None]] = [("overall", say("income.figure.overall", language), found.overall)]
    for group in main_groups(found)[1:3]:
        title = say("income.figure.kind", language, group=say_group(group, language), window=window)
        shown.append(("kind", title, found.windows[group][-1] if found.windows.get(group) else None))
    shown.append(("contrast", say("income.figure.contrast", language, window=window), found.headline))
    with st.container(horizontal=True, key="figures"):
        for key, title, estimate in shown:
            value, beside = say_figure(estimate, found.scale, language)
            st.metric(
                title,
                value,
                delta=plain(beside) if beside else None,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
                help=say(f"income.help.{key}", language),
            )


def _show_downloads(language: str) -> None:
    """Everything that was found as files; worked out in full when asked for, without a household row."""
    st.caption(say("income.download_note", language))
    with st.container(horizontal=True, gap="small"):
        for form, mime in FORMS.items():
            st.download_button(
                form.upper(),
                partial(_write, panels.prepared(), f".{form}", language),
                say("income.file", language, form=form),
                mime,
                key=f"effects_{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _write(prepared: panels.Prepared, suffix: str, language: str) -> bytes:
    return write_effects(prepared(), suffix, language)


if __name__ == "__main__":
    show()
