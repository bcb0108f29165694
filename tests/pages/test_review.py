"""The page Review as the public and members meet it."""

import pytest

from evaluator.language import catalogue

WORDS = {language: catalogue(language) for language in ("en", "zh")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_store_the_page_says_what_is_missing(monkeypatch, open_page, language):
    monkeypatch.setenv("EVALUATOR_STORE", "off")
    app = open_page("review", lang=language)
    assert [info.value for info in app.info] == [WORDS[language]["pages.review.no_store"]]


def test_the_public_reads_nothing_before_a_round_is_closed_and_its_decisions_then(committee, open_page, words):
    committee.to("independent").mark(1, committee.keys[1], 55, comment="独立意见")
    app = open_page("review", lang="zh", round=committee.id)
    assert WORDS["zh"]["pages.review.under_way"] in words(app)
    assert not app.dataframe
    assert WORDS["zh"]["pages.review.closed_rounds"] not in [
        box.label for box in open_page("review", lang="zh").selectbox
    ]
    committee.to("closed")
    for app in (open_page("review", lang="zh", round=committee.id), open_page("review", lang="zh")):
        assert "共3个项目：未作结论3个。" in words(app).replace("\\", "")
        assert "独立意见" not in words(app)
        assert committee.people[1].name not in words(app)


@pytest.mark.parametrize(("link", "said"), [("never.x", "unknown_round"), ("", "link_unknown")])
def test_a_link_that_lets_nobody_in_says_why_and_the_page_works_without(committee, open_page, words, link, said):
    app = open_page("review", lang="zh", member=link or f"{committee.id}.wrong")
    assert WORDS["zh"][f"committee.fault.{said}"] in [error.value for error in app.error]
    app.button(key="review_forget").click().run()
    assert not app.error
    assert WORDS["zh"]["pages.review.what"] in words(app)


@pytest.mark.parametrize("phase", ["draft", "independent", "discussion", "decision", "closed"])
def test_every_part_opens_for_every_member_in_every_phase(committee, open_page, phase):
    if phase != "draft":
        committee.to("independent").mark(0, committee.keys[1], 40)
        committee.mark(1, committee.keys[1], 60)
        committee.to(phase)
    for who in (0, 1):
        app = open_page("review", lang="zh", member=committee.link(who))
        bar = [group for group in app.get("button_group") if group.key == "review_part"]
        for part in bar[0].options if bar else ():
            app.session_state["kept_review_part"] = part
            app.run()
            assert not app.exception, app.exception
            assert not app.error
