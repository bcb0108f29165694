import pytest

from evaluator.language import catalogue


def test_an_uploaded_list_is_scored_at_once(open_page, turn_to, upload, published_list):
    app = upload(open_page("data"), "mine.csv", published_list.encode())
    assert not app.exception
    assert not app.error
    assert turn_to(app, "overview").metric[0].value == "2"
    assert "list" in app.query_params


@pytest.mark.slow
def test_a_file_that_cannot_be_used_changes_nothing(open_page, turn_to, upload):
    app = upload(open_page("data"), "empty.csv", b"")
    assert len(app.error) == 1
    assert turn_to(app, "overview").metric[0].value == open_page().metric[0].value


def test_rows_left_out_are_said_with_their_reasons(open_page, upload, published_list):
    wrong = published_list.replace("80", "-80") + "".join(f"石{n}村养羊,产业,养羊,约五十万,云顶镇\n" for n in range(3))
    (said,) = upload(open_page("data"), "mine.csv", wrong.encode()).warning
    words = catalogue("en")
    assert said.value.startswith(words["pages.data.left_out"].format(count=4))
    assert "约五十万" in said.value
    assert words["pages.data.left_out_more"].format(rest=1) in said.value


def test_back_to_the_sample(open_page, turn_to, upload, published_list):
    app = upload(open_page("data"), "mine.csv", published_list.encode())
    next(button for button in app.button if button.label == catalogue("en")["pages.data.back_to_sample"]).click().run()
    assert turn_to(app, "overview").metric[0].value == open_page().metric[0].value


@pytest.mark.slow
def test_a_side_table_can_be_taken_away(open_page, turn_to):
    app = open_page("data")
    app.button(key="drop_register").click().run()
    assert not app.exception
    said = [caption.value for caption in turn_to(app, "overview").caption]
    assert catalogue("en")["pages.list.no_register"] in said
