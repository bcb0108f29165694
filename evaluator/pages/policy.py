"""The readable rules of one project, beside its flag."""

import pandas as pd
import streamlit as st

from evaluator.evaluation import Evaluation
from evaluator.pages.text import say
from evaluator.report.policy import say_rules

WIDTHS = (90, 190, 280, 300, 340)
"""Pixels of each column: what clears a rule is read in full."""


def rule_rows(evaluation: Evaluation, key: str, language: str) -> pd.DataFrame:
    """The readable rules of one project, failing ones first: reason, whose rule it is, what would clear it."""
    return pd.DataFrame(
        [
            {
                say("policy.result", language): said.result,
                say("policy.rule", language): said.name,
                say("policy.reason", language): said.reason,
                say("policy.clears", language): said.clears,
                say("policy.basis", language): said.basis,
            }
            for said in say_rules(evaluation, key, language)
        ]
    )


def show_rules(evaluation: Evaluation, key: str, language: str) -> None:
    """Draw the readable rules beside the flag; they change no score and no level."""
    rows = rule_rows(evaluation, key, language)
    if rows.empty:
        return
    failed = sum(found.result == "fail" for found in evaluation.rules.of(key))
    finding = say("policy.finding", language, failed=failed, asked=len(rows))
    st.subheader(finding, anchor=False)
    st.caption(say("policy.note", language))
    widths = dict(zip(rows.columns, WIDTHS, strict=True))
    st.dataframe(
        rows,
        hide_index=True,
        key="policy",
        alt=finding,
        height="content",
        column_config={title: st.column_config.TextColumn(title, width=width) for title, width in widths.items()},
    )
