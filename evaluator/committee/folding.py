"""From the log to the round: each kind of entry changes it in one way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from evaluator.committee.nouns import Condition, Decision, Member, Proposal, Remark, Review, Round, Rules, Step
from evaluator.store.chain import Entry

Body = Mapping[str, Any]


def fold(entries: Iterable[Entry], round_id: str, *, known: Round | None = None) -> Round:
    """The round after these entries; ``known`` is the round before them."""
    state = known or Round(round_id)
    copied: dict[str, Any] = {key: dict(getattr(state, key)) for key in _TABLES}
    state = replace(state, **copied)
    lines = list(state.lines)
    for entry in entries:
        state = _FOLDS[entry.kind](state, entry, entry.content)
        lines.append((entry.seq, entry.at, entry.actor, entry.kind, entry.hash))
        state = replace(state, seq=entry.seq, head=entry.hash)
    return replace(state, lines=tuple(lines))


_TABLES = ("proposals", "members", "reviews", "declared", "decisions", "dissents", "answers")


def _opened(state: Round, entry: Entry, body: Body) -> Round:
    rules: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in body["rules"].items()
    }
    chair = Member(**body["chair"])
    state = replace(state, title=body["title"], listed=body["listed"], rules=Rules(**rules))
    return replace(
        _proposals(state, entry, body), members={chair.id: chair}, steps=(Step("draft", entry.actor, entry.at),)
    )


def _proposals(state: Round, _: Entry, body: Body) -> Round:
    found = [Proposal(**{**row, "scores": tuple(row["scores"]), "signs": tuple(row["signs"])}) for row in body["rows"]]
    named = {proposal.id: proposal for proposal in found}
    return replace(state, proposals=named, snapshot=body["snapshot"], fingerprint=body["fingerprint"])


def _member(state: Round, _: Entry, body: Body) -> Round:
    return _put(state, "members", body["id"], Member(**body))


def _link(state: Round, _: Entry, body: Body) -> Round:
    changed = replace(state.members[body["id"]], link_hash=body["link_hash"], expires=body["expires"], revoked=False)
    return _put(state, "members", body["id"], changed)


def _revoked(state: Round, _: Entry, body: Body) -> Round:
    return _put(state, "members", body["id"], replace(state.members[body["id"]], revoked=True))


def _removed(state: Round, _: Entry, body: Body) -> Round:
    members = {key: member for key, member in state.members.items() if key != body["id"]}
    return replace(state, members=members)


def _phase(state: Round, entry: Entry, body: Body) -> Round:
    return replace(state, steps=(*state.steps, Step(body["phase"], entry.actor, entry.at, body["reason"])))


def _review(state: Round, entry: Entry, body: Body) -> Round:
    given = Review(**{**body, "scores": tuple(body["scores"])}, member=entry.actor, version=entry.version, at=entry.at)
    return _put(state, "reviews", (entry.actor, given.project), given)


def _conflict(state: Round, entry: Entry, body: Body) -> Round:
    return _put(state, "declared", (entry.actor, body["project"]), body["reason"])


def _decision(state: Round, entry: Entry, body: Body) -> Round:
    conditions = tuple(Condition(**row) for row in body["conditions"])
    taken = Decision(**{**body, "conditions": conditions}, version=entry.version, actor=entry.actor, at=entry.at)
    return _put(state, "decisions", taken.project, (*state.decisions.get(taken.project, ()), taken))


def _dissent(state: Round, entry: Entry, body: Body) -> Round:
    remark = Remark(entry.actor, body["project"], "", body["text"], entry.version, entry.at)
    return _put(state, "dissents", (entry.actor, remark.project), remark)


def _answer(state: Round, entry: Entry, body: Body) -> Round:
    remark = Remark(entry.actor, body["project"], body["about"], body["text"], entry.version, entry.at)
    return _put(state, "answers", (remark.project, remark.about), remark)


def _put(state: Round, table: str, key: object, value: object) -> Round:
    """The tables of a round being folded are its own, so they are filled in place."""
    getattr(state, table)[key] = value
    return state


_FOLDS: Mapping[str, Callable[[Round, Entry, Body], Round]] = {
    "opened": _opened,
    "proposals": _proposals,
    "member": _member,
    "link": _link,
    "revoked": _revoked,
    "removed": _removed,
    "phase": _phase,
    "review": _review,
    "conflict": _conflict,
    "decision": _decision,
    "dissent": _dissent,
    "answer": _answer,
}
