"""A visit as a case and a case as a visit: what a snapshot or a bundle holds, and what opens from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from evaluator.domain.case import Case
from evaluator.domain.edits import Edits
from evaluator.domain.settings import Settings
from evaluator.evaluation import Evaluation
from evaluator.pages.book import rules_mark, rules_of, slider_weights
from evaluator.pages.inputs import SLOTS, Inputs, Origin, Source
from evaluator.pages.link import View, read_link, write_link
from evaluator.pages.link_income import SAMPLE
from evaluator.pages.link_portfolio import MARK
from evaluator.report.saved import Difference, compare_outcomes, outcome_of

LONG_TEXTS = ("toml", "pinned_toml")
"""Texts of a view that its link may shorten to a mark; a case keeps them whole."""
_WHOLE = "whole."
State = Literal["same", "recomputed", "unkept", "edited", "yours"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A saved view that was opened: its tables, facts and view, and the case they came from.

    ``id`` and ``expires`` belong to a snapshot; both are empty for a bundle.
    """

    inputs: Inputs
    facts: Edits
    view: View
    case: Case
    id: str = ""
    expires: str | None = None


def files_of(inputs: Inputs) -> dict[str, str]:
    """Name of the file in each slot."""
    return {slot: source.name for slot, source in inputs.sources.items()}


def view_texts(view: View) -> dict[str, tuple[str, ...]]:
    """The view as the parameters of its link, with the texts whole that a link would shorten to a mark."""
    kept = replace(view, snapshot="", upload="", panel=view.panel if view.panel == SAMPLE else "")
    written = {key: tuple(values) for key, values in write_link(kept).items()}
    return written | {f"{_WHOLE}{name}": (text,) for name in LONG_TEXTS if (text := getattr(view, name))}


def open_snapshot_case(case: Case, *, snapshot: str, expires: str | None) -> Opened:
    """The visit that a snapshot opens."""
    inputs = _inputs_of(case, origin="snapshot", mark=snapshot)
    return Opened(inputs, case.facts, replace(view_of(case), snapshot=snapshot), case, snapshot, expires)


def open_bundle_case(case: Case, *, data: bytes) -> Opened:
    """The visit that a bundle opens; ``data`` is the file, whose cells someone may have changed."""
    inputs = _inputs_of(case, origin="bundle", mark=sha256(data).hexdigest())
    return Opened(inputs, case.facts, view_of(case), case)


def _inputs_of(case: Case, *, origin: Origin, mark: str) -> Inputs:
    tables: dict[str, Any] = {slot: getattr(case, slot) for slot in SLOTS}
    names = {slot: case.files.get(slot, "") for slot, table in tables.items() if table is not None}
    sources = {slot: Source(name, sha256(f"{mark}|{slot}".encode()).hexdigest(), b"") for slot, name in names.items()}
    return Inputs(**tables, sources=sources, origin=origin, as_of=case.as_of, top=case.top)


def view_of(case: Case) -> View:
    """What the reader of a case had chosen; the rule book is the case's own."""
    view, _ = read_link({key: list(texts) for key, texts in case.view.items()})
    whole: dict[str, Any] = {
        name: case.view[f"{_WHOLE}{name}"][0] for name in LONG_TEXTS if f"{_WHOLE}{name}" in case.view
    }
    return replace(
        view, **whole, rules=rules_of(case.settings), weights=slider_weights(case.settings), book="", upload=""
    )


def follow(opened: Opened, asked: View, parameters: Mapping[str, tuple[str, ...]]) -> View:
    """The view a link to a snapshot asks for: the one saved, unless the link goes on to say its own."""
    if not set(parameters) - {"snapshot"}:
        return opened.view
    same_rules = asked.book and asked.book == rules_mark(opened.view.rules)
    rules: dict[str, Any] = {"rules": opened.view.rules, "book": ""} if same_rules else {}
    whole: dict[str, Any] = {
        name: getattr(opened.view, name) for name in LONG_TEXTS if getattr(asked, name).startswith(MARK)
    }
    return replace(asked, **rules, **whole)


def hold_against(opened: Opened, evaluation: Evaluation, settings: Settings, facts: Edits) -> tuple[State, Difference]:
    """Whether what is shown is what was saved.

    ``same``: the fingerprint is; ``recomputed``: another version computes the same inputs, with what it computes
    otherwise; ``unkept``: likewise, but no numbers were kept; ``edited``: someone changed the tables in the file;
    ``yours``: the reader has changed rules, weights or facts since.
    """
    if evaluation.fingerprint == opened.case.fingerprint:
        return "same", Difference()
    if settings != opened.case.settings or {**facts} != {**opened.facts}:
        return "yours", Difference()
    if evaluation.version == opened.case.version:
        return "edited", Difference()
    if not len(opened.case.outcome):
        return "unkept", Difference()
    return "recomputed", compare_outcomes(opened.case.outcome, outcome_of(evaluation))
