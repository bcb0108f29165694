from dataclasses import replace

import pytest

from evaluator.committee.marks import measure_disagreement
from evaluator.committee.nouns import Condition, Decision, Member, Proposal, Review, Round, Step
from evaluator.report import rounds

PROPOSALS = {
    key: Proposal(key, name, town, "", key * 64, (60.0, 50.0, 70.0, 40.0), 55.0, "none")
    for key, name, town in (("A", "甲村工厂", "甲乡"), ("B", "乙村基地", ""))
}
MEMBERS = {
    "m1": Member("m1", "张委员", "reviewer", township="甲乡", expires="2026-05-01T00:00:00Z"),
    "m2": Member("m2", "李委员", "chair", unit="县林草局", expires="2026-05-01T00:00:00Z"),
}
ROUND = Round(
    "r", proposals=PROPOSALS, members=MEMBERS, steps=(Step("decision", "m2", ""),),
    lines=((1, "2026-03-02T08:05:09Z", "host", "opened", "f" * 64),),
)  # fmt: skip
TAKEN = Decision("A", "conditions", "", (Condition("签合同", "2026-06-30", "甲乡"), Condition("x", "2026-07-01", "y")),
                 "A" * 64, 1, "m2", "2026-03-09T08:00:00Z")  # fmt: skip


def marks(*points):
    reviews = [Review(f"m{n}", "A", "approve", (p,) * 4, "评", "A" * 64, 1, "") for n, p in enumerate(points, 1)]
    return reviews, measure_disagreement(ROUND, "A", reviews)


def test_the_table_of_a_discussion_says_span_deviation_and_distance():
    _, found = marks(40.0, 60.0)
    (row,) = rounds.tabulate_discussion(ROUND, [found], "en").to_numpy().tolist()
    assert row == ["甲村工厂", "2", "50", "40–60", "14.1", "55", "−5.0"]
    assert rounds.say_disagreement(ROUND, [found], "en").endswith(
        "甲村工厂: 20 points between the lowest and the highest total"
    )
    _, alone = marks(40.0)
    assert rounds.tabulate_discussion(ROUND, [alone], "en").iloc[0, 4] == "–"
    assert rounds.say_disagreement(ROUND, [alone], "zh") == "尚无项目有两名以上委员评分"


def test_the_strip_has_a_point_a_member_the_mean_and_the_model():
    _, found = marks(40.0, 60.0)
    rows = rounds.strip_rows(ROUND, [found], "zh")
    assert list(zip(rows["kind"], rows["total"], strict=True)) == [
        ("member", 40.0), ("member", 60.0), ("mean", 50.0), ("model", 55.0),
    ]  # fmt: skip
    assert set(rows["low"]), set(rows["high"]) == ({40.0}, {60.0})


def test_reviews_and_decisions_as_tables():
    reviews, _ = marks(40.0)
    table = rounds.tabulate_reviews(ROUND, reviews, "zh")
    assert table.to_numpy().tolist() == [["张委员", "同意", "40", "40", "40", "40", "40", "评"]]
    found = rounds.tabulate_decisions(ROUND, {"B": None, "A": TAKEN}, "zh").to_numpy().tolist()
    assert found[0] == [
        "甲村工厂",
        "甲乡",
        "有条件同意",
        "",
        "签合同（2026-06-30 前，甲乡）；x（2026-07-01 前，y）",
        "2026-03-09",
    ]
    assert found[1] == ["乙村基地", "–", "未作结论", "", "", ""]
    assert rounds.say_outcome({"A": TAKEN, "B": None}, "en") == "2 projects: 1 approve with conditions, 1 not decided."


def test_members_conflicts_and_record_as_tables():
    members = rounds.tabulate_members(ROUND, {"m1": (1, 2)}, "en")
    assert list(members.iloc[:, -1]) == ["1 / 2", "–"]
    assert rounds.tabulate_conflicts(ROUND, "zh").to_numpy().tolist() == [
        ["张委员", "甲村工厂", "项目位于本人所在乡镇"]
    ]
    (line,) = rounds.tabulate_record(ROUND, "zh").to_numpy().tolist()
    assert line == ["1", "2026-03-02 08:05 UTC", "系统管理", "启动评审", "f" * 16]


@pytest.mark.parametrize(
    ("points", "said"), [(3.26, "+3.3"), (-3.26, "−3.3"), (0.04, "0.0"), (-0.04, "0.0"), (None, "–")]
)
def test_differences_carry_their_sign(points, said):
    assert rounds.format_signed(points) == said


def test_links_say_whether_they_work():
    member = MEMBERS["m1"]
    assert rounds.say_link_state(member, "2026-04-01T00:00:00Z", "en") == "works until 2026-05-01"
    assert rounds.say_link_state(member, "2026-06-01T00:00:00Z", "en") == "ran out on 2026-05-01"
    assert rounds.say_link_state(replace(member, revoked=True), "2026-04-01T00:00:00Z", "zh") == "已停用"


def test_the_rules_are_said_with_their_numbers():
    assert "2/3" in rounds.say_quorum(ROUND, "en")
    assert "20" in rounds.say_quorum(ROUND, "zh")
    everyone = replace(ROUND, rules=replace(ROUND.rules, quorum=(1, 1)))
    assert "全部" in rounds.say_quorum(everyone, "zh")
