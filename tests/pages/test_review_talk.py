"""Discussion and decisions on the page."""

from datetime import date

from evaluator.language import catalogue

WORDS = catalogue("zh")


def press(app, label):
    next(button for button in app.button if button.label == WORDS[f"pages.review.{label}"]).click().run()
    assert not app.exception, app.exception
    return app


def open_part(open_page, committee, who, part):
    app = open_page("review", lang="zh", member=committee.link(who))
    app.session_state["kept_review_part"] = part
    return app.run()


def test_others_marks_are_read_once_ones_own_are_in(committee, open_page, words):
    committee.to("independent").mark(0, committee.keys[1], 20, comment="主任评语")
    committee.to("discussion")
    blind = open_part(open_page, committee, 1, "talk")
    assert "主任评语" not in words(blind)
    committee.mark(1, committee.keys[1], 90, comment="乙的评语")
    app = open_part(open_page, committee, 1, "talk")
    assert "主任评语" in words(app)
    assert "70分" in words(app)


def test_the_chair_decides_with_conditions_once_there_is_a_quorum(committee, open_page, words):
    committee.to("independent")
    key = committee.keys[1]
    committee.mark(0, key, 60)
    committee.to("decision")
    app = open_part(open_page, committee, 0, "decisions")
    app.session_state["kept_talk_project"] = key
    app.run()
    app.number_input(key=f"count_{key}").set_value(1).run()
    app.radio(key=f"verdict_{key}").set_value("conditions")
    app.text_input(key=f"text_0_{key}").set_value("签订收购合同")
    app.date_input(key=f"due_0_{key}").set_value(date(2026, 6, 30))
    app.text_input(key=f"person_0_{key}").set_value("乡政府")
    press(app, "decide")
    assert WORDS["committee.fault.no_quorum"].split("{")[0] in words(app)
    assert committee.round.decision(key) is None


def test_a_decision_is_recorded_and_a_member_dissents(committee, open_page):
    committee.to("independent")
    key = committee.keys[1]
    for who in (0, 1, 2):
        committee.mark(who, key, 60)
    committee.to("decision")
    app = open_part(open_page, committee, 0, "decisions")
    app.session_state["kept_talk_project"] = key
    app.run()
    app.radio(key=f"verdict_{key}").set_value("approve")
    press(app, "decide")
    assert committee.round.decision(key).verdict == "approve"
    app.text_area(key=f"dissent_text_{key}").set_value("市场依据不足")
    press(app, "dissent_send")
    assert [remark.text for remark in committee.round.dissents.values()] == ["市场依据不足"]
