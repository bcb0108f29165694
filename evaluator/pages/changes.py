"""What a reader changes: rules of the book and facts of projects, each change checked, undone one by one or all."""

from collections.abc import Mapping
from typing import Any

from evaluator.domain.edits import Fact, with_edits
from evaluator.domain.errors import SettingsError, TableError
from evaluator.domain.settings import Settings
from evaluator.pages import state
from evaluator.pages.book import check_book, rules_mark, rules_of, slider_weights

MOST_UNDONE = 50
"""Changes of the rule book that can be taken back."""

# --- the rule book


def change_setting(key: str, value: object) -> SettingsError | None:
    """Change one rule; an impossible value changes nothing and is returned as its fault."""
    try:
        _use(state.settings().with_values({key: value}))
    except SettingsError as fault:
        return fault
    return None


def change_settings(values: Mapping[str, Any]) -> SettingsError | None:
    """Change some rules at once, all or none."""
    try:
        _use(state.settings().with_values(values))
    except SettingsError as fault:
        return fault
    return None


def accept_settings(text: str) -> SettingsError | None:
    """Use an uploaded rule book; an impossible one changes nothing and is returned as its fault."""
    try:
        _use(Settings.from_toml(text))
    except SettingsError as fault:
        return fault
    return None


def reset_setting(key: str) -> SettingsError | None:
    """One rule back to its default; the fault where the rest of the book does not allow it."""
    group, name = key.split(".")
    return change_setting(key, getattr(getattr(Settings(), group), name))


def reset_settings() -> None:
    """Back to the default rule book."""
    _use(Settings())


def undo_setting() -> None:
    """Take the last change of the rule book back."""
    history: list[tuple[tuple[str, ...], tuple[int, ...]]] = state.recall("books_before", [])
    if history:
        rules, weights = history.pop()
        state.change(rules=rules, weights=weights)


def can_undo() -> bool:
    """Whether the rule book was changed in this visit."""
    return bool(state.recall("books_before"))


def _use(book: Settings) -> None:
    """Take a rule book into the view; raises ``SettingsError`` when no list can be evaluated with it."""
    rules, weights = rules_of(check_book(book)), slider_weights(book)
    if (rules, weights) == (state.view().rules, state.view().weights):
        return
    history: list[tuple[tuple[str, ...], tuple[int, ...]]] = state.recall("books_before", [])
    state.remember("books_before", [*history[-MOST_UNDONE:], (state.view().rules, state.view().weights)])
    if mark := rules_mark(rules):
        state.keep_long_book(mark, rules)
    state.change(rules=rules, weights=weights)


# --- facts changed by hand


def edit_facts(project: str, changed: Mapping[str, Fact]) -> TableError | None:
    """Set facts of one project by hand; what equals the list as read is let go, impossible ones change nothing."""
    read = state.inputs().projects
    try:
        edited = with_edits(read, {project: {**state.facts().get(project, {}), **changed}})
    except TableError as fault:
        return fault
    mine: dict[str, Any] = {edit.field: edit.after for edit in edited.edits}
    state.keep_facts({key: value for key, value in {**state.facts(), project: mine}.items() if value})
    state.begin_anew("what_if")
    return None


def forget_fact(project: str, field: str) -> None:
    """Take one edited fact back to what was read."""
    rest = {key: value for key, value in state.facts().get(project, {}).items() if key != field}
    state.keep_facts({key: value for key, value in {**state.facts(), project: rest}.items() if value})
    state.begin_anew("what_if")


def forget_facts(project: str = "") -> None:
    """Take all edited facts back, of one project or of the whole list."""
    state.keep_facts({key: value for key, value in state.facts().items() if project and key != project})
    state.begin_anew("what_if")
