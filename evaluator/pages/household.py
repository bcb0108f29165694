"""What a project means for one household: the gain, a bad year, and what was promised against what lasts."""

import streamlit as st

from evaluator.criteria.downside import Downside
from evaluator.evaluation import Evaluation
from evaluator.pages import depth
from evaluator.pages.text import plain, say
from evaluator.report.household import say_downside, say_household, say_promises


def household_lines(
    evaluation: Evaluation, key: str, language: str, *, downside: Downside | None = None
) -> tuple[str, ...]:
    """The sentences of the household's view, in reading order; the bad year where it was drawn."""
    checks = say_promises(evaluation, key, language)
    if downside is not None:
        checks = [say_downside(evaluation, downside, key, language), *checks]
    return (say_household(evaluation, key, language), *checks)


def show_household(evaluation: Evaluation, key: str, language: str) -> None:
    """Draw the household's view of one project."""
    st.subheader(say("household.title", language), anchor=False)
    for line in household_lines(evaluation, key, language, downside=_draw_downside(evaluation, language)):
        st.markdown(plain(line))
    if evaluation.settings.payback.poverty_line_yuan <= 0:
        st.caption(say("household.no_line", language))


def _draw_downside(evaluation: Evaluation, language: str) -> Downside | None:
    """The bad years of the list, with a bar while they are drawn; ``None`` for a list too long for it."""
    if not evaluation.in_depth:
        return None
    place = st.empty()

    def tell(share: float) -> None:
        place.progress(min(share, 1.0), text=say("household.drawing", language))

    found = depth.downside(evaluation, tell)
    place.empty()
    return found
