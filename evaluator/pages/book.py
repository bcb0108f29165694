"""The rule book of a view: the rules that differ as short texts, for the memory of a visit and for its link."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import CRITERIA, Settings

EQUAL_WEIGHTS = (25, 25, 25, 25)
SLIDERS = frozenset(f"weights.{name}" for name in CRITERIA)
"""The settings that the sliders of the ranking carry."""
LONGEST_RULES = 1_500
"""Characters of rules that a link carries; a longer rule book goes by its mark, and as a file."""
_EXACT = 1e-12


@lru_cache(maxsize=64)
def book_of(rules: tuple[str, ...], weights: tuple[int, ...] = EQUAL_WEIGHTS) -> Settings:
    """The rule book of a view; the sliders give the weights unless the rules state finer ones."""
    values = dict(_parse(rule) for rule in rules)
    if weights != EQUAL_WEIGHTS and not SLIDERS & set(values):
        values |= {f"weights.{name}": share for name, share in zip(CRITERIA, share_out(weights), strict=True)}
    return Settings().with_values(values) if values else Settings()


@lru_cache(maxsize=64)
def measured_book(book: Settings) -> Settings:
    """The same rule book at the default weights: all that is measured depends on it and on no slider."""
    default = Settings().weights
    return book.with_values({f"weights.{name}": getattr(default, name) for name in CRITERIA})


def share_out(weights: Sequence[int]) -> tuple[float, ...]:
    """Slider weights as shares adding to 1; equal when all are 0."""
    total = sum(weights)
    return tuple(weight / total for weight in weights) if total else (1 / len(weights),) * len(weights)


def slider_weights(book: Settings) -> tuple[int, ...]:
    """The weights of a rule book as they stand on the sliders."""
    return tuple(round(100 * share) for share in book.weights.shares())


def rules_of(book: Settings) -> tuple[str, ...]:
    """The rules that differ from the default, in the order of the book, as ``group.key=value`` with a JSON value.

    The four weights are left to the sliders, unless a slider would round them.
    """
    gaps = zip(share_out(slider_weights(book)), book.weights.shares(), strict=True)
    on_sliders = all(abs(slider - stated) < _EXACT for slider, stated in gaps)
    return tuple(
        _write(key, value) for key, (_, value) in book.differences().items() if not (on_sliders and key in SLIDERS)
    )


def without_weights(rules: Iterable[str]) -> tuple[str, ...]:
    """The rules without the four weights: what is kept when a slider moves."""
    return tuple(rule for rule in rules if rule.partition("=")[0] not in SLIDERS)


def read_rules(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rules as a link states them, settled, and the texts that no rule book can hold."""
    kept, ignored = Settings(), []
    for text in texts:
        try:
            kept = check_book(kept.with_values(dict([_parse(text)])))
        except SettingsError:
            ignored.append(text)
    stated = kept.differences()
    return tuple(_write(key, value) for key, (_, value) in stated.items()), tuple(ignored)


def rules_mark(rules: Sequence[str]) -> str:
    """A short mark of rules that are too long for a link; empty when they fit."""
    text = "\n".join(rules)
    return sha256(text.encode()).hexdigest()[:8] if len(text) > LONGEST_RULES else ""


def check_book(book: Settings) -> Settings:
    """The rule book itself, if a list can be evaluated with it; raises ``SettingsError``."""
    WeightSpace.of(book.weights)
    return book


def _write(key: str, value: Any) -> str:  # noqa: ANN401 - any setting
    return f"{key}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"


def _parse(text: str) -> tuple[str, Any]:
    key, _, value = text.partition("=")
    try:
        return key, json.loads(value)
    except ValueError as fault:  # a list nested without end is a RecursionError and cannot come from a link this short
        raise SettingsError(key, value, "like", example="0.5") from fault
