"""Choose under a budget: the question, the portfolio, how firm it is, what binds, what safety costs, other weights."""

from functools import partial

import streamlit as st

from evaluator.charts.frontier import draw_frontier
from evaluator.domain.errors import TableError
from evaluator.evaluation import Evaluation
from evaluator.pages import answers, chosen_rows, figures, sliding, state
from evaluator.pages.asking import asked_plan, say_faults, show_form
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.plan import write_plan
from evaluator.pages.text import plain, say
from evaluator.report import chosen as words
from evaluator.report.balanced import format_measure
from evaluator.report.ruled import say_rule_name
from evaluator.report.selected import (
    tabulate_apart,
    tabulate_baselines,
    tabulate_conflict,
    tabulate_frontier,
    tabulate_rules,
)
from evaluator.selection import Selection

MOST_LINKED = 8
FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
FIGURES = ("flagged_share", "long_share", "effective_types")


def show_choosing(evaluation: Evaluation, language: str) -> None:
    """Draw the section."""
    left, right = st.columns([3, 7], gap="medium")
    with left:
        show_form(evaluation, language)
    with right:
        selection = _answer(evaluation, language)
        if selection is None:
            return
        if not selection.choice.found or not selection.chosen:
            _show_none(selection, language)
            return
        _show_head(selection, evaluation, language)
        with st.spinner(say("choose.weighing", language), show_time=True):
            firm = answers.firmness(selection)
        _show_projects(selection, firm, language)
    _show_rules(selection, language)
    _show_frontiers(selection, firm, language)
    left, right = st.columns(2, gap="large")
    with left:
        sliding.show_sliders(selection, language)
    with right:
        _show_beside(selection, language)
    _show_apart(selection, language)


def _answer(evaluation: Evaluation, language: str) -> Selection | None:
    """The portfolio of this view; where budget or rules cannot be used, every fault of them."""
    with st.spinner(say("choose.choosing", language), show_time=True):
        found = answers.answer(evaluation, asked_plan(), state.view().toml, language)
    if isinstance(found, TableError):
        lines = "\n".join(f"- {plain(line)}" for line in say_faults(found, language))
        st.error(f"{say('choose.refused', language)}\n\n{lines}", icon=":material/error:")
        return None
    for issue in found.problem.issues:
        st.warning(
            plain(f"{issue.where()} {issue.message(language)} {issue.remedy(language)}"), icon=":material/warning:"
        )
    return found


def _show_none(selection: Selection, language: str) -> None:
    """Why nothing is funded: which rules conflict and the smallest change that would do."""
    st.subheader(plain(words.say_selection(selection, language)), anchor=False)
    lines = [*words.say_notes(selection, language), *words.say_conflict(selection, language)]
    if lines:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    table = tabulate_conflict(selection, language)
    if len(table):
        show_table(table, say("choose.conflict", language), key="conflict")
    _show_apart(selection, language)


def _show_head(selection: Selection, evaluation: Evaluation, language: str) -> None:
    st.subheader(plain(words.say_selection(selection, language)), anchor=False)
    st.caption(plain(" ".join([words.say_gap(selection, language), *words.say_notes(selection, language)])))
    after, before = answers.balance(selection), evaluation.balance
    with st.container(horizontal=True, key="choice_figures"):
        for key in FIGURES:
            value = format_measure(key, after.measures[key], language, after.currency)
            whole = format_measure(key, before.measures[key], language, before.currency)
            st.metric(
                say(f"portfolio.figure.{key}", language),
                value,
                delta=say("choose.whole", language, value=whole),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            say("choose.pin", language),
            icon=":material/push_pin:",
            on_click=lambda: state.change(pinned=_complete_texts(evaluation), pinned_toml=state.view().toml),
            help=say("choose.pin_help", language),
        )
        st.button(
            say("choose.to_compare", language),
            icon=":material/compare_arrows:",
            type="tertiary",
            on_click=lambda: state.change(part="compare"),
        )


def _complete_texts(evaluation: Evaluation) -> tuple[str, ...]:
    return write_plan(answers.complete(asked_plan(), evaluation))


def _show_projects(selection: Selection, firm: answers.Firmness, language: str) -> None:
    """Every candidate with its decision and how firm it is; the borderline ones by name."""
    shown = chosen_rows.SHOWN
    counts = chosen_rows.count_shown(selection, firm.core)
    which = st.pills(
        say("choose.show", language),
        shown,
        default=shown[0],
        format_func=lambda key: say(f"choose.shown.{key}", language, count=counts[key]),
        required=True,
        wrap=True,
        label_visibility="collapsed",
        key="choice_shown",
    )
    table = chosen_rows.candidate_rows(selection, firm.core, str(which), language)
    if table.empty:
        st.caption(say("choose.none_shown", language))
    else:
        show_table(table, words.say_selection(selection, language), key=f"chosen_{which}")
    if counts[str(which)] > len(table):
        st.caption(say("choose.first", language, shown=len(table), count=counts[str(which)]))
    _show_files(selection, firm, language)
    said = words.say_core(chosen_rows.with_core(selection, firm.core), language)
    st.caption(plain(" ".join(said[:1])) + " " + say("choose.core_note", language))
    borderline = [p for p in selection.problem.candidates.order if firm.core.place.get(p) == "borderline"]
    if borderline:
        _link_borderline(selection, borderline, language)


def _show_files(selection: Selection, firm: answers.Firmness, language: str) -> None:
    """The choice as files, made when one is asked for."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="choice_files"):
        st.caption(say("choose.files", language), width="content")
        for suffix, mime in FILES.items():
            st.download_button(
                suffix.upper(),
                partial(answers.write_files, selection, firm, f".{suffix}", language),
                f"{say('choose.stem', language)}.{suffix}",
                mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"choice_{suffix}",
            )


def _link_borderline(selection: Selection, ids: list[str], language: str) -> None:
    names = selection.evaluation.portfolio.labels
    with st.container(horizontal=True, gap="small", key="borderline"):
        st.markdown(f"**{say('choose.borderline', language)}**", width="content")
        for key in ids[:MOST_LINKED]:
            st.page_link(
                state.page("project"),
                label=plain(figures.shorten(names[key], 22)),
                icon=":material/description:",
                query_params=state.link_parameters(page="project", project=key),
            )
        if len(ids) > MOST_LINKED:
            st.caption(say("near.more", language, rest=len(ids) - MOST_LINKED), width="content")


def _show_rules(selection: Selection, language: str) -> None:
    tight = [one for one in selection.choice.rules if one.tight]
    names = dict.fromkeys(say_rule_name(one.line.kind, one.line.name, language) for one in tight)
    comma = say("portfolio.comma", language)
    finding = say("choose.tight" if names else "choose.not_tight", language, rules=comma.join(names))
    st.subheader(plain(finding), anchor=False)
    st.caption(plain(" ".join([words.say_rule_prices(selection, language), *words.say_price(selection, language)])))
    binding = tabulate_rules(selection, language, tight_only=True)
    if len(binding):
        show_table(binding, finding, key="tight_rules")
    if len(selection.choice.rules) > len(binding):
        with st.expander(say("choose.all_rules", language, count=len(selection.choice.rules)), icon=":material/rule:"):
            show_table(tabulate_rules(selection, language), finding, key="rules")


def _show_frontiers(selection: Selection, firm: answers.Firmness, language: str) -> None:
    st.subheader(say("choose.frontiers", language), anchor=False)
    st.caption(say("choose.frontiers_note", language))
    for column, (measure, points) in zip(st.columns(2, gap="large"), firm.frontiers.items(), strict=True):
        with column:
            flat = chosen_rows.is_flat(points)
            finding = words.say_frontier(points, measure, language)
            if flat:
                st.markdown(f"**{plain(finding)}**")
                continue
            show_picture(
                finding,
                chosen_rows.frontier_rows(points, language, chosen=selection.chosen),
                draw_frontier(language, measure, state.theme()),
                key=f"frontier_{measure}",
                language=language,
                twin=tabulate_frontier(points, measure, language),
            )


def _show_beside(selection: Selection, language: str) -> None:
    """The same money spent by habit, and under other definitions of value."""
    st.subheader(say("choose.beside", language), anchor=False)
    st.caption(say("choose.beside_note", language))
    show_table(tabulate_baselines(selection, language), say("choose.beside", language), key="habits")
    lines = [*words.say_sensitivity(selection, language), *words.say_unknown_facts(selection, language)]
    lines += [line for line in (words.say_no_township(selection, language), _say_unjudged(selection, language)) if line]
    if lines:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _say_unjudged(selection: Selection, language: str) -> str:
    names = selection.evaluation.portfolio.labels
    listed = [str(names[key]) for key in selection.choice.unjudged]
    return say("choose.unjudged", language, names=words.name_some(listed, language)) if listed else ""


def _show_apart(selection: Selection, language: str) -> None:
    """Projects that cannot be chosen stand apart with the reason; none is dropped."""
    table = tabulate_apart(selection, language)
    if len(table):
        with st.expander(say("choose.apart", language, count=len(table)), icon=":material/help:"):
            show_table(table, say("choose.apart", language, count=len(table)), key="apart")
