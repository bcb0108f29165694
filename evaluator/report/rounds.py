"""Words and tables of a committee's round, for the page and the minutes alike; all cells text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from evaluator.committee.capability import MARKING
from evaluator.committee.conflicts import find_conflict
from evaluator.committee.marks import weigh
from evaluator.committee.nouns import VERDICTS
from evaluator.committee.opening import HOST
from evaluator.domain.settings import CRITERIA
from evaluator.language import phrase
from evaluator.report.drawn import unique_labels
from evaluator.report.numbers import MISSING, format_score
from evaluator.report.terms import say_criterion

if TYPE_CHECKING:
    from evaluator.committee.marks import Disagreement
    from evaluator.committee.nouns import Decision, Member, Review, Round
    from evaluator.committee.quorum import Standing

HASH_SHOWN = 16
"""Characters of a hash in a table; the whole one stands in the stamp."""


def say_role(role: str, language: str) -> str:
    """A role in a word."""
    return phrase(f"committee.role.{role}", language)


def say_phase(key: str, language: str) -> str:
    """A phase in a word."""
    return phrase(f"committee.phase.{key}", language)


def say_vote(vote: str | None, language: str) -> str:
    """A vote or decision in a word; nothing decided is said."""
    return phrase("committee.undecided", language) if vote is None else phrase(f"committee.vote.{vote}", language)


def say_conflict(reason: str, language: str) -> str:
    """Why a member has a conflict of interest."""
    return phrase(f"committee.conflict.{reason}", language)


def say_quorum(round_: Round, language: str) -> str:
    """What the round demands before a project may be decided."""
    above, below = round_.rules.quorum
    share = phrase("committee.quorum_all", language) if above == below else f"{above}/{below}"
    return phrase(
        "committee.rules",
        language,
        minimum=round_.rules.minimum_reviews,
        share=share,
        gap=f"{round_.rules.reason_gap:g}",
    )


def say_outcome(decisions: Mapping[str, Decision | None], language: str) -> str:
    """How many projects were decided how, in one sentence."""
    count = Counter(decision.verdict if decision else None for decision in decisions.values())
    parts = [
        phrase("committee.counted", language, count=count[verdict], verdict=say_vote(verdict, language))
        for verdict in (*VERDICTS, None)
        if count[verdict]
    ]
    comma = phrase("format.list_comma", language)
    return phrase("committee.outcome", language, total=len(decisions), parts=comma.join(parts))


def say_standing(standing: Standing, language: str) -> str:
    """Who marked, abstained, is absent or recused, in numbers."""
    return phrase(
        "committee.standing",
        language,
        marked=len(standing.marked),
        abstained=len(standing.abstained),
        absent=len(standing.absent),
        recused=len(standing.recused),
        needed=standing.needed,
    )


def format_moment(at: str) -> str:
    """A time of the log as people read it, UTC."""
    return f"{at[:10]} {at[11:16]} UTC"


def format_signed(points: float | None) -> str:
    """A difference of points with its sign."""
    if points is None:
        return MISSING
    return f"+{points:.1f}" if points >= 0.05 else f"−{-points:.1f}" if points <= -0.05 else "0.0"


def name_of(round_: Round, member: str, language: str) -> str:
    """A member's name; whoever opened the round is the host."""
    if member == HOST:
        return phrase("committee.host", language)
    found = round_.members.get(member)
    return found.name if found else member


def say_conditions(decision: Decision, language: str) -> str:
    """The conditions of a decision one after the other."""
    said = [
        phrase("committee.condition", language, text=row.text, due=row.due, person=row.person)
        for row in decision.conditions
    ]
    return phrase("committee.condition_comma", language).join(said)


def tabulate_discussion(round_: Round, found: Sequence[Disagreement], language: str) -> pd.DataFrame:
    """What to discuss first: marks, mean, span, standard deviation, the model and the distance from it."""
    rows = [
        (
            round_.proposals[one.project].name,
            str(len(one.totals)),
            format_score(one.mean),
            MISSING if one.low is None else f"{format_score(one.low)}–{format_score(one.high)}",
            MISSING if one.deviation is None else f"{one.deviation:.1f}",
            format_score(round_.proposals[one.project].total),
            format_signed(one.distance),
        )
        for one in found
    ]
    return _table(rows, ("project", "marks", "mean", "span", "deviation", "model", "distance"), language)


def strip_rows(round_: Round, found: Sequence[Disagreement], language: str) -> pd.DataFrame:
    """The rows behind ``draw_strip``: every total, their mean and the model's; projects without marks are left out."""
    marked = [one for one in found if one.totals]
    names = [round_.proposals[one.project].name for one in marked]
    rows = []
    for label, one in zip(unique_labels(names, [one.project for one in marked]), marked, strict=True):
        points: list[tuple[str, float | None]] = [("member", total) for total in one.totals.values()]
        points += [("mean", one.mean), ("model", round_.proposals[one.project].total)]
        for kind, total in points:
            if total is not None:
                text = f"{phrase(f'charts.strip.{kind}', language)} {format_score(total)}"
                rows.append((label, total, one.low, one.high, kind, text))
    return pd.DataFrame(rows, columns=["label", "total", "low", "high", "kind", "text"])


def say_disagreement(round_: Round, found: Sequence[Disagreement], language: str) -> str:
    """Where the members are furthest apart, in one sentence."""
    marked = [one for one in found if len(one.totals) > 1]
    if not marked:
        return phrase("committee.no_disagreement", language)
    first = max(marked, key=lambda one: one.spread or 0.0)
    name = round_.proposals[first.project].name
    return phrase("committee.disagreement", language, name=name, spread=format_score(first.spread))


def tabulate_reviews(round_: Round, reviews: Sequence[Review], language: str) -> pd.DataFrame:
    """The reviews of one project: member, vote, marks, total, comment."""
    rows = [
        (
            name_of(round_, review.member, language),
            say_vote(review.vote, language),
            *(format_score(score) for score in review.scores),
            format_score(weigh(review.scores, round_.rules.weights)),
            review.comment,
        )
        for review in reviews
    ]
    heads = [phrase(f"committee.column.{key}", language) for key in ("member", "vote", "total", "comment")]
    heads[2:2] = [say_criterion(key, language) for key in CRITERIA]
    return pd.DataFrame(rows, columns=heads, dtype=object)


def tabulate_decisions(round_: Round, decisions: Mapping[str, Decision | None], language: str) -> pd.DataFrame:
    """Every project with what was decided, why, on which conditions and when; the undecided last."""
    rows = [
        (
            round_.proposals[project].name,
            round_.proposals[project].township or MISSING,
            say_vote(decision.verdict if decision else None, language),
            decision.reason if decision else "",
            say_conditions(decision, language) if decision else "",
            decision.at[:10] if decision else "",
        )
        for project, decision in sorted(decisions.items(), key=lambda item: item[1] is None)
    ]
    return _table(rows, ("project", "township", "verdict", "reason", "conditions", "date"), language)


def tabulate_members(round_: Round, counted: Mapping[str, tuple[int, int]], language: str) -> pd.DataFrame:
    """The members: role, unit, township, and the reviews given of those due where they are to be seen."""
    rows = [
        (
            member.name,
            say_role(member.role, language),
            member.unit or MISSING,
            member.township or MISSING,
            _counted(counted.get(member.id)),
        )
        for member in round_.members.values()
    ]
    return _table(rows, ("member", "role", "unit", "township", "reviewed"), language)


def tabulate_conflicts(round_: Round, language: str) -> pd.DataFrame:
    """Who took no part in the judgement of which project, and why."""
    rows = [
        (member.name, proposal.name, say_conflict(reason, language))
        for member in round_.members.values()
        if member.role in MARKING
        for proposal in round_.proposals.values()
        if (reason := find_conflict(round_, member, proposal.id))
    ]
    return _table(rows, ("member", "project", "conflict"), language)


def tabulate_record(round_: Round, language: str) -> pd.DataFrame:
    """The log without its contents: number, time, who, what, hash."""
    rows = [
        (str(seq), format_moment(at), name_of(round_, actor, language), say_kind(kind, language), digest[:HASH_SHOWN])
        for seq, at, actor, kind, digest in round_.lines
    ]
    return _table(rows, ("number", "time", "member", "act", "hash"), language)


def say_kind(kind: str, language: str) -> str:
    """What an entry of the log records."""
    return phrase(f"committee.kind.{kind}", language)


def say_link_state(member: Member, now: str, language: str) -> str:
    """Whether a member's link works and until when."""
    key = "ended" if member.revoked else "expired" if member.expires <= now else "works"
    return phrase(f"committee.link_state.{key}", language, date=member.expires[:10])


def _counted(count: tuple[int, int] | None) -> str:
    return MISSING if count is None else f"{count[0]} / {count[1]}"


def _table(rows: Sequence[tuple[str, ...]], keys: Sequence[str], language: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[phrase(f"committee.column.{key}", language) for key in keys], dtype=object)
