from evaluator.committee.faults import RoundError


def test_a_refusal_says_roles_phases_and_actions_in_words():
    fault = RoundError("not_allowed", role="observer", phase="draft", action="review")
    assert fault.message("en") == "In the phase “preparation” the role “observer” does not allow this: review."
    assert fault.message("zh") == "“筹备”阶段，列席人员不能提交评审意见。"
    assert str(fault) == fault.message("en")
