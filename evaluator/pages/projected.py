"""What one project would do for incomes if it goes like its kind: beside payback and flag, never in the score."""

import pandas as pd
import streamlit as st

from evaluator.charts.fan import draw_fan
from evaluator.income.projected import Projected, Projection
from evaluator.language import phrase
from evaluator.pages.pictures import show_picture
from evaluator.pages.text import plain
from evaluator.report.projected import fan_rows, fan_unit, say_bands, say_projected, tabulate_projected


def projection_rows(projection: Projection | None, project_id: str, language: str) -> pd.DataFrame:
    """The table of one project, a row a year since the start; empty when there is none or it is withheld."""
    one = _found(projection, project_id)
    if projection is None or one is None or one.withheld:
        return pd.DataFrame()
    return tabulate_projected(one, projection.scale, language)


def show_projection(
    projection: Projection | None, project_id: str, language: str, *, theme: str = "light", heading: bool = True
) -> None:
    """Draw the block of one project: its sentences, the fan and the table; nothing where it is not projected."""
    one = _found(projection, project_id)
    if projection is None or one is None:
        return
    if heading:
        st.subheader(phrase("projection.title", language), anchor=False)
    st.caption(phrase("projection.estimate", language))
    first, *rest = say_projected(one, projection.scale, language)
    if one.withheld or one.supported_to < 0:
        st.info(plain(" ".join([first, *rest])))
        return
    last = int(one.years[-1])
    show_picture(
        first,
        fan_rows(one, projection.scale, language),
        draw_fan(language, fan_unit(projection.scale, language), last, one.supported_to, theme),
        key=f"fan_{project_id}",
        caption=say_bands(one, language),
        language=language,
        twin=tabulate_projected(one, projection.scale, language),
    )
    for line in rest:
        st.markdown(plain(line))


def _found(projection: Projection | None, project_id: str) -> Projected | None:
    return None if projection is None else projection.of(project_id)
