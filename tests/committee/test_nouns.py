from dataclasses import replace

from evaluator.committee.nouns import Decision, Round


def test_a_round_begins_in_preparation():
    assert Round("x").phase == "draft"
    assert Round("x").decision("none") is None
    assert Round("x").review("m", "p") is None


def test_only_the_last_decision_on_the_same_content_holds(committee):
    proposal = committee.round.proposals["C"]
    taken = [Decision("C", verdict, "", (), proposal.content_hash, n, "m", "") for n, verdict in enumerate("ab")]
    round_ = replace(committee.round, decisions={"C": tuple(taken)})
    assert round_.decision("C").verdict == "b"
    changed = replace(round_, proposals={"C": replace(proposal, content_hash="0")})
    assert changed.decision("C") is None
