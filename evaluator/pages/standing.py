"""How sure the place of one project is: its chance, which weight would change its place, what its total hangs on."""

import numpy as np
import streamlit as st

from evaluator.evaluation import Evaluation
from evaluator.pages import depth
from evaluator.pages.text import plain, say
from evaluator.report.ranking import say_project_drivers, say_switch, say_top_chance


def standing_lines(evaluation: Evaluation, row: int, language: str) -> tuple[str, ...]:
    """The chance of the top, and the weights at which the project changes places with the next above and below."""
    order = np.argsort(-evaluation.scorecard.total, kind="stable").tolist()
    place = order.index(row)
    beside = [order[at] for at in (place - 1, place + 1) if 0 <= at < len(order)]
    said = (say_top_chance(evaluation, row, language), *(say_switch(evaluation, row, at, language) for at in beside))
    return tuple(line[:1].upper() + line[1:] for line in said)


def show_standing(evaluation: Evaluation, row: int, language: str) -> None:
    """Draw it; what the total hangs on is worked out when opened."""
    st.subheader(say("standing.title", language), anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in standing_lines(evaluation, row, language)))
    if not evaluation.in_depth:
        return
    opened = st.expander(
        say("standing.drivers", language), icon=":material/tune:", key="standing_drivers", on_change="rerun"
    )
    found = depth.drivers(evaluation) if opened.open else None
    if found is not None:
        with opened:
            said = say_project_drivers(found, row, language)
            st.markdown(plain(said[:1].upper() + said[1:]))
            st.caption(say("standing.drivers_note", language, draws=f"{found.draws:,}"))
