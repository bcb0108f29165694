from evaluator.language import catalogue


def test_an_uploaded_list_is_scored_at_once(open_page, turn_to, upload, published_list):
    app = upload(open_page("data"), "mine.csv", published_list.encode())
    assert not app.exception
    assert not app.error
    assert turn_to(app, "overview").metric[0].value == "2"
    assert "list" in app.query_params


def test_a_file_that_cannot_be_used_changes_nothing(open_page, turn_to, upload):
    app = upload(open_page("data"), "empty.csv", b"")
    assert len(app.error) == 1
    assert turn_to(app, "overview").metric[0].value == open_page().metric[0].value


def test_back_to_the_sample(open_page, turn_to, upload, published_list):
    app = upload(open_page("data"), "mine.csv", published_list.encode())
    next(button for button in app.button if button.label == catalogue("en")["pages.data.back_to_sample"]).click().run()
    assert turn_to(app, "overview").metric[0].value == open_page().metric[0].value


def test_a_side_table_can_be_taken_away(open_page, turn_to):
    app = open_page("data")
    app.button(key="drop_register").click().run()
    assert not app.exception
    said = [caption.value for caption in turn_to(app, "overview").caption]
    assert catalogue("en")["pages.list.no_register"] in said
