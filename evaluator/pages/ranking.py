"""Ranking: what comes first at these weights, how firm that is, and two to four projects side by side."""

from functools import partial
from hashlib import sha256
from typing import Any

import streamlit as st

from evaluator.charts.style import CRITERION_COLOURS
from evaluator.domain.fields import PROJECT_KINDS
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.flags import LEVELS
from evaluator.pages import figures, state
from evaluator.pages.book import EQUAL_WEIGHTS
from evaluator.pages.firmness import show_firmness
from evaluator.pages.link import LARGEST_WEIGHT, MOST_COMPARED
from evaluator.pages.pictures import ROW, height_of
from evaluator.pages.text import plain, say
from evaluator.pages.tray import show_tray
from evaluator.pages.weighing import show_weighing
from evaluator.report import wording
from evaluator.report.export import write_results

PRESETS = {
    "equal": EQUAL_WEIGHTS,
    "market": (40, 20, 20, 20),
    "lasting": (20, 20, 40, 20),
    "local": (20, 30, 10, 40),
}
FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
TABLE_ROWS = 14
CRITERION_WIDTH = {"en": 142, "zh": 116}
"""Pixels of the column of a criterion: its name in the heading is not cut off."""
SHEET_ROWS = 200
"""Rows of the table that are sent at once; a longer list has several sheets."""


def show() -> None:
    """Draw the page."""
    language = state.view().language
    evaluation = state.evaluation()
    st.header(plain(_finding(evaluation, language)), anchor=False)
    _show_weights(language)
    show_weighing(evaluation, language)
    _show_filters(evaluation, language)
    rows = figures.find_rows(evaluation, state.view())
    if not rows:
        said = "ranking.no_rows" if len(evaluation.scored) else "overview.nothing_scored"
        st.info(say(said, language), icon=":material/filter_alt_off:")
    else:
        _show_table(evaluation, _choose_sheet(rows, language), language)
    _show_downloads(evaluation, language)
    show_tray(evaluation, language)
    if rows:
        show_firmness(evaluation, rows, language)


def _finding(evaluation: Evaluation, language: str) -> str:
    card = evaluation.scorecard
    if not len(evaluation.scored):
        return say("ranking.empty", language)
    judged = [row for row in figures.order_by_total(evaluation) if card.judged[row]]
    if not judged:
        return say("ranking.unjudged", language)
    first = judged[0]
    name = figures.shorten(evaluation.portfolio.frame.loc[card.index[first], "name"], 40)
    return say(
        "ranking.finding",
        language,
        name=name,
        total=wording.format_score(card.total[first], language),
        share=wording.format_share(card.p_top[first], language),
        top=card.top,
        low=int(card.rank_low[first]),
        high=int(card.rank_high[first]),
    )


def _show_weights(language: str) -> None:
    view = state.view()
    with st.container(border=True, gap="small", key="weights"):
        for column, key, weight, share in zip(
            st.columns(4, gap="medium"), CRITERIA, view.weights, view.shares, strict=True
        ):
            label = say(
                "weights.label",
                language,
                criterion=wording.say_criterion(key, language),
                share=wording.format_share(share, language),
            )
            with column:
                st.slider(
                    label,
                    0,
                    LARGEST_WEIGHT,
                    step=5,
                    help=plain(wording.say_criterion_meaning(key, language)),
                    **state.controlled(f"weight_{key}", weight, partial(state.weigh, key)),
                )
        current = next((name for name, weights in PRESETS.items() if weights == view.weights), None)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="presets"):
            st.caption(say("weights.note", language), width="content")
            st.pills(
                say("weights.presets", language),
                list(PRESETS),
                format_func=lambda name: say(f"weights.preset.{name}", language),
                wrap=True,
                label_visibility="collapsed",
                **state.controlled("preset", current, _use_preset, start="default"),
            )
            st.button(
                say("weights.reset", language),
                icon=":material/restart_alt:",
                type="tertiary",
                disabled=view.weights == EQUAL_WEIGHTS,
                on_click=lambda: state.change(weights=EQUAL_WEIGHTS),
            )
        if not any(view.weights):
            st.warning(say("weights.all_zero", language))


def _use_preset(name: str | None) -> None:
    if name:
        state.change(weights=PRESETS[name])


def _show_filters(evaluation: Evaluation, language: str) -> None:
    view = state.view()
    townships = sorted(
        set(evaluation.portfolio.frame["township"].loc[evaluation.scored].dropna()) | set(view.townships)
    )
    with st.container(horizontal=True, gap="small", key="filters"):
        st.text_input(
            say("filter.search", language),
            placeholder=say("filter.search_hint", language),
            max_chars=80,
            type="search",
            width=220,
            **state.controlled("search", view.search, lambda value: state.change(search=value or "")),
        )
        st.multiselect(
            say("filter.level", language),
            LEVELS,
            format_func=lambda key: figures.level_words(key, language),
            placeholder=say("filter.all", language),
            width=220,
            **state.controlled(
                "levels", list(view.levels), lambda value: state.change(levels=tuple(value)), start="default"
            ),
        )
        st.multiselect(
            say("filter.kind", language),
            PROJECT_KINDS[:2],
            format_func=lambda key: wording.say_kind(key, language),
            placeholder=say("filter.all", language),
            width=180,
            **state.controlled(
                "kinds", list(view.kinds), lambda value: state.change(kinds=tuple(value)), start="default"
            ),
        )
        if townships:
            st.multiselect(
                say("filter.township", language),
                townships,
                placeholder=say("filter.all", language),
                width=220,
                **state.controlled(
                    "townships",
                    list(view.townships),
                    lambda value: state.change(townships=tuple(value)),
                    start="default",
                ),
            )


def _choose_sheet(rows: list[int], language: str) -> list[int]:
    """The rows of one sheet; a list of more has numbers to turn to the others."""
    sheets = -(-len(rows) // SHEET_ROWS)
    sheet = min(state.view().sheet, sheets)
    start = (sheet - 1) * SHEET_ROWS
    shown = rows[start : start + SHEET_ROWS]
    note = say("ranking.shown", language, shown=len(rows), total=len(state.evaluation().scored), most=MOST_COMPARED)
    st.caption(note)
    if sheets > 1:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sheets"):
            first, last = start + 1, start + len(shown)
            st.caption(say("ranking.sheet", language, first=first, last=last, total=len(rows)), width="content")
            turn = state.controlled(
                f"sheet_{sheets}", sheet, lambda value: state.change(sheet=int(value)), start="default"
            )
            st.pagination(sheets, max_visible_pages=5, **turn)
    return shown


def _show_table(evaluation: Evaluation, rows: list[int], language: str) -> None:
    table = figures.ranking_rows(evaluation, rows, language)
    ids = list(table.index)
    if not evaluation.portfolio.frame.loc[ids, "township"].notna().any():
        table = table.drop(columns="township")
    picked = [ids.index(key) for key in state.view().picked if key in ids]
    mark = sha256("\n".join([*ids, language]).encode()).hexdigest()[:12]
    key = f"ranking_{mark}_{state.turn('ranking')}"
    st.dataframe(
        table,
        hide_index=True,
        key=key,
        column_config=_columns(language),
        column_order=list(table.columns),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": picked}},
        on_select=lambda: _take_selection(key, ids),
        height=height_of(min(len(table), TABLE_ROWS)),
        row_height=ROW,
        alt=say("ranking.table_alt", language),
    )


def _take_selection(key: str, ids: list[str]) -> None:
    """Selected rows are positions in the table as drawn; what is kept are the projects."""
    chosen = [ids[row] for row in state.selected_rows(key)]
    hidden = [project for project in state.view().picked if project not in ids]
    kept = [project for project in state.view().picked if project in chosen]
    wanted = [*hidden, *kept, *(project for project in chosen if project not in kept)]
    state.remember("too_many", len(wanted) > MOST_COMPARED)
    if len(wanted) > MOST_COMPARED:
        state.begin_anew("ranking")
    state.pick(wanted)


def _columns(language: str) -> dict[str, Any]:
    column = st.column_config
    configured: dict[str, Any] = {
        "rank": column.TextColumn(say("column.rank", language), help=say("column.rank_help", language), width=90),
        "name": column.TextColumn(say("column.name", language), pinned=True, width=290),
        "total": column.ProgressColumn(
            wording.say_criterion("total", language), min_value=0, max_value=100, format="%d", width=98
        ),
        "range": column.TextColumn(say("column.range", language), help=say("column.range_help", language), width=106),
        "flag": column.TextColumn(say("column.flag", language), width=134),
        "signs": column.ListColumn(say("column.signs", language), help=say("column.signs_help", language), width=270),
        "coverage": column.NumberColumn(
            say("column.coverage", language), help=say("column.coverage_help", language), format="%d %%", width=106
        ),
        "investment": column.TextColumn(say("column.investment", language), alignment="right", width=142),
        "township": column.TextColumn(say("column.township", language), width=142),
    }
    for key in CRITERIA:
        configured[key] = column.ProgressColumn(
            wording.say_criterion(key, language),
            min_value=0,
            max_value=100,
            format="%d",
            width=CRITERION_WIDTH[language],
            color=CRITERION_COLOURS[key],
            help=plain(wording.say_criterion_meaning(key, language)),
        )
    return configured


def _show_downloads(evaluation: Evaluation, language: str) -> None:
    stem = say("download.stem", language)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="downloads"):
        st.caption(say("download.title", language), width="content")
        for suffix, mime in FILES.items():
            st.download_button(
                suffix.upper(),
                partial(write_results, evaluation, f".{suffix}", language),
                f"{stem}.{suffix}",
                mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"download_{suffix}",
            )


if __name__ == "__main__":
    show()
