"""For whom, and how far to trust it: what needs every check is worked out once for all visits of the sample."""

import pytest

from evaluator.language import catalogue
from evaluator.pages.inputs import SAMPLE as FOLDER
from evaluator.pages.text import plain


@pytest.mark.slow
def test_groups_and_trust_of_the_sample(open_page):
    app = open_page("income", inc="groups", trait="poorer")
    assert app.selectbox(key="income_trait_shown").value == "poorer"
    tables = [list(table.value.iloc[:, 0]) for table in app.dataframe]
    assert any("Poorer half at the beginning" in names for names in tables)
    app.button_group(key="income_part").set_value("trust").run()
    assert not app.exception, app.exception
    shown = " ".join(element.value for element in (*app.markdown, *app.subheader))
    assert "10 hold" in shown
    assert plain(catalogue("en")["effects.cannot.lot"]) in shown
    assert "two-way regression would say" in app.warning[0].value.replace("\\", "")


@pytest.mark.slow
def test_below_the_line_is_the_second_outcome(open_page):
    lines = (FOLDER / "panel.csv").read_text("utf-8-sig").splitlines()
    poor = [f"{line},{int(float(line.split(',')[2]) < 8000)}" for line in lines[1:]]
    data = "\n".join([f"{lines[0]},below_line", *poor]).encode()
    app = open_page("income", inc="panel")
    app.file_uploader(key="upload_panel_0").set_value(("mine.csv", data, "text/csv"))
    app.run()
    app.button_group(key="income_part").set_value("groups").run()
    assert not app.exception, app.exception
    assert any("points" in str(cell) for table in app.dataframe for cell in table.value.iloc[0])
