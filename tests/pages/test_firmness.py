"""How firm the order is: what the page says is what the evaluation holds, and heavy parts wait until they are asked."""

import pytest

from evaluator.language import LANGUAGES
from evaluator.pages import depth, figures
from evaluator.pages.firmness import driver_rows, firmness_lines, index_rows
from evaluator.pages.text import plain, unbroken
from evaluator.report.ranking import shortlist


@pytest.fixture(scope="module")
def drivers(evaluation):
    return evaluation.measure_drivers()


def texts(app):
    return [element.value for element in (*app.markdown, *app.caption)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_chance_draws_and_error_are_said(evaluation, language):
    said = " ".join(firmness_lines(evaluation, language))
    first = shortlist(evaluation)[0]
    share = round(100 * evaluation.scorecard.p_top[first])
    assert str(evaluation.portfolio.labels.loc[evaluation.scored[first]]) in said
    assert unbroken({"en": f"{share} %", "zh": f"{share}%"}[language]) in said
    assert "10,000" in said
    assert "± 1" in said


def test_parts_of_the_order_add_to_one_and_stand_largest_first(drivers):
    rows = driver_rows(drivers, "en")
    assert rows["share"].sum() == pytest.approx(1)
    assert list(rows["share"]) == sorted(rows["share"], reverse=True)


def test_first_and_total_indices_are_tabulated(drivers):
    table = index_rows(drivers, "en")
    total = round(100 * float(drivers.order.total[0]))
    assert table.shape == (3, 5)
    assert table.iloc[0, 2] == f"{total} %"


@pytest.mark.slow
def test_heavy_parts_wait_until_they_are_asked(open_page, monkeypatch):
    asked = []
    monkeypatch.setattr(depth, "_measure_drivers", lambda key, result: asked.append(key) or result.measure_drivers())
    app = open_page("ranking")
    assert not asked
    app.session_state["firm_drivers"] = app.session_state["firm_pairs"] = True
    app.run()
    assert len(asked) == 1
    tables = [table.value for table in app.dataframe]
    assert any(list(table.columns[1:]) == list(table.iloc[:, 0]) for table in tables), "who beats whom"
    app.slider(key="weight_demand").set_value(60).run()
    assert not app.exception, app.exception
    assert len(asked) == 1, "a move of a weight works nothing out"
    app.button(key="drivers_again").click().run()
    assert len(asked) == 2


def test_red_lines_are_named(open_page, evaluation):
    best = next(row for row in figures.order_by_total(evaluation) if evaluation.scorecard.red_lines[row])
    name = plain(evaluation.portfolio.labels.loc[evaluation.scored[best]])
    app = open_page("ranking", lang="en")
    app.session_state["firm_red_lines"] = True
    assert any(name in line for line in texts(app.run()))
