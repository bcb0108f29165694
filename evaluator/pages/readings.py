"""What was understood of each list: where the table stood, its unit and totals, its columns, and every fault."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from evaluator.domain.errors import Issue
from evaluator.domain.fields import FIELDS
from evaluator.domain.portfolio import Portfolio, Reading
from evaluator.pages import state
from evaluator.pages.inputs import LISTS, SLOTS
from evaluator.pages.text import say
from evaluator.report import wording
from evaluator.report.tables import tabulate_issues

AGREES_WITHIN = 0.005
"""Share of the printed total within which the sum of the rows agrees with it."""
MOST_ROWS_NAMED = 40


def show_readings(language: str) -> None:
    """Draw the reading of the list and of the register, and what to know of every other table."""
    tables = state.inputs()
    for slot in LISTS:
        portfolio: Portfolio | None = getattr(tables, slot)
        if portfolio is not None:
            st.subheader(say(f"slot.{slot}.title", language), anchor=False)
            _show_reading(slot, portfolio, language)
    for slot in SLOTS:
        table = getattr(tables, slot)
        if slot not in LISTS and table is not None:
            st.subheader(say(f"slot.{slot}.title", language), anchor=False)
            _show_issues(slot, table.issues, language)


def _show_reading(slot: str, portfolio: Portfolio, language: str) -> None:
    rows = [_describe(reading, portfolio.currency, language) for reading in portfolio.readings]
    st.dataframe(rows, hide_index=True, key=f"reading_{slot}", alt=say("reading.alt", language))
    for reading in portfolio.readings:
        if reading.total is not None and reading.control_total is not None:
            agrees = abs(reading.total - reading.control_total) <= AGREES_WITHIN * max(abs(reading.control_total), 1.0)
            (st.success if agrees else st.warning)(say("reading.agrees" if agrees else "reading.differs", language))
    _show_mapping(slot, portfolio, language)
    _show_issues(slot, portfolio.issues, language)


def _show_issues(slot: str, issues: Sequence[Issue], language: str) -> None:
    """Every fault and note of a table, with rows left out."""
    st.markdown(f"**{say('reading.issues', language, count=len(issues))}**")
    if issues:
        st.dataframe(
            tabulate_issues(issues, language),
            hide_index=True,
            key=f"issues_{slot}",
            alt=say("reading.issues_alt", language),
        )
    else:
        st.caption(say("reading.no_issues", language))


def _describe(reading: Reading, currency: str, language: str) -> dict[str, str]:
    """One file's reading as a row of words."""
    header = (
        "–".join(str(row) for row in sorted({reading.header_rows[0], reading.header_rows[-1]}))
        if reading.header_rows
        else ""
    )
    left_out = ", ".join(str(row) for row in reading.left_out[:MOST_ROWS_NAMED])
    facts = {
        "file": reading.file,
        "sheet": reading.sheet,
        "header": header,
        "unit": say_money_unit(reading.unit, language),
        "rows": str(reading.rows),
        "total": wording.format_money(reading.total, language, currency),
        "control": wording.format_money(reading.control_total, language, currency),
        "left_out": left_out or say("reading.no_rows", language),
    }
    return {say(f"reading.{key}", language): value or wording.MISSING for key, value in facts.items()}


def say_money_unit(unit: str, language: str) -> str:
    """The money unit of a sheet in words; another currency by its code."""
    known = {"yuan": "yuan", "10k yuan": "ten_thousand_yuan"}
    return say(f"reading.units.{known[unit]}", language) if unit in known else unit


def _show_mapping(slot: str, portfolio: Portfolio, language: str) -> None:
    read: dict[str, str | None] = {}
    for reading in portfolio.readings:
        read |= dict(reading.columns)
    if not read or not state.inputs().sources[slot].data:  # a saved view keeps no file to read again
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
                heading: st.column_config.TextColumn(width=380),
                meaning: st.column_config.SelectboxColumn(options=[aside, *keys], required=True, width=380),
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
