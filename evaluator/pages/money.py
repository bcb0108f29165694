"""When the money comes back: yearly flows, every measure at three rates, and the views of project and households."""

import pandas as pd
import streamlit as st

from evaluator.charts.cash_flow import draw_cash_flow
from evaluator.evaluation import Evaluation
from evaluator.pages import money_rows
from evaluator.pages.pictures import show_chart
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.appraised import say_rates


def show_money(evaluation: Evaluation, key: str, row: int, language: str) -> None:
    """Draw the cash flow of one project with all its measures; what is missing when it cannot be drawn."""
    found, currency = evaluation.appraise_project(key), evaluation.portfolio.currency
    rows = money_rows.flow_rows(found, language, currency=currency)
    if rows.empty:
        st.subheader(say("money.unknown", language), anchor=False)
        st.caption(say("money.unknown_note", language))
        _show_views(evaluation, money_rows.view_rows(found, language), language)
        return
    finding = _say_finding(evaluation, row, language)
    st.subheader(finding, anchor=False)
    if bool(evaluation.horizon.delay_assumed[row]) and not _from_flows(evaluation, row):
        assumed = wording.format_years(evaluation.settings.payback.delay_years, language)
        st.caption(say("money.delay_assumed", language, years=assumed))
    unit = say("money.unit", language) if currency == "CNY" else say("money.unit_other", language, currency=currency)
    left, right = st.columns(2, gap="large", vertical_alignment="center")
    with left:
        show_chart(rows, draw_cash_flow(language, unit), alt=finding, key="cash_flow")
    with right:
        rate = evaluation.settings.payback.rate
        st.table(money_rows.measure_rows(found, rate, language, currency=currency), border="horizontal")
    st.caption(_say_more(evaluation, row, found.views["project"]["all_irr"].iloc[0], language))
    _show_views(evaluation, money_rows.view_rows(found, language), language)


def _say_finding(evaluation: Evaluation, row: int, language: str) -> str:
    years = evaluation.appraisal["payback_years"].iloc[row]
    if years == float("inf"):
        return say("money.never", language)
    return say("money.finding", language, years=wording.format_years(years, language))


def _say_more(evaluation: Evaluation, row: int, rates: tuple[float, ...], language: str) -> str:
    """The rates of return, and what is known of when households have half of their benefit and how long it lasts."""
    measures = evaluation.appraisal.iloc[row]
    said = [say("money.irr", language, irr=plain(say_rates(rates, language)))]
    for key, measure in (("half", "half_life_years"), ("lasting", "lasting_years")):
        if not wording.is_missing(measures[measure]):
            said.append(say(f"money.{key}", language, years=wording.format_years(measures[measure], language)))
    text = " · ".join(said)
    return text[:1].upper() + text[1:]


def _from_flows(evaluation: Evaluation, row: int) -> bool:
    return bool(evaluation.appraisal["from_flows"].iloc[row])


def _show_views(evaluation: Evaluation, table: pd.DataFrame, language: str) -> None:
    """Project, project with subsidies and households side by side, at the rate of the rule book."""
    if table.empty:
        return
    rate = wording.format_percent(evaluation.settings.payback.rate, language)
    with st.expander(say("money.views", language, rate=rate), icon=":material/calculate:"):
        st.caption(say("money.views_note", language))
        st.dataframe(table, hide_index=True, key="views", alt=say("money.views", language, rate=rate), height="content")
