from evaluator.committee.acts import move_on
from evaluator.committee.folding import fold
from evaluator.store.log import read_log


def test_the_round_is_what_its_log_says_however_it_is_cut(committee):
    committee.to("independent").mark("r1", "C")
    committee.act("chair", move_on)
    entries = read_log(committee.store, "round", lambda read: read(0))
    whole = fold(entries, "round")
    for cut in range(1, len(entries)):
        first = fold(entries[:cut], "round")
        kept = (first.reviews.copy(), first.members.copy())
        assert fold(entries[cut:], "round", known=first) == whole
        assert (first.reviews, first.members) == kept  # what was known is not changed under its holder
    assert (whole.phase, whole.seq, whole.head) == ("discussion", entries[-1].seq, entries[-1].hash)
    assert whole.title == "2026年第一批"
