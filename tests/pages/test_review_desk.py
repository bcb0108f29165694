"""The desk of chair and secretary on the page."""

from evaluator.committee.opening import admit
from evaluator.language import catalogue
from evaluator.pages.review_desk import _write_minutes
from evaluator.pages.seat import Seat

WORDS = catalogue("zh")


def open_desk(open_page, committee, who=0):
    app = open_page("review", lang="zh", member=committee.link(who))
    app.session_state["kept_review_part"] = "committee"
    return app.run()


def test_the_chair_invites_and_the_link_lets_the_member_in(committee, open_page):
    app = open_desk(open_page, committee)
    app.text_input(key="invite_name").set_value("委员丁")
    next(button for button in app.button if button.label == WORDS["pages.review.invite_send"]).click().run()
    assert not app.exception, app.exception
    link = next(code.value for code in app.code if "member=" in code.value).split("member=")[1]
    assert admit(committee.round, link, now=committee.now).name == "委员丁"


def test_the_chair_moves_the_round_on_and_ends_a_link(committee, open_page, words):
    app = open_desk(open_page, committee)
    app.selectbox(key="link_member").set_value(committee.people[2].id)
    app.button(key="link_revoke").click().run()
    assert committee.round.members[committee.people[2].id].revoked
    app.button(key="move_on").click().run()
    assert committee.round.phase == "independent"
    assert WORDS["pages.review.task.marks"].format(given=0, due=3) in words(app)


def test_a_reviewer_has_no_desk(committee, open_page):
    committee.to("independent")
    app = open_desk(open_page, committee, 1)
    keys = {button.key for button in app.button}
    assert not keys & {"move_on", "link_renew", "link_revoke", "replace"}
    assert not [box for box in app.text_input if box.key == "invite_name"]


def test_minutes_are_a_file_of_the_form_asked_for(committee):
    committee.to("closed")
    for form, begins in (("docx", b"PK"), ("html", b"<!DOCTYPE html>")):
        assert _write_minutes(Seat(committee.round, None), form, "zh").startswith(begins)
