"""What a project means for one household: the gain, a bad year, and what was promised against what lasts."""

import streamlit as st

from evaluator.evaluation import Evaluation
from evaluator.pages.text import plain, say
from evaluator.report.household import say_downside, say_household, say_promises


def household_lines(evaluation: Evaluation, key: str, language: str) -> tuple[str, ...]:
    """The sentences of the household's view, in reading order."""
    checks = say_promises(evaluation, key, language)
    if evaluation.in_depth:
        checks = [say_downside(evaluation, evaluation.downside(), key, language), *checks]
    return (say_household(evaluation, key, language), *checks)


def show_household(evaluation: Evaluation, key: str, language: str) -> None:
    """Draw the household's view of one project."""
    st.subheader(say("household.title", language), anchor=False)
    for line in household_lines(evaluation, key, language):
        st.markdown(plain(line))
