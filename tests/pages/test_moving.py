import pytest

from evaluator.network import Move
from evaluator.pages.moving import read_move
from evaluator.pages.text import unbroken
from evaluator.report.rivals import say_move, tabulate_move


def test_a_move_is_read_from_the_texts_of_a_link():
    assert read_move(("product:potato", "town:513436|甲镇", "year:2027")) == Move(
        product="potato", place_code="513436", township="甲镇", year=2027
    )
    assert read_move(("product:no such thing", "year:soon")) is None
    assert read_move(()) is None


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_link_of_a_move_shows_its_effect(open_page, evaluation, shows, language):
    key = str(evaluation.scored[0])
    app = open_page("neighbours", lang=language, p=key, move="product:potato")
    effect = evaluation.what_if_moved(key, Move(product="potato"))
    shown = " ".join(element.value.replace("\\", "") for element in app.markdown)
    assert all(unbroken(line) in shown for line in say_move(effect, language))
    assert shows(app, tabulate_move(effect, language))


@pytest.mark.slow
def test_the_form_moves_a_project_and_takes_it_back(open_page, evaluation):
    app = open_page("neighbours", p=str(evaluation.scored[0]))
    product = next(box for box in app.selectbox if box.label == "Product")
    product.set_value("potato")
    app.button[-1].click().run()
    assert not app.exception
    assert app.query_params["move"] in ("product:potato", ["product:potato"])
    next(button for button in app.button if button.label == "Take back").click().run()
    assert "move" not in app.query_params


def test_another_project_starts_without_a_move(open_page, evaluation):
    app = open_page("neighbours", p=str(evaluation.scored[0]), move="product:potato")
    app.selectbox(key="near_project").set_value(str(evaluation.scored[1])).run()
    assert not app.exception
    assert "move" not in app.query_params


@pytest.mark.slow
def test_a_later_year_takes_it_out_of_the_round(open_page, evaluation):
    app = open_page("neighbours", p=str(evaluation.scored[0]), move="year:2027")
    assert any("leaves this round" in element.value.replace("\\", "") for element in app.markdown)
