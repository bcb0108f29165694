"""Whether a proposal may be decided: who could judge it, who has, and what is lacking."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluator.committee.capability import MARKING
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.nouns import Round


@dataclass(frozen=True, slots=True)
class Standing:
    """Members by what they did on one proposal; ids.

    ``marked`` and ``abstained`` have a review of the proposal as it now stands, ``recused`` a conflict of interest,
    ``absent`` neither. ``needed`` is the quorum: of ``marked``, ``abstained`` and ``absent`` together so many must not
    be absent.
    """

    marked: tuple[str, ...]
    abstained: tuple[str, ...]
    absent: tuple[str, ...]
    recused: tuple[str, ...]
    needed: int
    minimum: int

    @property
    def present(self) -> int:
        """Members who marked or abstained."""
        return len(self.marked) + len(self.abstained)

    def refusal(self) -> tuple[str, Mapping[str, object]] | None:
        """Why the proposal may not be decided, as code and values; ``None`` when it may."""
        able = self.present + len(self.absent)
        if able < self.minimum:
            return "few_able", {"able": able, "needed": self.minimum, "recused": len(self.recused)}
        if self.present < self.needed:
            return "no_quorum", {"present": self.present, "able": able, "needed": self.needed}
        if len(self.marked) < self.minimum:
            return "few_reviews", {"marked": len(self.marked), "needed": self.minimum}
        return None


def take_standing(round_: Round, project: str) -> Standing:
    """Who marked, abstained, recused themselves or is absent on one proposal."""
    found: dict[str, list[str]] = {"marked": [], "abstained": [], "absent": [], "recused": []}
    for member in round_.members.values():
        if member.role in MARKING:
            found[_what(round_, member.id, project)].append(member.id)
    able = sum(len(found[key]) for key in ("marked", "abstained", "absent"))
    above, below = round_.rules.quorum
    lists = {key: tuple(members) for key, members in found.items()}
    return Standing(**lists, needed=max(1, -(-able * above // below)), minimum=round_.rules.minimum_reviews)


def _what(round_: Round, member: str, project: str) -> str:
    if find_conflict(round_, round_.members[member], project):
        return "recused"
    given = round_.review(member, project)
    if given is None:
        return "absent"
    return "abstained" if given.vote == "abstain" else "marked"
