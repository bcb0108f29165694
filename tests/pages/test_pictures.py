import pandas as pd
from streamlit.testing.v1 import AppTest

from evaluator.pages.pictures import HEADER, ROW, height_of, room_of


def page():
    import pandas as pd

    from evaluator.charts.shares import draw_shares
    from evaluator.pages.pictures import show_picture

    rows = pd.DataFrame({"label": ["a"], "share": [1.0], "text": ["1"], "muted": [False], "more": [""], "room": [1.3]})
    twin = pd.DataFrame({"Name": ["![x](y)"] * 60, "Sum": ["1"] * 60})
    show_picture("<b>![f](g)", rows, draw_shares("en"), key="one", language="en", caption="*c*", twin=twin)


def test_a_picture_has_its_sentence_and_its_twin():
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.markdown[0].value == r"**\<b\>\!\[f\]\(g\)**"
    assert app.caption[0].value == r"\*c\*"
    assert isinstance(app.expander[0].dataframe[0].value, pd.DataFrame)
    assert len(app.expander[0].dataframe[0].value) == 60


def test_one_long_figure_among_short_ones_gets_room():
    assert room_of(pd.Series(["39.38 million yuan", *["21"] * 6])) > 120
    assert room_of(pd.Series(["3,938万元", *["21"] * 6])) > 60
    assert room_of(pd.Series(["21"] * 6)) is None
    assert room_of(pd.Series(["17", *["1"] * 6], name="Projects")) is None


def test_a_table_is_as_tall_as_its_rows_and_an_empty_one_says_so_in_one():
    assert height_of(3) == HEADER + 3 * ROW
    assert height_of(0) == height_of(1)
