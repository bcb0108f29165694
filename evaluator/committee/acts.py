"""What members do: every act is checked against the table of capabilities and its own rule, then written in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from evaluator.committee.capability import MARKING, MEMBER_ROLES, PHASES, allows
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.faults import RoundError
from evaluator.committee.marks import is_far, weigh
from evaluator.committee.nouns import VERDICTS, VOTES, Condition, Member, Proposal, Round, Scores
from evaluator.committee.opening import LINK_DAYS, LONGEST_TEXT, catch_up, check_access, hash_secret, read_round
from evaluator.committee.quorum import take_standing
from evaluator.store.log import Draft, Reader, append
from evaluator.store.snapshots import write_time

if TYPE_CHECKING:
    from evaluator.store.engine import Store

Check = Callable[[Round, Member], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a member acts: the store, the round as last seen, who acts, when, and the name of this message.

    The same ``token`` is written once, however often it is sent.
    """

    store: Store
    round: Round
    member: str
    now: datetime
    token: str

    def draft(self, kind: str, subject: str, body: object, *, after: int | None = None) -> Draft:
        """An entry of this member."""
        return Draft(kind, subject, body, self.member, after)


def review(
    desk: Desk, project: str, *, vote: str, scores: Scores, comment: str, content_hash: str, after: int
) -> Round:
    """Give or change one's own review.

    Parameters
    ----------
    vote, scores
        One of ``VOTES``; points 0-100 or ``None`` on each criterion, none when abstaining.
    content_hash, after
        The content that was judged, and how many reviews of one's own had been given when the form was shown.

    Raises
    ------
    RoundError
        ``not_allowed``, ``conflict``, ``changed`` (the proposal), ``no_marks``, ``bad_marks``, ``reason_reject``,
        ``reason_far``; access and ``unknown_project`` as everywhere.
    StoreError
        ``overtaken`` when one's own review was changed elsewhere in the meantime.
    """
    text = _trim(comment)

    def check(round_: Round, member: Member) -> None:
        _check_free(round_, member, project)
        proposal = round_.proposals[project]
        if proposal.content_hash != content_hash:
            raise RoundError("changed")
        _check_marks(round_, proposal, vote, scores, text)

    body = {"project": project, "vote": vote, "scores": list(scores), "comment": text, "content_hash": content_hash}
    return _act(desk, "review", desk.draft("review", f"review:{desk.member}:{project}", body, after=after), check)


def _check_marks(round_: Round, proposal: Proposal, vote: str, scores: Scores, comment: str) -> None:
    if vote not in VOTES or len(scores) != len(round_.rules.weights):
        raise RoundError("bad_marks")
    if any(score is not None and not 0 <= score <= 100 for score in scores):
        raise RoundError("bad_marks")
    if vote == "abstain":
        if any(score is not None for score in scores):
            raise RoundError("abstain_marks")
        return
    if weigh(scores, round_.rules.weights) is None:
        raise RoundError("no_marks")
    if vote == "reject" and not comment:
        raise RoundError("reason_reject")
    if is_far(proposal, scores, round_) and not comment:
        raise RoundError("reason_far", gap=f"{round_.rules.reason_gap:g}")


def declare(desk: Desk, project: str, *, reason: str) -> Round:
    """Declare a conflict of interest; it holds to the end of the round."""
    text = _need(reason, "no_reason")
    body = {"project": project, "reason": text}
    return _act(desk, "declare", desk.draft("conflict", f"conflict:{desk.member}:{project}", body), _knows(project))


def decide(
    desk: Desk,
    project: str,
    *,
    verdict: str,
    reason: str,
    conditions: Sequence[Condition],
    content_hash: str,
    after: int,
) -> Round:
    """Record the committee's decision; ``after`` is how many decisions on the project had been seen.

    Raises
    ------
    RoundError
        ``few_able``, ``no_quorum``, ``few_reviews``, ``conflict``, ``changed``, ``no_conditions``, ``bad_condition``,
        ``reason_decision``.
    """
    text = _trim(reason)
    rows = [Condition(_trim(row.text), row.due, _trim(row.person)) for row in conditions]

    def check(round_: Round, member: Member) -> None:
        _check_free(round_, member, project)
        if round_.proposals[project].content_hash != content_hash:
            raise RoundError("changed")
        refused = take_standing(round_, project).refusal()
        if refused is not None:
            raise RoundError(refused[0], **refused[1])
        _check_verdict(verdict, text, rows)

    body = {
        "project": project,
        "verdict": verdict,
        "reason": text,
        "conditions": [asdict(row) for row in rows] if verdict == "conditions" else [],
        "content_hash": content_hash,
    }
    return _act(desk, "decide", desk.draft("decision", f"decision:{project}", body, after=after), check)


def _check_verdict(verdict: str, reason: str, conditions: Sequence[Condition]) -> None:
    if verdict not in VERDICTS:
        raise RoundError("bad_marks")
    if verdict == "conditions":
        if not conditions:
            raise RoundError("no_conditions")
        if not all(row.text and row.person and _is_day(row.due) for row in conditions):
            raise RoundError("bad_condition")
    if verdict in ("return", "reject") and not reason:
        raise RoundError("reason_decision")


def dissent(desk: Desk, project: str, *, text: str) -> Round:
    """Put on record that one does not agree with the decision."""
    said = _need(text, "no_reason")

    def check(round_: Round, member: Member) -> None:
        _check_free(round_, member, project)
        if round_.decision(project) is None:
            raise RoundError("no_decision")

    body = {"project": project, "text": said}
    return _act(desk, "dissent", desk.draft("dissent", f"dissent:{desk.member}:{project}", body), check)


def answer(desk: Desk, project: str, *, sign: str, text: str) -> Round:
    """Record the committee's answer to a sign of short, flat and fast."""
    said = _need(text, "no_reason")

    def check(round_: Round, member: Member) -> None:
        _check_free(round_, member, project)
        if sign not in round_.proposals[project].signs:
            raise RoundError("unknown_project")

    body = {"project": project, "about": sign, "text": said}
    return _act(desk, "answer", desk.draft("answer", f"answer:{project}:{sign}", body), check)


def invite(desk: Desk, member: Member) -> Round:
    """Take a member in."""

    def check(round_: Round, actor: Member) -> None:
        if member.role not in MEMBER_ROLES:
            raise RoundError("bad_role")
        _check_rank(actor, member)
        if member.login and any(other.login == member.login for other in round_.members.values()):
            raise RoundError("login_taken")

    return _act(desk, "invite", desk.draft("member", f"member:{member.id}", asdict(member)), check)


def renew(desk: Desk, member: str, *, secret: str) -> Round:
    """Give a member a new link; the old one ends."""
    expires = write_time(desk.now + timedelta(days=LINK_DAYS))
    body = {"id": member, "link_hash": hash_secret(secret), "expires": expires}
    return _act(desk, "invite", desk.draft("link", f"link:{member}", body), _over(member))


def revoke(desk: Desk, member: str) -> Round:
    """End a member's access; what they gave stands."""
    return _act(desk, "revoke", desk.draft("revoked", f"revoked:{member}", {"id": member}), _over(member))


def remove(desk: Desk, member: str) -> Round:
    """Take a member out again before the round has begun."""
    return _act(desk, "remove", desk.draft("removed", f"removed:{member}", {"id": member}), _over(member))


def replace_proposals(desk: Desk, proposals: Sequence[Proposal], *, snapshot: str, fingerprint: str) -> Round:
    """Let the round judge a later snapshot; reviews of proposals that changed are asked for again.

    Raises ``RoundError`` (``other_list``) unless these are the same projects.
    """
    rows = [asdict(proposal) for proposal in proposals]
    ids = {proposal.id for proposal in proposals}

    def check(round_: Round, _: Member) -> None:
        missing = set(round_.proposals) - ids
        if missing or len(ids) > len(round_.proposals):
            raise RoundError("other_list", count=len(missing))

    body = {"snapshot": snapshot, "fingerprint": fingerprint, "rows": rows}
    return _act(desk, "replace", desk.draft("proposals", "proposals", body), check)


def move_on(desk: Desk) -> Round:
    """Go to the next phase; the first step needs as many marking members as a proposal needs reviews."""
    following = PHASES[min(PHASES.index(desk.round.phase) + 1, len(PHASES) - 1)]

    def check(round_: Round, _: Member) -> None:
        if round_.phase != desk.round.phase:
            raise RoundError("moved", phase=round_.phase)
        able = sum(member.role in MARKING for member in round_.members.values())
        if following == "independent" and able < round_.rules.minimum_reviews:
            raise RoundError("few_members", able=able, needed=round_.rules.minimum_reviews)

    return _act(desk, "move", desk.draft("phase", "phase", {"phase": following, "reason": ""}), check)


def reopen(desk: Desk, *, reason: str) -> Round:
    """Open a closed round again for decisions; what was decided stays in the record."""
    body = {"phase": "decision", "reason": _need(reason, "no_reason")}
    return _act(desk, "reopen", desk.draft("phase", "phase", body), lambda *_: None)


def _act(desk: Desk, action: str, draft: Draft, check: Check) -> Round:
    """Check an act against the round as it is when it is written, write it, and hand back the round after it."""

    def check_now(entries: Reader) -> None:
        round_ = catch_up(entries, desk.round.id, desk.round)
        member = round_.members.get(desk.member)
        if member is None:
            raise RoundError("link_unknown")
        check_access(member, now=desk.now)
        if not allows(member.role, action, round_.phase):
            raise RoundError("not_allowed", role=member.role, phase=round_.phase, action=action)
        check(round_, member)

    append(desk.store, desk.round.id, draft, token=desk.token, now=desk.now, check=check_now)
    return read_round(desk.store, desk.round.id, known=desk.round)


def _knows(project: str) -> Check:
    def check(round_: Round, _: Member) -> None:
        if project not in round_.proposals:
            raise RoundError("unknown_project")

    return check


def _check_free(round_: Round, member: Member, project: str) -> None:
    _knows(project)(round_, member)
    if find_conflict(round_, member, project):
        raise RoundError("conflict")


def _over(member: str) -> Check:
    def check(round_: Round, actor: Member) -> None:
        if member not in round_.members:
            raise RoundError("unknown_member")
        if member == actor.id:
            raise RoundError("not_self")
        _check_rank(actor, round_.members[member])

    return check


def _check_rank(actor: Member, member: Member) -> None:
    """Who is no chair makes and unmakes none, or a secretary could take the chair."""
    if member.role == "chair" and actor.role != "chair":
        raise RoundError("chair_only")


def _trim(text: str) -> str:
    return text.strip()[:LONGEST_TEXT]


def _need(text: str, code: str) -> str:
    if not _trim(text):
        raise RoundError(code)
    return _trim(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
