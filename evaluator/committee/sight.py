"""What a member may see: nothing of the others' marks before their own are in; nothing at all with a conflict."""

from evaluator.committee.capability import MARKING, allows
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.marks import Disagreement, measure_disagreement, order_discussion
from evaluator.committee.nouns import Decision, Member, Review, Round


def may(round_: Round, viewer: Member | None, action: str) -> bool:
    """Whether this member, or the public, may do this now."""
    return allows(viewer.role if viewer else "public", action, round_.phase)


def visible_reviews(round_: Round, viewer: Member | None, project: str) -> tuple[Review, ...]:
    """The reviews of a project that a member may see; those of members with a conflict count for nobody."""
    if viewer is None or find_conflict(round_, viewer, project):
        return ()
    holding = (round_.review(member.id, project) for member in round_.members.values() if member.role in MARKING)
    found = tuple(
        review
        for review in holding
        if review is not None and not find_conflict(round_, round_.members[review.member], project)
    )
    return found if _sees_others(round_, viewer, project) else tuple(r for r in found if r.member == viewer.id)


def _sees_others(round_: Round, viewer: Member, project: str) -> bool:
    if not may(round_, viewer, "see_reviews"):
        return False
    return viewer.role not in MARKING or round_.phase == "closed" or round_.review(viewer.id, project) is not None


def sees_reviews(round_: Round, viewer: Member | None, project: str) -> bool:
    """Whether a member sees what the others gave this project."""
    return viewer is not None and not find_conflict(round_, viewer, project) and _sees_others(round_, viewer, project)


def discussion(round_: Round, viewer: Member | None) -> tuple[Disagreement, ...]:
    """The projects whose reviews a member sees, in the order to discuss them."""
    seen = [project for project in round_.proposals if sees_reviews(round_, viewer, project)]
    return order_discussion(
        [measure_disagreement(round_, project, visible_reviews(round_, viewer, project)) for project in seen]
    )


def progress(round_: Round, viewer: Member | None) -> dict[str, tuple[int, int]]:
    """Each marking member's reviews given and due, without the projects on which the viewer has a conflict."""
    if viewer is None or not may(round_, viewer, "see_progress"):
        return {}
    open_ = [project for project in round_.proposals if not find_conflict(round_, viewer, project)]
    return {member.id: count_own(round_, member, open_) for member in round_.members.values() if member.role in MARKING}


def count_own(round_: Round, member: Member, projects: list[str] | None = None) -> tuple[int, int]:
    """How many of these projects a member has reviewed, and how many are theirs to review."""
    asked = list(round_.proposals) if projects is None else projects
    due = [project for project in asked if not find_conflict(round_, member, project)]
    return sum(round_.review(member.id, project) is not None for project in due), len(due)


def visible_decisions(round_: Round, viewer: Member | None) -> dict[str, Decision | None]:
    """The decision on each proposal, ``None`` where there is none; empty for whoever may not see them yet."""
    if not may(round_, viewer, "see_decisions"):
        return {}
    return {project: round_.decision(project) for project in round_.proposals}
