from evaluator.language import catalogue


def test_the_sample_is_said_to_be_invented(open_page):
    for language in ("en", "zh"):
        shown = " ".join(element.value for element in open_page(lang=language).markdown)
        assert catalogue(language)["pages.origin.sample"] in shown


def test_the_link_says_what_it_does_not_carry(open_page, turn_to, upload, published_list):
    app = turn_to(upload(open_page("data"), "mine.csv", published_list.encode()), "overview")
    assert catalogue("en")["pages.share.link_upload"] in [caption.value for caption in app.caption]


def test_the_footer_names_version_and_fingerprint(open_page, evaluation):
    assert any(evaluation.fingerprint[:12] in caption.value for caption in open_page().caption)
