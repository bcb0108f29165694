"""Text on the screen: the page's own phrases, and names from files shown as nothing but text."""

import re
from typing import Literal

from evaluator.language import phrase
from evaluator.report.signs import LEVEL_SYMBOLS

__all__ = ["LEVEL_BADGES", "LEVEL_SYMBOLS", "Badge", "plain", "say", "unbroken"]
Badge = Literal["red", "orange", "blue", "gray"]
LEVEL_BADGES: dict[str, Badge] = {"none": "blue", "watch": "orange", "flag": "red", "cannot_judge": "gray"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^@&=\"'/])")
_ADDRESS = re.compile(r"https?(?=://)|www(?=\.)|(?<=\S)(?=@)", re.IGNORECASE)
JOINER = "\u2060"
"""Takes no room; keeps the browser from making a link of an address that a name holds."""
_SPACES = re.compile(r"\s+")
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
UNBROKEN = "\u00a0"
"""Between a number and its percent sign, which a line of the screen would otherwise begin with."""


def plain(text: object) -> str:
    """Text that markdown shows as it is: no image, link, colour, formula or HTML of a file's making."""
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(rf"\g<0>{JOINER}", unbroken(_SPACES.sub(" ", str(text)))))


def say(key: str, language: str, **values: object) -> str:
    """A phrase of the pages."""
    return unbroken(phrase(f"pages.{key}", language, **values))


def unbroken(text: str) -> str:
    """Text in which no line ends between a number and its percent sign."""
    return _BEFORE_PERCENT.sub(UNBROKEN, text)
