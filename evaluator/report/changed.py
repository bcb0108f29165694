"""What was changed by people, in words, as tables and as plain values: rules that differ, facts edited by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.domain.fields import FIELDS
from evaluator.language import phrase
from evaluator.report.numbers import (
    MISSING,
    format_money,
    format_month,
    format_number,
    format_percent,
    is_missing,
)
from evaluator.report.plain import plain
from evaluator.report.terms import say_choice, say_product, say_setting, say_unit

if TYPE_CHECKING:
    from evaluator.domain.fields import Field
    from evaluator.domain.portfolio import FactEdit, Portfolio
    from evaluator.domain.settings import Settings
    from evaluator.report.checked import Table

_EXACT = 6
"""Decimals up to which a setting is printed: none is rounded away."""


def say_setting_value(value: Any, language: str) -> str:  # noqa: ANN401 - a number, a word, a pair or anchors
    """The value of a setting as people read it: anchors as ``x→score``, switches as on or off, nothing as a dash."""
    if isinstance(value, bool):
        return phrase(f"changed.{'on' if value else 'off'}", language)
    if isinstance(value, str):
        return value or MISSING
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "  ".join(f"{_say_number(x, language)}→{_say_number(score, language)}" for x, score in value)
    if isinstance(value, tuple):
        return phrase("changed.apart", language).join(_say_number(number, language) for number in value)
    return _say_number(value, language)


def _say_number(value: float, language: str) -> str:
    """A number with all its decimals; a whole year keeps its four figures together."""
    if float(value).is_integer() and abs(value) < 10_000:
        return f"{value:.0f}".replace("-", "−")
    return format_number(value, language, decimals=_decimals(value))


def _decimals(value: float) -> int:
    text = f"{value:.{_EXACT}f}".rstrip("0")
    return len(text.partition(".")[2])


def say_difference(key: str, default: object, value: object, language: str) -> str:
    """One changed setting on one line: “Discount rate: 0.05 (default 0.08)”."""
    return phrase(
        "changed.setting",
        language,
        setting=say_setting(key, language),
        value=say_setting_value(value, language),
        default=say_setting_value(default, language),
    )


def tabulate_differences(settings: Settings, language: str) -> pd.DataFrame:
    """The settings that differ from the default, a row each with titles in the language; one row where none does."""
    titles = [phrase(f"changed.column.{key}", language) for key in ("key", "setting", "value", "default")]
    rows = [
        (key, say_setting(key, language), say_setting_value(value, language), say_setting_value(default, language))
        for key, (default, value) in settings.differences().items()
    ]
    none = (MISSING, phrase("changed.none", language), MISSING, MISSING)
    return pd.DataFrame(rows or [none], columns=titles, dtype=object)


def write_differences(settings: Settings) -> str:
    """The differences as one machine-readable cell: ``payback.rate=0.05; flags.degree=0.6``; empty when none."""
    pairs = settings.differences().items()
    return "; ".join(f"{key}={json.dumps(value, ensure_ascii=False)}" for key, (_, value) in pairs)


def say_fact(field: Field, value: object, language: str, *, currency: str = "CNY") -> str:
    """One value of the form as people read it; a dash where it is not known."""
    if value is None or (not isinstance(value, tuple) and is_missing(value)):
        return MISSING
    if isinstance(value, tuple):
        return phrase("format.list_comma", language).join(say_choice(str(item), language) for item in value)
    said = _say_special(field, value, language, currency)
    if said is not None:
        return said
    if not field.is_number:
        return str(value)
    number = format_number(float(value), language, decimals=4 if field.kind == "degrees" else None)  # type: ignore[arg-type]
    has_unit = bool(field.unit) and field.kind != "degrees"
    return f"{number} {say_unit(field.unit, language)}".strip() if has_unit else number


def _say_special(field: Field, value: Any, language: str, currency: str) -> str | None:  # noqa: ANN401 - any fact
    """Facts that are said in a form of their own; ``None`` for plain numbers and text."""
    match field.kind:
        case "money":
            return format_money(float(value), language, currency)
        case "share":
            return format_percent(float(value), language)
        case "date":
            return format_month(value, language)
        case "category":
            return say_choice(str(value), language)
        case "product":
            return say_product(str(value), language)
        case "flag":
            return phrase(f"changed.{'yes' if value else 'no'}", language)
    return None


def say_edit(portfolio: Portfolio, edit: FactEdit, language: str) -> str:
    """One fact edited by hand: “Terraced tea · Benefit years: 6 years (read: 2 years)”."""
    field = FIELDS[edit.field]
    return phrase(
        "changed.fact",
        language,
        project=str(portfolio.labels.get(edit.project_id, edit.project_id)),
        field=field.title(language),
        value=say_fact(field, edit.after, language, currency=portfolio.currency),
        before=say_fact(field, edit.before, language, currency=portfolio.currency),
    )


def tabulate_edits(portfolio: Portfolio, language: str) -> pd.DataFrame:
    """Facts edited by hand, a row each with titles in the language."""
    titles = [phrase(f"changed.column.{key}", language) for key in ("project_id", "project", "fact", "now", "read")]
    labels, currency = portfolio.labels, portfolio.currency
    rows = [
        (
            edit.project_id,
            str(labels.get(edit.project_id, edit.project_id)),
            FIELDS[edit.field].title(language),
            say_fact(FIELDS[edit.field], edit.after, language, currency=currency),
            say_fact(FIELDS[edit.field], edit.before, language, currency=currency),
        )
        for edit in portfolio.edits
    ]
    return pd.DataFrame(rows, columns=titles, dtype=object)


def describe_edits(portfolio: Portfolio) -> list[Table]:
    """Facts edited by hand as plain values for JSON (``edited_facts``)."""
    return [
        {
            "project_id": edit.project_id,
            "field": edit.field,
            "read": _plain_fact(edit.before),
            "edited": _plain_fact(edit.after),
        }
        for edit in portfolio.edits
    ]


def _plain_fact(value: object) -> Any:  # noqa: ANN401 - as JSON knows it
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else plain(value)


def edited_fields(portfolio: Portfolio) -> dict[str, str]:
    """For each project with facts edited by hand, the keys of those facts with a space between."""
    found: dict[str, list[str]] = {}
    for edit in portfolio.edits:
        found.setdefault(edit.project_id, []).append(edit.field)
    return {project: " ".join(fields) for project, fields in found.items()}
