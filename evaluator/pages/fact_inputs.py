"""Facts of a project as a form takes them: one widget a fact, in the units people write."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from evaluator.domain.edits import Fact, read_fact
from evaluator.domain.fields import FIELDS, Field
from evaluator.domain.portfolio import Portfolio
from evaluator.pages.text import plain, say
from evaluator.reference.lexicon import products
from evaluator.report import wording

UNITS = (
    "yuan", "yuan a month", "years", "months", "days", "hours", "minutes", "households", "posts", "days a year", "mu",
    "heads", "persons",
)  # fmt: skip
WRITTEN = (
    "township", "village", "joint_venture_id", "output_unit", "operator", "plan", "performance_target",
    "beneficiaries", "skills", "harvest_window",
)  # fmt: skip
"""Texts that count for a score, a sign or a rule."""
LONGEST_TEXT = 500
EDITABLE: tuple[str, ...] = tuple(
    field.key
    for field in FIELDS.values()
    if field.key in WRITTEN or (field.kind not in ("text", "prose") and field.key != "kind")
)
"""Facts that can be changed by hand; what names the row or says how the list was read cannot."""
_EXACT = 12


def shown_fact(portfolio: Portfolio, project: str, key: str) -> Fact:
    """A fact as its widget shows it: shares as percent, nothing as ``None``."""
    value = read_fact(portfolio, project, key)
    if FIELDS[key].kind == "share" and isinstance(value, float):
        return round(value * 100, _EXACT)
    return value


def meant_fact(key: str, typed: Any) -> Fact:  # noqa: ANN401 - whatever a widget holds
    """What a widget's value means for the list: percent as a share, an empty text or choice as ``None``."""
    field = FIELDS[key]
    if isinstance(typed, list | tuple):
        return tuple(choice for choice in field.choices if choice in typed) or None
    if isinstance(typed, str):
        return typed.strip()[:LONGEST_TEXT] or None
    if field.kind == "share" and typed is not None:
        return round(float(typed) / 100, _EXACT)
    known: Fact = typed
    return known


def show_input(portfolio: Portfolio, project: str, key: str, widget: str, language: str) -> None:
    """Draw the widget of one fact under the name ``widget``, with what the list says now."""
    field, value = FIELDS[key], shown_fact(portfolio, project, key)
    how: Mapping[str, Any] = {
        "label": plain(_label(portfolio, field, language)),
        "help": plain(field.meaning(language)),
        "key": widget,
    }
    if field.is_number:
        _show_number(field, value, how)
    elif field.kind == "date":
        day: Any = value
        st.date_input(**how, value=day, min_value="1950-01-01", max_value="2150-12-31", format="YYYY-MM-DD")
    elif field.kind == "set":
        chosen = list(value) if isinstance(value, tuple) else []
        words = _choice_words(language)
        st.multiselect(**how, options=field.choices, default=chosen, format_func=words, placeholder="–")
    elif field.kind in ("category", "flag", "product"):
        _show_choice(field, value, how, language)
    else:
        st.text_input(**how, value=str(value or ""), max_chars=LONGEST_TEXT)


def _show_number(field: Field, value: Any, how: Mapping[str, Any]) -> None:  # noqa: ANN401
    scale = 100.0 if field.kind == "share" else 1.0
    bounds: dict[str, Any] = {
        name: None if bound is None else float(bound) * scale
        for name, bound in (("min_value", field.low), ("max_value", field.high))
    }
    digits = "%.4f" if field.kind == "degrees" else "%.0f" if value is None or float(value).is_integer() else "%.2f"
    st.number_input(**how, **bounds, value=value, format=digits)


def _show_choice(field: Field, value: Fact, how: Mapping[str, Any], language: str) -> None:
    words = _choice_words(language)
    options: list[Any] = list(field.choices)
    if field.kind == "flag":
        options, words = [True, False], lambda choice: say("facts.yes" if choice else "facts.no", language)
    elif field.kind == "product":
        options, words = list(products()), lambda key: wording.say_product(key, language)
    if value is not None and value not in options:
        options = [value, *options]
    place = None if value is None else options.index(value)
    st.selectbox(**how, options=options, index=place, format_func=lambda key: plain_words(words(key)), placeholder="–")


def plain_words(text: str) -> str:
    """A choice on one line."""
    return " ".join(text.split())


def _choice_words(language: str) -> Callable[[Any], str]:
    return lambda choice: wording.say_choice(str(choice), language)


def _label(portfolio: Portfolio, field: Field, language: str) -> str:
    unit = "%" if field.kind == "share" else say_unit(portfolio, field.key, language)
    return f"{field.title(language)} ({unit})" if unit else field.title(language)


def say_unit(portfolio: Portfolio, key: str, language: str) -> str:
    """The unit a fact is typed in; empty where it needs none or its title says it."""
    unit = FIELDS[key].unit
    if FIELDS[key].kind == "money" and portfolio.currency != "CNY":
        return portfolio.currency
    return say(f"what_if.units.{unit.replace(' ', '_')}", language) if unit in UNITS else ""
