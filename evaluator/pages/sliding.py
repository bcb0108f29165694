"""Other weights at once: four sliders, answered by the linear relaxation, beside the portfolio that is chosen."""

import numpy as np
import streamlit as st

from evaluator.criteria.score import Array
from evaluator.domain.settings import CRITERIA
from evaluator.pages import state
from evaluator.pages.link import LARGEST_WEIGHT
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.selection import Selection

HALF = 0.5
MOST_NAMED = 10


def compare_shares(selection: Selection, shares: Array, now: Array) -> tuple[list[str], list[str], float]:
    """Projects that come in and go out at other weights, and the share of the funds that stays.

    ``shares`` and ``now`` are those of the relaxation at the other and the present weights, (n,); a project counts as
    in from half of its cost on.
    """
    candidates = selection.problem.candidates
    inside, before = shares >= HALF, now >= HALF
    comes = [key for key, i, b in zip(candidates.ids, inside, before, strict=True) if i and not b]
    goes = [key for key, i, b in zip(candidates.ids, inside, before, strict=True) if b and not i]
    stays = float(candidates.cost @ np.minimum(shares, now)) / float(candidates.cost @ now)
    return comes, goes, stays


@st.fragment
def show_sliders(selection: Selection, language: str) -> None:
    """Draw the sliders; a move answers at once and changes nothing else."""
    st.subheader(say("sliding.title", language), anchor=False)
    st.caption(say("sliding.note", language))
    start = state.view().weights
    turn = f"{'-'.join(map(str, start))}_{state.turn('sliding')}"
    columns = [column for _ in range(0, len(CRITERIA), 2) for column in st.columns(2, gap="medium")]
    weights = [
        column.slider(
            wording.say_criterion(key, language), 0, LARGEST_WEIGHT, weight, step=5, key=f"sliding_{key}_{turn}"
        )
        for column, key, weight in zip(columns, CRITERIA, start, strict=True)
    ]
    if not any(weights):
        st.warning(say("weights.all_zero", language))
        weights = [1] * len(CRITERIA)
    now, shares = (
        selection.slide_weights(np.array(one, dtype=float)) for one in (start if any(start) else (1,) * 4, weights)
    )
    if np.isnan(shares).any() or np.isnan(now).any() or not now.any():
        st.warning(say("sliding.none", language))
        return
    comes, goes, stays = compare_shares(selection, shares, now)
    st.markdown(f"**{say('sliding.stays', language, share=wording.format_share(stays, language))}**")
    names = selection.evaluation.portfolio.labels
    for key, ids in (("comes", comes), ("goes", goes)):
        listed = say("portfolio.comma", language).join(str(names[one]) for one in ids[:MOST_NAMED])
        more = say("near.more", language, rest=len(ids) - MOST_NAMED) if len(ids) > MOST_NAMED else ""
        said = f"{listed} {more}".strip() or say("sliding.nobody", language)
        st.markdown(f"- **{say(f'sliding.{key}', language, count=len(ids))}** {plain(said)}")
    if tuple(weights) != start:
        st.button(
            say("sliding.use", language),
            icon=":material/check:",
            on_click=lambda: state.change(weights=tuple(weights)),
            help=say("sliding.use_help", language),
        )
