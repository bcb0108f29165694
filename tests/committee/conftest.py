"""A round of three proposals with a chair, three reviewers, a secretary, an observer and an applicant."""

from datetime import UTC, datetime
from itertools import count

import pytest

from evaluator.committee.acts import Desk, invite, move_on, review
from evaluator.committee.nouns import Proposal, Rules
from evaluator.committee.opening import make_member, open_round, read_round
from evaluator.store.engine import open_store

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PROPOSALS = (
    Proposal("A", "甲村苦荞加工厂", "甲乡", "甲村合作社", "a" * 64, (60.0, 50.0, 70.0, 40.0), 55.0, "none"),
    Proposal("B", "乙村花椒基地", "乙镇", "县农业农村局、乙镇人民政府", "b" * 64, (30.0, 20.0, 40.0, 30.0), 30.0,
             "flag", ("short", "flat")),
    Proposal("C", "丙村养羊场", "丙乡", "", "c" * 64, (50.0, 50.0, 50.0, 50.0), 50.0, "watch", ("fast",)),
)  # fmt: skip
PEOPLE = (
    ("chair", "chair", "", ""),
    ("r1", "reviewer", "县 林业和草原局", ""),
    ("r2", "reviewer", "县农业农村局", ""),
    ("r3", "reviewer", "", "甲乡"),
    ("secretary", "secretary", "", ""),
    ("observer", "observer", "", ""),
    ("applicant", "applicant", "甲村合作社", "甲乡"),
)


class Committee:
    """The round with its members by name; every act has a message of its own."""

    def __init__(self, store):
        self.store, self.numbers = store, count()
        made = [
            make_member(name, role, secret=f"secret {name}", now=NOW, unit=unit, township=town)
            for name, role, unit, town in PEOPLE
        ]
        self.members = {member.name: member for member in made}
        open_round(
            store, PROPOSALS, round_id="round", title="2026年第一批", snapshot="snap", fingerprint="f" * 16,
            rules=Rules(minimum_reviews=2), chair=made[0], listed=True, now=NOW,
        )  # fmt: skip
        for member in made[1:]:
            self.act("chair", invite, member)

    @property
    def round(self):
        return read_round(self.store, "round")

    def desk(self, name, *, token=None, now=NOW):
        return Desk(self.store, self.round, self.members[name].id, now, token or f"message {next(self.numbers)}")

    def act(self, name, do, *values, token=None, now=NOW, **options):
        return do(self.desk(name, token=token, now=now), *values, **options)

    def to(self, phase):
        while self.round.phase != phase:
            self.act("chair", move_on)
        return self

    def mark(self, name, project, scores=(50, 50, 50, 50), vote="approve", comment="理由", **options):
        round_ = self.round
        given = {
            "content_hash": round_.proposals[project].content_hash,
            "after": getattr(round_.reviews.get((self.members[name].id, project)), "version", 0),
        }
        values = tuple(None if score is None else float(score) for score in scores)
        return self.act(name, review, project, vote=vote, scores=values, comment=comment, **(given | options))

    def decided(self, project):
        """Arguments of a decision on a project as it stands."""
        return {"reason": "", "conditions": (), "content_hash": self.round.proposals[project].content_hash,
                "after": len(self.round.decisions.get(project, ()))}  # fmt: skip


@pytest.fixture
def committee(tmp_path):
    store = open_store(str(tmp_path / "store.sqlite"))
    yield Committee(store)
    store.close()


@pytest.fixture
def refused():
    """That an act is refused for this reason, in both languages, and writes nothing."""
    from evaluator.domain.errors import EvaluatorError

    def check(code, ask):
        with pytest.raises(EvaluatorError) as fault:
            ask()
        assert fault.value.code == code, fault.value
        assert fault.value.message("zh") != fault.value.message("en")

    return check
