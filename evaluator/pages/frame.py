"""What stands around every page: the way between pages, the language, what list is shown, and what to know about it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from evaluator import __version__
from evaluator.domain.settings import CRITERIA
from evaluator.language import LANGUAGES
from evaluator.pages import (
    data_method,
    guide,
    income,
    neighbours,
    overview,
    portfolio,
    project,
    ranking,
    report_dialog,
    review,
    state,
)
from evaluator.pages.changed_line import show_changed_facts, show_changed_rules
from evaluator.pages.share import show_host_faults, show_opened, show_share
from evaluator.pages.text import Badge, plain, say
from evaluator.reference.places import counties
from evaluator.report.wording import format_share, say_criterion

PAGES = {
    "overview": overview,
    "ranking": ranking,
    "project": project,
    "neighbours": neighbours,
    "portfolio": portfolio,
    "income": income,
    "review": review,
    "data": data_method,
}
FIRST = "-"
"""What the library calls the address of the first page, which has none: a name nobody types."""
BADGES: dict[str, tuple[str, Badge]] = {
    "sample": (":material/science:", "orange"),
    "host": (":material/account_balance:", "blue"),
    "upload": (":material/upload_file:", "blue"),
    "bundle": (":material/inventory_2:", "blue"),
    "snapshot": (":material/bookmark:", "blue"),
}
"""Icon and colour of where the list comes from."""
_UPLOADER_STYLE = """<style>
[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] {{ display: none; }}
[data-testid=stFileUploaderDropzone] button::after {{ content: "{button}"; font-size: 0.875rem; margin-left: 0.4rem; }}
[data-testid=stFileUploaderDropzoneInstructions] {{ font-size: 0; }}
[data-testid=stFileUploaderDropzoneInstructions] * {{ display: none; }}
[data-testid=stFileUploaderDropzoneInstructions]::after {{ content: "{note}"; font-size: 0.875rem; }}
[data-testid=stFileUploader] [role=alert] {{ font-size: 0; }}
[data-testid=stFileUploader] [role=alert]::after {{ content: "{fault}"; font-size: 0.875rem; }}
</style>"""
_STYLE = """<style>
[data-testid=stHeader] { height: 2.5rem; min-height: 2.5rem; }
[data-testid=stMainBlockContainer] { padding: 2.6rem clamp(1rem, 4vw, 4rem) 3rem; }
[data-testid=stMetricValue] { line-height: 1.4; }
[role=dialog] [role=radiogroup] { flex-wrap: wrap; }
:is(p, li, label) code { font-size: max(16px, 0.9em) !important; }
[data-testid=stPageLink] a:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; box-shadow: none; }
.st-key-navigation { gap: 0.25rem 0.75rem; }
.st-key-navigation a { padding-inline: 0.45rem; }
@media (max-width: 1700px) { .st-key-navigation [data-testid=stIconMaterial] { display: none; } .st-key-navigation a > span:has([data-testid=stIconMaterial]) { display: none; } }
@media (max-width: 1366px) {
  [class*=st-key-][class*=figures]:has([data-testid=stMetric]) { display: grid; grid-template-columns: repeat(4, 1fr); }
  [class*=st-key-][class*=figures]:has(> :nth-child(3):last-child) { grid-template-columns: repeat(3, 1fr); }
  [class*=st-key-][class*=figures]:has(> :nth-child(5)) { grid-template-columns: repeat(3, 1fr); }
  [class*=st-key-][class*=figures] > * { width: auto !important; min-width: 0 !important; }
  [class*=st-key-][class*=figures] [data-testid=stMetricValue] { font-size: 1.2rem; }
  [class*=st-key-][class*=figures] [data-testid=stMetricValue] * { white-space: normal; }
  [class*=st-key-][class*=figures] [data-testid=stMetricDelta] * { white-space: normal; }
  [class*=st-key-][class*=figures] [data-testid=stMetricLabel] * { white-space: normal; }
  [data-testid=stPageLink] p { white-space: normal; }
}
@media (max-width: 760px) {
  .st-key-top { gap: 0.4rem; }
  .st-key-top > :has(> .st-key-navigation) { order: 3; flex: 1 1 100%; }
  .st-key-top > :has(> .st-key-actions) { margin-left: auto; }
  .st-key-navigation { gap: 0.8rem 0.1rem; margin-left: -0.4rem; }
  .st-key-navigation a { padding-inline: 0.4rem; }
  .st-key-actions { gap: 0.4rem; }
  .st-key-actions button { padding-inline: 0.6rem; }
  .st-key-actions button span:has(> [data-testid=stIconMaterial]), .st-key-actions [data-testid=stIconMaterial] { display: none; }
  .st-key-list_line { gap: 0.3rem 0.8rem; }
  [class*=st-key-][class*=figures] [data-testid=stMetric] > div { padding: 0.7rem; }
  [class*=st-key-][class*=figures] [data-testid=stMetricValue] { font-size: 1.05rem !important; }
  [class*=st-key-][class*=figures]:has([data-testid=stMetric]) > :nth-child(odd):last-child { grid-column: 1 / -1; }
  [class*=st-key-][class*=figures]:has([data-testid=stMetric]) { grid-template-columns: 1fr 1fr !important; }
}
@media (min-width: 641px) and (max-width: 1306px) {
  [data-testid=stHorizontalBlock]:has(> [data-testid=stColumn] [data-testid=stDataFrame]:not([data-testid=stExpander] *)):not(:has([data-testid=stForm])) { flex-wrap: wrap; }
  [data-testid=stHorizontalBlock]:has(> [data-testid=stColumn] [data-testid=stDataFrame]:not([data-testid=stExpander] *)):not(:has([data-testid=stForm])) > [data-testid=stColumn] { flex: 1 1 100%; min-width: 100%; }
}
</style>"""  # noqa: E501
"""Pages that begin high, a way between them on one line, or below the name on a phone; a line round what the keyboard
is on; numbers in even rows on a projector, two by two on a phone; whole-width tables."""
DARK_INK = "#10181E"
_DARK_STYLE = f"""<style>
[data-testid=stBaseButton-primary], [data-testid=stBaseButton-primaryFormSubmit] {{ color: {DARK_INK} !important; }}
</style>"""
"""The library prints white on the light main colour of the dark look, which cannot be read."""
ICONS = {
    "overview": ":material/space_dashboard:",
    "ranking": ":material/format_list_numbered:",
    "project": ":material/description:",
    "neighbours": ":material/hub:",
    "portfolio": ":material/donut_small:",
    "income": ":material/trending_up:",
    "review": ":material/how_to_vote:",
    "data": ":material/table_view:",
}


def list_pages(language: str) -> dict[str, Any]:
    """The pages by key, titled in the reader's language; the project page is reached from a project.

    An address that names no page shows the first one, which then stands at that address too, hidden.
    """
    pages = {
        key: st.Page(
            str(page.__file__),
            title=say(f"nav.{key}", language),
            icon=ICONS[key],
            url_path=FIRST if key == "overview" else key,
            default=key == "overview",
            visibility="hidden" if key == "project" else "visible",
        )
        for key, page in PAGES.items()
    }
    lost = state.lost_page({*PAGES, FIRST} - {"overview"}, first="overview")
    if lost:
        title = say("nav.overview", language)
        pages["lost"] = st.Page(str(overview.__file__), title=title, url_path=lost, visibility="hidden")
    return pages


def show_header(pages: Mapping[str, Any], language: str) -> None:
    """Name, pages and language on one line; below it the list at hand and what was ignored of a link."""
    state.remember("pages", dict(pages))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="top"):
        st.markdown(f"**{say('name', language)}**", width="content")
        with st.container(horizontal=True, gap="small", key="navigation"):
            for key, page in pages.items():
                if key in PAGES and key != "project":
                    st.page_link(
                        page, icon=None, label=say(f"nav.{key}", language), query_params=state.link_parameters(page=key)
                    )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions", width="content"):
            report_dialog.show_button(language)
            _choose_language(language)
    dark = _DARK_STYLE if state.theme() == "dark" else ""
    st.html(_STYLE + dark + report_dialog.print_note(language))
    _show_list_line(language)
    show_host_faults(language)
    for part in state.ignored():
        why = state.recall("snapshot_fault", {}).get(language, "") if part.key == "snapshot" else ""
        said = say(f"ignored.{part.key}", language, value=plain(part.value[:60]), why=why)
        st.warning(said, icon=":material/link_off:")
    show_opened(language)


def _choose_language(language: str) -> None:
    st.segmented_control(
        say("language", language),
        LANGUAGES,
        format_func={"en": "English", "zh": "中文"}.__getitem__,
        required=True,
        label_visibility="collapsed",
        **state.controlled(
            "language", language, lambda value: state.change(language=value or language), start="default"
        ),
    )


def _show_list_line(language: str) -> None:
    tables = state.inputs()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="list_line"):
        icon, colour = BADGES[tables.origin]
        st.badge(say(f"origin.{tables.origin}", language), icon=icon, color=colour)
        st.caption(plain(_list_name(language)), width="content")
        weights = say("list.weights", language, weights=_weights_line(language))
        st.caption(weights, width="content")
        if tables.register is None:
            st.caption(say("list.no_register", language), width="content")
        show_changed_rules(state.settings(), language)
        if state.facts():
            show_changed_facts(state.evaluation(), language)
        show_share(language)
        guide.show_button(language)


def _list_name(language: str) -> str:
    portfolio = state.inputs().projects
    county = counties().get(portfolio.place_code or "")
    stated = portfolio.frame["place_name"].dropna().unique()
    only = str(stated[0]) if len(stated) == 1 else ""
    place = county.name(language) if county else portfolio.place_name or only or say("list.unnamed", language)
    year = say("list.year", language, year=portfolio.year) if portfolio.year else ""
    return say("list.name", language, place=place, year=year, rows=len(portfolio)).strip()


def _weights_line(language: str) -> str:
    shares = state.settings().weights.shares()
    if max(shares) - min(shares) < 1e-9:
        return say("list.equal", language)
    named = [
        f"{say_criterion(key, language)} {format_share(share, language)}"
        for key, share in zip(CRITERIA, shares, strict=True)
    ]
    return " · ".join(named)


def show_uploader_words(language: str) -> None:
    """Let the file chooser speak Chinese too; the library's own words are English only."""
    if language == "zh":
        words = {key: say(f"data.upload_{key}", language) for key in ("button", "note", "fault")}
        st.html(_UPLOADER_STYLE.format(**words))


def show_footer(language: str) -> None:
    """Version, fingerprint, and what a score is not."""
    st.divider()
    evaluation = state.evaluation()
    st.caption(
        say(
            "footer",
            language,
            version=__version__,
            fingerprint=evaluation.fingerprint[:12],
            date=evaluation.as_of.isoformat(),
        )
    )
