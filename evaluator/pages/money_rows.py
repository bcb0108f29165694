"""The rows of one project's money: yearly flows and their sum, measures at three rates, every view at one."""

import numpy as np
import pandas as pd

from evaluator.criteria.cashflow import appraise
from evaluator.criteria.flow_appraisal import FlowAppraisal
from evaluator.pages.text import say
from evaluator.report import wording
from evaluator.report.appraised import show_appraisal

SHOWN_RATES = (0.05, 0.08, 0.12)
MONEY_SCALE = {"zh": 1e4, "en": 1e3}
MONEY_MEASURES = ("npv_yuan", "npv_spreadsheet_yuan", "equivalent_annual_yuan")
MEASURES = (*MONEY_MEASURES, "discounted_payback_years", "benefit_cost", "mirr")


def flow_rows(found: FlowAppraisal, language: str, *, currency: str = "CNY") -> pd.DataFrame:
    """Yearly flows of one project and their sum for ``draw_cash_flow``; empty when a fact is missing."""
    flows = found.flows.net()[0]
    if np.isnan(flows).any():
        return pd.DataFrame()
    flows = flows[: int(found.flows.last[0]) + 1]
    sums = np.cumsum(flows)
    scale = MONEY_SCALE[language]
    return pd.DataFrame(
        {
            "year": range(len(flows)),
            "flow": flows / scale,
            "sum": sums / scale,
            "flow_text": [wording.format_money(amount, language, currency) for amount in flows],
            "sum_text": [wording.format_money(amount, language, currency) for amount in sums],
        }
    )


def measure_rows(found: FlowAppraisal, rate: float, language: str, *, currency: str = "CNY") -> pd.DataFrame:
    """Cash-flow measures of one project without subsidies, a row each, at the shown rates and the book's ``rate``."""
    flows, years = found.flows, slice(int(found.flows.last[0]) + 1)
    net, costs, benefits = (table[:1, years] for table in (flows.net(), flows.costs, flows.benefits))
    rates = sorted({*SHOWN_RATES, rate})
    measures = {}
    for each in rates:
        at = appraise(net, rate=each, costs=costs, benefits=benefits).iloc[0]
        measures[each] = at.to_dict() | {"npv_spreadsheet_yuan": at["npv_yuan"] / (1 + each)}
    rows = {
        say(f"measure.{key}", language): [
            _format_measure(key, float(at[key]), language, currency) for at in measures.values()
        ]
        for key in MEASURES
    }
    return pd.DataFrame(rows, index=[wording.format_percent(each, language) for each in rates]).T


def _format_measure(key: str, value: float, language: str, currency: str) -> str:
    if key.endswith("_yuan"):
        return wording.format_money(value, language, currency)
    if key.endswith("_years"):
        return wording.format_years(np.inf if np.isnan(value) else value, language)
    if key == "mirr":
        return wording.format_percent(value, language)
    return wording.format_number(value, language)


def view_rows(found: FlowAppraisal, language: str) -> pd.DataFrame:
    """Every measure of the project, of it with its subsidies and of its households; empty when none is known."""
    table = show_appraisal(found, language)
    return table if table.empty else table.iloc[:, 1:]
