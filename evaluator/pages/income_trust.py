"""How far the result can be trusted: checks, bounds, other estimators and errors, what it cannot show."""

from typing import TYPE_CHECKING

import streamlit as st

from evaluator.charts.intervals import draw_intervals
from evaluator.income.findings import ALL
from evaluator.pages import state
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.text import plain, say
from evaluator.report.effect_checks import say_breakdown, tabulate_bounds, weigh_checks
from evaluator.report.effect_finding import say_limits, say_methods_finding, say_naive, say_power_now
from evaluator.report.effect_rows import bound_rows, cut_at, influence_rows, method_rows, say_unit
from evaluator.report.effect_tables import tabulate_alternatives, tabulate_estimates
from evaluator.report.effect_words import say_group
from evaluator.report.effects import say_last_window

if TYPE_CHECKING:
    import pandas as pd

    from evaluator.income.findings import IncomeEffects

VERDICTS = {"doubt": ("▲", "red"), "open": ("■", "gray"), "holds": ("●", "green"), "told": ("○", "gray")}
"""Symbol and colour of what a check means, never colour alone; those in doubt come first."""


def show_trust(found: "IncomeEffects", language: str) -> None:
    """Draw the section."""
    _show_checks(found, language)
    _show_bounds(found, language)
    _show_methods(found, language)
    show_errors(found, language)
    st.subheader(say("income.cannot", language), anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in say_limits(found, language)))


def _show_checks(found: "IncomeEffects", language: str) -> None:
    """One line a check: what it means, what was found."""
    checks = sorted(weigh_checks(found, language), key=lambda check: list(VERDICTS).index(check[2]))
    count = {verdict: sum(one == verdict for *_, one in checks) for verdict in VERDICTS}
    st.subheader(plain(say("income.checks", language, doubt=count["doubt"], held=count["holds"])), anchor=False)
    lines = []
    for title, result, verdict in checks:
        symbol, colour = VERDICTS[verdict]
        badge = f":{colour}-badge[{symbol} {say(f'income.verdict.{verdict}', language)}]"
        lines.append(f"{badge} **{plain(title)}** {plain(result)}")
    st.markdown("\n\n".join(lines))
    seen = say_power_now(found, language)
    if seen:
        st.caption(plain(seen))
    moved = influence_rows(found, language)
    if len(moved):
        with st.expander(say("income.influence", language), icon=":material/holiday_village:"):
            show_table(moved, say("income.influence", language), key="influence")


def _show_bounds(found: "IncomeEffects", language: str) -> None:
    """How far trends may have parted anyway before the conclusion falls."""
    window = say_last_window(found)
    for group in sorted(found.sensitivity, key=lambda group: group == ALL):
        rows = bound_rows(found, group, language)
        finding = say(
            "income.bounds", language,
            group=say_group(group, language), breakdown=say_breakdown(found.sensitivity[group], language), **window,
        )  # fmt: skip
        show_picture(
            finding,
            rows,
            draw_intervals(language, say_unit(found.scale, language), state.theme(), cut_at(rows)),
            key=f"bounds_{group}",
            language=language,
            caption=_note("income.bounds_note", rows, language),
            twin=tabulate_bounds(found, language),
        )


def _show_methods(found: "IncomeEffects", language: str) -> None:
    """Estimators side by side; the naive one last, with the reason."""
    rows = method_rows(found, language)
    if not len(rows):
        return
    show_picture(
        say_methods_finding(found, language),
        rows,
        draw_intervals(language, say_unit(found.scale, language), state.theme(), cut_at(rows)),
        key="methods",
        language=language,
        caption=_note("income.methods_note", rows, language),
        twin=tabulate_alternatives(found, language),
    )
    if found.naive is not None:
        st.warning(plain(say_naive(found, language)), icon=":material/warning:")


def show_errors(found: "IncomeEffects", language: str) -> None:
    """The same number under other errors."""
    if found.errors:
        st.markdown(f"**{plain(say('income.errors_title', language))}**")
        table = tabulate_estimates(found.errors, found.scale, language, title="inference")
        show_table(table, say("income.errors_title", language), key="errors")


def _note(key: str, rows: "pd.DataFrame", language: str) -> str:
    """A caption, which says so where the picture is cut."""
    cut = say("income.cut", language) if cut_at(rows) is not None else ""
    return f"{say(key, language)} {cut}".strip() if language == "en" else f"{say(key, language)}{cut}"
