"""Applications near each other that carry one text: the groups, and a way to each project."""

import streamlit as st

from evaluator.pages import state
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.copies import tabulate_copies

MOST_GROUPS, MOST_LINKS = 200, 6


def show_copied(language: str) -> None:
    """Draw the groups of copied applications of the list."""
    evaluation = state.evaluation()
    groups, rules = evaluation.copies, evaluation.settings.homogeneity
    finding = say("copied.finding" if groups else "copied.none", language, groups=len(groups))
    st.subheader(finding, anchor=False)
    st.caption(
        say(
            "copied.note",
            language,
            likeness=wording.format_percent(rules.copied_text, language),
            characters=rules.copied_characters,
            radius=wording.format_number(rules.radius_km, language),
        )
    )
    if not groups:
        return
    table = tabulate_copies(evaluation, language).head(MOST_GROUPS)
    st.dataframe(table, hide_index=True, key="copied", alt=finding, height="content")
    with st.container(horizontal=True, gap="small", key="copied_links"):
        for project in groups[0].project_ids[:MOST_LINKS]:
            st.page_link(
                state.page("project"),
                label=plain(evaluation.portfolio.labels.loc[project]),
                icon=":material/arrow_forward:",
                query_params=state.link_parameters(page="project", project=project),
            )
