"""Two portfolios side by side: A, which was kept, and B, the one asked for now; what is given up and what is gained."""

from dataclasses import replace

import streamlit as st

from evaluator.balance import compare_balances
from evaluator.charts.waterfall import draw_waterfall
from evaluator.domain.errors import TableError
from evaluator.evaluation import Evaluation
from evaluator.pages import answers, balance_rows, state
from evaluator.pages.asking import asked_plan, say_faults
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.plan import Plan, read_plan, write_plan
from evaluator.pages.text import plain, say
from evaluator.report import chosen as words
from evaluator.report import wording
from evaluator.report.balance_finding import say_steps
from evaluator.report.balance_tables import tabulate_policy_results
from evaluator.report.balanced import tabulate_comparison
from evaluator.report.chosen import name_some
from evaluator.report.selected import tabulate_gains
from evaluator.selection import Selection

LESS = 0.8
"""Where no portfolio was kept, A is the same question with this share of the budget."""


def plan_a(evaluation: Evaluation) -> tuple[Plan, str, bool]:
    """The plan of A, its rules file, and whether it was kept by the reader."""
    view = state.view()
    if view.pinned:
        return read_plan(view.pinned)[0], view.pinned_toml, True
    b = answers.complete(asked_plan(), evaluation)
    return replace(b, budget=LESS * (b.budget or 0.0)), view.toml, False


def say_plan(plan: Plan, toml: str, evaluation: Evaluation, language: str) -> str:
    """A plan in one line: budget, value, rules."""
    full = answers.complete(plan, evaluation)
    parts = [
        wording.format_money(full.budget, language),
        say("compare.value", language, value=say(f"choose.values.{full.value}", language)),
    ]
    if toml:
        parts.append(say("compare.by_file", language))
    else:
        for key in ("industry", "township", "flagged", "long"):
            share = getattr(plan, key)
            if share is not None:
                parts.append(say(f"compare.{key}", language, share=wording.format_percent(share / 100, language)))
        parts += [say("choose.rule.continuing", language)] if plan.continuing else []
        names = evaluation.portfolio.labels
        for side in ("in", "out"):
            ids = [key for key in getattr(plan, f"fixed_{side}") if key in names.index]
            if ids:
                parts.append(
                    say(f"compare.{side}", language, names=name_some([str(names[key]) for key in ids], language))
                )
    return say("compare.join", language).join(parts)


def show_comparing(evaluation: Evaluation, language: str) -> None:
    """Draw the section."""
    (one, one_file, kept), other = plan_a(evaluation), asked_plan()
    with st.spinner(say("choose.choosing", language), show_time=True):
        a = answers.answer(evaluation, one, one_file, language)
        b = answers.answer(evaluation, other, state.view().toml, language)
    _show_sides(evaluation, (one, one_file, a), (other, state.view().toml, b), kept=kept, language=language)
    if isinstance(a, TableError) or isinstance(b, TableError) or not (a.choice.found and b.choice.found):
        st.info(say("compare.cannot", language))
        return
    if not (a.chosen or b.chosen):
        st.info(say("compare.none", language))
        return
    _show_difference(a, b, language)


def _show_sides(
    evaluation: Evaluation,
    a: tuple[Plan, str, Selection | TableError],
    b: tuple[Plan, str, Selection | TableError],
    *,
    kept: bool,
    language: str,
) -> None:
    for column, name, (plan, toml, found) in zip(st.columns(2, gap="large"), ("a", "b"), (a, b), strict=True):
        with column, st.container(border=True, height="stretch", gap="small"):
            title = say(f"compare.{name}" if kept or name == "b" else "compare.a_assumed", language)
            st.markdown(f"**{plain(title)}**")
            st.caption(plain(say_plan(plan, toml, evaluation, language)))
            if isinstance(found, TableError):
                st.error("\n".join(f"- {plain(line)}" for line in say_faults(found, language)))
            else:
                st.markdown(plain(words.say_selection(found, language)))
                st.caption(plain(words.say_gap(found, language)))
    with st.container(horizontal=True, gap="small"):
        st.button(
            say("compare.swap", language),
            icon=":material/swap_horiz:",
            on_click=lambda: _swap(evaluation),
        )
        st.button(
            say("compare.keep_b", language),
            icon=":material/push_pin:",
            on_click=lambda: _keep(evaluation),
        )
        if kept:
            st.button(
                say("compare.forget", language),
                icon=":material/undo:",
                type="tertiary",
                on_click=lambda: state.change(pinned=(), pinned_toml=""),
            )
        st.button(
            say("compare.change_b", language),
            icon=":material/tune:",
            type="tertiary",
            on_click=lambda: state.change(part="choose"),
        )


def _keep(evaluation: Evaluation) -> None:
    state.change(pinned=write_plan(answers.complete(asked_plan(), evaluation)), pinned_toml=state.view().toml)


def _swap(evaluation: Evaluation) -> None:
    one, one_file, _ = plan_a(evaluation)
    now = write_plan(answers.complete(asked_plan(), evaluation))
    state.change(plan=write_plan(one), toml=one_file, pinned=now, pinned_toml=state.view().toml)


def _show_difference(a: Selection, b: Selection, language: str) -> None:
    said = words.say_comparison(a, b, language)
    st.subheader(plain(said[0]), anchor=False)
    comparison = compare_balances(answers.balance(a), answers.balance(b))
    gains = tabulate_gains(a, b, language)
    gains.isetitem(0, b.evaluation.portfolio.labels.reindex(gains.index).to_numpy(object))  # names told apart
    currency = b.evaluation.portfolio.currency
    left, right = st.columns(2, gap="large")
    with left:
        if len(comparison.steps) > 2:
            rows, unit = balance_rows.step_rows(comparison, language, currency=currency)
            show_picture(
                say_steps(comparison, language, currency=currency),
                rows,
                draw_waterfall(language, unit, state.theme()),
                key="waterfall",
                language=language,
                caption=say("compare.waterfall_note", language),
            )
        for line in said[1:]:
            st.markdown(f"- {plain(line)}")
        if len(gains):
            show_table(gains, said[0], key="gains")
    with right:
        title = say("compare.measures", language)
        st.markdown(f"**{title}**")
        show_table(tabulate_comparison(comparison, language, currency=currency), title, key="measures_ab")
        tests = tabulate_policy_results(comparison, language)
        if len(tests):
            st.markdown(f"**{say('compare.tests', language)}**")
            show_table(tests, say("compare.tests", language), key="tests_ab")
