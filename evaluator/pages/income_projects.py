"""What running and proposed projects would do for incomes if they go like their kind: an estimate, never in a score."""

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from evaluator.pages import panels, state
from evaluator.pages.pictures import show_table
from evaluator.pages.projected import show_projection
from evaluator.pages.text import plain, say
from evaluator.report.projected import say_projection, tabulate_backtest, tabulate_projection

if TYPE_CHECKING:
    from evaluator.income.findings import IncomeEffects
    from evaluator.income.projected import Projection


def show_projects(found: "IncomeEffects", language: str) -> None:
    """Draw the section."""
    st.caption(say("income.projects_note", language))
    with st.spinner(say("income.stage.projecting", language)):
        projection = panels.projection(found)
    if projection is None or projection.refusal is not None:
        st.info("\n".join(plain(line) for line in _said(projection, language)), icon=":material/info:")
        return
    _show_one(projection, language)
    names = state.evaluation().portfolio.labels
    table = tabulate_projection(projection, language)
    table.iloc[:, 0] = [_name(one.project_id, names) for one in projection.projects]
    st.markdown(f"**{plain(say('income.projects_table', language, count=len(table)))}**")
    show_table(table, say("income.projects_table", language, count=len(table)), key="projections")
    st.markdown("\n".join(f"- {plain(line)}" for line in _said(projection, language)))
    if projection.backtest is not None and projection.backtest.late is not None:
        st.markdown(f"**{plain(say('income.backtest', language))}**")
        shown = tabulate_backtest(projection.backtest.late, projection.scale, language)
        show_table(shown, say("income.backtest", language), key="backtest")


def _said(projection: "Projection | None", language: str) -> list[str]:
    return [say("income.no_projection", language)] if projection is None else say_projection(projection, language)


def _show_one(projection: "Projection", language: str) -> None:
    """The fan of one project, the one of the link where it is among them."""
    own = state.evaluation().portfolio.frame.index
    ids = sorted((one.project_id for one in projection.projects), key=lambda key: key not in own)  # the list's first
    chosen = state.view().project if state.view().project in ids else _first(projection)
    names = state.evaluation().portfolio.labels
    st.selectbox(
        say("income.project", language),
        ids,
        format_func=lambda key: _name(key, names),
        **state.controlled("income_project", chosen, _take, among=ids),
    )
    show_projection(projection, chosen, language, theme=state.theme(), heading=False)


def _first(projection: "Projection") -> str:
    """A proposal of the list before the projects of the panel, and one seen in the past before all others."""
    chosen = state.recall("income_project_shown")
    ids = [one.project_id for one in projection.projects]
    if chosen in ids:
        return str(chosen)
    proposals = [one.project_id for one in projection.projects if one.status == "proposed" and one.supported_to >= 0]
    return (proposals or ids)[0]


def _take(key: str) -> None:
    """A project of the list goes into the link; one of the panel stays with the visit."""
    state.remember("income_project_shown", key)
    state.change(project=key if key in state.evaluation().portfolio.frame.index else "")


def _name(key: str, names: "pd.Series[str]") -> str:
    return f"{names[key]} · {key}" if key in names.index else key


def offer_projection(key: str, language: str) -> None:
    """On a project's page: its projection where a panel is at hand, worked out when it is asked for."""
    if panels.panel_file() is None:
        return
    st.subheader(say("income.outlook", language), anchor=False)
    if not panels.is_projected():
        st.caption(say("income.outlook_note", language))
        st.button(
            say("income.outlook_button", language), key="outlook", icon=":material/trending_up:",
            on_click=lambda: state.remember("outlook", True),
        )  # fmt: skip
        if not state.recall("outlook"):
            return
    with st.spinner(say("income.stage.projecting", language)):
        found = panels.effects(checks=False)
        projection = None if found is None or found.refusals else panels.projection(found)
    if projection is None or projection.refusal is not None or projection.of(key) is None:
        st.caption(plain(" ".join(_said(projection, language))))
        return
    show_projection(projection, key, language, theme=state.theme(), heading=False)
    st.page_link(
        state.page("income"),
        label=say("income.outlook_more", language),
        icon=":material/trending_up:",
        query_params=state.link_parameters(page="income", income_part="projects", project=key),
    )
