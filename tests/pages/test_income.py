"""The page Income effect: from a panel to a finding, or the plain answer why there is none."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from evaluator.language import catalogue
from evaluator.pages.inputs import SAMPLE as FOLDER

ROOT = Path(__file__).parents[2]
PANEL = (FOLDER / "panel.csv").read_text("utf-8-sig")


def say(key, language="en"):
    return catalogue(language)[f"pages.income.{key}"]


def words(app):
    kinds = (app.header, app.subheader, app.markdown, app.caption, app.error)
    return " ".join(element.value for kind in kinds for element in kind).replace("\\", "")


def panel_of(keep):
    """The sample panel with the rows that ``keep`` lets through, as a csv."""
    rows = list(csv.DictReader(io.StringIO(PANEL)))
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]))
    writer.writeheader()
    writer.writerows(row for row in rows if keep(row))
    return target.getvalue().encode()


def bring(app, data, name="mine.csv"):
    app.button_group(key="income_part").set_value("panel").run()
    app.file_uploader(key="upload_panel_0").set_value((name, data, "text/csv"))
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sample_opens_with_its_finding_and_four_figures(open_page, language):
    app = open_page("income", lang=language)
    assert "28.6" in words(app)
    assert [metric.value.replace(" ", "") for metric in app.metric] == ["+4.4%", "−13.8%", "+20.8%", "−28.6%"]
    assert not app.error
    assert "nan" not in words(app).lower()


@pytest.mark.slow
def test_what_was_left_out_of_a_panel_is_said_beside_the_finding(open_page):
    lines = PANEL.splitlines()
    place = lines[0].split(",").index("outcome")
    for number in range(1, len(lines), 9):
        cells = lines[number].split(",")
        lines[number] = ",".join([*cells[:place], "many", *cells[place + 1 :]])
    app = bring(open_page("income"), "\n".join(lines).encode())
    assert "many" in app.warning[0].value and "left out" in app.warning[0].value
    assert len(app.metric) == 4


@pytest.mark.slow
def test_a_panel_of_ones_own_is_used_and_forgotten_and_its_rows_are_in_no_link(open_page):
    fewer = panel_of(lambda row: row["cluster_id"] != "V01")
    app = bring(open_page("income"), fewer)
    assert app.header[0].value != ""
    assert "23 villages" in words(app)
    (mark,) = app.query_params["panel"] if isinstance(app.query_params["panel"], list) else [app.query_params["panel"]]
    assert len(mark) == 8
    assert "V02H01" not in str(dict(app.query_params))
    app.button_group(key="income_part").set_value("panel").run()
    app.button(key="drop_panel").click().run()
    assert "24 villages" in words(app)
    assert "panel" not in app.query_params


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (lambda row: row["cluster_id"] in ("V01", "V02"), "villages"),
        (lambda row: row["year"] == "2016", "Found 1 year"),
    ],
    ids=["two villages", "one year"],
)
def test_a_panel_that_carries_no_effect_is_answered_in_words(open_page, keep, said):
    app = bring(open_page("income"), panel_of(keep))
    assert not app.metric
    assert said in words(app)
    assert "Traceback" not in words(app)


def test_a_file_that_is_no_panel_changes_nothing_and_is_said(open_page):
    app = bring(open_page("income"), b"a,b\n1,2\n")
    assert app.error
    assert "24 villages" in words(app)


def test_a_list_without_a_panel_says_what_to_collect(open_page, upload, turn_to, published_list):
    app = turn_to(upload(open_page("data"), "list.csv", published_list.encode()), "income")
    assert app.header[0].value == say("no_panel")
    assert any(button.key == "see_sample" for button in app.button)
    app.number_input(key="survey_households").set_value(30).run()
    assert app.query_params["survey"] in ("8-8-8-30-3", ["8-8-8-30-3"])
    app.button(key="see_sample").click().run()
    assert "28.6" in words(app)


@pytest.mark.slow
def test_opening_the_app_loads_nothing_heavy_for_incomes():
    script = "import sys; import evaluator.pages.frame; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {
        "statsmodels",
        "duckdb",
        "polars",
        "scipy.stats",
        "evaluator.income.effects",
        "evaluator.intake.panel",
    }
