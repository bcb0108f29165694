"""The typeface of documents and their pictures, and which characters it has.

Two files of one family, made from Noto Sans CJK SC by ``subset.py`` (see ``README.md``): all 8,105 standard
characters, GB 2312, Latin and the signs this program prints. What a reader types may be rarer: ``uncovered`` tells.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "Evaluator Sans SC"
CHARACTERS = FOLDER / "characters.txt"


@cache
def covered() -> frozenset[str]:
    """Every character both files of the family can draw."""
    return frozenset(CHARACTERS.read_text("utf-8").replace("\n", "")) | {" "}


def uncovered(text: str) -> tuple[str, ...]:
    """The characters of a text that the family cannot draw, each once, in the order they come."""
    return tuple(dict.fromkeys(character for character in text if character not in covered() and character != "\n"))
