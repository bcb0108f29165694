"""Who does the same near one project: neighbours with their shares, this round's proposals, copied applications."""

import streamlit as st

from evaluator.criteria.homogeneity import Neighbour
from evaluator.evaluation import Evaluation
from evaluator.pages import project_rows
from evaluator.pages.pictures import height_of
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.copies import say_copy

MOST_NEIGHBOURS = 8
MOST_OF_ROUND = 3


def show_alike(evaluation: Evaluation, key: str, row: int, language: str) -> None:
    """Draw the neighbours of one scored project."""
    finding = say("neighbours.finding", language, share=_share(float(evaluation.homogeneity.h[row]), language))
    st.subheader(finding, anchor=False)
    radius = wording.format_number(evaluation.settings.homogeneity.radius_km, language)
    rivals = plain(wording.say_rivals(evaluation.rivals, language))
    st.caption(say("neighbours.note", language, radius=radius, rivals=rivals))
    rows = project_rows.neighbour_rows(evaluation, row, language)
    if rows.empty:
        st.caption(say("neighbours.none", language))
    else:
        shown = height_of(min(len(rows), MOST_NEIGHBOURS))
        st.dataframe(rows, hide_index=True, alt=finding, key="neighbours", height=shown)
    for line in alike_lines(evaluation, key, row, language):
        st.markdown(plain(line))


def alike_lines(evaluation: Evaluation, key: str, row: int, language: str) -> tuple[str, ...]:
    """What this round adds to the likeness and which proposals add it; which applications carry the same text."""
    said = []
    if evaluation.homogeneity_round is not None:
        with_round = float(evaluation.homogeneity_round.h[row])
        thinner = with_round < float(evaluation.homogeneity.h[row])
        phrase = "neighbours.round_lower" if thinner else "neighbours.round"
        said.append(say(phrase, language, share=_share(with_round, language)))
        added = round_rivals(evaluation, key)
        if added:
            named = wording.say_neighbours(added, language, limit=MOST_OF_ROUND)
            said.append(say("neighbours.round_most", language, count=len(added), neighbours=named))
    copied = say_copy(evaluation, key, language)
    return (*said, copied) if copied else tuple(said)


def round_rivals(evaluation: Evaluation, key: str) -> list[Neighbour]:
    """The proposals of this round among a project's neighbours, with their shares of the second column."""
    listed = set(map(str, evaluation.scored))
    row = list(map(str, evaluation.scored)).index(key)
    before, found = {near.project_id for near in evaluation.neighbours[row]}, evaluation.round_neighbours(key)
    return [n for n in found if n.project_id in listed and n.project_id not in before and n.project_id != key]


def _share(h: float, language: str) -> str:
    return wording.format_share(h, language)
