"""The balance of a list in pictures: industry by horizon, townships, shares, largest blocks, all measures."""

import streamlit as st

from evaluator.balance import DIMENSIONS, Balance
from evaluator.charts.mosaic import draw_mosaic
from evaluator.charts.shares import draw_shares
from evaluator.charts.townships import draw_townships
from evaluator.evaluation import Evaluation
from evaluator.pages import balance_rows, measured, state
from evaluator.pages.link_portfolio import MEASURED
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.text import plain, say
from evaluator.report import rivals, wording
from evaluator.report.balance_finding import say_largest_group, say_mosaic, say_townships
from evaluator.report.balance_rows import INDUSTRIES, mosaic_rows, township_rows
from evaluator.report.balance_tables import say_dimension, tabulate_mosaic
from evaluator.report.balanced import tabulate_groups, tabulate_measures, tabulate_townships

LARGEST = 6


def show_structure(evaluation: Evaluation, language: str) -> None:
    """Draw the section."""
    balance = evaluation.balance
    if balance.basis == "projects":
        st.info(say("portfolio.no_amounts", language), icon=":material/info:")
    left, right = st.columns([6, 5], gap="large")
    with left:
        show_mosaic(balance, language)
    with right:
        show_townships(balance, language)
    _show_shares(balance, language)
    left, right = st.columns(2, gap="large")
    with left:
        _show_largest(balance, language)
    with right:
        _show_clusters(evaluation, language)
    with st.expander(say("portfolio.measures", language), icon=":material/functions:"):
        show_table(tabulate_measures(balance, language), say("portfolio.measures", language), key="measures")
        st.caption(say("portfolio.measures_note", language))


def show_mosaic(balance: Balance, language: str, *, height: int = 660, most: int = INDUSTRIES) -> None:
    """Draw industry by horizon, with its table."""
    rows = mosaic_rows(balance, language, most=most)
    if rows.empty:
        st.caption(say("portfolio.nothing_scored", language))
        return
    show_picture(
        say_mosaic(balance, language),
        rows,
        draw_mosaic(language, state.theme(), height=height, by=balance.basis),
        key="mosaic",
        language=language,
        caption=say(f"portfolio.mosaic_note.{balance.basis}", language),
        twin=tabulate_mosaic(balance, language),
    )


def show_townships(balance: Balance, language: str) -> None:
    """Draw funds for each poor household beside the county's line, or say what is needed for it."""
    towns = balance.townships
    if towns.reason:
        st.markdown(f"**{say('portfolio.no_townships', language)}**")
        st.caption(plain(say(f"portfolio.no_townships_why.{towns.reason}", language)))
        return
    rows, unit = township_rows(balance, language)
    show_picture(
        say_townships(balance, language),
        rows,
        draw_townships(language, unit, state.theme()),
        key="townships",
        language=language,
        caption=say("portfolio.townships_note", language),
        twin=tabulate_townships(balance, language),
    )
    if towns.unmatched:
        names = say("portfolio.comma", language).join(towns.unmatched)
        st.caption(plain(say("portfolio.unmatched", language, names=names)))


def _show_shares(balance: Balance, language: str) -> None:
    view = state.view()
    st.subheader(say("portfolio.shares", language), anchor=False)
    with st.container(horizontal=True, gap="medium", key="share_controls"):
        st.pills(
            say("portfolio.dimension", language),
            DIMENSIONS,
            format_func=lambda key: say_dimension(key, language),
            required=True,
            wrap=True,
            label_visibility="collapsed",
            **state.controlled(
                "dimension", view.dimension, lambda key: state.change(dimension=key or DIMENSIONS[0]), start="default"
            ),
        )
        st.segmented_control(
            say("portfolio.measured", language),
            MEASURED,
            format_func=lambda key: say(f"portfolio.by.{key}", language),
            required=True,
            label_visibility="collapsed",
            **state.controlled("measured", view.by, lambda key: state.change(by=key or MEASURED[0]), start="default"),
        )
    rows = balance_rows.group_rows(balance, view.dimension, language, by=view.by)
    table = tabulate_groups(balance, view.dimension, language)
    if rows.empty:
        st.caption(say(f"portfolio.no_shares.{view.by}", language))
        show_table(table, say("portfolio.shares", language), key="shares")
        return
    left, right = st.columns([6, 5], gap="large", vertical_alignment="top")
    with left:
        show_picture(
            say_largest_group(balance, view.dimension, language, by=view.by),
            rows,
            draw_shares(language, state.theme()),
            key="shares",
            language=language,
        )
    with right:
        show_table(table, say("portfolio.shares", language), key="shares")


def _show_largest(balance: Balance, language: str) -> None:
    rows = balance_rows.group_rows(balance, "product", language, by=balance.basis, most=LARGEST)
    if rows.empty:
        st.caption(say("portfolio.no_products", language))
        return
    show_picture(
        say(
            f"portfolio.products.{balance.basis}",
            language,
            share=wording.format_percent(balance.measures["largest_product_share"], language),
        ),
        rows[~rows["muted"]].assign(room=rows["room"].max()),
        draw_shares(language, state.theme()),
        key="products",
        language=language,
        caption=say(f"portfolio.products_note.{balance.basis}", language),
    )


def _show_clusters(evaluation: Evaluation, language: str) -> None:
    st.markdown(f"**{say('portfolio.clusters', language)}**")
    with st.spinner(say("near.working", language), show_time=True):
        network = measured.network(evaluation, None)
    st.caption(plain(rivals.say_network(network, language)))
    if network.clusters:
        table = rivals.tabulate_clusters(network, language, currency=evaluation.portfolio.currency).head(LARGEST)
        kept = [rivals.say_column(column, language) for column in ("name", "projects", "amount", "flagged")]
        show_table(table[kept], say("portfolio.clusters", language), key="largest_clusters")
    st.page_link(
        state.page("neighbours"),
        label=say("portfolio.to_neighbours", language),
        icon=":material/arrow_forward:",
        query_params=state.link_parameters(page="neighbours"),
    )
