import pytest
from streamlit.testing.v1 import AppTest

from evaluator.pages.projected import projection_rows
from tests.income.made_projection import made_projection


def _draw():
    import streamlit as st

    from evaluator.pages.projected import show_projection
    from tests.income.made_projection import made_projection

    st.session_state.setdefault("language", "en")
    show_projection(made_projection(), "N000", "en")
    show_projection(made_projection(), "N003", "zh")
    show_projection(made_projection(), "nobody", "en")
    show_projection(None, "N000", "en")


@pytest.mark.slow
def test_the_block_says_that_it_is_an_estimate_and_draws_what_is_there():
    app = AppTest.from_function(_draw).run(timeout=60)
    assert not app.exception
    assert [one.value for one in app.subheader] == [
        "Income effect if it goes like its kind",
        "若走同类项目的路，农户收入会怎样",
    ]
    captions = [one.value for one in app.caption]
    assert any("never part of the score" in one for one in captions)
    assert any("不计入得分" in one for one in captions)
    assert len(app.dataframe) == 2
    assert any("guess" in one.value or "猜测" in one.value for one in app.markdown)


def test_rows_are_those_of_the_table():
    found = made_projection()
    assert len(projection_rows(found, "N000", "en")) == 10
    assert projection_rows(found, "nobody", "en").empty
    assert projection_rows(None, "N000", "en").empty
