"""What was understood of each list: where the table stood, its unit and totals, its columns, and every fault."""

from functools import partial

import streamlit as st

from evaluator.domain.fields import FIELDS
from evaluator.domain.portfolio import Portfolio
from evaluator.pages import state
from evaluator.pages.inputs import LISTS
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.tables import tabulate_issues


def show_readings(language: str) -> None:
    """Draw the reading of the list and of the register."""
    tables = state.inputs()
    for slot in LISTS:
        portfolio: Portfolio | None = getattr(tables, slot)
        if portfolio is not None:
            st.subheader(say(f"slot.{slot}.title", language), anchor=False)
            _show_reading(slot, portfolio, language)


def _show_reading(slot: str, portfolio: Portfolio, language: str) -> None:
    for reading in portfolio.readings:
        rows = (
            "–".join(str(row) for row in sorted({reading.header_rows[0], reading.header_rows[-1]}))
            if reading.header_rows
            else wording.MISSING
        )
        facts = (
            ("file", plain(reading.file)),
            ("sheet", plain(reading.sheet)),
            ("header", rows),
            ("unit", plain(reading.unit)),
            ("rows", str(reading.rows)),
            ("total", plain(wording.format_money(reading.total, language, portfolio.currency))),
            ("control", plain(wording.format_money(reading.control_total, language, portfolio.currency))),
            (
                "left_out",
                plain(", ".join(str(row) for row in reading.left_out[:40])) or say("reading.no_rows", language),
            ),
        )
        st.markdown(
            "\n".join(f"- {say(f'reading.{key}', language)}: **{value or wording.MISSING}**" for key, value in facts)
        )
        if reading.total is not None and reading.control_total is not None:
            agrees = abs(reading.total - reading.control_total) <= 0.005 * max(abs(reading.control_total), 1.0)
            (st.success if agrees else st.warning)(say("reading.agrees" if agrees else "reading.differs", language))
    _show_mapping(slot, portfolio, language)
    st.markdown(f"**{say('reading.issues', language, count=len(portfolio.issues))}**")
    if portfolio.issues:
        st.dataframe(
            tabulate_issues(portfolio.issues, language),
            hide_index=True,
            key=f"issues_{slot}",
            alt=say("reading.issues_alt", language),
        )
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
    with st.expander(
        say("mapping.title", language, known=sum(key is not None for key in read.values()), all=len(read)),
        icon=":material/swap_horiz:",
    ):
        st.caption(say("mapping.note", language))
        rows = [{heading: name, meaning: titles[key] if key else aside} for name, key in read.items()]
        edited = st.data_editor(
            rows,
            hide_index=True,
            disabled=[heading],
            key=f"mapping_{slot}_{state.inputs().key[:12]}_{language}",
            alt=say("mapping.alt", language),
            column_config={
                heading: st.column_config.TextColumn(width=320),
                meaning: st.column_config.SelectboxColumn(options=[aside, *keys], required=True, width=320),
            },
        )
        wanted = {row[heading]: keys.get(row[meaning]) for row in edited}
        changed = {name: key for name, key in wanted.items() if key != read[name]}
        before = dict(state.inputs().sources[slot].mapping)
        st.button(
            say("mapping.apply", language),
            type="primary",
            disabled=not changed,
            key=f"apply_{slot}",
            on_click=partial(state.accept_mapping, slot, {**before, **changed}),
        )


def _say_bound(key: str, language: str) -> str:
    """The title of one end of a range, ``<field>_low`` or ``<field>_high``."""
    field, _, end = key.rpartition("_")
    known = field in FIELDS and end in ("low", "high")
    return say(f"mapping.{end}", language, field=FIELDS[field].title(language), code=key) if known else key
