"""The rule book opened for change: by group or by search, each setting with its unit, range and source beside it."""

from functools import partial
from typing import Any

import streamlit as st

from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import CHOICES, Rule, Settings
from evaluator.language import LANGUAGES
from evaluator.pages import changes, state
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.changed import say_setting_value
from evaluator.report.setting_text import read_setting, say_setting_range, write_setting

MOST_ROWS = 40
"""Settings shown at once."""
Entry = tuple[str, Any, Rule]
_KNOWN_WORDS = {f"choice.{key}": known for key, known in CHOICES.items()}


def show_editor(settings: Settings, language: str) -> None:
    """Draw the way to a setting, what was refused last, and the settings themselves."""
    entries = _choose_entries(settings, language)
    _show_refusal(language)
    if not entries:
        st.info(say("rules.no_match", language), icon=":material/search_off:")
        return
    default = {key: value for key, value, _ in Settings().rules()}
    for entry in entries[:MOST_ROWS]:
        _show_entry(entry, default[entry[0]], language)
    if len(entries) > MOST_ROWS:
        st.caption(say("rules.narrow", language, shown=MOST_ROWS, total=len(entries)))


def find_entries(settings: Settings, search: str, group: str, *, changed_only: bool) -> list[Entry]:
    """The settings of a group, or all whose key, title or source in any language holds every word searched for."""
    words = search.casefold().split()
    changed = settings.differences()
    found = []
    for key, value, rule in settings.rules():
        if changed_only and key not in changed:
            continue
        if words and not all(word in _searched(key, rule) for word in words):
            continue
        if words or changed_only or key.startswith(f"{group}."):
            found.append((key, value, rule))
    return found


def _searched(key: str, rule: Rule) -> str:
    said = [key, key.split(".")[1].replace("_", " ")]
    for language in LANGUAGES:
        said += [
            wording.say_setting(key, language),
            wording.say_setting_group(key.partition(".")[0], language),
            wording.say_source(rule.source, language),
        ]
    return " ".join(said).casefold()


def _choose_entries(settings: Settings, language: str) -> list[Entry]:
    groups = list(dict.fromkeys(key.split(".")[0] for key, _, _ in settings.rules()))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="rule_finder"):
        search = st.text_input(
            say("rules.search", language), placeholder=say("rules.search_hint", language), type="search",
            width=280, max_chars=60, key="rules_search",
        )  # fmt: skip
        changed_only = st.toggle(say("rules.only_changed", language), key="rules_changed", width="content")
    group = st.pills(
        say("rules.group", language), groups, default=groups[0], required=True, wrap=True, key="rules_group",
        format_func=lambda key: wording.say_setting_group(key, language), disabled=bool(search or changed_only),
        label_visibility="collapsed",
    )  # fmt: skip
    return find_entries(settings, search, group or groups[0], changed_only=changed_only)


def _show_refusal(language: str) -> None:
    refused = state.recall("rule_refused")
    if refused:
        title = wording.say_setting(refused["key"], language)
        st.error(f"**{plain(title)}** – {plain(refused[language])}", icon=":material/error:")


def _show_entry(entry: Entry, default: Any, language: str) -> None:  # noqa: ANN401 - any setting
    key, value, rule = entry
    title, widget = wording.say_setting(key, language), f"rule_{key}"
    with st.container(key=f"rule_row_{key.replace('.', '_')}", gap="xsmall"):
        name, field, about = st.columns([4, 3, 5], gap="small", vertical_alignment="center")
        with name:
            st.markdown(f"**{plain(title)}**  \n:gray[:small[{plain(key)}]]")
        with field:
            _show_field(key, value, title, widget, language)
        with about, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(plain(_say_about(value, rule, language)), width="stretch")
            if value != default:
                st.button(
                    say("rules.back_to", language, default=say_setting_value(default, language)),
                    key=f"back_{key}", icon=":material/undo:", type="tertiary", on_click=partial(_reset, key),
                )  # fmt: skip


def _show_field(key: str, value: Any, title: str, widget: str, language: str) -> None:  # noqa: ANN401
    how: dict[str, Any] = {"label": title, "label_visibility": "collapsed"}
    take = partial(_take, key, value)
    if isinstance(value, bool):
        words = say("changed_words.on" if value else "changed_words.off", language)
        st.toggle(**how | {"label": words, "label_visibility": "visible"}, **state.controlled(widget, value, take))
    elif key in _KNOWN_WORDS:
        st.selectbox(**how, options=_KNOWN_WORDS[key], **state.controlled(widget, value, take, among=_KNOWN_WORDS[key]))
    else:
        st.text_input(**how, max_chars=400, **state.controlled(widget, write_setting(value), take))


def _say_about(value: Any, rule: Rule, language: str) -> str:  # noqa: ANN401
    said = (
        wording.say_unit(rule.unit, language),
        say_setting_range(value, rule, language),
        wording.say_source(rule.source, language),
    )
    return " · ".join(part for part in said if part)


def _take(key: str, before: Any, typed: Any) -> None:  # noqa: ANN401
    """Take a changed field; what is no value, or an impossible one, changes nothing and is said."""
    try:
        value = read_setting(key, typed, before) if isinstance(typed, str) and not isinstance(before, str) else typed
        fault = changes.change_setting(key, value)
    except SettingsError as refused:
        fault = refused
    _refuse(key, fault)


def _reset(key: str) -> None:
    _refuse(key, changes.reset_setting(key))


def _refuse(key: str, fault: SettingsError | None) -> None:
    said = None if fault is None else {"key": key} | {name: fault.message(name) for name in LANGUAGES}
    state.remember("rule_refused", said)
