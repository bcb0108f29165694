"""A setting as text that people can edit, and back: numbers, lists, anchors such as ``0.5→0; 0.8→40``."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from evaluator.domain.errors import SettingsError
from evaluator.language import phrase
from evaluator.report.changed import say_setting_value

if TYPE_CHECKING:
    from evaluator.domain.settings import Rule

BOUNDLESS = 1e6
"""A bound of this size or more is there to catch slips; it says nothing of the setting."""
_BETWEEN = re.compile(r"[;；,，、\n]+")
_BETWEEN_LOOSE = re.compile(r"[;；,，、\s]+")
_ARROW = re.compile(r"→|->|=>|[:：=＝]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


def write_setting(value: Any) -> str:  # noqa: ANN401 - a number, a word, a list or anchors
    """The value of a setting as one line that ``read_setting`` reads back unchanged."""
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return "; ".join(f"{_plain(x)}→{_plain(score)}" for x, score in value)
    if isinstance(value, tuple):
        return "; ".join(map(_plain, value))
    return value if isinstance(value, str) else _plain(value)


def read_setting(key: str, text: str, like: Any) -> Any:  # noqa: ANN401 - as the setting
    """The value that a line of text states, in the shape of ``like``.

    Full-width signs, thousands commas and percent signs are understood; an arrow may be ``→``, ``->`` or ``:``. Raises
    ``SettingsError`` when the text is no such value; its range is checked by the rule book itself.
    """
    if isinstance(like, str):
        return text.strip()
    settled = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if isinstance(like, tuple) and isinstance(like[0], tuple):
        points = [_ARROW.split(point) for point in _BETWEEN.split(settled) if point.strip()]
        return tuple(tuple(_number(key, part, text, like) for part in point) for point in points)
    if isinstance(like, tuple):
        return tuple(_number(key, part, text, like) for part in _BETWEEN_LOOSE.split(settled) if part)
    return _number(key, _THOUSANDS.sub("", settled), text, like)


def _number(key: str, part: str, text: str, like: Any) -> float:  # noqa: ANN401
    found = part.strip()
    percent = found.endswith("%")
    try:
        number = float(found.removesuffix("%"))
    except ValueError as fault:
        need = "pairs" if isinstance(like, tuple) and isinstance(like[0], tuple) else "list"
        need = need if isinstance(like, tuple) else "number"
        raise SettingsError(key, text, need, example=json.dumps(like)) from fault
    return round(number / 100, 15) if percent else number


def _plain(number: float) -> str:
    """A number without a trailing ``.0``, every digit kept."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def say_setting_range(value: Any, rule: Rule, language: str) -> str:  # noqa: ANN401 - as the setting
    """Between what a setting may stand, in words; the direction of anchors and lists is that of the default."""
    if isinstance(value, bool):
        return phrase("setting_range.switch", language)
    if isinstance(value, str):
        return phrase("setting_range.words", language)
    low, high = (say_setting_value(float(bound), language) for bound in (rule.low, rule.high))
    if isinstance(value, tuple) and isinstance(value[0], tuple):
        return phrase("setting_range.anchors", language)
    if rule.high < BOUNDLESS:
        return phrase("setting_range.between", language, low=low, high=high)
    return phrase("setting_range.least", language, low=low)
