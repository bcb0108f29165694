"""What published studies found of like programmes: the yardstick where there is no panel, and beside one."""

from typing import TYPE_CHECKING

import streamlit as st

from evaluator.pages.pictures import show_table
from evaluator.pages.text import plain, say
from evaluator.report.evidence import evidence_links, say_evidence, say_lasting, tabulate_evidence

if TYPE_CHECKING:
    from evaluator.income.findings import IncomeEffects

WIDTHS = (100, 185, 152, 330, 156, 175, 220)
"""Pixels of the columns: all are seen at once in a wide window, their texts on up to four lines."""


def show_studies(_found: "IncomeEffects | None", language: str) -> None:
    """Draw the section: the finding, how to read it, one row a study, and where they were published."""
    st.subheader(plain(say_lasting(language)), anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in say_evidence(language)))
    show_table(tabulate_evidence(language), say("income.part.studies", language), key="studies", lines=4, widths=WIDTHS)
    links = "  \n".join(f"[{plain(source)}]({link})" for source, link in evidence_links().items())
    with st.expander(say("income.sources", language)):
        st.markdown(links)
