"""For whom: effects by trait of project and household, and the second outcome, being below the poverty line."""

from typing import TYPE_CHECKING

import streamlit as st

from evaluator.charts.intervals import draw_intervals
from evaluator.income.findings import ALL
from evaluator.pages import state
from evaluator.pages.income_years import show_study
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.effect_finding import say_courses, say_extremes
from evaluator.report.effect_rows import cut_at, group_rows, say_unit
from evaluator.report.effect_tables import main_groups, tabulate_group_effects
from evaluator.report.effect_words import say_caution, say_trait

if TYPE_CHECKING:
    from evaluator.income.findings import IncomeEffects

MOST_DRAWN = 5
"""Groups of one trait that are drawn together."""


def show_groups(found: "IncomeEffects", language: str) -> None:
    """Draw the section."""
    rows = group_rows(found, found.groups, language)
    show_picture(
        say_extremes(found, language),
        rows,
        draw_intervals(language, say_unit(found.scale, language), state.theme(), cut_at(rows)),
        key="groups",
        language=language,
        caption=say("income.groups_note", language),
        twin=tabulate_group_effects(found, language),
    )
    _show_trait(found, language)
    _show_below_line(found, language)


def _show_trait(found: "IncomeEffects", language: str) -> None:
    """The event study of the groups of one further trait."""
    split = [group for group in found.groups if group not in main_groups(found) and group in found.paths]
    named = [group.partition("=")[0] for group in split]
    traits = [trait for trait in dict.fromkeys(named) if named.count(trait) > 1]
    if not traits:
        return
    chosen = state.view().trait if state.view().trait in traits else traits[0]
    st.selectbox(
        say("income.trait", language),
        traits,
        format_func=lambda key: say_trait(key, language),
        **state.controlled("income_trait_shown", chosen, lambda key: state.change(trait=key or ""), among=traits),
    )
    groups = [group for group in split if group.partition("=")[0] == chosen][:MOST_DRAWN]
    show_study(found, groups, language, key="trait")


def _show_below_line(found: "IncomeEffects", language: str) -> None:
    """The chance to be below the line: falling back into poverty."""
    st.subheader(say("income.line", language), anchor=False)
    line = found.below_line
    if line is None:
        line_rule = wording.say_setting("payback.poverty_line_yuan", language)
        st.caption(plain(say("income.no_line", language, rule=line_rule)))
        return
    if line.refusals:
        st.markdown("\n".join(f"- {plain(say_caution(one, language, line.scale))}" for one in line.refusals))
        return
    groups = sorted(main_groups(line)[1:], key=lambda group: group == "flagged") or [ALL]
    show_study(line, groups, language, key="line")
    st.caption(say("income.line_note", language))
    show_table(tabulate_group_effects(line, language), say_courses(line, groups, language), key="line_groups")
