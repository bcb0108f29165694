"""The guide: what is on the screen at first visit, the way from a list to a report, and what the words mean."""

from functools import partial

import streamlit as st

from evaluator.domain.portfolio import Evidence
from evaluator.domain.settings import CRITERIA
from evaluator.flags import LEVELS, SIGNS
from evaluator.pages import state
from evaluator.pages.inputs import LISTS
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.signs import mark_level
from evaluator.report.workbook import write_template

STEPS = ("upload", "check", "read", "weigh", "ask", "report")
TERMS = (
    "range", "rank", "coverage", "prior", "register", "h", "severity", "red_line", "payback", "npv", "irr", "half_life",
    "core", "panel", "event_study", "long_run", "jackknife", "trends", "fingerprint",
)  # fmt: skip
SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_button(language: str) -> None:
    """Draw the button that opens the guide."""
    if st.button(say("guide.button", language), key="guide_open", type="tertiary", icon=":material/help:"):
        st.dialog(say("guide.title", language), width="large", icon=":material/help:")(show_guide)()


def show_guide() -> None:
    """What stands in the guide."""
    language = state.view().language
    if state.inputs().sample:
        st.info(say("guide.sample", language), icon=":material/science:")
    steps, words, tables = st.tabs([say(f"guide.tab.{key}", language) for key in ("steps", "words", "tables")])
    with steps:
        st.markdown("\n".join(f"{number}. {say(f'guide.step.{key}', language)}" for number, key in enumerate(STEPS, 1)))
        st.caption(say("guide.keeps", language))
    with words:
        _show_words(language)
    with tables:
        _show_templates(language)


def _show_words(language: str) -> None:
    for title, rows in glossary(language).items():
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- **{plain(word)}** – {plain(meaning)}" for word, meaning in rows))


def glossary(language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Every word of the screens that needs one, by theme: the word and what it means."""
    criteria = (
        *((wording.say_criterion(key, language), wording.say_criterion_meaning(key, language)) for key in CRITERIA),
    )
    signs = tuple((wording.say_sign_name(key, language), wording.say_sign_meaning(key, language)) for key in SIGNS)
    levels = tuple((mark_level(key, language), wording.say_level_meaning(key, language)) for key in LEVELS)
    evidence = tuple((wording.say_evidence(e, language), wording.say_evidence_meaning(e, language)) for e in Evidence)
    terms = tuple(
        (say(f"guide.term.{key}.word", language), say(f"guide.term.{key}.meaning", language)) for key in TERMS
    )
    named = {"criteria": criteria, "signs": signs, "levels": levels, "evidence": evidence, "terms": terms}
    return {say(f"guide.theme.{key}", language): rows for key, rows in named.items()}


def _show_templates(language: str) -> None:
    st.markdown(say("guide.templates", language))
    with st.container(horizontal=True, gap="small"):
        for slot in LISTS:
            st.download_button(
                say("guide.template", language, table=say(f"slot.{slot}.title", language)),
                partial(write_template, slot, language),
                say("data.template_file", language, table=slot),
                SHEET_MIME,
                key=f"guide_template_{slot}",
                icon=":material/download:",
                on_click="ignore",
            )
    st.page_link(
        state.page("data"),
        label=say("guide.fields", language),
        icon=":material/table_view:",
        query_params=state.link_parameters(page="data", at="fields"),
    )
