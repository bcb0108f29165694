"""Text on the screen: the page's own phrases, and names from files shown as nothing but text."""

import re
from typing import Literal

from evaluator.language import phrase
from evaluator.report.signs import LEVEL_SYMBOLS

__all__ = ["LEVEL_BADGES", "LEVEL_SYMBOLS", "Badge", "plain", "say"]
Badge = Literal["red", "orange", "blue", "gray"]
LEVEL_BADGES: dict[str, Badge] = {"none": "blue", "watch": "orange", "flag": "red", "cannot_judge": "gray"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^@&=\"'/])")
_SPACES = re.compile(r"\s+")


def plain(text: object) -> str:
    """Text that markdown shows as it is: no image, link, colour, formula or HTML of a file's making."""
    return _MARKDOWN.sub(r"\\\1", _SPACES.sub(" ", str(text)))


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the pages."""
    return phrase(f"pages.{key}", language, **values)
