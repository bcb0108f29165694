"""The data dictionary on screen: every column of every table, and the whole of it as a workbook."""

import streamlit as st

from evaluator.domain.tables import TABLE_FIELDS
from evaluator.language import phrase
from evaluator.pages.text import say
from evaluator.report.dictionary import tabulate_dictionary, write_dictionary_book

SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_columns(language: str) -> None:
    """Draw the columns of one table, chosen above."""
    st.caption(say("fields.note", language))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="dictionary"):
        table = st.selectbox(
            say("fields.table", language),
            list(TABLE_FIELDS),
            format_func=lambda key: phrase(f"template.tables.{key}", language),
            width=320,
            key="dictionary_table",
        )
        st.download_button(
            say("fields.download", language),
            lambda: write_dictionary_book(language),
            say("fields.file", language),
            SHEET_MIME,
            key="dictionary_download",
            icon=":material/download:",
            on_click="ignore",
        )
    rows = tabulate_dictionary(table, language)
    st.dataframe(rows, hide_index=True, height=560, key="fields", alt=say("data.tab.fields", language))
