"""The nouns of a round: proposals, members, reviews, decisions, and the round as its log has made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

VOTES = ("approve", "conditions", "return", "reject", "abstain")
VERDICTS = VOTES[:4]
Scores = tuple[float | None, ...]
"""Points 0-100 on the four criteria in the order of ``CRITERIA``; ``None`` where no mark was given."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a round demands, set when it is opened.

    Attributes
    ----------
    minimum_reviews
        Marks a proposal needs before it may be decided.
    quorum
        Numerator and denominator of the share of members without a conflict who must have marked or abstained.
    reason_gap
        Points between a member's total and the model's above which a reason must be given.
    weights
        (4,) shares of the criteria in a total, those of the list.
    """

    minimum_reviews: int = 3
    quorum: tuple[int, int] = (2, 3)
    reason_gap: float = 20.0
    weights: tuple[float, ...] = (0.25, 0.25, 0.25, 0.25)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as the round judges it: ``content_hash`` is that of everything its row of the list says.

    ``scores`` and ``total`` are the model's; ``signs`` the signs of short, flat and fast that are on.
    """

    id: str
    name: str
    township: str
    unit: str
    content_hash: str
    scores: Scores
    total: float | None
    level: str
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member: a role, where they work (conflicts are found by it), and how they come in.

    ``link_hash`` is the SHA-256 of the secret in the member's link; ``login`` an address of the sign-in, if any.
    """

    id: str
    name: str
    role: str
    unit: str = ""
    township: str = ""
    login: str = ""
    link_hash: str = ""
    expires: str = ""
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """One member's judgement of one proposal, tied to the content it judged."""

    member: str
    project: str
    vote: str
    scores: Scores
    comment: str
    content_hash: str
    version: int
    at: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be done by when and by whom."""

    text: str
    due: str
    person: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the committee decided on a proposal, and on which content."""

    project: str
    verdict: str
    reason: str
    conditions: tuple[Condition, ...]
    content_hash: str
    version: int
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A dissent from a decision, or the committee's answer to a sign (``about``)."""

    member: str
    project: str
    about: str
    text: str
    version: int
    at: str


@dataclass(frozen=True, slots=True)
class Step:
    """A change of phase, with the reason where the round was reopened."""

    phase: str
    actor: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A round as its log has made it up to entry ``seq`` with hash ``head``.

    ``declared`` maps (member, project) to the reason of a conflict of interest; ``decisions`` keeps every decision on
    a proposal, the last one counts; ``lines`` is the log without its contents: number, time, actor, kind, hash.
    """

    id: str
    title: str = ""
    snapshot: str = ""
    fingerprint: str = ""
    listed: bool = False
    rules: Rules = field(default_factory=Rules)
    steps: tuple[Step, ...] = ()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    reviews: Mapping[tuple[str, str], Review] = field(default_factory=dict)
    declared: Mapping[tuple[str, str], str] = field(default_factory=dict)
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    dissents: Mapping[tuple[str, str], Remark] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Remark] = field(default_factory=dict)
    lines: tuple[tuple[int, str, str, str, str], ...] = ()
    seq: int = 0
    head: str = ""

    @property
    def phase(self) -> str:
        """Where the round stands."""
        return self.steps[-1].phase if self.steps else "draft"

    def decision(self, project: str) -> Decision | None:
        """The decision that holds: the last one, as long as the proposal is the one it judged."""
        taken = self.decisions.get(project, ())
        proposal = self.proposals.get(project)
        return taken[-1] if taken and proposal and taken[-1].content_hash == proposal.content_hash else None

    def review(self, member: str, project: str) -> Review | None:
        """The review that holds: of the proposal as it now stands."""
        found, proposal = self.reviews.get((member, project)), self.proposals.get(project)
        return found if found and proposal and found.content_hash == proposal.content_hash else None
