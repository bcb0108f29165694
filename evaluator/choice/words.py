"""Words of a rules file as people write them, in either language, become the keys of the form."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from evaluator.domain.fields import FIELDS
from evaluator.language import LANGUAGES, has_phrase, phrase
from evaluator.reference.products import products

CHOICES_OF: Mapping[str, tuple[str, ...]] = {
    **{key: known.choices for key, known in FIELDS.items() if known.choices},
    "horizon": ("up_to_1", "1_to_3", "3_to_5", "over_5"),
    "flag": ("none", "watch", "flag", "cannot_judge"),
    "grade": ("A", "B", "C", "D"),
}
"""Fields of words whose values are fixed."""
_ROOMS = {"horizon": "horizon", "flag": "flag.level", "grade": "grade", "product_group": "group"}


def key_of(field: str, word: str) -> str:
    """The key a word stands for: “马铃薯” is ``potato``, “产业” is ``industry``; a word that is none stays as it is."""
    return _keys(field).get(word.strip().casefold(), word)


@cache
def _keys(field: str) -> Mapping[str, str]:
    """Every word of a field in small letters, the keys themselves first."""
    if field == "product":
        known = products()
        synonyms = {word: key for key, one in known.items() for word in (*one.synonyms_zh, *one.synonyms_en)}
        named = {one.name(language): key for key, one in known.items() for language in LANGUAGES}
        keys = {**synonyms, **named, **{key: key for key in known}}
    else:
        room, values = _ROOMS.get(field, "choice"), CHOICES_OF.get(field, ())
        if field == "product_group":
            values = tuple({one.group for one in products().values()})
        titled = {
            phrase(f"{room}.{v}", language): v for v in values for language in LANGUAGES if has_phrase(f"{room}.{v}")
        }
        keys = {**titled, **{value: value for value in values}}
    return MappingProxyType({word.casefold(): key for word, key in keys.items()})
