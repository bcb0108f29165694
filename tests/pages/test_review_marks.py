"""A member's own marks on the page."""

from evaluator.committee.acts import replace_proposals
from evaluator.domain.settings import CRITERIA
from evaluator.language import catalogue

WORDS = catalogue("zh")


def fill(app, key, points, vote="approve", comment=""):
    for criterion in CRITERIA:
        app.number_input(key=f"mark_{criterion}_{key}").set_value(points)
    app.radio(key=f"vote_{key}").set_value(vote)
    app.text_area(key=f"comment_{key}").set_value(comment)
    labels = (WORDS["pages.review.send"], WORDS["pages.review.send_again"])
    next(button for button in app.button if button.label in labels).click().run()
    assert not app.exception, app.exception
    return app


def test_marks_are_sent_refused_without_reason_and_changed(committee, open_page, words):
    committee.to("independent")
    key, member = committee.keys[0], committee.people[1].id
    app = open_page("review", lang="zh", member=committee.link(1))
    assert words(fill(app, key, 0)).count(WORDS["committee.fault.reason_far"].format(gap=20)) == 1
    assert committee.round.reviews == {}
    fill(app, key, 0, comment="市场依据不足")
    assert committee.round.review(member, key).scores == (0.0,) * 4
    assert any(WORDS["pages.review.sent"].split("{")[0] in success.value for success in app.success)
    fill(app, key, 5, comment="市场依据不足")
    assert committee.round.review(member, key).version == 2


def test_a_review_changed_elsewhere_shows_both_texts_and_overwrites_nothing(committee, open_page, words):
    committee.to("independent")
    key = committee.keys[0]
    app = open_page("review", lang="zh", member=committee.link(1))
    committee.mark(1, key, 60, comment="另一设备所写")
    fill(app, key, 0, comment="本机所写")
    assert WORDS["store.fault.overtaken"] in words(app)
    assert "另一设备所写" in words(app)
    assert app.text_area(key=f"comment_{key}").value == "本机所写"
    app.button(key=f"overwrite_{key}").click().run()
    fill(app, key, 0, comment="本机所写")
    assert committee.round.review(committee.people[1].id, key).comment == "本机所写"


def test_who_works_in_the_projects_township_gets_no_form(committee, open_page, words):
    committee.to("independent")
    app = open_page("review", lang="zh", member=committee.link(2))
    app.session_state["kept_marks_project"] = committee.keys[0]
    app.run()
    assert WORDS["committee.conflict.township"] in words(app)
    assert not app.number_input


def test_a_changed_proposal_is_asked_for_again(committee, open_page, words):
    from dataclasses import replace

    committee.to("independent").mark(1, committee.keys[0], 60)
    changed = [replace(p, content_hash="0" * 64) for p in committee.round.proposals.values()]
    committee.act(0, replace_proposals, changed, snapshot="", fingerprint="g")
    app = open_page("review", lang="zh", member=committee.link(1))
    assert WORDS["pages.review.changed"] in words(app)
    assert app.number_input(key=f"mark_demand_{committee.keys[0]}").value == 60
