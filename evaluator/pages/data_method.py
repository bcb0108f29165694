"""Data and method: the files behind the scores, how each was understood, the rule book, and what a score cannot say."""

import streamlit as st

from evaluator.domain.fields import FIELDS, PROJECT_FIELDS
from evaluator.domain.portfolio import Portfolio
from evaluator.pages import rule_book, state
from evaluator.pages.inputs import FILE_TYPES, LISTS, SLOTS
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.tables import tabulate_issues
from evaluator.report.workbook import write_template

SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Draw the page."""
    language = state.view().language
    st.header(say("data.title", language), anchor=False)
    names = [say(f"data.tab.{key}", language) for key in ("files", "reading", "rules", "fields", "method")]
    files, reading, rules, fields, method = st.tabs(names)
    with files:
        _show_files(language)
    with reading:
        _show_readings(language)
    with rules:
        rule_book.show_rules(language)
    with fields:
        _show_fields(language)
    with method:
        rule_book.show_method(language)


# --- the files


def _show_files(language: str) -> None:
    _show_list_upload(language)
    st.subheader(say("data.more", language), anchor=False)
    st.caption(say("data.more_note", language))
    for slots in (SLOTS[1:4], SLOTS[4:]):
        for column, slot in zip(st.columns(3, gap="medium"), slots, strict=False):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{say(f'slot.{slot}.title', language)}**")
                st.caption(say(f"slot.{slot}.use", language))
                _show_slot(slot, language)
    st.caption(say("data.privacy", language))


def _show_list_upload(language: str) -> None:
    tables = state.inputs()
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(say("slot.projects.title", language), anchor=False)
        _show_slot("projects", language)
        if not tables.sample:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                for key, icon in (("ranking", ":material/format_list_numbered:"), ("overview", ":material/space_dashboard:")):
                    st.page_link(
                        state.page(key), label=say(f"data.see_{key}", language), icon=icon, query_params=state.link_parameters(page=key)
                    )
                st.button(say("data.back_to_sample", language), type="tertiary", icon=":material/undo:", on_click=state.back_to_sample)
    with right:
        st.caption(say("slot.projects.use", language))
        st.caption(say("data.reads", language))


def _show_slot(slot: str, language: str) -> None:
    tables = state.inputs()
    key = f"upload_{slot}_{state.turn(slot)}"
    st.file_uploader(
        say("data.choose", language, table=say(f"slot.{slot}.title", language)), type=list(FILE_TYPES), key=key, label_visibility="collapsed",
        on_change=lambda: _take_file(slot, key),
    )  # fmt: skip
    fault = state.faults().get(slot)
    if fault is not None:
        lines = "\n".join(f"- {plain(line)}" for line in fault.lines[language])
        st.error(f"{say('data.refused', language, file=plain(fault.file))}\n\n{lines}", icon=":material/error:")
    source = tables.sources.get(slot)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if source is None:
            st.caption(say("data.none", language), width="content")
        else:
            table = getattr(tables, slot)
            st.caption(say("data.in_use", language, file=plain(source.name), rows=len(table)), width="content")
            if slot != "projects":
                st.button(say("data.remove", language), key=f"drop_{slot}", type="tertiary", on_click=lambda: state.drop_file(slot))
        st.download_button(
            say("data.template", language), lambda: write_template(slot, language), say("data.template_file", language, table=slot), SHEET_MIME,
            key=f"template_{slot}", type="tertiary", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _take_file(slot: str, key: str) -> None:
    uploaded = state.uploaded(key)
    if uploaded is not None:
        state.accept_file(slot, *uploaded)
        state.begin_anew(slot)


# --- what was understood


def _show_readings(language: str) -> None:
    tables = state.inputs()
    for slot in LISTS:
        portfolio: Portfolio | None = getattr(tables, slot)
        if portfolio is not None:
            st.subheader(say(f"slot.{slot}.title", language), anchor=False)
            _show_reading(slot, portfolio, language)


def _show_reading(slot: str, portfolio: Portfolio, language: str) -> None:
    for reading in portfolio.readings:
        rows = "–".join(str(row) for row in sorted({reading.header_rows[0], reading.header_rows[-1]})) if reading.header_rows else wording.MISSING
        facts = (
            ("file", plain(reading.file)), ("sheet", plain(reading.sheet)), ("header", rows), ("unit", plain(reading.unit)), ("rows", str(reading.rows)),
            ("total", plain(wording.format_money(reading.total, language, portfolio.currency))),
            ("control", plain(wording.format_money(reading.control_total, language, portfolio.currency))),
            ("left_out", plain(", ".join(str(row) for row in reading.left_out[:40])) or say("reading.no_rows", language)),
        )  # fmt: skip
        st.markdown("\n".join(f"- {say(f'reading.{key}', language)}: **{value or wording.MISSING}**" for key, value in facts))
        if reading.total is not None and reading.control_total is not None:
            agrees = abs(reading.total - reading.control_total) <= 0.005 * max(abs(reading.control_total), 1.0)
            (st.success if agrees else st.warning)(say("reading.agrees" if agrees else "reading.differs", language))
    _show_mapping(slot, portfolio, language)
    st.markdown(f"**{say('reading.issues', language, count=len(portfolio.issues))}**")
    if portfolio.issues:
        st.dataframe(tabulate_issues(portfolio.issues, language), hide_index=True, key=f"issues_{slot}", alt=say("reading.issues_alt", language))
    else:
        st.caption(say("reading.no_issues", language))


def _show_mapping(slot: str, portfolio: Portfolio, language: str) -> None:
    read: dict[str, str | None] = {}
    for reading in portfolio.readings:
        read |= dict(reading.columns)
    if not read:
        return
    titles = {key: f"{field.title(language)} · {key}" for key, field in FIELDS.items()}
    for key in filter(None, read.values()):
        titles.setdefault(key, _say_bound(key, language))
    keys = {title: key for key, title in titles.items()}
    aside = say("mapping.aside", language)
    heading, meaning = say("mapping.heading", language), say("mapping.field", language)
    with st.expander(say("mapping.title", language, known=sum(key is not None for key in read.values()), all=len(read)), icon=":material/swap_horiz:"):
        st.caption(say("mapping.note", language))
        rows = [{heading: name, meaning: titles[key] if key else aside} for name, key in read.items()]
        edited = st.data_editor(
            rows, hide_index=True, disabled=[heading], key=f"mapping_{slot}_{state.inputs().key[:12]}_{language}", alt=say("mapping.alt", language),
            column_config={
                heading: st.column_config.TextColumn(width=320),
                meaning: st.column_config.SelectboxColumn(options=[aside, *keys], required=True, width=320),
            },
        )  # fmt: skip
        wanted = {row[heading]: keys.get(row[meaning]) for row in edited}
        changed = {name: key for name, key in wanted.items() if key != read[name]}
        before = dict(state.inputs().sources[slot].mapping)
        st.button(
            say("mapping.apply", language), type="primary", disabled=not changed, key=f"apply_{slot}",
            on_click=lambda: state.accept_mapping(slot, {**before, **changed}),
        )  # fmt: skip


def _say_bound(key: str, language: str) -> str:
    """The title of one end of a range, ``<field>_low`` or ``<field>_high``."""
    field, _, end = key.rpartition("_")
    known = field in FIELDS and end in ("low", "high")
    return say(f"mapping.{end}", language, field=FIELDS[field].title(language), code=key) if known else key


# --- the form


def _show_fields(language: str) -> None:
    st.caption(say("fields.note", language))
    table = [
        {
            say("fields.title", language): field.title(language),
            say("fields.key", language): field.key,
            say("fields.need", language): wording.say_need(field.need, language),
            say("fields.unit", language): wording.say_unit(field.unit, language),
            say("fields.meaning", language): field.meaning(language),
        }
        for field in PROJECT_FIELDS
    ]
    st.dataframe(table, hide_index=True, height=560, key="fields", alt=say("data.tab.fields", language))


if __name__ == "__main__":
    show()
