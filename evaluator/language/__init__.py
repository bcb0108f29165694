"""Ground floor: one phrase by key, in English or Chinese.

The catalogues ``en/*.toml`` and ``zh/*.toml`` have equal files, keys and placeholders
(``tests/language`` holds it). Numbers are formatted in ``report/wording.py``, never here.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")


def _flatten(table: dict[str, Any], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        path = f"{prefix}.{key}" if prefix else key
        flat.update(_flatten(value, path) if isinstance(value, dict) else {path: str(value)})
    return flat


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every phrase of one language: dotted key to text with ``{placeholders}``.

    Raises ``KeyError`` for a language that does not exist.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    phrases: dict[str, str] = {}
    for part in sorted(files(__name__).joinpath(language).iterdir(), key=lambda path: path.name):
        if part.name.endswith(".toml"):
            phrases.update(_flatten(tomllib.loads(part.read_text("utf-8")), ""))
    return phrases


def phrase(key: str, language: str, /, **values: object) -> str:
    """The phrase ``key`` in ``language`` with its placeholders filled.

    Raises ``KeyError`` for an unknown key, so that a missing phrase fails a test, not a user.
    """
    return catalogue(language)[key].format_map(values)


def has_phrase(key: str, language: str = "en") -> bool:
    """Whether the catalogue knows this key."""
    return key in catalogue(language)


def slug(text: str) -> str:
    """A text as a catalogue key: lower case, words joined by ``_``."""
    return _NOT_IN_KEYS.sub("_", text.lower().replace("°", "arc")).strip("_")
