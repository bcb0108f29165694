"""Effects by year since the start, what stands behind each year, and how the difference between kinds develops."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from evaluator.charts.event_study import draw_event_study, draw_support
from evaluator.charts.intervals import draw_intervals
from evaluator.income.findings import ALL
from evaluator.pages import changes, panels, state
from evaluator.pages.link_income import PATHS
from evaluator.pages.pictures import show_picture
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.effect_finding import say_courses, say_support_finding
from evaluator.report.effect_rows import cut_at, say_unit, support_rows, window_rows, year_rows, years_of
from evaluator.report.effect_tables import main_groups, tabulate_estimates, tabulate_support, tabulate_years
from evaluator.report.effect_words import say_groups, say_method, say_trait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.income.findings import IncomeEffects

ESTIMATORS = ("etwfe", "imputation", "sun_abraham", "callaway_santanna")
ERRORS = ("jackknife", "cluster", "wild")
SCALES = ("log", "asinh", "level")
CONTROLS = ("not_yet", "never")


def show_years(found: "IncomeEffects", language: str) -> None:
    """Draw the section."""
    groups = _choose_paths(found, language)
    show_study(found, groups, language, key="study")
    if found.contrasts:
        rows = window_rows(found, language)
        contrast = _contrast(found)
        show_picture(
            say_courses(found, [contrast], language),
            rows,
            draw_intervals(language, say_unit(found.scale, language), state.theme(), cut_at(rows)),
            key="windows",
            language=language,
            caption=say("income.windows_note", language),
            twin=tabulate_estimates(found.contrasts, found.scale, language),
        )


def show_study(found: "IncomeEffects", groups: "Sequence[str]", language: str, *, key: str) -> None:
    """An event study of some groups with the villages behind it."""
    names, years = tuple(say_groups(groups, language).values()), years_of(found, groups)
    show_picture(
        say_courses(found, groups, language),
        year_rows(found, groups, language),
        draw_event_study(language, say_unit(found.scale, language), names, years, state.theme()),
        key=key,
        language=language,
        caption=say("income.study_note", language),
        twin=tabulate_years(found, language, groups),
    )
    show_picture(
        say_support_finding(found, groups, language),
        support_rows(found, groups, language),
        draw_support(language, names, years, state.theme()),
        key=f"support_{key}",
        language=language,
        twin=tabulate_support(found, groups, language),
    )


def _choose_paths(found: "IncomeEffects", language: str) -> tuple[str, ...]:
    """Kinds side by side, all projects, or the difference."""
    kinds = main_groups(found)[1:]
    if len(kinds) < 2:
        return (ALL,)
    offered = [path for path in PATHS if path != "contrast" or found.contrasts]
    chosen = state.view().paths if state.view().paths in offered else PATHS[0]
    st.segmented_control(
        say("income.paths", language),
        offered,
        format_func=lambda key: say(f"income.path.{key}", language),
        required=True,
        **state.controlled("paths", chosen, lambda key: state.change(paths=key or PATHS[0]), start="default"),
    )
    if chosen == "all":
        return (ALL,)
    if chosen == "contrast":
        return (_contrast(found),)
    return tuple(sorted(kinds, key=lambda group: group == "flagged"))  # the flagged one in the colour of flags


def _contrast(found: "IncomeEffects") -> str:
    return next(group for group in found.paths if "_minus_" in group)


def show_settings(language: str) -> None:
    """The settings that matter most, at hand; the rest stand in the rule book."""
    book = state.settings().income
    held = panels.panel()
    traits = list(dict.fromkeys((book.trait, *(held.traits if held is not None else ()))))
    with st.popover(say("income.settings", language), icon=":material/tune:", type="tertiary", key="income_settings"):
        _offer("estimator", ESTIMATORS, book.estimator, language, lambda key: say_method(key, language))
        _offer("control", CONTROLS, book.control, language, lambda key: say(f"income.control.{key}", language))
        _offer("inference", ERRORS, book.inference, language, lambda key: say(f"income.errors.{key}", language))
        _offer("trait", traits, book.trait, language, lambda key: say_trait(key, language))
        _offer("scale", SCALES, book.scale, language, lambda key: say(f"income.scale.{key}", language))
        refused = state.recall("income_refused")
        if refused:
            st.error(plain(refused[language]), icon=":material/error:")
        st.caption(say("income.settings_note", language))
        st.page_link(
            state.page("data"),
            label=say("income.to_rules", language),
            icon=":material/tune:",
            query_params=state.link_parameters(page="data", at="rules"),
        )


def _offer(name: str, choices: "Sequence[str]", now: str, language: str, word: Any) -> None:  # noqa: ANN401 - a function
    """One setting as a list to choose from; what the rule book holds beyond the list is offered too."""
    offered = choices if now in choices else [*choices, now]
    st.selectbox(
        wording.say_setting(f"income.{name}", language),
        offered,
        format_func=lambda key: word(key) if key in choices else key,
        **state.controlled(f"income_{name}", now, lambda key: _take(name, key), among=offered),
    )


def _take(name: str, value: str) -> None:
    fault = changes.change_setting(f"income.{name}", value)
    said = None if fault is None else {language: fault.message(language) for language in ("en", "zh")}
    state.remember("income_refused", said)
