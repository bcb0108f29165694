"""The existing projects of the register: consolidate, upgrade, revive or adjust, proposed with reasons."""

from functools import partial

import streamlit as st

from evaluator.categories import CATEGORIES, Categories
from evaluator.pages import depth, state
from evaluator.pages.pictures import ROW, height_of
from evaluator.pages.text import plain, say
from evaluator.report.categorised import (
    say_category,
    say_category_counts,
    tabulate_categories,
    write_categories,
)

MOST_SHOWN = 300
FILES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


def show_existing(language: str) -> None:
    """Draw the proposals; people confirm each."""
    st.subheader(say("existing.title", language), anchor=False)
    found = depth.categories(state.evaluation())
    if not found.proposals:
        st.caption(say("existing.nobody", language))
        return
    st.markdown(plain(say_category_counts(found, language)))
    counts = found.counts()
    chosen = st.pills(
        say("existing.filter", language),
        [key for key in CATEGORIES if counts[key]],
        format_func=lambda key: say("existing.choice", language, category=say_category(key, language), n=counts[key]),
        key="existing_category",
        wrap=True,
        label_visibility="collapsed",
    )
    _show_table(found, chosen, language)
    with st.container(horizontal=True, gap="small", key="existing_downloads"):
        for suffix, mime in FILES.items():
            st.download_button(
                suffix.upper(),
                partial(write_categories, found, f".{suffix}", language),
                f"{say('existing.stem', language)}.{suffix}",
                mime,
                key=f"existing_{suffix}",
                icon=":material/download:",
                on_click="ignore",
            )


def _show_table(found: Categories, chosen: str | None, language: str) -> None:
    kept = [proposal.project_id for proposal in found.proposals if chosen in (None, proposal.category)]
    table = tabulate_categories(found, language).loc[kept[:MOST_SHOWN]]
    if len(kept) > MOST_SHOWN:
        st.caption(say("existing.first", language, shown=MOST_SHOWN, total=len(kept)))
    wide = {str(table.columns[0]): 272, str(table.columns[2]): 450}
    st.dataframe(
        table,
        hide_index=True,
        key="existing",
        alt=say("existing.title", language),
        height=height_of(min(len(table), 14)),
        row_height=ROW,
        column_config={title: st.column_config.TextColumn(width=width) for title, width in wide.items()},
    )
