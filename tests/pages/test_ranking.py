from dataclasses import replace

import pytest

from evaluator.domain.settings import CRITERIA
from evaluator.language import catalogue
from evaluator.pages import ranking
from evaluator.pages.ranking import SHEET_ROWS


def weights_of(app):
    return [app.slider(key=f"weight_{key}").value for key in CRITERIA]


def test_weights_of_the_link_stand_on_the_sliders(open_page):
    assert weights_of(open_page("ranking", w="60-20-20-0")) == [60, 20, 20, 0]


def test_moving_a_weight_moves_the_link_and_the_totals(open_page):
    app = open_page("ranking")
    before = list(app.dataframe[0].value["total"])
    app.slider(key="weight_demand").set_value(100).run()
    assert not app.exception
    assert app.query_params["w"] in ("100-25-25-25", ["100-25-25-25"])
    assert list(app.dataframe[0].value["total"]) != before


def test_a_link_shows_the_same_numbers_as_the_sliders(open_page):
    moved = open_page("ranking")
    moved.slider(key="weight_payback").set_value(80).run()
    linked = open_page("ranking", w="25-25-80-25")
    assert moved.dataframe[0].value.equals(linked.dataframe[0].value)


def test_all_weights_zero_says_that_equal_weights_are_used(open_page):
    app = open_page("ranking", w="0-0-0-0")
    assert catalogue("en")["pages.weights.all_zero"] in [warning.value for warning in app.warning]
    assert list(app.dataframe[0].value["total"]) == list(open_page("ranking").dataframe[0].value["total"])


def test_a_preset_sets_the_sliders_and_reset_undoes_it(open_page):
    app = open_page("ranking")
    app.button_group(key="preset").set_value("market").run()
    assert weights_of(app) == [40, 20, 20, 20]
    next(button for button in app.button if button.label == catalogue("en")["pages.weights.reset"]).click().run()
    assert weights_of(app) == [25, 25, 25, 25]


def test_filters_of_the_link_are_followed(open_page):
    assert open_page("ranking", level="flag").dataframe[0].value["flag"].str.contains("▲").all()


def test_an_empty_result_is_said(open_page):
    app = open_page("ranking", q="no such words anywhere")
    assert catalogue("en")["pages.ranking.no_rows"] in [info.value for info in app.info]


def test_a_list_without_facts_names_no_first_project(open_page, turn_to, upload, published_list):
    app = turn_to(upload(open_page("data"), "mine.csv", published_list.encode()), "ranking")
    assert app.header[0].value.replace("\\", "") == catalogue("en")["pages.ranking.unjudged"]


@pytest.mark.slow
def test_a_long_list_is_sent_in_sheets(open_page, turn_to, upload):
    rows = "\n".join(f"云顶{n}村土豆种植,产业,种植土豆{n}亩,{n},云顶镇" for n in range(1, 2 * SHEET_ROWS + 51))
    app = upload(open_page("data"), "list.csv", ("项目名称,项目类型,建设内容,资金金额(万元),乡镇\n" + rows).encode())
    turn_to(app, "ranking")
    assert len(app.dataframe[0].value) == SHEET_ROWS
    app.session_state["view"] = replace(app.session_state["view"], sheet=3)
    app.run()
    assert len(app.dataframe[0].value) == 50
    app.session_state["view"] = replace(app.session_state["view"], sheet=9)
    app.run()
    assert len(app.dataframe[0].value) == 50


def test_a_list_with_nothing_to_score_is_not_blamed_on_the_filters(open_page, upload):
    app = open_page("data", lang="en")
    upload(app, "roads.csv", "项目名称,项目类型,建设内容,资金金额(万元)\n通村路,基础设施,硬化路面3公里,50\n".encode())
    app.switch_page(str(ranking.__file__)).run()
    assert not app.exception, app.exception
    assert any("nothing is scored" in box.value for box in app.info)
